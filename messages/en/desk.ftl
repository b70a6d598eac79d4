# The desk, for operators. Dense and quiet: as few words as are clear.

desk-skip-to-case = Skip to the case
desk-title = Desk
desk-search-label = Search cases, people, numbers
desk-shortcuts = Keyboard shortcuts
desk-alerts =
    { $count ->
        [0] Alerts: none new
        [one] Alerts: 1 new
       *[other] Alerts: { $count } new
    }
desk-profile = { $initials }, { $name }’s profile
desk-state = Your state
desk-lists = Lists
desk-list-unassigned = To take
desk-list-mine = Mine
desk-list-team = Team
desk-list-waiting = Waiting
desk-list-back-office = Back office
desk-list-overdue = Overdue
desk-services = Services
desk-today-solved =
    { $count ->
        [one] Today: 1 case solved
       *[other] Today: { $count } cases solved
    }
desk-mean-wait = mean wait { $duration }
desk-connected = Connected
desk-offline = Connection lost: what you write is saved here. Trying again by itself.
desk-beside = Beside the case
desk-open-beside = Person and answers
desk-close-beside = Close
desk-back-to-list = Back to the list
desk-go-to-desk = Back to the desk
