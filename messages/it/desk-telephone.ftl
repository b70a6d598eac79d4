# Il telefono alla scrivania: stato, chiamate, softfono, sala.

standing-ready = Disponibile
standing-offered = Chiamata in arrivo
standing-busy = In chiamata
standing-wrap-up = Conclude la chiamata
standing-pause = In pausa
standing-paused = In pausa: { $reason }
standing-off = Non in servizio
standing-unreachable = Non raggiungibile
standing-then-pause = poi pausa: { $reason }
standing-then-off = poi fuori servizio
standing-by-softphone = Le chiamate arrivano al softfono.
standing-by-telephone = Le chiamate arrivano al suo telefono.
standing-by-nothing = Nessuna chiamata può arrivarle.
standing-become-softphone = Apra il softfono, oppure registri il suo telefono SIP.
standing-become-telephone = Registri il suo telefono SIP con le credenziali che le ha dato chi amministra.
wish-ready = Disponibile
wish-ready-now = Disponibile subito: ho concluso
wish-pause = Pausa
wish-off = Non in servizio
pause-break = pausa breve
pause-meal = pasto
pause-training = formazione
pause-meeting = riunione
pause-back-office = lavoro sui casi
pause-no-answer = una chiamata senza risposta
pause-device-lost = telefono scollegato
pause-other = altro motivo
softphone-open = Apri il softfono
phone-settings = Microfono e altoparlante
desk-keys-state = Apre il suo stato
desk-keys-call = Va alla chiamata
problem-desk-wish-not-in-the-list = Scelga uno degli stati del menu.

## La chiamata

call-yours = La sua chiamata
call-page = Chiamata
call-incoming = Chiamata in arrivo
call-to-call-back = Da richiamare
call-which-case = Su quale caso?
call-wrap-up = Concluda la chiamata
call-over = Chiamata finita
call-under-way = Chiamata in corso
call-no-number = Numero riservato
call-unknown-person = Non ha mai scritto o chiamato da questo numero
call-speaks = parla { $language }
call-waits = aspetta da
call-left = ancora
call-waited = ha aspettato { $duration }
call-talking = In linea
call-held = In attesa
call-calling = Sta chiamando
call-mute = Muto
call-hold = Attesa
call-resume = Riprendi
call-keypad = Tastiera
call-hang-up = Termina
call-answer = Rispondi
call-decline = Rifiuta
call-answer-at-softphone = Risponda nel softfono.
call-answer-at-telephone = Risponda al suo telefono.
softphone-go-to = Vai al softfono
call-cases = I suoi casi
call-this-case = Questo caso
call-new-case = Apri un nuovo caso
call-more-cases =
    { $count ->
        [one] e un altro
       *[other] e altri { $count }
    }
call-code = Com’è andata
call-note = Nota interna, sul caso
call-finish = Concludi
call-finish-opens = Se non sceglie un caso, se ne apre uno nuovo.
call-said-incoming = Chiamata in arrivo: { $name }, { $why }, aspetta da { $waited }. Prema i per andarci.
call-said-case = In linea con { $name }: scelga il caso.
call-said-wrap-up = Chiamata con { $name } finita: la concluda.
call-asked-about = Le chiedono di questa chiamata
call-said-word = Le chiedono della chiamata con { $name }.
call-overhear-listen = Lei ascolta questa chiamata
call-overhear-whisper = Lei ascolta, e parla solo con chi opera
call-overhear-join = Lei parla con tutti e due
call-said-overhear = Il suo telefono squilla: risponda per partecipare alla chiamata con { $name }.
call-leave = Lascia la chiamata
call-hand-short = Passa
call-hand = A chi passa la chiamata?
call-hand-lead = In linea con { $name }.
call-hand-to = A chi
call-hand-queue = Coda { $queue }: al primo libero
call-hand-outside = A un numero esterno
call-hand-number = Numero esterno
call-hand-note = Nota per chi prosegue
call-hand-note-hint = Resta nel caso della chiamata; se non ne ha uno, se ne apre uno.
call-hand-ask = Prima ci parlo
call-hand-now = Passa subito
call-hand-hint = Mentre parla con chi ha scelto, la persona in linea sente la musica. A una coda si passa subito.
call-hand-over = Passa
call-conference = A tre
call-take-back = Riprendi
call-without = Di nuovo in due
call-beside-wanted = Chiamo { $name }…
call-beside-ringing = { $name }: squilla
call-beside-consulted = Parla con { $name }; chi ha chiamato sente la musica
call-beside-joined = In tre, con { $name }
call-overseen-listen = { $name } ascolta
call-overseen-whisper = { $name } ascolta, e parla solo con lei
call-overseen-join = { $name } parla con tutti e due
call-trouble-not-free = Non è libero in questo momento.
call-trouble-no-answer = Non ha risposto.
call-trouble-busy = È occupato.
call-trouble-closed = La coda è chiusa.
call-trouble-not-allowed = A questo numero non si può telefonare.
call-trouble-no-way = Non è stato possibile chiamare.
desk-done-call-asked = La chiamata è in attesa; il telefono squilla
desk-done-call-handed-on = Chiamata passata
call-out = Chiama
desk-done-call-out = Il suo telefono squilla: risponda, e chiamiamo
desk-done-call-no-device = Prima apra il softfono, o registri il suo telefono
floor-listen = Ascolta
floor-whisper = Parla con chi opera
floor-join = Entra
floor-leave = Esci
desk-done-call-overseen = Il suo telefono squilla: chi opera vede che lei partecipa
desk-done-call-left = Non partecipa più alla chiamata
desk-done-call-written-up = Chiamata conclusa
desk-done-call-noted = Chiamata conclusa, nota salvata sul caso
problem-desk-code-not-in-the-list = Scelga uno degli esiti di questa coda.

## Il softfono, e con che cosa si parla e si ascolta

softphone-title = Softfono
softphone-connecting = Si collega…
softphone-ready = Collegato: le chiamate arrivano qui.
softphone-lost = Collegamento perso: nessuna chiamata può arrivarle. Riprova da solo.
softphone-elsewhere = Il softfono è già aperto in un’altra finestra di questo browser.
softphone-signed-out = Il suo accesso è finito: entri di nuovo e riapra il softfono.
softphone-unsupported = Questo browser non sa telefonare: usi una versione recente di Firefox, Chrome, Edge o Safari.
softphone-insecure = Il browser dà il microfono soltanto a pagine protette (https): lo dica a chi amministra.
softphone-asking = Serve il microfono: il browser le chiederà il permesso.
softphone-ok = Microfono pronto.
softphone-denied = Il microfono è negato: lo permetta nelle impostazioni del browser per questo sito.
softphone-missing = Nessun microfono: lo colleghi e questa pagina se ne accorge.
softphone-silent = Il browser non fa suonare questa finestra: ci faccia clic una volta.
softphone-allow = Usa il microfono
softphone-no-script = Per telefonare dal browser servono gli script. Può usare un telefono SIP.
softphone-none = Questo centro non risponde al telefono da qui: il softfono non c’è.
softphone-keep-open = Tenga aperta questa finestra: se la chiude, le chiamate non arrivano e quella in corso finisce.
phone-settings-lead = Vale per questo computer e questo browser.
phone-microphone = Microfono
phone-which-microphone = Con quale parla
phone-level = Livello
phone-level-hint = Parli: la barra deve muoversi.
phone-speaker = Altoparlante o cuffia
phone-which-speaker = Da dove sente chi chiama
phone-try-speaker = Fai sentire un suono
phone-bell = Suoneria
phone-which-bell = Da dove suona
phone-volume = Volume della suoneria
phone-try-bell = Fai suonare
phone-usual = Quello usato dal computer
phone-silent = Il browser non ha potuto suonare su questo dispositivo: ne scelga un altro.
phone-kept = Scelta salvata in questo browser.
phone-choose = Scegli e prova

## La sala: il telefono adesso

floor-title = Telefono adesso
floor-waiting = In attesa
floor-longest = Attesa più lunga
floor-longest-in = { $queue }
floor-longest-late = { $queue }, oltre i { $seconds } secondi
floor-nobody = nessuno aspetta
floor-level = Risposte nel tempo previsto, oggi
floor-level-within = Risposte entro { $seconds } secondi, oggi
floor-level-none = ancora nessuna chiamata
floor-level-of = { $in } su { $of }
floor-level-of-promised = { $in } su { $of }; la promessa è { $promise }%
floor-today =
    Oggi { $offered ->
        [one] 1 chiamata è entrata in coda
       *[other] { $offered } chiamate sono entrate in coda
    }: { $answered } con risposta, { $abandoned } abbandonate.
floor-how = Come si calcola
floor-how-words = Le chiamate con risposta entro il tempo previsto dalla coda, divise per quelle entrate in coda da mezzanotte di cui già si sa: chi aspetta conta solo quando il tempo è passato. Il rapporto della giornata conta allo stesso modo tutte le chiamate entrate in coda.
floor-at-work =
    { $count ->
        [one] 1 al lavoro
       *[other] { $count } al lavoro
    }, { $ready ->
        [0] nessuna disponibile
        [one] 1 disponibile
       *[other] { $ready } disponibili
    }
floor-ready-of = { $ready } di { $count }
floor-no-people = Nessuno ha ancora detto se risponde al telefono.
floor-col-waiting = In attesa
floor-col-longest = Più lunga
floor-col-level = In tempo, oggi
floor-col-offered = In coda
floor-col-answered = Risposte
floor-col-abandoned = Abbandonate
floor-col-ready = Disponibili
floor-softphone = softfono
floor-telephone = telefono
