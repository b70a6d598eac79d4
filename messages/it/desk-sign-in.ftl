# Signing in, one’s own page, and the keys.

desk-sign-in-title = Entra nella scrivania
desk-sign-in-login = Nome utente
desk-sign-in-password = Password
desk-sign-in-submit = Entra
desk-sign-in-wrong = Nome utente o password non corretti. Riprovi.
desk-sign-in-too-many = Troppi tentativi: potrà riprovare alle { $time }.
desk-sign-in-portal = Vai al portale per i cittadini
desk-sign-out = Esci
desk-signed-out = La sessione è finita: entri di nuovo. Le bozze sono salvate.
desk-me-title = Il suo profilo
desk-me-roles = Ruoli
desk-me-queues = Code
desk-me-structure = Struttura
desk-me-language = Lingua delle sue pagine
desk-me-save = Salva
desk-role-front = front office
desk-role-back = back office
desk-role-supervisor = supervisione
desk-role-editor = redazione
desk-role-trainer = formazione
desk-role-admin = amministrazione

## Keys

desk-keys-lead = Valgono quando non sta scrivendo in un campo.
desk-keys-search = Cerca
desk-keys-next = Caso successivo
desk-keys-previous = Caso precedente
desk-keys-open = Apri il caso
desk-keys-take = Prendi il caso
desk-keys-reply = Scrivi una risposta
desk-keys-note = Scrivi una nota interna
desk-keys-office = Passa al back office, o restituisci
desk-keys-solve = Risolvi
desk-keys-new = Registra un contatto
desk-keys-all = Mostra tutte le scorciatoie
desk-keys-leave = Esci dal campo o chiudi
desk-keys-go = Apri «{ $list }»

## Announced when the page changes by itself

desk-announce-new = Il caso ha qualcosa di nuovo
desk-announce-list = La lista è cambiata
