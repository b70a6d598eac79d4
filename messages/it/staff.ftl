# The staff, as the administration shows and changes it, and the pages by which somebody comes in.

problem-scope-of-admin = Chi amministra lo fa per tutti: non può valere per una sola struttura.
problem-last-admin = Nessun altro può amministrare: prima dia il ruolo di amministrazione a un’altra persona che abbia già la sua password.
problem-too-many =
    { $limit ->
        [one] Al massimo { $limit } voce.
       *[other] Al massimo { $limit } voci.
    }
problem-not-a-login = Senza spazi, come mario.rossi.
problem-no-such-code = Il codice non è giusto o è già stato usato. Aspetti quello nuovo e riprovi.
problem-password-wrong = Non è la password che ha adesso.
problem-needed-by-role = Un suo ruolo chiede il secondo fattore: non si può togliere.
problem-own-first = Prima attivi il secondo fattore per sé, dal suo profilo: altrimenti resterebbe fuori.
problem-desk-code-already-taken = Il secondo fattore è già attivo.

## Before anybody is in

door-begin-again = Torna all’accesso
door-forgotten-link = Ha dimenticato la password?
door-password-set = La password è salvata. Ora entri.
door-password-hint =
    { $limit ->
        [one] Almeno { $limit } carattere, di qualunque tipo.
       *[other] Almeno { $limit } caratteri, di qualunque tipo. Una frase è facile da ricordare e difficile da indovinare.
    }
door-login-or-email = Nome utente o indirizzo e-mail
door-code-title = Il codice
door-code-submit = Entra
door-enrol-title = Attivi il secondo fattore
door-enrol-lead = Il suo ruolo chiede, oltre alla password, un codice dal telefono. Si prepara una volta sola.
door-enrol-submit = Attiva ed entra
door-invited-title = Scelga la password
door-invited-lead = Benvenuta o benvenuto, { $name }. Con questa password entra nella scrivania.
door-invited-submit = Salva la password
door-gone-title = Questo collegamento non vale più
door-gone-lead = È già stato usato, è scaduto o è stato ritirato. Chieda un nuovo invito a chi amministra il servizio.
door-forgotten-title = Password dimenticata
door-forgotten-lead = Scriva il suo nome utente o il suo indirizzo: se lo conosciamo, mandiamo lì un collegamento per scegliere un’altra password.
door-forgotten-submit = Manda il collegamento
door-sent-title = Controlli la posta
door-sent-lead = Se conosciamo quel nome o quell’indirizzo, la lettera arriva fra poco. Il collegamento vale un’ora. Se non arriva, chieda a chi amministra il servizio.

## The second factor

factor-title = Secondo fattore
factor-code = Codice
factor-code-hint = Le sei cifre che mostra il programma sul telefono, o uno dei codici di riserva.
factor-enrol-title = Attiva il secondo fattore
factor-enrol-lead = Oltre alla password, all’ingresso servirà un codice che cambia ogni mezzo minuto: a chi la scopre, la password da sola non basta.
factor-enrol-submit = Attiva
factor-step-scan = Apra sul telefono un programma per codici (per esempio FreeOTP o Aegis) e inquadri questa figura.
factor-picture = Figura da inquadrare con il programma per codici
factor-by-hand = Se non può inquadrarla, scriva a mano:
factor-step-code = Scriva qui le sei cifre che il programma mostra.
factor-since = Attivo da { $when }.
factor-codes-left =
    { $count ->
        [0] Non restano codici di riserva: ne faccia di nuovi.
        [one] Resta 1 codice di riserva.
       *[other] Restano { $count } codici di riserva.
    }
factor-codes-renew = Fai nuovi codici di riserva
factor-wanted = Lo chiede un suo ruolo.
factor-turn-off = Disattiva
factor-none = Non è attivo: per entrare basta la password.
factor-turn-on = Attiva il secondo fattore
factor-codes-title = I suoi codici di riserva
factor-codes-lead = Se perde il telefono, ognuno di questi la fa entrare una volta. Li stampi o li scriva, e li tenga lontano dal computer.
factor-codes-once = Non li mostriamo più.
factor-codes-kept = Li ho conservati, continua

## One’s own page

desk-me-password-open = Cambia la password
desk-me-password-title = Cambia la password
desk-me-password-lead = Le altre sessioni aperte finiscono.
desk-me-password-submit = Salva
desk-me-password-old = La password di adesso
desk-me-password-new = La password nuova
desk-me-factor-off-title = Disattiva il secondo fattore
desk-me-factor-off-lead = Per entrare basterà la password.
desk-me-factor-off-submit = Disattiva
desk-me-codes-title = Nuovi codici di riserva
desk-me-codes-lead = Quelli che ha adesso non varranno più.
desk-me-codes-submit = Fai nuovi codici
desk-done-password = Password cambiata
desk-done-factor-off = Secondo fattore disattivato
desk-done-session-ended = Sessione finita
desk-done-sessions-ended = Altre sessioni finite: { $name }

## Sessions

session-title = Sessioni aperte
session-this = questa
session-begun = cominciata { $when }
session-seen = vista { $when }
session-end = Termina
session-end-others = Termina tutte le altre
browser-edge = Edge
browser-opera = Opera
browser-samsung = Samsung Internet
browser-firefox = Firefox
browser-chrome = Chrome
browser-safari = Safari
browser-other = Browser sconosciuto
system-iphone = iPhone
system-ipad = iPad
system-android = Android
system-windows = Windows
system-chromeos = ChromeOS
system-mac = macOS
system-linux = Linux
system-other = sistema sconosciuto

staff-email = Indirizzo e-mail

## The list

admin-nav-staff = Persone
admin-nav-staff-lead = Chi lavora qui: ruoli, strutture, competenze, inviti e accessi.
staff-add = Aggiungi
staff-sign-in = Regole di accesso
staff-search = Cerca per nome o indirizzo
staff-role = Ruolo
staff-any-role = tutti
staff-state = Stato
staff-narrow = Cerca
staff-all = Togli i filtri
staff-which-here = chi può lavorare
staff-which-all = tutti
staff-which-able = attivi
staff-which-invited = invitati
staff-which-outside = senza password
staff-which-disabled = disattivati
staff-state-able = Attivo
staff-state-invited = Invitato
staff-state-outside = Senza password
staff-state-disabled = Disattivato
staff-found =
    { $count ->
        [one] 1 persona
       *[other] { $count } persone
    }
staff-none = Nessuna persona
staff-none-lead = Provi con un’altra parola, o guardi fra tutti, anche i disattivati.
staff-more = Altre persone
staff-everywhere = Tutto il centro
staff-every-queue = Tutte quelle dei suoi ruoli
staff-factor-on = sì
staff-factor-off = no

## One of them

staff-change = Modifica
staff-disable = Disattiva
staff-enable = Riattiva
staff-languages = Lingue parlate
staff-skills = Competenze
staff-skill-and-level = { $skill } ({ $level })
staff-external = Numero nell’altro sistema
staff-added = Aggiunta il
staff-entry = Accesso
staff-entry-disabled = Non può entrare. Se serve, la riattivi.
staff-entry-password = Entra con la sua password.
staff-entry-no-password = Non ha ancora una password: può entrare solo con un invito.
staff-invitation-welcome-letter = L’invito è partito per posta e vale fino a { $when }.
staff-invitation-welcome-hand = C’è un collegamento d’invito aperto, valido fino a { $when }.
staff-invitation-reset-letter = Il collegamento per un’altra password è partito per posta e vale fino a { $when }.
staff-invitation-reset-hand = C’è un collegamento per un’altra password, valido fino a { $when }.
staff-invitation-recovery-letter = Ha chiesto da sé un’altra password: il collegamento vale fino a { $when }.
staff-invitation-recovery-hand = Ha chiesto da sé un’altra password: il collegamento vale fino a { $when }.
staff-invite-letter = Manda l’invito per posta
staff-invite-again = Manda di nuovo l’invito
staff-reset-letter = Manda un collegamento per un’altra password
staff-invite-hand = Crea un collegamento da consegnare
staff-withdraw = Ritira il collegamento
staff-no-address = Senza indirizzo e-mail non si può mandare una lettera: aggiunga l’indirizzo o consegni il collegamento.
staff-link-title = Il collegamento da consegnare
staff-link-lead = Vale una volta sola, fino a { $when }. Non lo mostriamo più: lo copi ora e lo dia solo a questa persona.
staff-factor-none = Non attivo.
staff-factor-wanted = Lo chiede un suo ruolo.
staff-factor-wanted-next = Un suo ruolo lo chiede: lo prepara al prossimo accesso.
staff-reset-factor = Azzera il secondo fattore
staff-telephone = Telefono SIP
staff-telephone-none = Nessuna utenza: se apre il softfono non ne ha bisogno.
staff-telephone-is = Il suo telefono si registra con l’utenza { $name }.
staff-telephone-give = Crea l’utenza
staff-telephone-again = Nuova password
staff-telephone-remove = Togli l’utenza
staff-telephone-new = L’utenza per il telefono
staff-telephone-new-lead = Non mostriamo più la password: la scriva ora nel telefono, o la dia solo a questa persona.
staff-telephone-name = Nome dell’utenza
staff-no-sessions = Nessuna.
staff-end-sessions = Termina tutte le sue sessioni
staff-tokens = Chiavi dei programmi
staff-token = Chiave { $id }
staff-token-since = vale da { $when }
staff-token-revoke = Revoca
staff-held = Casi in carico
staff-held-count =
    { $count ->
        [0] Nessuno.
        [one] 1 caso.
       *[other] { $count } casi.
    }
staff-put-back = Rimetti i casi fra quelli da prendere
staff-put-back-too =
    { $count ->
        [one] Rimetti fra quelli da prendere anche il caso che ha in carico
       *[other] Rimetti fra quelli da prendere anche i { $count } casi che ha in carico
    }

## The form

admin-staff-new-title = Aggiungi una persona
admin-staff-new-submit = Aggiungi
admin-staff-edit-title = Modifica: { $name }
admin-staff-edit-submit = Salva
staff-part-person = La persona
staff-part-work = Il lavoro
staff-part-skills = Che cosa sa fare
staff-part-entry = L’accesso
staff-name = Nome
staff-name-hint = Nome e cognome: il nome lo vedono anche i cittadini.
staff-login-hint = Senza spazi, come mario.rossi. Non si cambia più.
staff-email-hint = Per l’invito e per una password dimenticata.
staff-role-front = Front office: risponde ai cittadini
staff-role-back = Back office: risolve quello che il front office passa
staff-role-supervisor = Supervisione: vede la squadra e sposta i casi
staff-role-editor = Redazione: scrive risposte e notizie
staff-role-trainer = Formazione: segue i corsi
staff-role-admin = Amministrazione: regola il centro e le persone
staff-scope-hint = Chi è di una struttura vede solo i casi di quella.
staff-queues-hint = Se non ne sceglie nessuna, valgono tutte quelle dei suoi ruoli.
staff-languages-hint = Quelle in cui può parlare con i cittadini.
staff-skills-hint = Una per riga. Per toglierne una, svuoti la riga.
staff-queue-of = { $queue } ({ $level })
staff-skill-n = Competenza { $n }
staff-skill-level-n = Livello della competenza { $n }
skill-level-unsaid = livello non detto
skill-level-basic = base
skill-level-good = buono
skill-level-expert = esperto
staff-language = Lingua delle sue pagine
staff-way = Come entra la prima volta
staff-way-letter = Manda l’invito al suo indirizzo
staff-way-hand = Dammi un collegamento da consegnare
staff-way-later = Non ancora

## What is done

admin-staff-disable-title = Disattivare { $name }?
admin-staff-disable-lead = Non potrà più entrare: le sue sessioni, i suoi inviti e le sue chiavi per i programmi smettono subito di valere. Quello che ha scritto resta. Si può riattivare; le chiavi per i programmi si fanno allora di nuovo.
admin-staff-disable-submit = Disattiva
admin-staff-put-back-title = Rimettere i casi di { $name } fra quelli da prendere?
admin-staff-put-back-lead = Tornano nelle loro code, e ogni collega della coda può prenderli.
admin-staff-put-back-submit = Rimetti i casi
admin-staff-reset-factor-title = Azzerare il secondo fattore di { $name }?
admin-staff-reset-factor-lead = Lo faccia solo se è certo che sia lei o lui a chiederlo, per esempio di persona. Le sue sessioni finiscono e i codici di riserva non valgono più.
admin-staff-reset-factor-submit = Azzera
admin-staff-telephone-title = Dare una nuova password al telefono di { $name }?
admin-staff-telephone-lead = Quella di adesso non vale più: il telefono non riceve chiamate finché non ha la nuova.
admin-staff-telephone-submit = Crea la password
admin-staff-telephone-remove-title = Togliere l’utenza telefonica di { $name }?
admin-staff-telephone-remove-lead = Il suo telefono non si registra più. Il softfono continua a funzionare.
admin-staff-telephone-remove-submit = Togli l’utenza
admin-sign-in-title = Regole di accesso
admin-sign-in-lead = Chi non ha ancora il secondo fattore lo prepara al prossimo accesso; se è entrato adesso, la sua sessione finisce.
admin-sign-in-submit = Salva
sign-in-roles = Ruoli a cui si chiede il secondo fattore
sign-in-roles-hint = Chi ha almeno uno di questi ruoli entra con password e codice.
sign-in-meanwhile = Qualcun altro l’ha cambiato nel frattempo. Quello che ha scelto è qui sotto: se salva, vale quello.
staff-meanwhile = Qualcun altro ha cambiato questa persona nel frattempo. Quello che ha scritto è qui sotto: se salva, vale quello.
admin-done-staff-added = Persona aggiunta
admin-done-staff-changed = Salvato
admin-done-staff-invited = La lettera è in partenza
admin-done-staff-withdrawn = Il collegamento non vale più
admin-done-staff-disabled = Disattivato
admin-done-staff-enabled = Riattivato
admin-done-staff-put-back = Casi rimessi fra quelli da prendere: { $name }
admin-done-staff-sessions = Sessioni finite: { $name }
admin-done-staff-token = Chiave revocata
admin-done-staff-factor-reset = Secondo fattore azzerato
admin-done-staff-telephone-removed = Utenza telefonica tolta
admin-done-sign-in = Regole di accesso salvate

## On the first page

admin-notice-alone = Può amministrare una persona sola: se perde l’accesso, nessuno la sostituisce. Dia il ruolo anche a un’altra.
admin-notice-held =
    { $count ->
        [one] 1 persona disattivata ha ancora casi in carico.
       *[other] { $count } persone disattivate hanno ancora casi in carico.
    }

## Languages that are spoken

spoken-it = italiano
spoken-en = inglese
spoken-fr = francese
spoken-de = tedesco
spoken-es = spagnolo
spoken-pt = portoghese
spoken-ro = rumeno
spoken-sq = albanese
spoken-uk = ucraino
spoken-ru = russo
spoken-pl = polacco
spoken-ar = arabo
spoken-zh = cinese
spoken-bn = bengalese
spoken-hi = hindi
spoken-ur = urdu
spoken-tl = tagalog
spoken-si = singalese
