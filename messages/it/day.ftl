# Una giornata per mezz’ore.

day-title = Giornata
day-title-of = Giornata: { $day }
day-ask = Quale giornata
day-day = Giorno
day-show = Mostra
day-before = Giorno prima
day-after = Giorno dopo
day-today-go = Oggi
day-table = Mezz’ora per mezz’ora
day-running = in corso
day-sum = Totale
day-summer-time = { $time } ora legale
day-winter-time = { $time } ora solare
day-col-time = Dalle
day-col-inbound = In entrata
day-col-usual = Di solito
day-col-outbound = In uscita
day-col-opened = Casi aperti
day-col-solved = Risolti
day-col-escalated = Al back office
day-col-answers = Risposte
day-col-waiting = In attesa alla fine
day-finding-alone =
    { $count ->
        [one] Un contatto in entrata
       *[other] { $count } contatti in entrata
    }
day-finding-usual =
    { $count ->
        [one] Un contatto in entrata, come di solito di { $weekday } (differenza { $part })
       *[other] { $count } contatti in entrata, come di solito di { $weekday } (differenza { $part })
    }
day-finding-more =
    { $count ->
        [one] Un contatto in entrata, il { $part } più di quanti di solito di { $weekday }
       *[other] { $count } contatti in entrata, il { $part } più di quanti di solito di { $weekday }
    }
day-finding-less =
    { $count ->
        [one] Un contatto in entrata, il { $part } meno di quanti di solito di { $weekday }
       *[other] { $count } contatti in entrata, il { $part } meno di quanti di solito di { $weekday }
    }
day-said-cases = Casi aperti: { $opened }; risolti: { $solved }
day-said-escalated =
    { $count ->
        [one] Al back office: un caso, { $part } degli aperti
       *[other] Al back office: { $count } casi, { $part } degli aperti
    }
day-waiting-more = I casi in attesa di soluzione sono saliti da { $before } a { $count }
day-waiting-less = I casi in attesa di soluzione sono scesi da { $before } a { $count }
day-waiting-same = I casi in attesa di soluzione sono { $count }, quanti erano all’inizio ({ $before })
day-chart-contacts-lead = Contatti in entrata per mezz’ora. Linea: { $usual }
day-chart-waiting-lead = Casi in attesa di soluzione alla fine di ogni mezz’ora. Linea: { $usual }
day-chart-contacts-spoken = Contatti in entrata per mezz’ora: al massimo { $most }, dalle { $time }. La tabella ha tutti i numeri.
day-chart-waiting-spoken = Casi in attesa alla fine di ogni mezz’ora: al massimo { $most }, nella mezz’ora dalle { $time }. La tabella ha tutti i numeri.
day-usual =
    { $count ->
        [one] un { $weekday } fra le quattro settimane prima.
       *[other] la media di { $count } { $weekday } fra le quattro settimane prima.
    }
day-chart-contacts-alone = Contatti in entrata per mezz’ora.
day-chart-waiting-alone = Casi in attesa di soluzione alla fine di ogni mezz’ora.
day-as-of = Dati alle: { $when }.
day-definitions = Contatti e casi sono quelli del rapporto dello stesso giorno; risolti sono i casi la cui soluzione è di quella mezz’ora e vale ancora; al back office conta la prima volta.
day-none-title = Niente in questa giornata
day-none-lead = Era chiuso e non è successo niente, o la giornata deve ancora venire.
