# The telephone at the desk: state, calls, softphone, floor.

standing-ready = Ready
standing-offered = Incoming call
standing-busy = On a call
standing-wrap-up = Wrapping up
standing-pause = On a break
standing-paused = On a break: { $reason }
standing-off = Off duty
standing-unreachable = Cannot be reached
standing-then-pause = then a break: { $reason }
standing-then-off = then off duty
standing-by-softphone = Calls come to the softphone.
standing-by-telephone = Calls come to your telephone.
standing-by-nothing = No call can reach you.
standing-become-softphone = Open the softphone, or register your SIP telephone.
standing-become-telephone = Register your SIP telephone with the credentials your administrator gave you.
wish-ready = Ready
wish-ready-now = Ready now: I have written it up
wish-pause = Break
wish-off = Off duty
pause-break = short break
pause-meal = meal
pause-training = training
pause-meeting = meeting
pause-back-office = work on cases
pause-no-answer = a call was not answered
pause-device-lost = telephone disconnected
pause-other = another reason
softphone-open = Open the softphone
phone-settings = Microphone and loudspeaker
desk-keys-state = Opens your state
desk-keys-call = Goes to the call
problem-desk-wish-not-in-the-list = Choose one of the states of the menu.

## The call

call-yours = Your call
call-page = Call
call-incoming = Incoming call
call-to-call-back = To be called back
call-which-case = Which case?
call-wrap-up = Wrap the call up
call-under-way = Call in progress
call-over = Call over
call-no-number = Withheld number
call-unknown-person = Has never written or called from this number
call-speaks = speaks { $language }
call-waits = waiting for
call-left = still
call-waited = waited { $duration }
call-talking = Talking
call-held = On hold
call-calling = Calling
call-mute = Mute
call-hold = Hold
call-resume = Resume
call-keypad = Keypad
call-hang-up = End
call-answer = Answer
call-decline = Decline
call-answer-at-softphone = Answer in the softphone.
call-answer-at-telephone = Answer on your telephone.
softphone-go-to = Go to the softphone
call-cases = Their cases
call-this-case = This case
call-new-case = Open a new case
call-more-cases =
    { $count ->
        [one] and another
       *[other] and { $count } others
    }
call-code = How it went
call-note = Internal note, on the case
call-finish = Finish
call-finish-opens = If you choose no case, a new one is opened.
call-said-incoming = Incoming call: { $name }, { $why }, waiting for { $waited }. Press i to go there.
call-said-case = Talking with { $name }: choose the case.
call-said-wrap-up = The call with { $name } is over: wrap it up.
call-asked-about = You are asked about this call
call-said-word = You are asked about the call with { $name }.
call-overhear-listen = You are listening to this call
call-overhear-whisper = You are listening, and speak to the operator alone
call-overhear-join = You speak with both of them
call-said-overhear = Your telephone rings: answer it to take part in the call with { $name }.
call-leave = Leave the call
call-hand-short = Transfer
call-hand = Who shall take the call?
call-hand-lead = On the line with { $name }.
call-hand-to = To
call-hand-queue = Queue { $queue }: whoever is free first
call-hand-outside = To a number outside
call-hand-number = Number outside
call-hand-note = Note for whoever takes over
call-hand-note-hint = It stays on the case of the call; where there is none, one is opened.
call-hand-ask = Speak to them first
call-hand-now = Transfer now
call-hand-hint = While you speak to whom you chose, the person on the line hears music. To a queue you can only transfer at once.
call-hand-over = Hand over
call-conference = Three-way
call-take-back = Take back
call-without = Two again
call-beside-wanted = Calling { $name }…
call-beside-ringing = { $name }: ringing
call-beside-consulted = Speaking with { $name }; the caller hears music
call-beside-joined = All three, with { $name }
call-overseen-listen = { $name } is listening
call-overseen-whisper = { $name } is listening, and speaks to you alone
call-overseen-join = { $name } speaks with both of you
call-trouble-not-free = They are not free at the moment.
call-trouble-no-answer = There was no answer.
call-trouble-busy = The line is busy.
call-trouble-closed = The queue is closed.
call-trouble-not-allowed = This number may not be called.
call-trouble-no-way = It was not possible to call.
desk-done-call-asked = The call is on hold; their telephone rings
desk-done-call-handed-on = Call transferred
call-out = Call
desk-done-call-out = Your telephone rings: answer it, and we call
desk-done-call-no-device = Open the softphone first, or register your telephone
floor-listen = Listen
floor-whisper = Speak to the operator
floor-join = Join
floor-leave = Leave
desk-done-call-overseen = Your telephone rings: the operator sees that you take part
desk-done-call-left = You take part in the call no more
desk-done-call-written-up = Call wrapped up
desk-done-call-noted = Call wrapped up, note saved on the case
problem-desk-code-not-in-the-list = Choose one of this queue’s outcomes.

## The softphone, and what one speaks and listens with

softphone-title = Softphone
softphone-connecting = Connecting…
softphone-ready = Connected: calls come here.
softphone-lost = Connection lost: no call can reach you. Trying again by itself.
softphone-elsewhere = The softphone is already open in another window of this browser.
softphone-signed-out = Your session has ended: sign in again and reopen the softphone.
softphone-unsupported = This browser cannot make calls: use a recent Firefox, Chrome, Edge or Safari.
softphone-insecure = The browser gives the microphone to protected pages (https) only: tell your administrator.
softphone-asking = The microphone is needed: the browser will ask you for permission.
softphone-ok = Microphone ready.
softphone-denied = The microphone is denied: allow it in the browser’s settings for this site.
softphone-missing = No microphone: connect one and this page will notice.
softphone-silent = The browser does not let this window ring: click into it once.
softphone-allow = Use the microphone
softphone-no-script = Calling from the browser needs scripts. You can use a SIP telephone.
softphone-none = This centre answers no telephone from here: there is no softphone.
softphone-keep-open = Keep this window open: if you close it, calls do not arrive and the one going on ends.
phone-settings-lead = For this computer and this browser.
phone-microphone = Microphone
phone-which-microphone = Which you speak into
phone-level = Level
phone-level-hint = Speak: the bar must move.
phone-speaker = Loudspeaker or headset
phone-which-speaker = Where you hear the caller
phone-try-speaker = Play a sound
phone-bell = Ringing
phone-which-bell = Where it rings
phone-volume = Volume of the ringing
phone-try-bell = Ring
phone-usual = The one the computer uses
phone-silent = The browser could not play on this device: choose another.
phone-kept = Choice saved in this browser.
phone-choose = Choose and try

## The floor: the telephone now

floor-title = Telephone now
floor-waiting = Waiting
floor-longest = Longest wait
floor-longest-in = { $queue }
floor-longest-late = { $queue }, over { $seconds } seconds
floor-nobody = nobody is waiting
floor-level = Answered in time, today
floor-level-within = Answered within { $seconds } seconds, today
floor-level-none = no call yet
floor-level-of = { $in } of { $of }
floor-level-of-promised = { $in } of { $of }; the promise is { $promise }%
floor-today =
    Today { $offered ->
        [one] 1 call entered a queue
       *[other] { $offered } calls entered a queue
    }: { $answered } answered, { $abandoned } abandoned.
floor-how = How this is reckoned
floor-how-words = Calls answered within their queue’s time, divided by those that entered a queue since midnight and of which it is known: whoever waits counts only once the time has passed. The report of the day counts all calls that entered a queue in the same way.
floor-at-work =
    { $count ->
        [one] 1 at work
       *[other] { $count } at work
    }, { $ready ->
        [0] none ready
       *[other] { $ready } ready
    }
floor-ready-of = { $ready } of { $count }
floor-no-people = Nobody has said yet whether they answer the telephone.
floor-col-waiting = Waiting
floor-col-longest = Longest
floor-col-level = In time, today
floor-col-offered = Queued
floor-col-answered = Answered
floor-col-abandoned = Abandoned
floor-col-ready = Ready
floor-softphone = softphone
floor-telephone = telephone
