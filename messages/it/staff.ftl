# The staff, as the administration shows and changes it.

problem-scope-of-admin = Chi amministra lo fa per tutti: non può valere per una sola struttura.
