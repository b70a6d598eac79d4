# The citizen's own case.

door-title = Il suo caso
door-lead = Scriva il numero e il codice che le abbiamo dato quando ha scritto o chiamato.
door-left = È uscito dal caso: da qui non si legge più senza il codice.
door-number-hint = Come <span class="mono">{ $number }</span>
door-code-hint = Otto tra lettere e numeri. Maiuscole e trattini non contano.
door-open = Apri il caso
door-lost = Ha perso il codice?
door-lost-link = Se lo faccia mandare per e-mail
door-no-case = Non ha ancora un caso?

code-title = Ha perso il codice
code-lead = Scriva l’indirizzo e-mail che ci ha dato: le mandiamo numero e codice dei suoi casi.
code-email-hint = Lo stesso a cui la avvisiamo.
code-send = Invia il codice
code-sent-title = Controlli la sua posta
code-sent = Se ci sono casi collegati a <bdi>{ $address }</bdi>, tra poco riceve un’e-mail con i numeri e i codici.
code-sent-else = Se non arriva niente, guardi nella posta indesiderata. Se non ci ha dato un indirizzo e-mail, ci chiami o ci scriva di nuovo.
code-go = Vai al suo caso

case-word = Caso
case-heading = Il suo caso { $number }
case-number = Numero del caso
case-code = Codice
case-messages = Messaggi
case-add = Aggiunga un messaggio
case-add-hint = Lo legge l’operatore che segue il caso.
case-add-read-by = Lo legge { $name }.
case-send = Invia il messaggio
case-unsolved-title = Non è risolto?
case-unsolved = Ci scriva che cosa manca
case-unsolved-hint = Quando invia, riapriamo il caso e le rispondiamo di nuovo.
case-reopen = Non è risolto: riapri il caso
case-closed-title = Ha un’altra domanda?
case-closed-lead = Questo caso è chiuso e non riceve più messaggi. Può aprirne uno nuovo: se riguarda questo, ne scriva il numero.
case-closed-write = Scrivi una nuova domanda
case-closed-meanwhile = Nel frattempo il caso è stato chiuso
case-closed-meanwhile-lead = Il suo messaggio non è partito, ma non è andato perso: lo trova in fondo alla pagina e può farne una nuova domanda.
case-facts = In breve
case-facts-label = Dati del caso
case-follower = Chi lo segue
case-news = La avvisiamo con
case-news-with-text = con il testo della risposta
case-news-without-text = senza il testo della risposta
case-news-none = Nessun avviso: torni qui a leggere la risposta
case-news-change = Cambia
case-news-hint = Lasci vuoto per non ricevere avvisi.
case-news-save = Salva
case-settle = Ho risolto: chiudi il caso
case-leave = Esci da questo caso
case-leave-hint = Se usa il computer o il telefono di un’altra persona, esca quando ha finito.
case-done-message = Il suo messaggio è arrivato.
case-done-reopened = Il caso è riaperto e il suo messaggio è arrivato.
case-done-settled = Il caso è chiuso. Se cambia idea, ci scriva da questa pagina e lo riapriamo.
case-done-news = Abbiamo cambiato dove avvisarla.

## Where it stands

where-received = Abbiamo ricevuto la sua domanda.
where-in-hand = Il suo caso è in mano a { $name }.
where-office = Il suo caso è all’ufficio che può risolverlo: { $office }.
where-some-office = Il suo caso è all’ufficio che può risolverlo.
where-by = Le rispondiamo entro { $when }.
where-late = Siamo in ritardo: avremmo già dovuto risponderle, e ce ne scusiamo.
where-nothing-to-do = Non deve fare nulla. Se ci serve un documento, glielo chiediamo qui.
where-waiting = Aspettiamo una sua risposta.
where-waiting-lead = Legga l’ultimo messaggio e ci risponda qui sotto.
where-answered = Le abbiamo risposto.
where-answered-lead = Trova la risposta qui sotto. Se non basta, aggiunga un messaggio.
where-solved = Il suo caso è risolto.
where-referred = Le abbiamo indicato l’ufficio a cui rivolgersi.
where-not-competent = La sua domanda non riguarda la pubblica amministrazione.
where-solved-lead = Trova la risposta qui sotto. Se per lei non è risolto, ce lo dica: riapriamo il caso.
where-withdrawn = Il caso è chiuso perché non le serve più.
where-withdrawn-lead = Se cambia idea, ci scriva qui sotto: riapriamo il caso.
where-unreachable = Non siamo riusciti a raggiungerla.
where-unreachable-lead = Ci scriva qui sotto e riapriamo il caso.
where-closed = Questo caso è chiuso.
where-closed-lead = Può ancora leggerlo e stamparlo.

step-received = Ricevuto
step-in-hand = In carico
step-in-hand-next = appena un operatore è libero
step-in-hand-by = a { $name }
step-office = All’ufficio
step-answer = Risposta
step-answer-by = entro { $when }
step-solved = Risolto
step-closed = Chiuso
step-done = fatto
step-now = adesso
step-to-do = da fare

## The conversation

talk-you = Lei
talk-you-called = Lei ha chiamato
talk-you-sms = Lei, per SMS
talk-you-emailed = Lei, per e-mail
talk-you-wrote = Lei ha scritto
talk-you-chatted = Lei, in chat
talk-you-came = Lei è venuto allo sportello
talk-staff = { $name }, { $service }
talk-erased = Testo cancellato.
talk-assigned = { $name } ha preso in carico il caso
talk-escalated = Il caso è passato a un altro ufficio: { $office }
talk-escalated-somewhere = Il caso è passato all’ufficio che può risolverlo
talk-recalled = L’operatore ha ripreso il caso
talk-given-back = L’ufficio ha restituito il caso all’operatore
talk-solved = Il caso è risolto
talk-withdrawn = Ha chiuso lei il caso
talk-reopened = Il caso è riaperto
talk-closed = Il caso è chiuso
