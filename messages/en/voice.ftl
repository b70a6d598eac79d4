# What a voice tells callers: short sentences, to be heard once.

## Before the queue

voice-greeting = Welcome to { $service }.
voice-language = For English, press { $digit }.
voice-press = For { $what }, press { $digit }.
voice-keys = To hear this again, press star.
voice-keys-back = To hear this again, press star. To go back, press hash.
voice-nothing-heard = I did not hear any key.
voice-not-understood = That is not one of the choices.
voice-to-operator = Please stay on the line: a person will answer you.
voice-recording-announced = This call may be recorded, for the quality of the service.
voice-recording-refusable = If you would rather it was not, press { $digit }.
voice-recording-refused = All right: this call will not be recorded.

## In the queue

voice-place-next = You are the next person in the queue.
voice-place =
    { $count ->
        [one] There is one person ahead of you.
       *[other] There are { $count } people ahead of you.
    }
voice-place-over = There are more than { $count } people ahead of you.
voice-wait-about =
    { $minutes ->
        [one] The wait is about one minute.
       *[other] The wait is about { $minutes } minutes.
    }
voice-wait-long = The wait is more than half an hour.
voice-still-waiting = We are sorry to keep you waiting.
voice-callback-offer = To receive a call from us without losing your place, press { $digit }.
voice-message-offer = To leave a message, press { $digit }.
voice-wait-on = Please stay on the line: your place has not changed.
voice-connecting = Here is somebody to help you.
voice-handed-on = I am putting you through to somebody who can help. Please stay on the line.
voice-operator-gone = The line to the operator was lost. Please stay on the line: you are the first in the queue.

## Closed, or full

voice-closed = We are closed at the moment.
voice-closed-opens-at = We answer again { $day } { $time }.
voice-all-busy = All our lines are busy at the moment.
voice-emergency = The telephone service is suspended for now.
voice-callback-later = To receive a call from us as soon as possible, press { $digit }.
voice-elsewhere = You can also write to us on our website, at any time.

## A call from us

voice-callback-confirm = We will call this number: { $number }. If that is right, press { $yes }. To give another number, press { $other }.
voice-callback-number = Please key in the telephone number, with its prefix, and then press hash.
voice-callback-number-wrong = That number does not seem right.
voice-callback-not-callable = We cannot call that number.
voice-callback-failed = Unfortunately it was not possible to take the number down.
voice-callback-thanks = Thank you. You will receive our call when it is your turn.
voice-callback-thanks-later = Thank you. You will receive our call as soon as possible, in our opening hours.
voice-number-abroad = plus { $digits }

## Messages

voice-leave-message = After the tone, please say your name, your number and what you need. To finish, press any key.
voice-message-thanks = Thank you, we have your message. We will reply to you.
voice-message-empty = Nothing could be heard. Please speak after the tone.

## At the end

voice-survey-ask = How was this call? Press a key from 1 to 5: 1 means very bad, 5 means very good.
voice-survey-thanks = Thank you: it helps us to do better.
voice-goodbye = Goodbye.

## Hours, as they are spoken

voice-time = at { $hour ->
        [0] 12
        [13] 1
        [14] 2
        [15] 3
        [16] 4
        [17] 5
        [18] 6
        [19] 7
        [20] 8
        [21] 9
        [22] 10
        [23] 11
       *[other] { $hour }
    }{ $minute ->
        [0] { "" }
        [5] { " " }oh 5
       *[other] { " " }{ $minute }
    }{ $hour ->
        [0] { " " }at night
        [12] { " " }in the afternoon
        [13] { " " }in the afternoon
        [14] { " " }in the afternoon
        [15] { " " }in the afternoon
        [16] { " " }in the afternoon
        [17] { " " }in the afternoon
        [18] { " " }in the evening
        [19] { " " }in the evening
        [20] { " " }in the evening
        [21] { " " }in the evening
        [22] { " " }in the evening
        [23] { " " }in the evening
       *[other] { " " }in the morning
    }
