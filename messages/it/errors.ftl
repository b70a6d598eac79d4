# Pages that say something went wrong, and what to do next.

error-not-found-title = Questa pagina non c’è
error-not-found-lead = L’indirizzo è cambiato, o manca una lettera. Può farci qui la sua domanda, o andare avanti da uno di questi punti.
error-forbidden-title = Qui può entrare solo chi ne ha il permesso
error-forbidden-lead = Se cercava il suo caso, le servono il numero e il codice che le abbiamo mandato quando l’ha aperto.
error-not-open-title = Da qui il caso non è più aperto
error-not-open-lead = Quello che ha scritto non è andato perso: apra di nuovo il caso con numero e codice in un’altra finestra, poi torni qui e prema «Invia di nuovo». I file li aggiunga dopo, dalla pagina del caso.
error-open-case = Apri il caso (altra finestra)
error-too-many-title = Troppe richieste in poco tempo
error-too-many-lead = Aspetti un minuto e riprovi. Quello che ha scritto non è andato perso: torni indietro con il browser e lo ritrova.
error-too-large-title = Quello che ha inviato è troppo grande
error-too-large-lead = Può allegare fino a 5 file, ognuno di 10 MB al massimo. Torni indietro con il browser, tolga i file più grandi e riprovi: non abbiamo conservato nulla di questo invio.
error-unavailable-title = Il servizio è fermo per qualche minuto
error-unavailable-lead = Non dipende da lei, e quello che ci aveva già inviato è al sicuro. Se stava inviando qualcosa, non l’abbiamo ricevuto: torni indietro con il browser e riprovi fra qualche minuto.
error-too-many-when = Può riprovare dalle { $when }.
error-failed-title = Qualcosa da noi non ha funzionato
error-failed-lead = Non dipende da lei. Il guasto è già segnalato ai tecnici: riprovi fra qualche minuto, o ci chiami.
error-code = Codice dell’errore: { $status }
error-reference = Se ci chiama, dica il riferimento <bdi class="mono">{ $reference }</bdi>: ci aiuta a capire.
error-next = Che cosa può fare
error-search-label = La sua domanda
error-search-placeholder = Scriva qui la sua domanda
error-search-button = Continua
error-go-home = Vai all’inizio
error-retry = Riprova
error-follow-case = Segui il suo caso
error-write = Scrivi a Linea Amica
error-call = Chiama <bdi>{ $number }</bdi>

## The same on the desk, where the reader works here

error-desk-not-found-lead = Il caso è stato unito a un altro, o l’indirizzo non è intero. Lo cerchi per numero, persona o telefono.
error-desk-forbidden-lead = Il suo ruolo non apre questa pagina. Se le serve, lo chieda a chi amministra il servizio.
error-signed-out-title = Deve accedere di nuovo
error-signed-out-lead = Quello che ha scritto non è andato perso: acceda in un’altra finestra, poi torni qui e prema «Invia di nuovo». I file vanno allegati di nuovo.
error-sign-in = Accedi (altra finestra)
error-desk-too-many-lead = Aspetti qualche secondo e riprovi: quello che ha scritto è salvato.
error-desk-too-large-lead = Ogni file può essere di 10 MB al massimo. Torni indietro e tolga i più grandi.
error-desk-unavailable-lead = Il database non risponde. Quello che era salvato è al sicuro: riprovi fra poco.
error-desk-failed-lead = Il guasto è già segnalato. Quello che ha scritto è salvato: riprovi fra poco.
error-unsent = Quello che ha scritto
error-send-again = Invia di nuovo
