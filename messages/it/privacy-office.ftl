# What the desk and the administration say of what is kept, erased and handed over, and the processing register.

privacy-change-emptied = Il contenuto è stato cancellato; restano i fatti e le date

admin-nav-privacy = Privacy
admin-nav-privacy-lead = Per quanto tempo si conserva, che cosa si sa di una persona, il registro dei trattamenti.

privacy-people = Una persona
privacy-people-lead = Per rispondere a chi chiede di vedere i suoi dati, di averne una copia o di farli cancellare.
privacy-find = Nome, e-mail, telefono o numero di un caso
privacy-find-go = Cerca
privacy-nobody = Nessuno corrisponde. Provi con un altro recapito o con il numero del caso.
privacy-more = Ce ne sono altri: scriva qualcosa di più preciso.
privacy-kept = Per quanto tempo si conserva
privacy-kept-lead = I giorni si contano dalla chiusura del caso. Passati quelli, parole, file e recapiti si cancellano da soli; restano i fatti, le date e i numeri del rapporto.
privacy-change = Modifica
privacy-days =
    { $count ->
        [one] 1 giorno dopo la chiusura
       *[other] { $count } giorni dopo la chiusura
    }
privacy-days-none = Finché qualcuno non cancella
privacy-effect-none = Niente si cancella da solo.
privacy-effect-nothing = Oggi non c’è niente da cancellare: nessun caso chiuso prima del { $before }.
privacy-effect-cases =
    { $count ->
        [one] Entro un’ora si cancella il contenuto di 1 caso chiuso prima del { $before }.
       *[other] Entro un’ora si cancella il contenuto di { $count } casi chiusi prima del { $before }.
    }
privacy-effect-contacts =
    { $count ->
        [one] E di 1 contatto senza caso.
       *[other] E di { $count } contatti senza caso.
    }
privacy-field-days = Giorni dopo la chiusura del caso
privacy-field-days-hint = Da 1 a 36.500. Vuoto: il contenuto resta finché qualcuno non lo cancella.
problem-desk-content-days-not-in-the-list = Serve un numero di giorni da 1 a 36.500, o niente.
admin-retention-title = { $name }: per quanto tempo si conserva
admin-retention-lead = Vale per le parole, i file e i recapiti dei casi chiusi. Prima di salvare si vede che cosa succede.
admin-retention-submit = Salva
admin-retention-sure-title = Cancellare quello che è scaduto?
admin-retention-sure-lead = { $name } Non si può annullare. I numeri del rapporto non cambiano.
admin-retention-sure-submit = Salva e cancella
privacy-done-retention = Salvato. { $name }.

privacy-held = Che cosa è conservato
privacy-held-records =
    { $count ->
        [one] 1 scheda
       *[other] { $count } schede unite in una
    }
privacy-held-cases =
    { $count ->
        [0] Nessun caso
        [one] 1 caso
       *[other] { $count } casi
    }
privacy-held-contacts =
    { $count ->
        [0] Nessun contatto
        [one] 1 contatto
       *[other] { $count } contatti
    }
privacy-held-messages =
    { $count ->
        [0] Nessun messaggio
        [one] 1 messaggio o nota
       *[other] { $count } messaggi e note
    }
privacy-held-files =
    { $count ->
        [0] Nessun file
        [one] 1 file ({ $size })
       *[other] { $count } file ({ $size })
    }
privacy-others = Gli stessi recapiti sono anche di altre schede, che restano come sono finché non vengono unite:
privacy-nothing = Di questa persona non è conservato più niente: restano i fatti, le date e i numeri.
privacy-do = Che cosa si può fare
privacy-export = Scarica tutto
privacy-export-lead = Un file ZIP con i dati leggibili da un programma e gli allegati. Le note interne e i loro file stanno a parte, in internal.json e nella cartella internal: si rileggono prima di consegnarli. Chi scarica resta scritto.
privacy-export-file = persona-{ $id }
privacy-erase = Cancella
privacy-erase-lead = Si cancellano nome, recapiti, parole e file di tutti i casi. I fatti, le date e i numeri restano. Non si può annullare.
admin-erase-title = Cancellare { $name }?
admin-erase-lead = Si cancellano nome, recapiti, parole e file. Restano i fatti, le date e i numeri del rapporto. Non si può annullare; le copie di sicurezza già fatte tengono i dati finché non vengono eliminate.
admin-erase-submit = Cancella
privacy-erase-what = Casi: { $cases }. Contatti: { $contacts }. Messaggi e note: { $messages }. File: { $files }.
privacy-erase-open =
    { $count ->
        [one] 1 caso è ancora da risolvere: senza parole né recapiti nessuno potrà più rispondere.
       *[other] { $count } casi sono ancora da risolvere: senza parole né recapiti nessuno potrà più rispondere.
    }
privacy-erase-sure = La persona va cancellata
problem-desk-sure-missing = Per cancellare bisogna confermare.
privacy-done-erase = Cancellato.

register-title = Registro dei trattamenti
register-lead = Articolo 30 del Regolamento UE 2016/679. I tempi e le misure sono quelli impostati adesso.
register-changed = I testi sono del { $day }.
register-printed = Letto: { $when }.
register-download = Scarica la tabella
register-edit = Modifica i testi
register-file = registro-dei-trattamenti-{ $day }
register-who = Chi ne risponde
register-controller = Titolare
register-contact = Contatto del titolare
register-joint = Contitolari
register-dpo = Responsabile della protezione dei dati
register-missing = Da scrivere
register-what = I trattamenti
register-name = Trattamento
register-purposes = Finalità
register-purposes-usual = Rispondere alle domande dei cittadini e seguirle fino alla soluzione; misurare il servizio, senza i nomi.
register-legal-basis = Base giuridica
register-legal-basis-usual = Esecuzione di un compito di interesse pubblico: articolo 6, paragrafo 1, lettera e, del Regolamento UE 2016/679.
register-persons = Persone
register-persons-citizens = Cittadini che scrivono, chiamano o vengono allo sportello; persone nominate nelle loro domande.
register-data = Dati
register-data-citizens = Nome e recapiti, se lasciati; regione e lingua; parole e file delle domande e delle risposte, che possono contenere dati particolari; note degli operatori; che cosa è successo e quando; risposte ai sondaggi.
register-recipients = Destinatari
register-recipients-usual = Gli operatori che seguono il caso.
register-offices = Uffici a cui il caso può passare: { $offices }.
register-transfers = Trasferimenti fuori dall’Unione
register-transfers-usual = Nessuno.
register-kept = Conservazione
register-staff = Il personale del servizio
register-purposes-staff = Dare accesso a chi lavora, distribuire il lavoro, sapere chi ha fatto che cosa.
register-legal-basis-staff = Esecuzione di un compito di interesse pubblico; obblighi di sicurezza (articolo 32).
register-persons-staff = Operatori, responsabili, amministratori.
register-data-staff = Nome e nome di accesso, ruoli, ufficio; azioni compiute e quando. Le figure dei singoli operatori non si calcolano, se l’amministrazione non lo ha deciso.
register-recipients-staff = Chi amministra il servizio; i colleghi vedono il nome.
register-kept-staff = Finché dura l’incarico; le azioni restano nella storia dei casi.
register-measures = Misure di sicurezza
register-measure-tls = Le pagine si leggono solo su connessioni cifrate (https); i cookie non viaggiano altrimenti.
register-measure-no-tls = Le connessioni non risultano cifrate: http.public_url non comincia con https.
register-measure-mail = Le lettere partono su una connessione cifrata.
register-measure-no-mail = Nessuna lettera parte: non è impostato alcun server di posta.
register-measure-mail-plain = Le lettere partono su una connessione non cifrata.
register-measure-retention = Per ogni servizio è impostato per quanto tempo si conserva il contenuto; poi si cancella da solo.
register-measure-no-retention = Per almeno un servizio non è impostato per quanto tempo si conserva il contenuto.
register-measure-sqlite = La base di dati è un file nella cartella dei dati; quello che si cancella viene sovrascritto.
register-measure-postgres = La base di dati è PostgreSQL; quello che si cancella sparisce con la sua pulizia automatica.
register-measure-passwords = Le parole d’accesso sono conservate solo come impronta (Argon2id), con un limite ai tentativi.
register-measure-roles = Ognuno vede quello che serve al suo ruolo; il personale di un ufficio vede i casi di quell’ufficio.
register-measure-audit = Ogni azione resta scritta con chi l’ha fatta e quando, senza le parole dei cittadini.
register-measure-logs = Nei registri tecnici non compaiono nomi, recapiti o testi.
register-measure-codes = Il cittadino apre il suo caso con un codice che nessuno può indovinare.
register-measure-files = Gli allegati si scaricano soltanto, e si accettano solo dei tipi previsti.
register-measure-erasure = Cancellazione e copia di tutto quello che si conserva di una persona, su richiesta.
register-measure-backup = Prima di ogni aggiornamento si fa una copia completa, con le impronte che la verificano. Quelle periodiche le decide chi gestisce il servizio.
admin-register-title = Registro dei trattamenti: i testi
admin-register-lead = Quello che nessuna impostazione può dire. Dove non si scrive niente vale il testo usuale.
admin-register-submit = Salva
register-usual = Se resta vuoto: { $text }
register-done = Registro salvato.

privacy-notice-days =
    { $count ->
        [one] 1 giorno dopo la chiusura del caso nomi, recapiti, testi e file si cancellano.
       *[other] { $count } giorni dopo la chiusura del caso nomi, recapiti, testi e file si cancellano.
    }
privacy-notice-kept = Nomi, recapiti, testi e file si conservano finché servono al caso e alle verifiche previste dalla legge.
privacy-notice-after = Può chiederci prima di cancellarli. Dopo restano solo i fatti, le date e i numeri.
privacy-notice-controller = Chi risponde dei suoi dati
privacy-notice-dpo = Il responsabile della protezione dei dati
