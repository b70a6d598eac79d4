# What is done to a case: the forms, and what is said after.

desk-dialog = Action on the case
desk-cancel = Cancel
desk-undo = Undo
desk-optional = (optional)
desk-wrong = Correct these points
desk-assign-title = Assign to a colleague
desk-assign-submit = Assign
desk-escalate-title = Send to the back office
desk-escalate-lead = The office sees the whole case; whoever solves it replies to the citizen.
desk-escalate-submit = Send to the back office
desk-give-back-title = Give back to the front office
desk-give-back-submit = Give back
desk-transfer-title = Move to another queue
desk-transfer-lead = The case goes among those to take, in the new queue.
desk-transfer-submit = Move
desk-solve-title = Solve the case
desk-solve-lead = The citizen is told and can reopen the case.
desk-solve-submit = Solve
desk-classify-title = Change topic and kind
desk-classify-submit = Change
desk-rename-title = Change the title
desk-rename-submit = Change
desk-remind-title = Set a reminder
desk-remind-lead = Until then the case stands among those that wait.
desk-remind-submit = Set
desk-merge-title = Merge into another case
desk-merge-lead = This case goes on in the other, which shows everything. It can be undone later, too.
desk-merge-submit = Merge
desk-split-title = Split into two cases
desk-split-lead = What you choose goes into a new case of the same person, in your hands.
desk-split-submit = Split
desk-link-title = Link another case
desk-link-lead = Each is shown beside the other.
desk-link-submit = Link
desk-merge-person-title = Merge with another record
desk-merge-person-lead = Cases and addresses of the two records are shown together. It can be undone later, too.
desk-merge-person-submit = Find and merge

## Fields

desk-field-none = —
desk-field-colleague = Colleague
desk-field-queue-back = Office
desk-field-queue = Queue
desk-field-reason = What is needed
desk-field-reason-hint = Only colleagues read it.
desk-field-give-back = What you found
desk-field-give-back-hint = Only colleagues read it.
desk-field-solution = This is the solution
desk-field-outcome = Outcome
desk-field-topic = Topic
desk-field-kind = Kind
desk-field-subject = Title
desk-field-new-subject = Title of the new case
desk-field-when = When it has to come back
desk-field-other-day = Another day
desk-field-no-reminder = Take the reminder away
desk-field-date = Day
desk-field-date-hint = At 9:00.
desk-field-what = What goes into the new case
desk-field-same-person = Cases of the same person
desk-field-number = Case number
desk-field-number-hint = Like LA-2026-004512, or just 4512.
desk-field-text = Text
desk-field-address = Telephone or e-mail of the other record
desk-field-address-hint = At least five characters.
desk-field-other-person = Who it is

## What is wrong with a field here

problem-desk-into-missing = Choose a case or type its number.
problem-desk-into-no-such-case = No case with this number among those you may see.
problem-desk-other-missing = Choose one or type it.
problem-desk-other-no-such-case = No case with this number among those you may see.
problem-desk-continues-no-such-case = No case with this number among those you may see.
problem-desk-address-not-in-the-list = No record with this address.
problem-desk-what-missing = Choose at least one.
problem-desk-on-not-a-date = Not a day: choose it from the calendar.
problem-desk-into-already-taken = The two records are merged already.

## Said after

desk-done-undone = Undone
desk-done-take = The case is in your hands
desk-done-put-back = Put back among those to take
desk-done-assign = Assigned to { $name }
desk-done-escalate = Sent to the back office
desk-done-recall = Taken back from the back office
desk-done-give-back = Given back to the front office
desk-done-transfer = Moved to the queue { $name }
desk-done-solve = Case solved
desk-done-reopen = Case reopened
desk-done-classify = Topic and kind changed
desk-done-rename = Title changed
desk-done-remind = Comes back { $name }
desk-done-no-reminder = Reminder taken away
desk-done-merge = { $name } merged into this case
desk-done-merge-apart = { $name } merged into this case. Whoever wrote it cannot read this one with their code: tell them yourself, or undo
desk-done-unmerge = { $name } is a case of its own again
desk-done-split = New case, split from { $name }
desk-done-link = Linked { $name }
desk-done-unlink = Link taken away
desk-done-merge-person = Records merged
desk-done-unmerge-person = Records parted
desk-done-reply = Reply sent
desk-done-reply-solved = Reply sent, case solved
desk-done-note = Note saved
desk-done-wait = The case waits for the citizen
desk-done-resume = The case no longer waits
desk-done-contact = Recorded as { $name }
desk-done-contact-solved = Recorded as { $name } and solved
desk-done-language = Language changed
