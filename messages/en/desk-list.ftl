# The lists of the desk.

desk-list-solved = Solved
desk-list-of-service = { $list } · { $service }
desk-count-more = { $count }+
desk-cases-count =
    { $count ->
        [one] { $shown } case
       *[other] { $shown } cases
    }
desk-more-cases = Show more cases
desk-unanswered = to be answered
desk-untitled = Untitled
desk-anonymous = Anonymous
desk-no-name = No name
desk-with-nobody = to take
desk-with-none = nobody
desk-with-back-office = Back office
desk-with-back-office-name = { $name }, back office
desk-choose-title = Choose a case from the list
desk-choose-lead = Move through the list with j and k, open a case with Enter.
desk-new = New contact

## Channels

desk-channel-phone = telephone
desk-channel-sms = SMS
desk-channel-email = e-mail
desk-channel-web = web form
desk-channel-chat = chat
desk-channel-desk = counter

## What is due

desk-due-over = overdue
desk-due-waiting = waiting
desk-due-solved = Solved: { $when }
desk-due-reminder = Comes back: { $when }
desk-due-answer = Answer by: { $when }
desk-due-solution = Solution by: { $when }
desk-due-answer-in = Answer due: { $when }
desk-due-solution-in = Solution due: { $when }
desk-due-answer-over = Answer { $duration } late
desk-due-solution-over = Solution { $duration } late

## Empty lists say what to do next

desk-empty-unassigned-title = No case to take
desk-empty-unassigned-lead = Somebody follows every case. Go on with yours.
desk-empty-mine-title = No open case of yours
desk-empty-mine-lead = Take one of those that wait.
desk-empty-team-title = No open case in the team
desk-empty-team-lead = When a citizen calls or writes, the case appears here by itself.
desk-empty-waiting-title = No case is waiting
desk-empty-waiting-lead = Cases where we asked the citizen something, and those with a reminder, stand here.
desk-empty-back-office-title = No case at the back office
desk-empty-back-office-lead = Cases sent to an office stay here until it gives them back or solves them.
desk-empty-overdue-title = No case is overdue
desk-empty-overdue-lead = Every promise is kept. See which case of the team is due first.
desk-empty-solved-title = No case solved yet
desk-empty-solved-lead = Solved cases are found here and can be reopened.
desk-empty-go-mine = Open my cases
desk-empty-go-unassigned = Open the cases to take
desk-empty-go-team = Open the team’s cases
desk-empty-go-new = Record a contact

## Search

desk-search-title = Search
desk-search-how = Type a case number, a name, a telephone number, an e-mail address or words of the text.
desk-search-nothing = No case for “{ $typed }”
desk-search-found =
    { $count ->
        [one] { $count } case for “{ $typed }”
       *[other] { $count } cases for “{ $typed }”
    }
desk-search-full = The 50 latest cases for “{ $typed }”: add a word to narrow them down.
