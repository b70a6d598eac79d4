# Quello che una voce dice a chi chiama: frasi brevi, da sentire una volta sola.

## Prima della coda

voice-greeting = Benvenuti a { $service }.
voice-language = Per l’italiano, prema { $digit }.
voice-press = Per { $what }, prema { $digit }.
voice-keys = Per riascoltare, prema asterisco.
voice-keys-back = Per riascoltare, prema asterisco. Per tornare indietro, prema cancelletto.
voice-nothing-heard = Non ho sentito nessun tasto.
voice-not-understood = Questa scelta non c’è.
voice-to-operator = Resti in linea: le risponde una persona.
voice-recording-announced = La telefonata può essere registrata, per la qualità del servizio.
voice-recording-refusable = Se preferisce di no, prema { $digit }.
voice-recording-refused = Va bene: la telefonata non sarà registrata.

## In coda

voice-place-next = Lei è la prossima persona in attesa.
voice-place =
    { $count ->
        [one] Prima di lei c’è una persona.
       *[other] Prima di lei ci sono { $count } persone.
    }
voice-place-over = Prima di lei ci sono più di { $count } persone.
voice-wait-about =
    { $minutes ->
        [one] L’attesa è di circa un minuto.
       *[other] L’attesa è di circa { $minutes } minuti.
    }
voice-wait-long = L’attesa è di più di mezz’ora.
voice-still-waiting = Ci dispiace per l’attesa.
voice-callback-offer = Per ricevere una telefonata senza perdere il posto, prema { $digit }.
voice-message-offer = Per lasciare un messaggio, prema { $digit }.
voice-wait-on = Resti in linea: il suo posto è sempre lo stesso.
voice-connecting = Ecco chi le risponde.
voice-handed-on = La metto in contatto con chi può aiutarla. Resti in linea.
voice-operator-gone = La linea con l’operatore è caduta. Resti in linea: lei è la prima persona in attesa.

## Chiuso, o pieno

voice-closed = In questo momento siamo chiusi.
voice-closed-opens-at = Rispondiamo di nuovo { $day } { $time }.
voice-all-busy = In questo momento tutte le linee sono occupate.
voice-emergency = Il servizio telefonico è sospeso per il momento.
voice-callback-later = Per ricevere una telefonata appena possibile, prema { $digit }.
voice-elsewhere = Può anche scriverci dal nostro sito, a qualsiasi ora.

## Una telefonata da noi

voice-callback-confirm = Telefoneremo al numero: { $number }. Se va bene, prema { $yes }. Per dare un altro numero, prema { $other }.
voice-callback-number = Digiti il numero di telefono, con il prefisso, e poi prema cancelletto.
voice-callback-number-wrong = Questo numero non sembra giusto.
voice-callback-not-callable = A questo numero non possiamo telefonare.
voice-callback-failed = Purtroppo non è stato possibile prendere nota del numero.
voice-callback-thanks = Grazie. Riceverà la nostra telefonata quando è il suo turno.
voice-callback-thanks-later = Grazie. Riceverà la nostra telefonata appena possibile, in orario di servizio.
voice-number-abroad = più { $digits }

## Messaggi

voice-leave-message = Dopo il segnale dica il suo nome, il suo numero e che cosa le serve. Per finire, prema un tasto.
voice-message-thanks = Grazie, abbiamo il suo messaggio. Le risponderemo.
voice-message-empty = Non si è sentito niente. Parli dopo il segnale.

## Alla fine

voice-survey-ask = Come è andata questa telefonata? Prema un tasto da 1 a 5: 1 vuol dire molto male, 5 molto bene.
voice-survey-thanks = Grazie: ci aiuta a migliorare.
voice-goodbye = Arrivederci.

## Ore, come si dicono

voice-time =
    { $hour ->
        [0] a mezzanotte
        [1] all’una
        [12] a mezzogiorno
       *[other] alle { $hour }
    }{ $minute ->
        [0] { "" }
        [30] { " " }e mezza
       *[other] { " " }e { $minute }
    }
