# A day by its half-hours.

day-title = The day
day-title-of = The day: { $day }
day-ask = Which day
day-day = Day
day-show = Show
day-before = Day before
day-after = Day after
day-today-go = Today
day-table = Half-hour by half-hour
day-running = still on
day-sum = Total
day-summer-time = { $time } summer time
day-winter-time = { $time } winter time
day-col-time = From
day-col-inbound = Inbound
day-col-usual = Usually
day-col-outbound = Outbound
day-col-opened = Cases opened
day-col-solved = Solved
day-col-escalated = To the back office
day-col-answers = Answers
day-col-waiting = Waiting at the end
day-finding-alone =
    { $count ->
        [one] One inbound contact
       *[other] { $count } inbound contacts
    }
day-finding-usual =
    { $count ->
        [one] One inbound contact, as usual on a { $weekday } (difference { $part })
       *[other] { $count } inbound contacts, as usual on a { $weekday } (difference { $part })
    }
day-finding-more =
    { $count ->
        [one] One inbound contact, { $part } more than usual on a { $weekday }
       *[other] { $count } inbound contacts, { $part } more than usual on a { $weekday }
    }
day-finding-less =
    { $count ->
        [one] One inbound contact, { $part } fewer than usual on a { $weekday }
       *[other] { $count } inbound contacts, { $part } fewer than usual on a { $weekday }
    }
day-said-cases = Cases opened: { $opened }; solved: { $solved }
day-said-escalated =
    { $count ->
        [one] To the back office: one case, { $part } of those opened
       *[other] To the back office: { $count } cases, { $part } of those opened
    }
day-waiting-more = Cases that wait for a solution went up from { $before } to { $count }
day-waiting-less = Cases that wait for a solution went down from { $before } to { $count }
day-waiting-same = { $count } cases wait for a solution, as many as at the beginning ({ $before })
day-chart-contacts-lead = Inbound contacts by half-hour. Line: { $usual }
day-chart-waiting-lead = Cases that wait for a solution at the end of each half-hour. Line: { $usual }
day-chart-contacts-spoken = Inbound contacts by half-hour: { $most } at the most, from { $time }. The table has all numbers.
day-chart-waiting-spoken = Cases that wait at the end of each half-hour: { $most } at the most, in the half-hour from { $time }. The table has all numbers.
day-usual =
    { $count ->
        [one] one { $weekday } of the four weeks before.
       *[other] the mean of { $count } { $weekday }s of the four weeks before.
    }
day-chart-contacts-alone = Inbound contacts by half-hour.
day-chart-waiting-alone = Cases that wait for a solution at the end of each half-hour.
day-as-of = As of: { $when }.
day-definitions = Contacts and cases are those of the report of the same day; solved are cases whose solution is of that half-hour and still stands; for the back office the first time counts.
day-none-title = Nothing on this day
day-none-lead = It was closed and nothing happened, or the day is yet to come.
