# Signing in, one’s own page, and the keys.

desk-sign-in-title = Sign in to the desk
desk-sign-in-login = User name
desk-sign-in-password = Password
desk-sign-in-submit = Sign in
desk-sign-in-wrong = Wrong user name or password. Try again.
desk-sign-in-too-many = Too many tries: you can try again at { $time }.
desk-sign-in-portal = Go to the citizens’ portal
desk-sign-out = Sign out
desk-signed-out = Your session is over: sign in again. Drafts are saved.
desk-me-title = Your profile
desk-me-roles = Roles
desk-me-queues = Queues
desk-me-structure = Structure
desk-me-language = Language of your pages
desk-me-save = Save
desk-role-front = front office
desk-role-back = back office
desk-role-supervisor = supervisor
desk-role-editor = editor
desk-role-trainer = trainer
desk-role-admin = administrator

## Keys

desk-keys-lead = They work when you are not typing in a field.
desk-keys-search = Search
desk-keys-next = Next case
desk-keys-previous = Previous case
desk-keys-open = Open the case
desk-keys-take = Take the case
desk-keys-reply = Write a reply
desk-keys-note = Write an internal note
desk-keys-office = Send to the back office, or give back
desk-keys-solve = Solve
desk-keys-new = Record a contact
desk-keys-all = Show all shortcuts
desk-keys-leave = Leave the field or close
desk-keys-go = Open “{ $list }”

## Announced when the page changes by itself

desk-announce-new = Something new in the case
desk-announce-list = The list has changed
