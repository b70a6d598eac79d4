# Alarms for supervisors: what is measured, and what is said when it is too much.

alarm-title = Alarms
alarm-everywhere = the whole centre
alarm-everywhere-choice = The whole centre

## What happened: value is what is measured, over the threshold

alarm-said-overdue =
    { $value ->
        [one] 1 overdue case in { $place } (threshold { $over })
       *[other] { $value } overdue cases in { $place } (threshold { $over })
    }
alarm-said-new =
    { $value ->
        [one] 1 case to take in { $place } (threshold { $over })
       *[other] { $value } cases to take in { $place } (threshold { $over })
    }
alarm-said-oldest-new =
    { $value ->
        [one] The oldest case to take in { $place } has waited for 1 working minute (threshold { $over })
       *[other] The oldest case to take in { $place } has waited for { $value } working minutes (threshold { $over })
    }
alarm-said-contacts =
    { $value ->
        [one] 1 contact in the last half-hour in { $place } (threshold { $over })
       *[other] { $value } contacts in the last half-hour in { $place } (threshold { $over })
    }
alarm-said-letters-waiting =
    { $value ->
        [one] The oldest letter has waited to go for 1 minute, { $place } (threshold { $over })
       *[other] The oldest letter has waited to go for { $value } minutes, { $place } (threshold { $over })
    }
alarm-said-letters-given-up =
    { $value ->
        [one] 1 letter could not be sent, { $place } (threshold { $over })
       *[other] { $value } letters could not be sent, { $place } (threshold { $over })
    }

## The letter

alarm-letter-raised = Alarm: { $said }
alarm-letter-over = Over: { $said }
alarm-letter-stands = There is an alarm at Linea Amica:
alarm-letter-is-over = An alarm at Linea Amica is over. Last measured:
alarm-letter-since = Since: { $when }
alarm-letter-until = Over since: { $when }
alarm-letter-worst = Highest value: { $count }
alarm-letter-look = To see what waits, and to say that you have seen it:

## The notice on top of the desk

alarm-banner =
    { $count ->
        [one] An alarm
       *[other] { $count } alarms
    }
alarm-banner-more =
    { $count ->
        [one] and another
       *[other] and { $count } others
    }
alarm-banner-open = Open the alarms
alarm-see = I have seen it

## The page

alarm-standing = Now
alarm-none-title = No alarm now
alarm-none-lead = When a threshold is passed, the alarm stands here and on top of every page of the desk.
alarm-past = Past
alarm-past-none = No past alarms yet.
alarm-past-more = Show older alarms
alarm-since = Since { $when }
alarm-from-to = From { $from } to { $to }
alarm-worst = highest value { $count }
alarm-seen-by = Seen by { $name }, { $when }
alarm-unseen = Not seen yet
alarm-letters =
    { $count ->
        [0] No letters
        [one] told once by e-mail
       *[other] told { $count } times by e-mail
    }
desk-done-alarm-seen = Alarm marked as seen

## Thresholds

threshold-title = Thresholds
threshold-new = New threshold
threshold-none-title = No thresholds
threshold-none-lead = A threshold says when something is too much: overdue cases, cases to take, contacts, letters.
threshold-new-title = New threshold
threshold-change-title = Change the threshold
threshold-save = Save
threshold-remove = Remove the threshold
threshold-remove-lead = It will be measured no more. Past alarms stay.
threshold-col-measure = What
threshold-col-place = Where
threshold-col-now = Now
threshold-col-over = Alarm above
threshold-col-back = Over at
threshold-col-mail = Who is told
threshold-not-measured = not measured yet
threshold-page-only = the page alone
threshold-page-and-mail =
    { $count ->
        [one] the page and 1 address
       *[other] the page and { $count } addresses
    }
threshold-minutes = { $count } min
threshold-change = Change
threshold-over-now = above the threshold
threshold-measure-overdue = Overdue cases
threshold-measure-new = Cases to take
threshold-measure-oldest-new = Wait of the oldest case to take
threshold-measure-contacts = Contacts of the last half-hour
threshold-measure-letters-waiting = Wait of the oldest letter
threshold-measure-letters-given-up = Letters that could not be sent
threshold-unit-overdue = cases
threshold-unit-new = cases
threshold-unit-oldest-new = working minutes
threshold-unit-contacts = contacts
threshold-unit-letters-waiting = minutes
threshold-unit-letters-given-up = letters
threshold-choice = { $measure } ({ $unit })
threshold-field-measure = What to measure
threshold-field-place = Where
threshold-field-place-hint = A queue goes with cases alone, a service with cases and contacts. Letters are the whole centre’s.
threshold-field-over = Alarm above
threshold-field-over-hint = It is raised when the measure is more than this.
threshold-field-back = Over at
threshold-field-back-hint = The alarm ends when the measure has come down to this. Left empty: four fifths of the threshold.
threshold-field-pause = Do not repeat the notice before (minutes)
threshold-field-pause-hint = Between 5 and 10080 (a week). Until somebody marks it as seen, the notice is repeated.
threshold-field-mail = E-mail addresses to tell
threshold-field-mail-hint = One a line, 20 at the most. The page always tells.
threshold-place-queue = Queue: { $name }
threshold-place-queue-back = Back-office queue: { $name }
threshold-place-service = Service: { $name }
desk-done-threshold-added = Threshold saved: it is measured within half a minute
desk-done-threshold-changed = Threshold changed
desk-done-threshold-removed = Threshold removed

## What is wrong with a field

problem-not-a-number = Type a whole number.
problem-too-small = At least { $limit }.
problem-too-much = At most { $limit }.
problem-desk-over-missing = Type the number above which the alarm is raised.
problem-desk-pause-missing = Type how many minutes pass between two notices.
problem-desk-place-not-in-the-list = This cannot be measured there: choose another place.
problem-desk-measure-not-in-the-list = Choose what to measure.

## In the audit log and among the jobs

audit-kind-told = told again
audit-kind-seen = seen
