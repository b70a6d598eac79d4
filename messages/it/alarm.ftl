# Allarmi per chi supervisiona: che cosa si misura, e che cosa si dice quando è troppo.

alarm-title = Allarmi
alarm-everywhere = tutto il centro
alarm-everywhere-choice = Tutto il centro

## Che cosa è successo: value è quanto si misura, over la soglia

alarm-said-overdue =
    { $value ->
        [one] 1 caso scaduto in { $place } (soglia { $over })
       *[other] { $value } casi scaduti in { $place } (soglia { $over })
    }
alarm-said-new =
    { $value ->
        [one] 1 caso da prendere in { $place } (soglia { $over })
       *[other] { $value } casi da prendere in { $place } (soglia { $over })
    }
alarm-said-oldest-new =
    { $value ->
        [one] Il caso più vecchio da prendere in { $place } aspetta da 1 minuto di orario (soglia { $over })
       *[other] Il caso più vecchio da prendere in { $place } aspetta da { $value } minuti di orario (soglia { $over })
    }
alarm-said-contacts =
    { $value ->
        [one] 1 contatto nell’ultima mezz’ora in { $place } (soglia { $over })
       *[other] { $value } contatti nell’ultima mezz’ora in { $place } (soglia { $over })
    }
alarm-said-letters-waiting =
    { $value ->
        [one] La lettera più vecchia aspetta di partire da 1 minuto, { $place } (soglia { $over })
       *[other] La lettera più vecchia aspetta di partire da { $value } minuti, { $place } (soglia { $over })
    }
alarm-said-letters-given-up =
    { $value ->
        [one] 1 lettera non si è potuta spedire, { $place } (soglia { $over })
       *[other] { $value } lettere non si sono potute spedire, { $place } (soglia { $over })
    }

## La lettera

alarm-letter-raised = Allarme: { $said }
alarm-letter-over = Rientrato: { $said }
alarm-letter-stands = A Linea Amica c’è un allarme:
alarm-letter-is-over = A Linea Amica è rientrato un allarme. Ultima misura:
alarm-letter-since = Dal: { $when }
alarm-letter-until = Rientrato: { $when }
alarm-letter-worst = Valore più alto: { $count }
alarm-letter-look = Per vedere che cosa aspetta, e dire che lo ha visto:

## L’avviso in cima alla scrivania

alarm-banner =
    { $count ->
        [one] Un allarme
       *[other] { $count } allarmi
    }
alarm-banner-more =
    { $count ->
        [one] e un altro
       *[other] e altri { $count }
    }
alarm-banner-open = Apri gli allarmi
alarm-see = L’ho visto

## La pagina

alarm-standing = In corso
alarm-none-title = Nessun allarme in corso
alarm-none-lead = Quando una soglia viene superata, l’allarme compare qui e in cima a ogni pagina della scrivania.
alarm-past = Passati
alarm-past-none = Ancora nessun allarme passato.
alarm-past-more = Mostra allarmi più vecchi
alarm-since = Dal { $when }
alarm-from-to = Dal { $from } al { $to }
alarm-worst = valore più alto { $count }
alarm-seen-by = Visto da { $name }, { $when }
alarm-unseen = Non ancora visto
alarm-letters =
    { $count ->
        [0] Nessuna lettera
        [one] 1 avviso per e-mail
       *[other] { $count } avvisi per e-mail
    }
desk-done-alarm-seen = Allarme segnato come visto

## Soglie

threshold-title = Soglie
threshold-new = Nuova soglia
threshold-none-title = Nessuna soglia
threshold-none-lead = Una soglia dice quando qualcosa è troppo: casi scaduti, casi da prendere, contatti, lettere.
threshold-new-title = Nuova soglia
threshold-change-title = Cambia la soglia
threshold-save = Salva
threshold-remove = Togli la soglia
threshold-remove-lead = Non verrà più misurata. Gli allarmi passati restano.
threshold-col-measure = Che cosa
threshold-col-place = Dove
threshold-col-now = Adesso
threshold-col-over = Allarme oltre
threshold-col-back = Rientra a
threshold-col-mail = Chi è avvisato
threshold-not-measured = non ancora misurata
threshold-page-only = solo la pagina
threshold-page-and-mail =
    { $count ->
        [one] la pagina e 1 indirizzo
       *[other] la pagina e { $count } indirizzi
    }
threshold-minutes = { $count } min
threshold-change = Cambia
threshold-over-now = oltre la soglia
threshold-measure-overdue = Casi scaduti
threshold-measure-new = Casi da prendere
threshold-measure-oldest-new = Attesa del caso più vecchio da prendere
threshold-measure-contacts = Contatti dell’ultima mezz’ora
threshold-measure-letters-waiting = Attesa della lettera più vecchia
threshold-measure-letters-given-up = Lettere che non si sono potute spedire
threshold-unit-overdue = casi
threshold-unit-new = casi
threshold-unit-oldest-new = minuti di orario
threshold-unit-contacts = contatti
threshold-unit-letters-waiting = minuti
threshold-unit-letters-given-up = lettere
threshold-choice = { $measure } ({ $unit })
threshold-field-measure = Che cosa misurare
threshold-field-place = Dove
threshold-field-place-hint = Una coda vale solo per i casi, un servizio per casi e contatti. Le lettere sono di tutto il centro.
threshold-field-over = Allarme oltre
threshold-field-over-hint = Scatta quando la misura supera questo numero.
threshold-field-back = Rientra a
threshold-field-back-hint = L’allarme finisce quando la misura scende a questo numero. Se lo lascia vuoto: quattro quinti della soglia.
threshold-field-pause = Non ripetere l’avviso prima di (minuti)
threshold-field-pause-hint = Fra 5 e 10080 (una settimana). Finché nessuno lo segna come visto, l’avviso si ripete.
threshold-field-mail = Indirizzi e-mail da avvisare
threshold-field-mail-hint = Uno per riga, al massimo 20. La pagina avvisa sempre.
threshold-place-queue = Coda: { $name }
threshold-place-queue-back = Coda del back office: { $name }
threshold-place-service = Servizio: { $name }
desk-done-threshold-added = Soglia salvata: la prima misura arriva entro mezzo minuto
desk-done-threshold-changed = Soglia cambiata
desk-done-threshold-removed = Soglia tolta

## Che cosa non va in un campo

problem-not-a-number = Scriva un numero intero.
problem-too-small = Almeno { $limit }.
problem-too-much = Al massimo { $limit }.
problem-desk-over-missing = Scriva oltre quale numero deve scattare l’allarme.
problem-desk-pause-missing = Scriva quanti minuti devono passare fra un avviso e l’altro.
problem-desk-place-not-in-the-list = Questa misura non si può prendere lì: scelga un altro posto.
problem-desk-measure-not-in-the-list = Scelga che cosa misurare.

## Nel registro e fra i lavori

audit-kind-told = avviso ripetuto
audit-kind-seen = visto
