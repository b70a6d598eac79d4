# The desk, for operators. Dense and quiet: as few words as are clear.

desk-skip-to-case = Vai al caso
desk-title = Scrivania
desk-search-label = Cerca casi, persone, numeri
desk-shortcuts = Scorciatoie da tastiera
desk-alerts =
    { $count ->
        [0] Avvisi: nessuno nuovo
        [one] Avvisi: 1 nuovo
       *[other] Avvisi: { $count } nuovi
    }
desk-profile = { $initials }, profilo di { $name }
desk-state = Il suo stato
desk-lists = Liste
desk-list-unassigned = Da prendere
desk-list-mine = Miei
desk-list-team = Squadra
desk-list-waiting = In attesa
desk-list-back-office = Back office
desk-list-overdue = Scaduti
desk-services = Servizi
desk-today-solved =
    { $count ->
        [one] Oggi: 1 caso risolto
       *[other] Oggi: { $count } casi risolti
    }
desk-mean-wait = attesa media { $duration }
desk-connected = Collegata
desk-offline = Collegamento perso: quello che scrive è salvato qui. Riprovo da sola.
desk-beside = Accanto al caso
desk-open-beside = Persona e risposte
desk-close-beside = Chiudi
desk-back-to-list = Torna alla lista
desk-go-to-desk = Torna alla scrivania
