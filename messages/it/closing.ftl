# Una coda del telefono chiusa in emergenza, e riaperta.

closing-notice = Code del telefono chiuse
closing-said = { $queue }: telefono chiuso ({ $reason }), { $since }.
closing-said-until = { $queue }: telefono chiuso ({ $reason }), { $since }. Riapre da solo: { $until }.
closing-title = Chiudere la coda { $queue }
closing-heard = Che cosa sente chi chiama
closing-heard-hint = Scriva il messaggio: lo legge la voce del centralino, in ogni lingua del servizio, fino a { $count } caratteri. Oppure carichi un file con la voce registrata.
closing-message = Messaggio ({ $language })
closing-sound = Messaggio registrato (file WAV)
closing-sound-hint = Mono o stereo, da 8 a 48 kHz, al massimo 10 MB e 15 minuti. Prende il posto del testo nella prima lingua del servizio; chi parla un’altra lingua sente il testo nella sua, se c’è.
closing-known = Oppure un suono già caricato
closing-known-none = Nessuno
closing-why = Perché, e fino a quando
closing-reason = Motivo
closing-reason-choose = Scelga il motivo
closing-reason-alert = allerta
closing-reason-evacuation = evacuazione
closing-reason-fault = guasto
closing-reason-staff = manca il personale
closing-reason-other = altro motivo
closing-until = Riapre da sola
closing-until-hint = Se non lo dice, resta chiusa finché qualcuno la riapre.
closing-note = Nota per i colleghi
closing-note-hint = Si legge nella sala. Chi chiama non la sente.
closing-effects = Che cosa succede
closing-effect-waiting =
    { $count ->
        [0] Adesso non aspetta nessuno. Chi chiama da ora sente il messaggio.
        [one] Adesso aspetta 1 persona: sente subito il messaggio. Lo sente anche chi chiama da ora.
       *[other] Adesso aspettano { $count } persone: sentono subito il messaggio. Lo sente anche chi chiama da ora.
    }
closing-effect-both = Dopo il messaggio possono farsi richiamare o lasciare un messaggio vocale.
closing-effect-callback = Dopo il messaggio possono farsi richiamare.
closing-effect-message = Dopo il messaggio possono lasciare un messaggio vocale.
closing-effect-neither = Dopo il messaggio la telefonata finisce: il servizio non prevede altro.
closing-effect-talking = Chi parla già con un operatore finisce la sua telefonata.
closing-effect-others = Le altre code e gli altri canali restano aperti. Tutti gli operatori vedono un avviso.
closing-close = Chiudi { $queue }
closing-change = Cambia messaggio e motivo
closing-open-title = Riaprire la coda { $name }?
closing-open-lead = Chi chiama da ora entra di nuovo in coda. L’avviso agli operatori sparisce.
closing-open-submit = Riapri
desk-done-closing-closed = Coda chiusa: { $name }
desk-done-closing-opened = Coda riaperta: { $name }
floor-closed = chiusa ({ $since }), { $reason }
floor-close = Chiudi…
floor-close-change = Cambia…
floor-open = Riapri…
problem-in-use = È ancora in uso.
problem-desk-message-missing = Scriva che cosa sente chi chiama, oppure carichi un messaggio registrato.
problem-desk-message-too-long = Troppo lungo: al massimo { $limit } caratteri.
problem-desk-until-in-the-past = È già passato: scelga un momento che deve ancora venire.
problem-desk-until-not-a-date = Scriva giorno e ora.
problem-desk-sound-file-kind-refused = Serve un file WAV (PCM, float o G.711), mono o stereo, da 8 a 48 kHz.
problem-desk-sound-file-empty = Il file non contiene alcun suono.
problem-desk-sound-too-long = Dura troppo: al massimo { $limit } minuti.
problem-desk-sound-in-use = È ancora in uso: prima lo tolga da dove si sente.
job-open-again = Code da riaprire
job-open-again-lead = Riapre le code del telefono chiuse fino a un’ora stabilita.
audit-subject-queue = coda del telefono
audit-subject-sound = suono
problem-desk-reason-not-in-the-list = Scelga perché si chiude.

## Competenze e priorità, mentre si telefona

ability-title = Che cosa sa fare { $name }
ability-lead = Vale subito, anche per chi sta già aspettando.
ability-save = Salva
desk-done-ability-changed = Cambiato che cosa sa fare { $name }
floor-steering-title = Come si risponde alla coda { $name }
floor-steering-lead = Vale subito, anche per chi sta già aspettando.
floor-steering-submit = Salva
steering-priority = Priorità
steering-priority-hint = Chi serve più code risponde prima a quella con la priorità più alta.
steering-target = Rispondere entro (secondi)
steering-target-hint = Se non lo dice, vale quanto promette il servizio.
steering-offer = Squilla a un operatore per (secondi)
steering-offer-hint = Poi passa al successivo, e chi non ha risposto va in pausa.
steering-wrap-up = Tempo per concludere (secondi)
steering-wrap-up-hint = Quanto ha l’operatore per scrivere, dopo la chiamata.
steering-own-operator = Aspetta il proprio operatore per (secondi)
steering-own-operator-hint = Chi ha già un caso in mano a qualcuno lo aspetta un poco, se è occupato.
desk-done-steering-changed = Coda cambiata: { $name }
