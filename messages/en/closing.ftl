# A queue of the telephone closed in an emergency, and opened again.

closing-notice = Closed telephone queues
closing-said = { $queue }: telephone closed ({ $reason }), { $since }.
closing-said-until = { $queue }: telephone closed ({ $reason }), { $since }. It opens by itself: { $until }.
closing-title = Close the queue { $queue }
closing-heard = What callers hear
closing-heard-hint = Write the message: the voice of the exchange reads it, in each language of the service, up to { $count } characters. Or upload a file with a recorded voice.
closing-message = Message ({ $language })
closing-sound = Recorded message (WAV file)
closing-sound-hint = Mono or stereo, 8 to 48 kHz, 10 MB and 15 minutes at most. It takes the place of the text in the first language of the service; whoever speaks another language hears the text in theirs, if there is one.
closing-known = Or a sound uploaded before
closing-known-none = None
closing-why = Why, and until when
closing-reason = Reason
closing-reason-choose = Choose the reason
closing-reason-alert = alert
closing-reason-evacuation = evacuation
closing-reason-fault = fault
closing-reason-staff = no staff
closing-reason-other = another reason
closing-until = Opens by itself
closing-until-hint = If you do not say, it stays closed until somebody opens it.
closing-note = Note for colleagues
closing-note-hint = It is read on the floor page. Callers do not hear it.
closing-effects = What will happen
closing-effect-waiting =
    { $count ->
        [0] Nobody is waiting now. Whoever calls from now on hears the message.
        [one] 1 person is waiting now: they hear the message at once. So does whoever calls from now on.
       *[other] { $count } people are waiting now: they hear the message at once. So does whoever calls from now on.
    }
closing-effect-both = After the message they can ask to be called back or leave a voice message.
closing-effect-callback = After the message they can ask to be called back.
closing-effect-message = After the message they can leave a voice message.
closing-effect-neither = After the message the call ends: the service has nothing else to offer.
closing-effect-talking = Whoever is already talking with an operator finishes their call.
closing-effect-others = Other queues and other channels stay open. All operators see a notice.
closing-close = Close { $queue }
closing-change = Change message and reason
closing-open-title = Open the queue { $name } again?
closing-open-lead = Whoever calls from now on enters the queue again. The notice to operators goes away.
closing-open-submit = Open again
desk-done-closing-closed = Queue closed: { $name }
desk-done-closing-opened = Queue open again: { $name }
floor-closed = closed ({ $since }), { $reason }
floor-close = Close…
floor-close-change = Change…
floor-open = Open again…
problem-in-use = It is still in use.
problem-desk-message-missing = Write what callers hear, or upload a recorded message.
problem-desk-message-too-long = Too long: { $limit } characters at most.
problem-desk-until-in-the-past = It has passed already: choose a moment that is still to come.
problem-desk-until-not-a-date = Write a day and a time.
problem-desk-sound-file-kind-refused = A WAV file is needed (PCM, float or G.711), mono or stereo, 8 to 48 kHz.
problem-desk-sound-file-empty = There is no sound in the file.
problem-desk-sound-too-long = It lasts too long: { $limit } minutes at most.
problem-desk-sound-in-use = It is still in use: take it away first from where it is heard.
job-open-again = Queues to open again
job-open-again-lead = Opens the queues of the telephone that were closed until a certain time.
audit-subject-queue = telephone queue
audit-subject-sound = sound
problem-desk-reason-not-in-the-list = Choose why it is closed.

## Skills and priorities, while calls come in

ability-title = What { $name } can do
ability-lead = It holds at once, also for those who are waiting already.
ability-save = Save
desk-done-ability-changed = Changed what { $name } can do
floor-steering-title = How the queue { $name } is answered
floor-steering-lead = It holds at once, also for those who are waiting already.
floor-steering-submit = Save
steering-priority = Priority
steering-priority-hint = Whoever serves several queues answers first the one of the highest priority.
steering-target = Answer within (seconds)
steering-target-hint = If you do not say, what the service promises holds.
steering-offer = Rings at one operator for (seconds)
steering-offer-hint = Then it goes on to the next, and whoever has not answered is put on a break.
steering-wrap-up = Time to wrap up (seconds)
steering-wrap-up-hint = How long the operator has to write after a call.
steering-own-operator = Waits for one’s own operator for (seconds)
steering-own-operator-hint = Whoever has a case in somebody’s hands waits for them a little, if they are busy.
desk-done-steering-changed = Queue changed: { $name }
