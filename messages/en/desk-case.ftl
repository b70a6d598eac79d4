# A case on the desk: its head, its timeline, what stands beside it.

desk-state-new = To take
desk-state-open = In hand
desk-state-waiting = Waiting for the citizen
desk-state-solved = Solved
desk-state-closed = Closed
desk-state-merged = Merged into another
desk-state-mine = In your hands
desk-state-of = In the hands of { $name }
desk-state-at-back = At the back office, to take
desk-presence-reading = { $name } is reading
desk-presence-writing = { $name } is writing
desk-continued = This case goes on in
desk-more-acts = More actions
desk-act-take = Take
desk-act-escalate = Back office
desk-act-recall = Take back from the back office
desk-act-give-back = Give back
desk-act-solve = Solve
desk-act-reopen = Reopen
desk-act-unmerge = Part again
desk-act-assign = Assign to a colleague
desk-act-put-back = Put back among those to take
desk-act-wait = Wait for the citizen
desk-act-resume = Go on
desk-act-remind = Set a reminder
desk-act-transfer = Move to another queue
desk-act-classify = Change topic and kind
desk-act-rename = Change the title
desk-act-merge = Merge into another case
desk-act-split = Split into two cases
desk-act-link = Link another case

## The timeline

desk-timeline = Timeline of the case
desk-citizen = The citizen
desk-by-system = The system
desk-entry-reply = reply on the case’s page
desk-entry-on-page = from the case’s page
desk-entry-note = internal note
desk-entry-taken-down = recorded by { $name }
desk-entry-no-words = Without words
desk-entry-merged = from case { $number }
desk-entry-merged-short = from case
desk-note-only = Note: internal only
desk-announced-waiting = notice on its way
desk-announced-sent = notice sent
desk-announced-failed = notice not delivered
desk-contact-abandoned = hung up
desk-contact-voicemail = voicemail
desk-contact-callback = asks to be called back
desk-contact-self-service = self-service
desk-contact-closed-hours = out of hours
desk-contact-busy = busy
desk-contact-no-answer = no answer
desk-contact-wrong-number = wrong number
desk-contact-failed = failed
desk-contact-answered = answered
desk-change-opened-split = { $who } opened this case out of case { $of }
desk-change-imported = The case was brought in from another system
desk-change-put-back = { $who } put the case back among those to take
desk-change-taken = { $who } took the case
desk-change-assigned = { $who } assigned the case to { $of }
desk-change-waited = { $who } waits for the citizen
desk-change-resumed = { $who } no longer waits for the citizen
desk-change-recalled = { $who } took the case back before the back office had it in hand
desk-change-escalated = { $who } sent the case to the back office: { $of }
desk-change-given-back = { $who } gave the case back
desk-change-given-back-to = { $who } gave the case back to { $of }
desk-change-given-back-solution = { $who } gave the case back with the solution
desk-change-given-back-solution-to = { $who } gave the case back to { $of } with the solution
desk-change-transferred = { $who } moved the case to the queue { $of }
desk-change-solved = { $who } marked the case: { $of }
desk-change-reopened = { $who } reopened the case
desk-change-closed = { $who } closed the case
desk-change-classified = { $who } changed topic and kind: { $of }
desk-change-renamed = { $who } changed the title
desk-change-announced-elsewhere = { $who } changed where news is sent
desk-change-unclassified = { $who } took away topic and kind
desk-change-reminder = { $who } set a reminder: { $of }
desk-change-no-reminder = { $who } took the reminder away
desk-change-brought-back = The reminder has come
desk-change-merged = { $who } merged this case into case { $of }
desk-change-absorbed = { $who } merged case { $of } into this one
desk-change-unmerged = { $who } parted this case from case { $of }
desk-change-released = { $who } parted case { $of } from this one
desk-change-split = { $who } took a part into case { $of }
desk-change-linked = { $who } linked case { $of }
desk-change-unlinked = { $who } unlinked case { $of }
desk-change-person = { $who } changed the person of the case

## Outcomes and kinds

desk-outcome-solved = Solved
desk-outcome-referred = Referred to an office
desk-outcome-not-competent = Not competent
desk-outcome-withdrawn = Withdrawn by the citizen
desk-outcome-unreachable = Citizen unreachable
desk-kind-information = Information
desk-kind-complaint = Complaint
desk-kind-accompaniment = Accompaniment
desk-kind-census = Census
desk-kind-suggestion = Suggestion

## Beside the case

desk-contacts-in-a-year =
    { $count ->
        [one] { $count } contact in a year
       *[other] { $count } contacts in a year
    }
desk-person-merged = Merged with { $name }
desk-merge-person = Merge with another record
desk-anonymous-hint = Left no name and no address
desk-other-cases = Other cases
desk-merged-cases = Merged into this one
desk-linked-cases = Linked
desk-take-apart = Part
desk-topic = Topic
desk-no-topic = Not said yet
desk-change = Change
desk-reminder = Reminder
