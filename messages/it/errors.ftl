# Pages that say something went wrong, and what to do next.

error-not-found-title = Questa pagina non c’è
error-not-found-lead = L’indirizzo è cambiato, o manca una lettera. Quello che cercava forse si trova così:
error-forbidden-title = Qui può entrare solo chi ne ha il permesso
error-forbidden-lead = Se cercava il suo caso, le servono il numero e il codice che le abbiamo mandato quando l’ha aperto.
error-too-many-title = Troppe richieste in poco tempo
error-too-many-lead = Aspetti un minuto e riprovi. Quello che ha scritto non è andato perso: torni indietro con il browser e lo ritrova.
error-failed-title = Qualcosa da noi non ha funzionato
error-failed-lead = Non dipende da lei. Il guasto è già segnalato ai tecnici: riprovi fra qualche minuto, o ci chiami.
error-code = Codice dell’errore: { $status }
error-reference = Se ci chiama, dica il riferimento <bdi class="mono">{ $reference }</bdi>: ci aiuta a capire.
error-next = Che cosa può fare
error-search-label = La sua domanda
error-search-placeholder = Scriva qui la sua domanda
error-search-button = Cerca
error-go-home = Vai all’inizio
error-retry = Riprova
error-follow-case = Segui il suo caso
error-write = Scrivi a Linea Amica
error-call = Chiama <bdi>{ $number }</bdi>

## The same on the desk, where the reader works here

error-desk-not-found-lead = Il caso è stato unito a un altro, o l’indirizzo non è intero. Lo cerchi per numero, persona o telefono.
error-desk-forbidden-lead = Il suo ruolo non apre questa pagina. Se le serve, lo chieda a chi amministra il servizio.
error-desk-too-many-lead = Aspetti qualche secondo e riprovi: quello che ha scritto è salvato.
error-desk-failed-lead = Il guasto è già segnalato. Quello che ha scritto è salvato: riprovi fra poco.
