# What is done to a case: the forms, and what is said after.

desk-dialog = Azione sul caso
desk-cancel = Annulla
desk-undo = Annulla
desk-optional = (facoltativo)
desk-wrong = Corregga questi punti
desk-assign-title = Assegna a un collega
desk-assign-submit = Assegna
desk-escalate-title = Passa al back office
desk-escalate-lead = L’ufficio vede tutto il caso; al cittadino risponde chi lo risolve.
desk-escalate-submit = Passa al back office
desk-give-back-title = Restituisci al front office
desk-give-back-submit = Restituisci
desk-transfer-title = Sposta in un’altra coda
desk-transfer-lead = Il caso torna fra quelli da prendere, nella coda nuova.
desk-transfer-submit = Sposta
desk-solve-title = Risolvi il caso
desk-solve-lead = Il cittadino viene avvisato e può riaprire il caso.
desk-solve-submit = Risolvi
desk-classify-title = Cambia argomento e tipo
desk-classify-submit = Cambia
desk-rename-title = Cambia il titolo
desk-rename-submit = Cambia
desk-remind-title = Imposta un promemoria
desk-remind-lead = Fino a quel momento il caso sta fra quelli in attesa.
desk-remind-submit = Imposta
desk-merge-title = Unisci a un altro caso
desk-merge-lead = Questo caso continua nell’altro, che mostra tutto. Si può annullare anche più tardi.
desk-merge-submit = Unisci
desk-split-title = Dividi in due casi
desk-split-lead = Ciò che sceglie passa in un caso nuovo della stessa persona, in carico a lei.
desk-split-submit = Dividi
desk-link-title = Collega un altro caso
desk-link-lead = Ognuno dei due compare accanto all’altro.
desk-link-submit = Collega
desk-merge-person-title = Unisci a un’altra scheda
desk-merge-person-lead = Casi e recapiti delle due schede si vedono insieme. Si può annullare anche più tardi.
desk-merge-person-submit = Cerca e unisci

## Fields

desk-field-none = —
desk-field-colleague = Collega
desk-field-queue-back = Ufficio
desk-field-queue = Coda
desk-field-reason = Che cosa serve
desk-field-reason-hint = Lo leggono solo i colleghi.
desk-field-give-back = Che cosa ha trovato
desk-field-give-back-hint = Lo leggono solo i colleghi.
desk-field-solution = Questa è la soluzione
desk-field-outcome = Esito
desk-field-topic = Argomento
desk-field-kind = Tipo
desk-field-subject = Titolo
desk-field-new-subject = Titolo del caso nuovo
desk-field-when = Quando deve tornare
desk-field-other-day = Un altro giorno
desk-field-no-reminder = Togli il promemoria
desk-field-date = Giorno
desk-field-date-hint = Alle 9:00.
desk-field-what = Che cosa passa nel caso nuovo
desk-field-same-person = Casi della stessa persona
desk-field-number = Numero del caso
desk-field-number-hint = Come LA-2026-004512, o solo 4512.
desk-field-text = Testo
desk-field-address = Telefono o e-mail dell’altra scheda
desk-field-address-hint = Almeno cinque caratteri.
desk-field-other-person = Chi è

## What is wrong with a field here

problem-desk-into-missing = Scelga un caso o ne scriva il numero.
problem-desk-into-no-such-case = Nessun caso con questo numero fra quelli che può vedere.
problem-desk-other-missing = Scelga una voce o la scriva.
problem-desk-other-no-such-case = Nessun caso con questo numero fra quelli che può vedere.
problem-desk-continues-no-such-case = Nessun caso con questo numero fra quelli che può vedere.
problem-desk-address-not-in-the-list = Nessuna scheda con questo recapito.
problem-desk-what-missing = Scelga almeno una voce.
problem-desk-on-not-a-date = Non sembra un giorno: lo scelga dal calendario.
problem-desk-into-already-taken = Le due schede sono già unite.

## Said after

desk-done-undone = Annullato
desk-done-take = Il caso è in carico a lei
desk-done-put-back = Rimesso fra i casi da prendere
desk-done-assign = Assegnato a { $name }
desk-done-escalate = Passato al back office
desk-done-recall = Ripreso dal back office
desk-done-give-back = Restituito al front office
desk-done-transfer = Spostato nella coda { $name }
desk-done-solve = Caso risolto
desk-done-reopen = Caso riaperto
desk-done-classify = Argomento e tipo cambiati
desk-done-rename = Titolo cambiato
desk-done-remind = Torna { $name }
desk-done-no-reminder = Promemoria tolto
desk-done-merge = { $name } unito a questo caso
desk-done-merge-apart = { $name } unito a questo caso. Chi lo ha scritto non legge questo con il suo codice: lo avvisi lei, o annulli
desk-done-unmerge = { $name } è di nuovo un caso a sé
desk-done-split = Caso nuovo, diviso da { $name }
desk-done-link = Collegato { $name }
desk-done-unlink = Collegamento tolto
desk-done-merge-person = Schede unite
desk-done-unmerge-person = Schede separate
desk-done-reply = Risposta inviata
desk-done-reply-solved = Risposta inviata, caso risolto
desk-done-note = Nota salvata
desk-done-wait = Il caso aspetta il cittadino
desk-done-resume = Il caso non aspetta più
desk-done-contact = Registrato come { $name }
desk-done-contact-solved = Registrato come { $name } e risolto
desk-done-language = Lingua cambiata
