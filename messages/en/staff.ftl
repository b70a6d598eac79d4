# The staff, as the administration shows and changes it, and the pages by which somebody comes in.

problem-scope-of-admin = Whoever administers does so for everybody: it cannot be for one structure alone.
problem-last-admin = Nobody else can administer: first give the administration role to another person who has a password already.
problem-too-many =
    { $limit ->
        [one] At most { $limit } entry.
       *[other] At most { $limit } entries.
    }
problem-not-a-login = Without spaces, such as mario.rossi.
problem-no-such-code = The code is not right or has been used. Wait for the next one and try again.
problem-password-wrong = This is not the password you have now.
problem-needed-by-role = A role of yours asks for the second factor: it cannot be removed.
problem-own-first = First turn on the second factor for yourself, in your profile: you would be left outside.
problem-desk-code-already-taken = The second factor is on already.

## Before anybody is in

door-begin-again = Back to signing in
door-forgotten-link = Forgotten your password?
door-password-set = The password is saved. Now sign in.
door-password-hint =
    { $limit ->
        [one] At least { $limit } character, of any kind.
       *[other] At least { $limit } characters, of any kind. A sentence is easy to remember and hard to guess.
    }
door-login-or-email = User name or e-mail address
door-code-title = The code
door-code-submit = Sign in
door-enrol-title = Turn on the second factor
door-enrol-lead = Your role asks for a code from your telephone beside the password. It is set up once.
door-enrol-submit = Turn on and sign in
door-invited-title = Choose your password
door-invited-lead = Welcome, { $name }. With this password you sign in to the desk.
door-invited-submit = Save the password
door-gone-title = This link no longer works
door-gone-lead = It has been used, has run out or was withdrawn. Ask whoever administers the service for a new invitation.
door-forgotten-title = Forgotten password
door-forgotten-lead = Type your user name or your address: if we know it, we send a link there to choose another password.
door-forgotten-submit = Send the link
door-sent-title = Look into your mailbox
door-sent-lead = If we know that name or address, the letter arrives shortly. The link works for an hour. If nothing comes, ask whoever administers the service.

## The second factor

factor-title = Second factor
factor-code = Code
factor-code-hint = The six digits that the program on your telephone shows, or one of the recovery codes.
factor-enrol-title = Turn on the second factor
factor-enrol-lead = Beside the password, signing in will need a code that changes every half minute: whoever learns the password cannot come in with it alone.
factor-enrol-submit = Turn on
factor-step-scan = Open an authenticator program on your telephone (FreeOTP or Aegis, for example) and scan this picture.
factor-picture = Picture to scan with the authenticator program
factor-by-hand = If you cannot scan it, type by hand:
factor-step-code = Type here the six digits that the program shows.
factor-since = On since { $when }.
factor-codes-left =
    { $count ->
        [0] No recovery codes are left: make new ones.
        [one] 1 recovery code is left.
       *[other] { $count } recovery codes are left.
    }
factor-codes-renew = Make new recovery codes
factor-wanted = A role of yours asks for it.
factor-turn-off = Turn off
factor-none = It is off: the password is enough to sign in.
factor-turn-on = Turn on the second factor
factor-codes-title = Your recovery codes
factor-codes-lead = If you lose your telephone, each of these lets you in once. Print them or write them down, and keep them away from the computer.
factor-codes-once = They are not shown again.
factor-codes-kept = I have kept them, go on

## One’s own page

desk-me-password-open = Change the password
desk-me-password-title = Change the password
desk-me-password-lead = Your other open sessions end.
desk-me-password-submit = Save
desk-me-password-old = The password you have now
desk-me-password-new = The new password
desk-me-factor-off-title = Turn off the second factor
desk-me-factor-off-lead = The password will be enough to sign in.
desk-me-factor-off-submit = Turn off
desk-me-codes-title = New recovery codes
desk-me-codes-lead = Those you have now will no longer work.
desk-me-codes-submit = Make new codes
desk-done-password = Password changed
desk-done-factor-off = Second factor turned off
desk-done-session-ended = Session ended
desk-done-sessions-ended = Other sessions ended: { $name }

## Sessions

session-title = Open sessions
session-this = this one
session-begun = begun { $when }
session-seen = seen { $when }
session-end = End
session-end-others = End all the others
browser-edge = Edge
browser-opera = Opera
browser-samsung = Samsung Internet
browser-firefox = Firefox
browser-chrome = Chrome
browser-safari = Safari
browser-other = Unknown browser
system-iphone = iPhone
system-ipad = iPad
system-android = Android
system-windows = Windows
system-chromeos = ChromeOS
system-mac = macOS
system-linux = Linux
system-other = unknown system

staff-email = E-mail address

## The list

admin-nav-staff = People
admin-nav-staff-lead = Who works here: roles, structures, skills, invitations and access.
staff-add = Add
staff-sign-in = Sign-in rules
staff-search = Search by name or address
staff-role = Role
staff-any-role = all
staff-state = State
staff-narrow = Search
staff-all = Remove the filters
staff-which-here = who can work
staff-which-all = everybody
staff-which-able = active
staff-which-invited = invited
staff-which-outside = without a password
staff-which-disabled = disabled
staff-state-able = Active
staff-state-invited = Invited
staff-state-outside = No password
staff-state-disabled = Disabled
staff-found =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
staff-none = Nobody
staff-none-lead = Try another word, or look among everybody, disabled people too.
staff-more = More people
staff-everywhere = The whole centre
staff-every-queue = All those of their roles
staff-factor-on = yes
staff-factor-off = no

## One of them

staff-change = Change
staff-disable = Disable
staff-enable = Enable
staff-languages = Languages spoken
staff-skills = Skills
staff-skill-and-level = { $skill } ({ $level })
staff-external = Number in the other system
staff-added = Added on
staff-entry = Access
staff-entry-disabled = Cannot sign in. Enable the account if it is needed.
staff-entry-password = Signs in with a password.
staff-entry-no-password = Has no password yet: the only way in is an invitation.
staff-invitation-welcome-letter = The invitation went by mail and works until { $when }.
staff-invitation-welcome-hand = An invitation link is open, until { $when }.
staff-invitation-reset-letter = The link for another password went by mail and works until { $when }.
staff-invitation-reset-hand = A link for another password is open, until { $when }.
staff-invitation-recovery-letter = They asked for another password themselves: the link works until { $when }.
staff-invitation-recovery-hand = They asked for another password themselves: the link works until { $when }.
staff-invite-letter = Send the invitation by mail
staff-invite-again = Send the invitation again
staff-reset-letter = Send a link for another password
staff-invite-hand = Make a link to hand over
staff-withdraw = Withdraw the link
staff-no-address = Without an e-mail address no letter can be sent: add the address or hand over the link.
staff-link-title = The link to hand over
staff-link-lead = It works once, until { $when }. It is not shown again: copy it now and give it to this person alone.
staff-factor-none = Off.
staff-factor-wanted = A role of theirs asks for it.
staff-factor-wanted-next = A role of theirs asks for it: they set it up at the next sign-in.
staff-reset-factor = Reset the second factor
staff-telephone = SIP telephone
staff-telephone-none = No account: whoever opens the softphone needs none.
staff-telephone-is = Their telephone registers as { $name }.
staff-telephone-give = Create the account
staff-telephone-again = New password
staff-telephone-remove = Remove the account
staff-telephone-new = The account for the telephone
staff-telephone-new-lead = The password is not shown again: type it into the telephone now, or give it to this person alone.
staff-telephone-name = Account name
staff-no-sessions = None.
staff-end-sessions = End all their sessions
staff-tokens = Tokens of programs
staff-token = Token { $id }
staff-token-since = in force since { $when }
staff-token-revoke = Revoke
staff-held = Cases in hand
staff-held-count =
    { $count ->
        [0] None.
        [one] 1 case.
       *[other] { $count } cases.
    }
staff-put-back = Put the cases back among those to take
staff-put-back-too =
    { $count ->
        [one] Also put the case in hand back among those to take
       *[other] Also put the { $count } cases in hand back among those to take
    }

## The form

admin-staff-new-title = Add a person
admin-staff-new-submit = Add
admin-staff-edit-title = Change: { $name }
admin-staff-edit-submit = Save
staff-part-person = The person
staff-part-work = The work
staff-part-skills = What they can do
staff-part-entry = Access
staff-name = Name
staff-name-hint = First and last name: citizens see the first name too.
staff-login-hint = Without spaces, such as mario.rossi. It does not change later.
staff-email-hint = For the invitation and a forgotten password.
staff-role-front = Front office: answers citizens
staff-role-back = Back office: solves what the front office hands over
staff-role-supervisor = Supervision: sees the team and moves cases
staff-role-editor = Newsroom: writes answers and news
staff-role-trainer = Training: looks after courses
staff-role-admin = Administration: sets up the centre and its people
staff-scope-hint = Whoever belongs to a structure sees its cases alone.
staff-queues-hint = With none chosen, all those of their roles count.
staff-languages-hint = Those in which they can talk with citizens.
staff-skills-hint = One a line. To remove one, empty its line.
staff-queue-of = { $queue } ({ $level })
staff-skill-n = Skill { $n }
staff-skill-level-n = Level of skill { $n }
skill-level-unsaid = level not said
skill-level-basic = basic
skill-level-good = good
skill-level-expert = expert
staff-language = Language of their pages
staff-way = How they come in the first time
staff-way-letter = Send the invitation to their address
staff-way-hand = Give me a link to hand over
staff-way-later = Not yet

## What is done

admin-staff-disable-title = Disable { $name }?
admin-staff-disable-lead = They can no longer sign in: their sessions, invitations and keys for programs stop working at once. What they wrote stays. The account can be enabled again; keys for programs are then made anew.
admin-staff-disable-submit = Disable
admin-staff-put-back-title = Put { $name }’s cases back among those to take?
admin-staff-put-back-lead = They return to their queues, and any colleague of the queue can take them.
admin-staff-put-back-submit = Put the cases back
admin-staff-reset-factor-title = Reset { $name }’s second factor?
admin-staff-reset-factor-lead = Do so only when you are certain that they ask for it themselves, in person for example. Their sessions end and the recovery codes stop working.
admin-staff-reset-factor-submit = Reset
admin-staff-telephone-title = Give { $name }’s telephone a new password?
admin-staff-telephone-lead = The present one stops working: the telephone takes no calls until it has the new one.
admin-staff-telephone-submit = Create the password
admin-staff-telephone-remove-title = Remove { $name }’s telephone account?
admin-staff-telephone-remove-lead = Their telephone registers no more. The softphone goes on working.
admin-staff-telephone-remove-submit = Remove the account
admin-sign-in-title = Sign-in rules
admin-sign-in-lead = Whoever has no second factor yet sets it up at the next sign-in; whoever is signed in now is signed out.
admin-sign-in-submit = Save
sign-in-roles = Roles of which the second factor is asked
sign-in-roles-hint = Whoever has at least one of these roles signs in with password and code.
sign-in-meanwhile = Somebody else has changed it in the meantime. What you ticked is below: if you save, it counts.
staff-meanwhile = Somebody else has changed what is said of them in the meantime. What you wrote is below: if you save, it counts.
admin-done-staff-added = Person added
admin-done-staff-changed = Saved
admin-done-staff-invited = The letter is on its way
admin-done-staff-withdrawn = The link no longer works
admin-done-staff-disabled = Disabled
admin-done-staff-enabled = Enabled
admin-done-staff-put-back = Cases put back among those to take: { $name }
admin-done-staff-sessions = Sessions ended: { $name }
admin-done-staff-token = Token revoked
admin-done-staff-factor-reset = Second factor reset
admin-done-staff-telephone-removed = Telephone account removed
admin-done-sign-in = Sign-in rules saved

## On the first page

admin-notice-alone = Only one person can administer: if they lose access, nobody stands in. Give the role to another person as well.
admin-notice-held =
    { $count ->
        [one] 1 disabled person still has cases in hand.
       *[other] { $count } disabled people still have cases in hand.
    }

## Languages that are spoken

spoken-it = Italian
spoken-en = English
spoken-fr = French
spoken-de = German
spoken-es = Spanish
spoken-pt = Portuguese
spoken-ro = Romanian
spoken-sq = Albanian
spoken-uk = Ukrainian
spoken-ru = Russian
spoken-pl = Polish
spoken-ar = Arabic
spoken-zh = Chinese
spoken-bn = Bengali
spoken-hi = Hindi
spoken-ur = Urdu
spoken-tl = Tagalog
spoken-si = Sinhala
