# La supervisione: code e persone, casi da affidare ad altri, scadenze.

team-nav = Supervisione
team-title = Code e persone
team-queues = Code
team-people = Persone
team-back = Code e persone
team-no-queues = Nessuna coda da supervisionare.
team-no-people = Nessuna persona da supervisionare.
team-own = sua
team-level-front = front office
team-level-back = back office
team-gone = non accede più: affidi i suoi casi ad altri
team-as-of = Alle { $time }.
team-figures-off = Che cosa ha fatto ognuno oggi non si mostra: lo decide chi amministra (legge 300/1970, articolo 4).
team-sum-new =
    { $count ->
        [one] caso da prendere
       *[other] casi da prendere
    }
team-sum-open =
    { $count ->
        [one] caso in carico
       *[other] casi in carico
    }
team-sum-soon =
    { $count ->
        [one] caso in scadenza
       *[other] casi in scadenza
    }
team-sum-overdue =
    { $count ->
        [one] caso scaduto
       *[other] casi scaduti
    }
team-col-queue = Coda
team-col-service = Servizio
team-col-person = Persona
team-col-state = Stato
team-col-due = Scadenza
team-col-new = Da prendere
team-col-open = In carico
team-col-waiting = In attesa
team-col-soon = In scadenza
team-col-overdue = Scaduti
team-col-oldest = Il più vecchio da prendere
team-col-here = Adesso
team-col-replied = Risposte oggi
team-col-solved = Risolti oggi
team-col-passed = Passati oggi
team-col-last = Ultima attività
team-here-away = non collegata
team-here-desk = alla scrivania
team-here-case = guarda un caso
team-here-writing = scrive su un caso

## Casi

team-cases-title = Casi attivi
team-cases-of-queue = Casi di { $name }
team-cases-of-person = Casi di { $name }
team-due-title = Scadenze
team-cases-none-title = Nessun caso
team-cases-none-lead = Nessun caso attivo corrisponde a quello che ha scelto.
team-narrow = Quali casi
team-narrow-do = Mostra
team-every-service = Tutti i servizi
team-every-queue = Tutte le code
team-every-state = Ogni stato
team-every-due = Ogni scadenza
team-everybody = Chiunque
team-nobody = Nessuno
team-state-new = da prendere
team-state-open = in carico
team-state-waiting = in attesa
team-state-done = non più attivo
team-due-both = Scaduti e in scadenza
team-due-over = Scaduti
team-due-soon = In scadenza

## Affidare ad altri

team-give = Affida i casi scelti
team-give-do = Affida
team-to = A chi
team-to-choose = Scelga una persona
team-to-nobody = Nessuno: tornano fra quelli da prendere
team-to-person =
    { $count ->
        [one] { $name } (1 in carico)
       *[other] { $name } ({ $count } in carico)
    }
team-reason = Perché
team-reason-hint = Lo leggono solo i colleghi, su ogni caso. Serve quando qualcuno ha già il caso in carico.
team-all = Tutti i { $count } casi di questa lista
team-all-beyond = Tutti i { $count } casi di questa lista, anche quelli che non si vedono
team-choose-case = Scegli { $number }: { $title }
team-moved =
    { $count ->
        [one] 1 caso affidato: { $name }
       *[other] { $count } casi affidati: { $name }
    }
team-not-moved-changed = Non spostato: qualcuno ha appena cambiato il caso. Guardi che cosa è successo.
team-not-moved-gone = Non spostato: il caso non è fra quelli che può vedere.
team-not-moved-to = Non spostato: questa persona non può lavorare a questo caso.
desk-done-given = { $name }
problem-desk-to-missing = Scelga a chi affidare i casi.
problem-desk-to-not-in-the-list = Scelga una delle persone che supervisiona.
problem-desk-case-missing = Scelga almeno un caso.
problem-desk-reason-missing = Scriva perché: chi aveva i casi lo legge.
