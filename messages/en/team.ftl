# Supervision: queues and people, cases given to others, what is due.

team-nav = Supervision
team-title = Queues and people
team-queues = Queues
team-people = People
team-back = Queues and people
team-no-queues = No queue to oversee.
team-no-people = Nobody to oversee.
team-own = yours
team-level-front = front office
team-level-back = back office
team-gone = no longer signs in: give their cases to others
team-as-of = At { $time }.
team-figures-off = What each did today is not shown: the administration decides it (Italian law 300/1970, article 4).
team-sum-new =
    { $count ->
        [one] case to take
       *[other] cases to take
    }
team-sum-open =
    { $count ->
        [one] case in hand
       *[other] cases in hand
    }
team-sum-soon =
    { $count ->
        [one] case due soon
       *[other] cases due soon
    }
team-sum-overdue =
    { $count ->
        [one] overdue case
       *[other] overdue cases
    }
team-col-queue = Queue
team-col-service = Service
team-col-person = Person
team-col-state = State
team-col-due = Due
team-col-new = To take
team-col-open = In hand
team-col-waiting = Waiting
team-col-soon = Due soon
team-col-overdue = Overdue
team-col-oldest = Oldest to take
team-col-here = Now
team-col-replied = Replies today
team-col-solved = Solved today
team-col-passed = Passed today
team-col-last = Last activity
team-here-away = not connected
team-here-desk = at the desk
team-here-case = looks at a case
team-here-writing = writes on a case

## Cases

team-cases-title = Active cases
team-cases-of-queue = Cases of { $name }
team-cases-of-person = Cases of { $name }
team-due-title = What is due
team-cases-none-title = No case
team-cases-none-lead = No active case is as you asked.
team-narrow = Which cases
team-narrow-do = Show
team-every-service = All services
team-every-queue = All queues
team-every-state = Any state
team-every-due = Whenever due
team-everybody = Anybody
team-nobody = Nobody
team-state-new = to take
team-state-open = in hand
team-state-waiting = waiting
team-state-done = no longer active
team-due-both = Overdue and due soon
team-due-over = Overdue
team-due-soon = Due soon

## Giving to others

team-give = Give the chosen cases away
team-give-do = Give
team-to = To whom
team-to-choose = Choose somebody
team-to-nobody = Nobody: they go back among those to take
team-to-person =
    { $count ->
        [one] { $name } (1 in hand)
       *[other] { $name } ({ $count } in hand)
    }
team-reason = Why
team-reason-hint = Colleagues alone read it, on each case. It is needed where somebody has the case in hand.
team-all = All { $count } cases of this list
team-all-beyond = All { $count } cases of this list, also those that are not shown
team-choose-case = Choose { $number }: { $title }
team-moved =
    { $count ->
        [one] 1 case given: { $name }
       *[other] { $count } cases given: { $name }
    }
team-not-moved-changed = Not moved: somebody has just changed the case. Look at what happened.
team-not-moved-gone = Not moved: the case is not among those you can see.
team-not-moved-to = Not moved: this person cannot work on this case.
desk-done-given = { $name }
problem-desk-to-missing = Choose whom to give the cases to.
problem-desk-to-not-in-the-list = Choose somebody whom you oversee.
problem-desk-case-missing = Choose at least one case.
problem-desk-reason-missing = Say why: whoever had the cases reads it.
