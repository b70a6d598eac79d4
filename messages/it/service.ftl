# What is wrong with the definition of a service, and what is refused of a change.

problem-service-over = Questo servizio non prende più richieste.
changed-meanwhile-title = Qualcun altro l’ha cambiato nel frattempo
changed-meanwhile-lead = Quello che ha scritto non è andato perso: è qui sotto. Riapra la pagina, guardi che cosa è cambiato e, se serve, lo scriva di nuovo.
service-queue-in-use =
    { $count ->
        [one] Nella coda { $queue } c’è ancora 1 caso: dica in quale coda va.
       *[other] Nella coda { $queue } ci sono ancora { $count } casi: dica in quale coda vanno.
    }
service-queue-served =
    { $count ->
        [one] Una persona serve la coda { $queue } e nessun’altra: dica quale coda serve al suo posto, o le servirebbe tutte.
       *[other] { $count } persone servono la coda { $queue } e nessun’altra: dica quale coda servono al suo posto, o le servirebbero tutte.
    }
service-flaw-bad-id = Un identificativo è fatto di lettere minuscole, cifre e trattini: da 1 a 64.
service-flaw-missing = Serve.
service-flaw-too-long = È troppo lungo.
service-flaw-not-a-language = Una lingua si indica con il suo codice, come it o en.
service-flaw-not-a-phone = Non è un numero che si può comporre.
service-flaw-not-an-email = Non è un indirizzo e-mail.
service-flaw-twice = C’è due volte.
service-flaw-zero = Una promessa di nessun tempo non si può mantenere.
service-flaw-too-much = Più di un anno non è una promessa. Per la chiusura, al massimo dieci anni.
service-flaw-out-of-range = Questo numero non è tra quelli possibili.
service-flaw-empty = Dica per quali casi vale (canale o tipo) e che cosa si promette.
service-flaw-no-front-queue = Una coda del front office deve prendere ogni tema che le altre non nominano.
service-flaw-unreadable = Non si capisce.
service-flaw-bad-slot = Gli orari si scrivono così: 09:00-13:00, 14:00-18:00.
service-flaw-overlap = Questi orari si sovrappongono.
service-flaw-not-a-date = Una data si scrive così: 2026-08-14.
service-flaw-no-such-zone = Questo fuso orario non esiste.
service-flaw-taken-by-other = Ce l’ha già un altro servizio.
service-flaw-not-a-digit = Si sceglie con una cifra da 0 a 9: asterisco ripete, cancelletto torna indietro.
service-flaw-no-such-menu = Non c’è nessun menu con questo identificativo.
service-flaw-no-such-prompt = Non c’è nessun messaggio vocale con questo nome.
service-flaw-no-such-queue = Non c’è nessuna coda con questo identificativo.
service-flaw-no-such-service = Non c’è nessun servizio con questo identificativo.
service-flaw-not-at-the-front = Le chiamate aspettano nelle code del front office.
service-flaw-not-reached = Qui non porta niente.
service-flaw-no-way-out = Da questo menu nessuna scelta porta fuori.
service-flaw-loop = Porta a sé stesso.
service-flaw-turned-off = Questo servizio l’ha disattivato.
service-flaw-not-spoken = Il servizio non parla questa lingua.
service-flaw-not-in-language = Manca in una lingua del servizio: chi chiama lo sente in un’altra.
service-flaw-out-of-order = I passi vanno dal primo all’ultimo, e ognuno chiede meno di quello prima.
service-flaw-no-levels = Solo il tema ha livelli.
