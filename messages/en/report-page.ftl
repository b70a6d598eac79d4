# The page of the report: sentences, figures, charts.

reports-page = Reports
report-results = Results, { $period }
report-period-days = { $from } – { $to }
report-all-services = All services
report-as-of = data as of { $when }
report-print = Print
report-ask = Which report
report-quick = Common periods
report-this-month = This month
report-cannot = The report cannot be reckoned
report-no-date = Both dates are needed, written like 2009-10-31.
report-no-day = The last day is before the first: the period has no days.
report-too-long = The period is longer than fifty years.
report-no-time = The moment to look at the data from is written like 2009-11-02T08:00.
report-no-service = There is no such service.
report-from = From
report-last = To (included)
report-service = Service
report-against = Comparison
report-against-before = with the period before
report-against-year = with a year before
report-against-days = with the days chosen below
report-against-none = none
report-against-from = Comparison from
report-against-last = Comparison to (included)
report-known-at = As it was known at
report-more = Other days to compare with, data as known at a moment
report-show = Show
report-in-short = In short
report-figures = The figures
report-trend = The trend
report-told-apart = How they are spread
report-all-figures = All figures
report-compared-with = Compared with: { $period }.
report-how = How it is reckoned
report-records = See what was counted
report-as-table = Table
report-under-promise = below the promise
report-promise = promise
report-figure = Figure
report-value = Value
report-difference = Difference
report-bar = Chart
report-count = Number
report-share = Share
report-total = Total
report-others =
    { $count ->
        [one] One more row
       *[other] { $count } more rows
    }
report-back = Back to the report
report-parts = Parts of the figure
report-part-counted = Counted above the line
report-part-whole = All, below the line
report-figure-lead = { $period } · { $service } · data as of { $when }
report-no-records = Nothing was counted in the period.
report-first = From the beginning
report-next = Next
report-yes = yes
report-no = no

report-operators = Figures of individual operators
report-operators-lead = Seen by supervisors only, because the administration has turned them on (law 300/1970, art. 4).
report-operator = Operator
report-operator-answers = Answers written

report-points =
    { $points ->
        [1] 1 point
       *[other] { $points } points
    }
report-more-than = { $by } more { $than }
report-less-than = { $by } less { $than }
report-same-as = as in { $period }
report-than-month = than { $month }
report-than-year = than { $year }
report-than-other = than the period compared with
report-part-of-whole = { $part } of { $whole }
report-taken-over =
    { $count ->
        [one] over one
       *[other] over { $count }
    }

report-say-no-contacts = There were no contacts in this period.
report-say-contacts =
    { $count ->
        [one] There was <b>one contact</b> with citizens.
       *[other] There were <b>{ $shown } contacts</b> with citizens.
    }
report-say-contacts-most =
    { $count ->
        [one] There was <b>one contact</b> with citizens.
       *[other] There were <b>{ $shown } contacts</b> with citizens, { $share } { $via }.
    }
report-say-level =
    { $part ->
        [one] <b>{ $share }</b> was answered within 30 seconds.
       *[other] <b>{ $share }</b> were answered within 30 seconds.
    }
report-say-level-percent = <b>{ $percent }</b> of calls were answered within 30 seconds.
report-say-wait = Callers waited <b>{ $mean }</b> on average; half of them no more than { $half }.
report-say-front =
    { $part ->
        [one] <b>{ $share }</b> was solved by whoever answered first.
       *[other] <b>{ $share }</b> were solved by whoever answered first.
    }
report-say-front-percent = Whoever answered first solved <b>{ $percent }</b> of the cases.
report-say-resolution = A case was solved in <b>{ $mean }</b> on average; half of them in no more than { $half }.
report-say-effective =
    { $part ->
        [one] <b>{ $share }</b>, of those who answered the survey, says that the problem is solved.
       *[other] <b>{ $share }</b>, of those who answered the survey, say that the problem is solved.
    }
report-say-effective-percent = <b>{ $percent }</b> of those who answered the survey say that the problem is solved.
report-say-interval = With this number of answers the value lies, 95 times out of 100, between { $low } and { $high }.

report-fraction =
    { $near ->
        [under] almost{ " " }
        [over] more than{ " " }
       *[at] { "" }
    }{ $part ->
        [1] one
        [2] two
        [3] three
        [4] four
        [7] seven
       *[9] nine
    } out of { $whole ->
        [2] two
        [3] three
        [4] four
        [5] five
       *[10] ten
    }
report-fraction-calls =
    { $near ->
        [under] almost{ " " }
        [over] more than{ " " }
       *[at] { "" }
    }{ $part ->
        [1] one call
        [2] two calls
        [3] three calls
        [4] four calls
        [7] seven calls
       *[9] nine calls
    } out of { $whole ->
        [2] two
        [3] three
        [4] four
        [5] five
       *[10] ten
    }
report-fraction-cases =
    { $near ->
        [under] almost{ " " }
        [over] more than{ " " }
       *[at] { "" }
    }{ $part ->
        [1] one case
        [2] two cases
        [3] three cases
        [4] four cases
        [7] seven cases
       *[9] nine cases
    } out of { $whole ->
        [2] two
        [3] three
        [4] four
        [5] five
       *[10] ten
    }
report-fraction-people =
    { $near ->
        [under] almost{ " " }
        [over] more than{ " " }
       *[at] { "" }
    }{ $part ->
        [1] one person
        [2] two people
        [3] three people
        [4] four people
        [7] seven people
       *[9] nine people
    } out of { $whole ->
        [2] two
        [3] three
        [4] four
        [5] five
       *[10] ten
    }
report-via-phone = by telephone
report-via-web = with the web form
report-via-sms = by text message
report-via-email = by e-mail
report-via-chat = in chat
report-via-desk = at the counter

report-card-contacts = inbound and outbound, on all channels
report-card-wait = half of the answers within { $half }
report-card-level = of the calls that entered a queue
report-card-promise = promise: { $promise }
report-card-abandonment = of those who entered a queue
report-card-cases = opened in the period
report-card-front = the others by the back office
report-card-resolution = half of the cases in no more than { $half }
report-card-survey = of those who answered the survey
report-card-nothing = no data in the period

report-chart-months-title = First channel: { $channel }, { $part } of contacts
report-chart-months-lead = Contacts a month by channel, from { $from } to { $to }
report-chart-months-spoken = From { $first } contacts in { $from } to { $last } in { $to }, with a minimum of { $lowest } in { $low }.
report-chart-hours-kept = The promise was kept at every hour
report-chart-hours-missed = Between { $from } and { $to } the promise was not kept
report-chart-hours-missed-some =
    { $count ->
        [one] In one hour of the day the promise was not kept
       *[other] In { $count } hours of the day the promise was not kept
    }
report-chart-hours-least = The hardest hour begins at { $hour }
report-chart-hours-lead = Calls answered within { $seconds } seconds, by hour of arrival: { $period }
report-chart-hours-spoken = From { $least } of those who call at { $leastHour } to { $best } of those who call at { $bestHour }.
report-hours-offered = Entered a queue
report-hours-within = In time
report-hours-share = Share
report-hour-span = { $from }–{ $to }

report-col-began = Began
report-col-wait = Wait
report-col-talk = Talk
report-col-case = Case
report-col-opened = Opened
report-col-solved = Solved
report-col-by = By
report-col-took = In
report-col-asked = Asked
report-col-answered = Answered
report-col-efficient = Efficient
report-col-effective = Solved
report-col-with-operator = With an operator
report-col-completed = Completed
report-col-course = Course
report-col-published = Published
report-col-title = Title

report-of-by-channel = Channel
report-of-by-service = Service
report-of-by-direction = Direction
report-of-by-outcome = Outcome
report-of-by-month = Month
report-of-by-hour = Hour
report-of-by-kind = Kind
report-of-by-topic = Topic
report-of-by-region = Region
report-of-by-service-kind = Service and kind
report-of-by-structure = Structure
report-of-video-by-origin = Origin

report-word-by-channel-phone = telephone
report-word-by-channel-web = web form
report-word-by-channel-sms = text message
report-word-by-channel-email = e-mail
report-word-by-channel-chat = chat
report-word-by-channel-desk = counter
report-word-by-direction-inbound = inbound
report-word-by-direction-outbound = outbound
report-word-by-outcome-answered = answered
report-word-by-outcome-abandoned = abandoned
report-word-by-outcome-voicemail = voicemail
report-word-by-outcome-callback = asked to be called back
report-word-by-outcome-self-service = self-service
report-word-by-outcome-closed-hours = out of hours
report-word-by-outcome-busy = busy
report-word-by-outcome-no-answer = no answer
report-word-by-outcome-wrong-number = wrong number
report-word-by-outcome-failed = failed
report-word-by-kind-information = information
report-word-by-kind-complaint = complaint
report-word-by-kind-accompaniment = accompaniment
report-word-by-kind-census = census
report-word-by-kind-suggestion = suggestion
report-word-video-by-origin-newsroom = newsroom
report-word-video-by-origin-prize = prize
report-word-video-by-origin-administration = administrations
report-word-level-front = front office
report-word-level-back = back office

report-group-contacts = Contacts
report-group-phone = Telephone
report-group-cases = Cases
report-group-survey = Surveys
report-group-network = Network
report-group-training = Training
report-group-media = Newsroom

report-name-contacts-total = Contacts
report-name-contacts-by-channel = Contacts by channel
report-name-contacts-by-service = Contacts by service
report-name-contacts-by-direction = Inbound and outbound contacts
report-name-contacts-by-outcome = Contacts by outcome
report-name-contacts-by-month = Contacts by month
report-name-contacts-by-hour = Contacts by hour of the day
report-name-phone-offered = Calls that entered a queue
report-name-phone-answered = Calls answered
report-name-phone-abandoned = Calls abandoned
report-name-phone-mean-wait-s = Mean wait on the telephone
report-name-phone-wait-p50-s = Wait of half of the answers
report-name-phone-wait-p90-s = Wait of nine answers out of ten
report-name-phone-wait-p99-s = Wait of ninety-nine answers out of a hundred
report-name-phone-service-level-20 = Answers within 20 seconds
report-name-phone-service-level-30 = Answers within 30 seconds
report-name-phone-service-level-60 = Answers within 60 seconds
report-name-phone-abandonment = Share of calls abandoned
report-name-phone-mean-talk-s = Mean talk
report-name-cases-handled = Cases
report-name-cases-solved = Cases solved
report-name-cases-front-office-share = Solved by whoever answers first
report-name-cases-first-contact-share = Solved at the first contact
report-name-cases-mean-resolution-s = Mean time to solve
report-name-cases-mean-resolution-working-s = Mean time to solve, in working hours
report-name-cases-resolution-p50-s = Time to solve half of the cases
report-name-cases-resolution-p50-working-s = Time to solve half of the cases, in working hours
report-name-cases-resolution-p90-s = Time to solve nine cases out of ten
report-name-cases-resolution-p90-working-s = Time to solve nine cases out of ten, in working hours
report-name-cases-backlog = Cases unsolved at the end of the period
report-name-cases-by-kind = Cases by kind
report-name-cases-by-topic = Cases by topic
report-name-cases-by-service = Cases by service
report-name-cases-by-region = Cases by region
report-name-cases-by-service-kind = Cases by service and kind
report-name-survey-asked = Surveys asked
report-name-survey-answered = Surveys answered
report-name-survey-response-rate = Share of surveys answered
report-name-survey-efficient-share = “The service is efficient”
report-name-survey-efficient-share-low = “The service is efficient”, at least
report-name-survey-efficient-share-high = “The service is efficient”, at most
report-name-survey-effective-share = “My problem is solved”
report-name-survey-effective-share-low = “My problem is solved”, at least
report-name-survey-effective-share-high = “My problem is solved”, at most
report-name-network-structures = Structures of the Network
report-name-network-contacts = Contacts of the Network
report-name-network-contacts-with-operator = Contacts of the Network with an operator
report-name-network-by-structure = Contacts of the Network by structure
report-name-network-by-channel = Contacts of the Network by channel
report-name-training-trained = People trained
report-name-media-radio = Radio broadcasts
report-name-media-news = News items
report-name-media-video = Videos
report-name-media-feature = Features
report-name-media-video-by-origin = Videos by origin
report-attached = The figures of this report, for programs
report-others-within = { $count } more rows are in the figures attached to this document.
