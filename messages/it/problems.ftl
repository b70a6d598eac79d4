# What is wrong with something typed: `problem-{word}`. A form may have a better sentence for one of its fields, as
# `problem-{form}-{field}-{word}`.

problem-missing = Manca: lo compili.
problem-too-long =
    { $limit ->
        [one] Troppo lungo: al massimo { $limit } carattere.
       *[other] Troppo lungo: al massimo { $limit } caratteri.
    }
problem-too-short =
    { $limit ->
        [one] Troppo corto: almeno { $limit } carattere.
       *[other] Troppo corto: almeno { $limit } caratteri.
    }
problem-not-an-email = Non sembra un indirizzo e-mail. Lo scriva come nome@posta.example.
problem-email-without-at = Manca la chiocciola (@). Lo scriva come nome@posta.example.
problem-email-without-dot = Manca la parte dopo il punto, come in nome@posta.example.
problem-not-a-phone = Non sembra un numero di telefono. Lo scriva come 333 555 0117; dall’estero con il prefisso, come +40 721 555 012.
problem-not-a-date = Non sembra una data. La scriva come 8/12/2026.
problem-in-the-past = È una data già passata.
problem-not-in-the-list = Scelga una voce dell’elenco.
problem-consent-needed = Senza il consenso non possiamo prendere in carico la domanda.
problem-address-needed = Scelga come vuole avere la risposta.
problem-file-too-large = Un file è più grande di 10 MB e non è stato preso.
problem-file-empty = Un file è vuoto e non è stato preso.
problem-file-gone = Un file aggiunto prima non è più disponibile: lo aggiunga di nuovo.
problem-file-kind-refused = Un file non è di un tipo che possiamo aprire e non è stato preso. Vanno bene PDF, foto e documenti di testo.
problem-too-many-files =
    { $limit ->
        [one] Può allegare al massimo { $limit } file: gli altri non sono stati presi.
       *[other] Può allegare al massimo { $limit } file: gli altri non sono stati presi.
    }
problem-no-such-case = Numero e codice non corrispondono a nessun caso. Li ricontrolli.
problem-password-too-short =
    { $limit ->
        [one] La password deve avere almeno { $limit } carattere.
       *[other] La password deve avere almeno { $limit } caratteri.
    }
problem-already-taken = È già in uso.

## Better sentences for single fields

problem-write-text-missing = Scriva la sua domanda.
problem-write-email-missing = Scriva l’indirizzo a cui avvisarla, o scelga un altro modo.
problem-write-phone-missing = Scriva il numero a cui chiamarla, o scelga un altro modo.
problem-case-number-missing = Scriva il numero del caso.
problem-case-code-missing = Scriva il codice del caso.
problem-message-text-missing = Scriva un messaggio o alleghi un file.
problem-code-email-missing = Scriva l’indirizzo e-mail che ci ha dato.
problem-report-text-missing = Ci dica che cosa non si legge o non si usa bene.
