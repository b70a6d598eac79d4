# A case on the desk: its head, its timeline, what stands beside it.

desk-state-new = Da prendere
desk-state-open = In carico
desk-state-waiting = Aspetta il cittadino
desk-state-solved = Risolto
desk-state-closed = Chiuso
desk-state-merged = Unito a un altro
desk-state-mine = In carico a lei
desk-state-of = In carico a { $name }
desk-state-at-back = Al back office, da prendere
desk-presence-reading = { $name } sta leggendo
desk-presence-writing = { $name } sta scrivendo
desk-continued = Questo caso continua in
desk-more-acts = Altre azioni
desk-act-take = Prendi
desk-act-escalate = Back office
desk-act-recall = Riprendi dal back office
desk-act-give-back = Restituisci
desk-act-solve = Risolvi
desk-act-reopen = Riapri
desk-act-unmerge = Separa di nuovo
desk-act-assign = Assegna a un collega
desk-act-put-back = Rimetti fra i casi da prendere
desk-act-wait = Aspetta il cittadino
desk-act-resume = Riprendi
desk-act-remind = Imposta un promemoria
desk-act-transfer = Sposta in un’altra coda
desk-act-classify = Cambia argomento e tipo
desk-act-rename = Cambia titolo
desk-act-merge = Unisci a un altro caso
desk-act-split = Dividi in due casi
desk-act-link = Collega un altro caso

## The timeline

desk-timeline = Cronologia del caso
desk-citizen = Il cittadino
desk-by-system = Il sistema
desk-entry-reply = risposta sulla pagina del caso
desk-entry-on-page = dalla pagina del caso
desk-entry-note = nota interna
desk-entry-taken-down = registrato da { $name }
desk-entry-no-words = Senza testo
desk-entry-merged = dal caso { $number }
desk-entry-merged-short = dal caso
desk-note-only = Nota: solo interno
desk-announced-waiting = avviso in partenza
desk-announced-sent = avviso inviato
desk-announced-failed = avviso non consegnato
desk-contact-abandoned = ha riagganciato
desk-contact-voicemail = messaggio in segreteria
desk-contact-callback = chiede di essere richiamato
desk-contact-self-service = risposta automatica
desk-contact-closed-hours = fuori orario
desk-contact-busy = occupato
desk-contact-no-answer = senza risposta
desk-contact-wrong-number = numero sbagliato
desk-contact-failed = non riuscito
desk-contact-answered = con risposta
desk-change-opened-split = { $who } ha aperto questo caso dal caso { $of }
desk-change-imported = Il caso è arrivato da un altro sistema
desk-change-put-back = { $who } ha rimesso il caso fra quelli da prendere
desk-change-taken = { $who } ha preso in carico il caso
desk-change-assigned = { $who } ha assegnato il caso a { $of }
desk-change-waited = { $who } aspetta il cittadino
desk-change-resumed = { $who } non aspetta più il cittadino
desk-change-recalled = { $who } ha ripreso il caso prima che il back office lo prendesse
desk-change-escalated = { $who } ha passato il caso al back office: { $of }
desk-change-given-back = { $who } ha restituito il caso
desk-change-given-back-to = { $who } ha restituito il caso a { $of }
desk-change-given-back-solution = { $who } ha restituito il caso con la soluzione
desk-change-given-back-solution-to = { $who } ha restituito il caso a { $of } con la soluzione
desk-change-transferred = { $who } ha spostato il caso nella coda { $of }
desk-change-solved = { $who } ha segnato il caso: { $of }
desk-change-reopened = { $who } ha riaperto il caso
desk-change-closed = { $who } ha chiuso il caso
desk-change-classified = { $who } ha cambiato argomento e tipo: { $of }
desk-change-renamed = { $who } ha cambiato il titolo
desk-change-announced-elsewhere = { $who } ha cambiato dove ricevere gli avvisi
desk-change-unclassified = { $who } ha tolto argomento e tipo
desk-change-reminder = { $who } ha impostato un promemoria: { $of }
desk-change-no-reminder = { $who } ha tolto il promemoria
desk-change-brought-back = Il promemoria è arrivato
desk-change-merged = { $who } ha unito questo caso al caso { $of }
desk-change-absorbed = { $who } ha unito qui il caso { $of }
desk-change-unmerged = { $who } ha separato questo caso dal caso { $of }
desk-change-released = { $who } ha separato da qui il caso { $of }
desk-change-split = { $who } ha portato una parte nel caso { $of }
desk-change-linked = { $who } ha collegato il caso { $of }
desk-change-unlinked = { $who } ha scollegato il caso { $of }
desk-change-person = { $who } ha cambiato la persona del caso

## Outcomes and kinds

desk-outcome-solved = Risolto
desk-outcome-referred = Indirizzato a un ufficio
desk-outcome-not-competent = Non di competenza
desk-outcome-withdrawn = Ritirato dal cittadino
desk-outcome-unreachable = Cittadino irraggiungibile
desk-kind-information = Informazione
desk-kind-complaint = Reclamo
desk-kind-accompaniment = Accompagnamento
desk-kind-census = Censimento
desk-kind-suggestion = Suggerimento

## Beside the case

desk-contacts-in-a-year =
    { $count ->
        [one] { $count } contatto in un anno
       *[other] { $count } contatti in un anno
    }
desk-person-merged = Unita con { $name }
desk-merge-person = Unisci a un’altra scheda
desk-anonymous-hint = Non ha lasciato nome né recapiti
desk-other-cases = Altri casi
desk-merged-cases = Uniti a questo
desk-linked-cases = Collegati
desk-take-apart = Separa
desk-topic = Argomento
desk-no-topic = Non ancora indicato
desk-change = Cambia
desk-reminder = Promemoria
