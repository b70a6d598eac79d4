# Writing on a case: replies, notes, and what was typed and could not be sent.

desk-write = Scrivi
desk-reply = Risposta
desk-note = Nota interna
desk-reply-text = Testo della risposta
desk-note-text = Testo della nota interna
desk-note-hint = il cittadino non la vede
desk-to-email = E-mail
desk-to-page = Pagina del caso
desk-to-page-hint = nessun indirizzo e-mail: il cittadino la legge con numero e codice
desk-to-with-content = avviso con il testo
desk-to-without-content = avviso senza il testo
desk-attach = Allega
desk-and-solve = e segna risolto
desk-and-wait = e aspetta il cittadino
desk-send-to = Invia a <bdi>{ $address }</bdi>
desk-publish = Pubblica sulla pagina del caso
desk-save-note = Salva la nota interna
desk-draft-saved = Bozza salvata { $time }
desk-no-reply-merged = Il caso continua in un altro: risponda lì. Qui può lasciare una nota.
desk-no-reply-closed = Il caso è chiuso: per rispondere lo riapra. Qui può lasciare una nota.
desk-no-reply-role = Ora il caso è di un altro ufficio, che risponde al cittadino. Qui può lasciare una nota.

## A reply to a case that has changed

desk-changed-title = Il caso è cambiato mentre scriveva
desk-changed-lead = Legga che cosa è successo prima di inviare. Il suo testo è salvato come bozza.
desk-changed-new = Che cosa è successo
desk-changed-yours = La sua risposta
desk-changed-back = Torna a scrivere
desk-changed-send-to = Invia lo stesso a <bdi>{ $address }</bdi>
desk-changed-publish = Pubblica lo stesso
desk-changed-files = Se torna a scrivere, alleghi di nuovo i file.

## A case that a colleague has taken meanwhile

desk-taken-title = Qualcuno l’ha già preso
desk-taken-lead = Il caso ora è in carico a <bdi>{ $name }</bdi>. Se lo prende lei, passa a lei.
desk-taken-back = Guarda il caso
desk-taken-anyway = Prendilo lo stesso
