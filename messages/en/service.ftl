# What is wrong with the definition of a service, and what is refused of a change.

problem-service-over = This service takes no more requests.
changed-meanwhile-title = Somebody else has changed it in the meantime
changed-meanwhile-lead = What you wrote is not lost: it is below. Open the page again, look at what has changed and, if need be, write it again.
service-queue-in-use =
    { $count ->
        [one] The queue { $queue } still holds 1 case: say which queue it goes to.
       *[other] The queue { $queue } still holds { $count } cases: say which queue they go to.
    }
service-queue-served =
    { $count ->
        [one] One person serves the queue { $queue } and no other: say which queue they serve instead, or they would serve every one.
       *[other] { $count } people serve the queue { $queue } and no other: say which queue they serve instead, or they would serve every one.
    }
service-flaw-bad-id = An id is made of small letters, digits and dashes: 1 to 64.
service-flaw-missing = This is needed.
service-flaw-too-long = This is too long.
service-flaw-not-a-language = A language is named by its code, such as it or en.
service-flaw-not-a-phone = This is no number that can be dialled.
service-flaw-not-an-email = This is no e-mail address.
service-flaw-twice = This is there twice.
service-flaw-zero = A promise of no time at all cannot be kept.
service-flaw-too-much = More than a year is no promise. For closing, ten years at the most.
service-flaw-out-of-range = This number is not among the possible ones.
service-flaw-empty = Say which cases it is for (channel or kind) and what is promised.
service-flaw-no-front-queue = One front-office queue must take every topic that the others do not name.
service-flaw-unreadable = This cannot be read.
service-flaw-bad-slot = Hours are written like this: 09:00-13:00, 14:00-18:00.
service-flaw-overlap = These hours overlap.
service-flaw-not-a-date = A date is written like this: 2026-08-14.
service-flaw-no-such-zone = There is no such time zone.
service-flaw-taken-by-other = Another service has it already.
service-flaw-not-a-digit = A choice is made with a digit from 0 to 9: star repeats, hash goes back.
service-flaw-no-such-menu = There is no menu with this identifier.
service-flaw-no-such-prompt = There is no voice prompt with this name.
service-flaw-no-such-queue = There is no queue with this identifier.
service-flaw-no-such-service = There is no service with this identifier.
service-flaw-not-at-the-front = Calls wait in the queues of the front office.
service-flaw-not-reached = Nothing leads here.
service-flaw-no-way-out = No choice leads out of this menu.
service-flaw-loop = It leads to itself.
service-flaw-turned-off = This service has turned it off.
service-flaw-not-spoken = The service does not speak this language.
service-flaw-not-in-language = It is missing in a language of the service: callers hear it in another.
service-flaw-out-of-order = Steps go from the first to the last, and each asks less than the one before.
service-flaw-no-levels = Only the topic has levels.
