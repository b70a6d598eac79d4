# The staff, as the administration shows and changes it.

problem-scope-of-admin = Whoever administers does so for everybody: it cannot be for one structure alone.
