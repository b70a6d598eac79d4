# The lists of the desk.

desk-list-solved = Risolti
desk-list-of-service = { $list } · { $service }
desk-count-more = { $count }+
desk-cases-count =
    { $count ->
        [one] { $shown } caso
       *[other] { $shown } casi
    }
desk-more-cases = Mostra altri casi
desk-unanswered = da rispondere
desk-untitled = Senza titolo
desk-anonymous = Anonimo
desk-no-name = Senza nome
desk-with-nobody = da prendere
desk-with-none = nessuno
desk-with-back-office = Back office
desk-with-back-office-name = { $name }, back office
desk-choose-title = Scelga un caso dalla lista
desk-choose-lead = Con j e k si muove nella lista, con Invio apre il caso.
desk-new = Nuovo contatto

## Channels

desk-channel-phone = telefono
desk-channel-sms = SMS
desk-channel-email = e-mail
desk-channel-web = modulo web
desk-channel-chat = chat
desk-channel-desk = sportello

## What is due

desk-due-over = scaduto
desk-due-waiting = in attesa
desk-due-solved = Risolto: { $when }
desk-due-reminder = Torna il: { $when }
desk-due-answer = Risposta entro: { $when }
desk-due-solution = Soluzione entro: { $when }
desk-due-answer-in = Risposta entro { $when }
desk-due-solution-in = Soluzione entro { $when }
desk-due-answer-over = Risposta in ritardo di { $duration }
desk-due-solution-over = Soluzione in ritardo di { $duration }

## Empty lists say what to do next

desk-empty-unassigned-title = Nessun caso da prendere
desk-empty-unassigned-lead = Tutti i casi hanno qualcuno che li segue. Vada avanti con i suoi.
desk-empty-mine-title = Nessun caso suo aperto
desk-empty-mine-lead = Ne prenda uno fra quelli che aspettano.
desk-empty-team-title = Nessun caso aperto in squadra
desk-empty-team-lead = Quando un cittadino chiama o scrive, il caso compare qui da solo.
desk-empty-waiting-title = Nessun caso in attesa
desk-empty-waiting-lead = Qui stanno i casi in cui abbiamo chiesto qualcosa al cittadino, e quelli con un promemoria.
desk-empty-back-office-title = Nessun caso al back office
desk-empty-back-office-lead = I casi passati a un ufficio restano qui finché l’ufficio non li restituisce o li risolve.
desk-empty-overdue-title = Nessun caso scaduto
desk-empty-overdue-lead = Tutte le promesse sono mantenute. Guardi chi scade per primo nella squadra.
desk-empty-solved-title = Ancora nessun caso risolto
desk-empty-solved-lead = I casi risolti si trovano qui, e si possono riaprire.
desk-empty-go-mine = Apri i miei casi
desk-empty-go-unassigned = Apri i casi da prendere
desk-empty-go-team = Apri i casi della squadra
desk-empty-go-new = Registra un contatto

## Search

desk-search-title = Ricerca
desk-search-how = Scriva il numero di un caso, un nome, un telefono, un indirizzo e-mail o parole del testo.
desk-search-nothing = Nessun caso per «{ $typed }»
desk-search-found =
    { $count ->
        [one] { $count } caso per «{ $typed }»
       *[other] { $count } casi per «{ $typed }»
    }
desk-search-full = I 50 casi più recenti per «{ $typed }»: aggiunga una parola per restringere.
