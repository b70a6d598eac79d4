# Writing to us, and what is said once something was written.

write-title = Scriva a Linea Amica
write-lead = Ci racconti che cosa le serve. Le diamo un numero e un codice con cui seguire la risposta.
write-text = La sua domanda
write-text-hint = Con le sue parole: che cosa è successo, che cosa le serve, che cosa ha già provato.
write-files = Allegati
write-files-hint = Foto, PDF o documenti: fino a 5 file, ognuno di 10 MB al massimo.
write-service = Servizio
write-topic = Argomento
write-do-not-know = Non so, decida l’operatore
write-via = Come vuole la risposta?
write-via-label = Modo di rispondere
write-via-email = E-mail
write-via-phone = Telefono
write-via-none = La leggo qui
write-via-none-hint = Non ci lascia recapiti: il numero e il codice del caso li vede una volta sola, alla fine. Li scriva, perché senza non potrà più leggere la risposta.
write-email = Indirizzo e-mail
write-email-hint = Per esempio nome@posta.example. La avvisiamo quando c’è una risposta. Serve se ha scelto l’e-mail.
write-content = Metti il testo della risposta nell’e-mail
write-content-hint = Altrimenti l’e-mail dice solo che c’è una risposta, e la legge qui con il codice.
write-phone = Telefono
write-phone-hint = Per esempio 333 555 0117. Serve se vuole essere richiamato.
write-name = Nome e cognome
write-name-hint = Ci serve solo per sapere come chiamarla.
write-consent = Potete far leggere la mia domanda all’ufficio che può risolverla.
write-consent-label = Consenso
write-privacy = Come trattiamo i suoi dati
write-send = Invia
write-help = Aiuto
write-when = Quando rispondiamo
write-when-by = Entro { $when }. Se serve un altro ufficio glielo diciamo, con la data.
write-speak = Preferisce parlare?
write-have-case = Ha già un caso aperto?
write-follow = Lo segua con numero e codice

form-optional = (facoltativo)
form-error-title = Errore:
form-errors =
    { $count ->
        [one] C’è una cosa da correggere
       *[other] Ci sono { $count } cose da correggere
    }
files-kept = File già ricevuti
files-remove = Togli <bdi>{ $name }</bdi>
files-chosen = File scelti:
files-too-much = Troppo grandi o troppi: scelga al massimo 5 file, ognuno fino a 10 MB.
print = Stampa
print-page = Stampa questa pagina

## Done

done-title = Abbiamo ricevuto la sua domanda
done-keep = Conservi questi due
done-why = Le servono per leggere la risposta e per parlare del caso al telefono. Non dia il codice ad altri: chi lo ha può leggere il caso.
done-sent = Li abbiamo mandati anche a <bdi>{ $address }</bdi>.
done-not-sent = Non abbiamo un indirizzo e-mail a cui mandarli: li scriva ora o stampi questa pagina. Il codice non si mostra un’altra volta.
done-next = Che cosa succede adesso
done-step-read = Un operatore legge la sua domanda e le risponde
done-step-solve = Se serve un altro ufficio, portiamo lì il suo caso e torniamo con la soluzione
done-by = entro { $when }
done-step-told = La avvisiamo per e-mail
done-step-look = Legge la risposta alla pagina «Il suo caso»
done-step-more = Può aggiungere messaggi e file quando vuole.
done-follow = Segui il caso
