# A contact written down by hand.

desk-new-title = Record a contact
desk-new-submit = Record
desk-field-channel = How it came
desk-field-outbound = We got in touch
desk-who = Who it is
desk-field-anonymous = Stays anonymous
desk-field-phone = Telephone
desk-field-email = E-mail
desk-field-name = Name
desk-field-service = Service
desk-field-said = What they ask
desk-field-said-hint = The topic is enough, or a few words.
desk-field-continues = Continues case number
desk-field-now = And now
desk-contact-still-open = Stays open, I follow it
desk-known-none-open = Known already, no open case
desk-known-continue = Continue { $case }
problem-desk-text-missing = Write a few words.
