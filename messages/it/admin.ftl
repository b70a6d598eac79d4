# The frame of the administration and its first page. What a page of it says stands in a file of its own.

admin-title = Amministrazione
admin-nav-home = Inizio
admin-attention = Da guardare
admin-all-well = Niente richiede attenzione.
admin-rooms = Che cosa si può regolare
admin-notice-letters =
    { $count ->
        [one] 1 lettera non è partita, dopo tutti i tentativi.
       *[other] { $count } lettere non sono partite, dopo tutti i tentativi.
    }
admin-notice-jobs =
    { $count ->
        [one] 1 lavoro automatico non riesce.
       *[other] { $count } lavori automatici non riescono.
    }
