# La pagina del rapporto: frasi, cifre, grafici.

reports-page = Rapporti
report-results = I risultati, { $period }
report-period-days = { $from } – { $to }
report-all-services = Tutti i servizi
report-as-of = dati a { $when }
report-print = Stampa
report-ask = Quale rapporto
report-quick = Periodi frequenti
report-this-month = Questo mese
report-cannot = Il rapporto non si può calcolare
report-no-date = Le date vanno scritte tutte e due, come 2009-10-31.
report-no-day = L’ultimo giorno viene prima del primo: il periodo non contiene giorni.
report-too-long = Il periodo è più lungo di cinquant’anni.
report-no-time = Il momento a cui guardare i dati va scritto come 2009-11-02T08:00.
report-no-service = Questo servizio non c’è.
report-from = Dal
report-last = Al (compreso)
report-service = Servizio
report-against = Confronto
report-against-before = con il periodo prima
report-against-year = con un anno prima
report-against-days = con i giorni scelti sotto
report-against-none = nessuno
report-against-from = Confronto dal
report-against-last = Confronto al (compreso)
report-known-at = Com’era noto a
report-more = Altri giorni di confronto, dati com’erano noti in un momento
report-show = Mostra
report-in-short = In breve
report-figures = Le cifre
report-trend = L’andamento
report-told-apart = Come si distribuiscono
report-all-figures = Tutte le cifre
report-compared-with = A confronto con: { $period }.
report-how = Come si calcola
report-records = Vedi che cosa è stato contato
report-as-table = Tabella
report-under-promise = sotto la promessa
report-promise = promessa
report-figure = Cifra
report-value = Valore
report-difference = Differenza
report-bar = Grafico
report-count = Numero
report-share = Quota
report-total = Totale
report-others =
    { $count ->
        [one] Un’altra riga
       *[other] Altre { $count } righe
    }
report-back = Torna al rapporto
report-parts = Parti della cifra
report-part-counted = Contati sopra la linea
report-part-whole = Tutti, sotto la linea
report-figure-lead = { $period } · { $service } · dati a { $when }
report-no-records = Nel periodo non è stato contato niente.
report-first = Dall’inizio
report-next = Avanti
report-yes = sì
report-no = no

report-operators = Cifre dei singoli operatori
report-operators-lead = Viste solo da chi supervisiona, perché l’amministrazione le ha accese (legge 300/1970, art. 4).
report-operator = Operatore
report-operator-answers = Risposte scritte

report-points =
    { $points ->
        [1] 1 punto
       *[other] { $points } punti
    }
report-more-than = { $by } più { $than }
report-less-than = { $by } meno { $than }
report-same-as = come in { $period }
report-than-month = di { $month }
report-than-year = del { $year }
report-than-other = del periodo di confronto
report-part-of-whole = { $part } su { $whole }
report-taken-over =
    { $count ->
        [one] su uno
       *[other] su { $count }
    }

report-say-no-contacts = In questo periodo non c’è stato nessun contatto.
report-say-contacts =
    { $count ->
        [one] C’è stato <b>un contatto</b> con i cittadini.
       *[other] Ci sono stati <b>{ $shown } contatti</b> con i cittadini.
    }
report-say-contacts-most =
    { $count ->
        [one] C’è stato <b>un contatto</b> con i cittadini.
       *[other] Ci sono stati <b>{ $shown } contatti</b> con i cittadini, { $share } { $via }.
    }
report-say-level =
    { $part ->
        [one] <b>{ $share }</b> ha avuto risposta entro 30 secondi.
       *[other] <b>{ $share }</b> hanno avuto risposta entro 30 secondi.
    }
report-say-level-percent = Il <b>{ $percent }</b> delle chiamate ha avuto risposta entro 30 secondi.
report-say-wait = Chi ha telefonato ha aspettato in media <b>{ $mean }</b>; la metà non più di { $half }.
report-say-front =
    { $part ->
        [one] <b>{ $share }</b> lo ha risolto chi ha risposto per primo.
       *[other] <b>{ $share }</b> li ha risolti chi ha risposto per primo.
    }
report-say-front-percent = Chi ha risposto per primo ha risolto il <b>{ $percent }</b> dei casi.
report-say-resolution = Un caso si è risolto in media in <b>{ $mean }</b>; la metà in non più di { $half }.
report-say-effective =
    { $part ->
        [one] <b>{ $share }</b>, tra chi ha risposto al sondaggio, dice che il problema è risolto.
       *[other] <b>{ $share }</b>, tra chi ha risposto al sondaggio, dicono che il problema è risolto.
    }
report-say-effective-percent = Il <b>{ $percent }</b> di chi ha risposto al sondaggio dice che il problema è risolto.
report-say-interval = Con questo numero di risposte il valore sta, 95 volte su 100, tra { $low } e { $high }.

report-fraction =
    { $near ->
        [under] quasi{ " " }
        [over] più di{ " " }
       *[at] { "" }
    }{ $part ->
        [1] uno
        [2] due
        [3] tre
        [4] quattro
        [7] sette
       *[9] nove
    } su { $whole ->
        [2] due
        [3] tre
        [4] quattro
        [5] cinque
       *[10] dieci
    }
report-fraction-calls =
    { $near ->
        [under] quasi{ " " }
        [over] più di{ " " }
       *[at] { "" }
    }{ $part ->
        [1] una chiamata
        [2] due chiamate
        [3] tre chiamate
        [4] quattro chiamate
        [7] sette chiamate
       *[9] nove chiamate
    } su { $whole ->
        [2] due
        [3] tre
        [4] quattro
        [5] cinque
       *[10] dieci
    }
report-fraction-cases =
    { $near ->
        [under] quasi{ " " }
        [over] più di{ " " }
       *[at] { "" }
    }{ $part ->
        [1] un caso
        [2] due casi
        [3] tre casi
        [4] quattro casi
        [7] sette casi
       *[9] nove casi
    } su { $whole ->
        [2] due
        [3] tre
        [4] quattro
        [5] cinque
       *[10] dieci
    }
report-fraction-people =
    { $near ->
        [under] quasi{ " " }
        [over] più di{ " " }
       *[at] { "" }
    }{ $part ->
        [1] una persona
        [2] due persone
        [3] tre persone
        [4] quattro persone
        [7] sette persone
       *[9] nove persone
    } su { $whole ->
        [2] due
        [3] tre
        [4] quattro
        [5] cinque
       *[10] dieci
    }
report-via-phone = al telefono
report-via-web = con il modulo web
report-via-sms = per SMS
report-via-email = per e-mail
report-via-chat = in chat
report-via-desk = allo sportello

report-card-contacts = in entrata e in uscita, su tutti i canali
report-card-wait = metà delle risposte entro { $half }
report-card-level = delle chiamate entrate in coda
report-card-promise = promessa: { $promise }
report-card-abandonment = di chi è entrato in coda
report-card-cases = aperti nel periodo
report-card-front = gli altri dal back office
report-card-resolution = metà dei casi in non più di { $half }
report-card-survey = di chi ha risposto al sondaggio
report-card-nothing = nessun dato nel periodo

report-chart-months-title = Primo canale: { $channel }, { $part } dei contatti
report-chart-months-lead = Contatti al mese per canale, da { $from } a { $to }
report-chart-months-spoken = Da { $first } contatti in { $from } a { $last } in { $to }, con il minimo di { $lowest } in { $low }.
report-chart-hours-kept = La promessa è stata mantenuta a ogni ora
report-chart-hours-missed = Tra le { $from } e le { $to } la promessa non è stata mantenuta
report-chart-hours-missed-some =
    { $count ->
        [one] In un’ora del giorno la promessa non è stata mantenuta
       *[other] In { $count } ore del giorno la promessa non è stata mantenuta
    }
report-chart-hours-least = L’ora più difficile comincia alle { $hour }
report-chart-hours-lead = Chiamate con risposta entro { $seconds } secondi, per ora di arrivo: { $period }
report-chart-hours-spoken = Da { $least } di chi chiama alle { $leastHour } a { $best } di chi chiama alle { $bestHour }.
report-hours-offered = Entrate in coda
report-hours-within = In tempo
report-hours-share = Quota
report-hour-span = { $from }–{ $to }

report-col-began = Inizio
report-col-wait = Attesa
report-col-talk = Conversazione
report-col-case = Caso
report-col-opened = Aperto
report-col-solved = Risolto
report-col-by = Da
report-col-took = In
report-col-asked = Proposto
report-col-answered = Risposta
report-col-efficient = Efficiente
report-col-effective = Risolto
report-col-with-operator = Con operatore
report-col-completed = Concluso
report-col-course = Corso
report-col-published = Pubblicato
report-col-title = Titolo

report-of-by-channel = Canale
report-of-by-service = Servizio
report-of-by-direction = Direzione
report-of-by-outcome = Esito
report-of-by-month = Mese
report-of-by-hour = Ora
report-of-by-kind = Tipo
report-of-by-topic = Argomento
report-of-by-region = Regione
report-of-by-service-kind = Servizio e tipo
report-of-by-structure = Struttura
report-of-video-by-origin = Provenienza

report-word-by-channel-phone = telefono
report-word-by-channel-web = modulo web
report-word-by-channel-sms = SMS
report-word-by-channel-email = e-mail
report-word-by-channel-chat = chat
report-word-by-channel-desk = sportello
report-word-by-direction-inbound = in entrata
report-word-by-direction-outbound = in uscita
report-word-by-outcome-answered = con risposta
report-word-by-outcome-abandoned = abbandonato
report-word-by-outcome-voicemail = messaggio in segreteria
report-word-by-outcome-callback = richiesta di essere richiamati
report-word-by-outcome-self-service = risposta automatica
report-word-by-outcome-closed-hours = fuori orario
report-word-by-outcome-busy = occupato
report-word-by-outcome-no-answer = nessuna risposta
report-word-by-outcome-wrong-number = numero sbagliato
report-word-by-outcome-failed = non riuscito
report-word-by-kind-information = informazione
report-word-by-kind-complaint = reclamo
report-word-by-kind-accompaniment = accompagnamento
report-word-by-kind-census = censimento
report-word-by-kind-suggestion = suggerimento
report-word-video-by-origin-newsroom = redazione
report-word-video-by-origin-prize = premio
report-word-video-by-origin-administration = amministrazioni
report-word-level-front = front office
report-word-level-back = back office

report-group-contacts = Contatti
report-group-phone = Telefono
report-group-cases = Casi
report-group-survey = Sondaggi
report-group-network = Rete
report-group-training = Formazione
report-group-media = Redazione

report-name-contacts-total = Contatti
report-name-contacts-by-channel = Contatti per canale
report-name-contacts-by-service = Contatti per servizio
report-name-contacts-by-direction = Contatti in entrata e in uscita
report-name-contacts-by-outcome = Contatti per esito
report-name-contacts-by-month = Contatti per mese
report-name-contacts-by-hour = Contatti per ora del giorno
report-name-phone-offered = Chiamate entrate in coda
report-name-phone-answered = Chiamate con risposta
report-name-phone-abandoned = Chiamate abbandonate
report-name-phone-mean-wait-s = Attesa media al telefono
report-name-phone-wait-p50-s = Attesa di metà delle risposte
report-name-phone-wait-p90-s = Attesa di nove risposte su dieci
report-name-phone-wait-p99-s = Attesa di novantanove risposte su cento
report-name-phone-service-level-20 = Risposte entro 20 secondi
report-name-phone-service-level-30 = Risposte entro 30 secondi
report-name-phone-service-level-60 = Risposte entro 60 secondi
report-name-phone-abandonment = Quota di chiamate abbandonate
report-name-phone-mean-talk-s = Conversazione media
report-name-cases-handled = Casi
report-name-cases-solved = Casi risolti
report-name-cases-front-office-share = Risolti da chi risponde per primo
report-name-cases-first-contact-share = Risolti al primo contatto
report-name-cases-mean-resolution-s = Tempo medio di soluzione
report-name-cases-mean-resolution-working-s = Tempo medio di soluzione, in orario di servizio
report-name-cases-resolution-p50-s = Tempo di soluzione di metà dei casi
report-name-cases-resolution-p50-working-s = Tempo di soluzione di metà dei casi, in orario di servizio
report-name-cases-resolution-p90-s = Tempo di soluzione di nove casi su dieci
report-name-cases-resolution-p90-working-s = Tempo di soluzione di nove casi su dieci, in orario di servizio
report-name-cases-backlog = Casi non risolti alla fine del periodo
report-name-cases-by-kind = Casi per tipo
report-name-cases-by-topic = Casi per argomento
report-name-cases-by-service = Casi per servizio
report-name-cases-by-region = Casi per regione
report-name-cases-by-service-kind = Casi per servizio e tipo
report-name-survey-asked = Sondaggi proposti
report-name-survey-answered = Sondaggi con risposta
report-name-survey-response-rate = Quota di chi risponde al sondaggio
report-name-survey-efficient-share = «Il servizio è efficiente»
report-name-survey-efficient-share-low = «Il servizio è efficiente», almeno
report-name-survey-efficient-share-high = «Il servizio è efficiente», al più
report-name-survey-effective-share = «Il mio problema è risolto»
report-name-survey-effective-share-low = «Il mio problema è risolto», almeno
report-name-survey-effective-share-high = «Il mio problema è risolto», al più
report-name-network-structures = Strutture della Rete
report-name-network-contacts = Contatti della Rete
report-name-network-contacts-with-operator = Contatti della Rete con un operatore
report-name-network-by-structure = Contatti della Rete per struttura
report-name-network-by-channel = Contatti della Rete per canale
report-name-training-trained = Persone formate
report-name-media-radio = Trasmissioni radio
report-name-media-news = Notizie
report-name-media-video = Video
report-name-media-feature = Rubriche
report-name-media-video-by-origin = Video per provenienza
report-attached = I dati di questo rapporto, per i programmi
report-others-within = Altre { $count } righe sono nei dati allegati a questo documento.
