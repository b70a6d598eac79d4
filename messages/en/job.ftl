# Jobs and letters that did not go.

job-recurring = Jobs
job-run = Run now
job-every = Every { $length }
job-last = last: { $when }
job-next = next: { $when }
job-never = never
job-soon = in a few seconds
job-running = at work now
job-failed = It fails (try { $count }):
job-bring-back = Reminders
job-bring-back-lead = Brings back the cases whose reminder has come.
job-bring-home = Cases without a queue
job-bring-home-lead = Gives a queue to cases that were in one that is gone.
job-close = Closing
job-close-lead = Closes solved cases that nobody has reopened in the time their service gives.
job-sweep = Sweeping
job-sweep-lead = Removes sessions, limits and signs of life that have run out.
job-sweep-files = Sweeping of files
job-sweep-files-lead = Removes files of forms that were never sent.
job-letters = Letters that did not go
job-letters-lead = After all tries they did not go. Once the obstacle is gone they can be sent again.
job-no-letters = No letter was left behind.
job-letter = Letter
job-letter-email = e-mail
job-letter-case = Case
job-letter-when = When
job-letter-why = Why
job-letter-acts = Actions
job-again = Send again
job-drop = Drop
job-done-asked = “{ $name }” begins in a few seconds.
job-done-in-hand = “{ $name }” is at work already.
job-done-again = Letter { $name } goes again.
job-done-all-again = Letters that go again: { $name }.
job-done-dropped = Letter { $name } will not go.
admin-letter-drop-title = Drop letter { $name }?
admin-letter-drop-lead = It will not go any more, and what it carried is erased. This cannot be undone.
admin-letter-drop-submit = Drop it
job-waiting =
    { $count ->
        [one] 1 letter waits to go.
       *[other] { $count } letters wait to go.
    }
job-all-again =
    { $count ->
        [one] Send the letter again
       *[other] Send all { $count } again
    }
job-tries = tries: { $count }
job-alarms = Alarms
job-alarms-lead = Looks at the thresholds and tells whom it concerns when one is passed.
job-retain = Retention
job-retain-lead = Erases texts, files and addresses of cases closed for longer than their service keeps them.
