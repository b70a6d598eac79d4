# What the desk and the administration say of what is kept, erased and handed over, and the processing register.

privacy-change-emptied = The content was erased; what happened, and when, remains

admin-nav-privacy = Privacy
admin-nav-privacy-lead = How long things are kept, what is held on a person, the processing register.

privacy-people = A person
privacy-people-lead = To answer whoever asks to see their data, to have a copy of them or to have them erased.
privacy-find = Name, e-mail, telephone or number of a case
privacy-find-go = Search
privacy-nobody = Nobody matches. Try another address or the number of the case.
privacy-more = There are more: write something more precise.
privacy-kept = How long things are kept
privacy-kept-lead = Days are counted from the closing of the case. After them, words, files and addresses are erased by themselves; what happened, the dates and the report’s figures remain.
privacy-change = Change
privacy-days =
    { $count ->
        [one] 1 day after closing
       *[other] { $count } days after closing
    }
privacy-days-none = Until somebody erases it
privacy-effect-none = Nothing is erased by itself.
privacy-effect-nothing = Today there is nothing to erase: no case closed before { $before }.
privacy-effect-cases =
    { $count ->
        [one] Within an hour the content of 1 case closed before { $before } is erased.
       *[other] Within an hour the content of { $count } cases closed before { $before } is erased.
    }
privacy-effect-contacts =
    { $count ->
        [one] And of 1 contact without a case.
       *[other] And of { $count } contacts without a case.
    }
privacy-field-days = Days after the closing of the case
privacy-field-days-hint = From 1 to 36,500. Empty: the content stays until somebody erases it.
problem-desk-content-days-not-in-the-list = It takes a number of days from 1 to 36,500, or nothing.
admin-retention-title = { $name }: how long things are kept
admin-retention-lead = It holds for the words, files and addresses of closed cases. Before it is saved, you see what happens.
admin-retention-submit = Save
admin-retention-sure-title = Erase what is over?
admin-retention-sure-lead = { $name } It cannot be undone. The report’s figures do not change.
admin-retention-sure-submit = Save and erase
privacy-done-retention = Saved. { $name }.

privacy-held = What is held
privacy-held-records =
    { $count ->
        [one] 1 record
       *[other] { $count } records merged into one
    }
privacy-held-cases =
    { $count ->
        [0] No case
        [one] 1 case
       *[other] { $count } cases
    }
privacy-held-contacts =
    { $count ->
        [0] No contact
        [one] 1 contact
       *[other] { $count } contacts
    }
privacy-held-messages =
    { $count ->
        [0] No message
        [one] 1 message or note
       *[other] { $count } messages and notes
    }
privacy-held-files =
    { $count ->
        [0] No file
        [one] 1 file ({ $size })
       *[other] { $count } files ({ $size })
    }
privacy-others = The same addresses are also those of other records, which stay as they are until they are merged:
privacy-nothing = Nothing is held on this person any more: what happened, the dates and the figures remain.
privacy-do = What can be done
privacy-export = Download everything
privacy-export-lead = A ZIP file with the data as programs read them, and the attachments. Internal notes and their files stand apart, in internal.json and the folder internal: they are read before they are handed over. Who downloads it is written down.
privacy-export-file = person-{ $id }
privacy-erase = Erase
privacy-erase-lead = Name, addresses, words and files of every case are erased. What happened, the dates and the figures remain. It cannot be undone.
admin-erase-title = Erase { $name }?
admin-erase-lead = Name, addresses, words and files are erased. What happened, the dates and the report’s figures remain. It cannot be undone; backups made before hold the data until they are removed.
admin-erase-submit = Erase
privacy-erase-what = Cases: { $cases }. Contacts: { $contacts }. Messages and notes: { $messages }. Files: { $files }.
privacy-erase-open =
    { $count ->
        [one] 1 case is still to be solved: without words and addresses nobody will be able to answer it.
       *[other] { $count } cases are still to be solved: without words and addresses nobody will be able to answer them.
    }
privacy-erase-sure = The person is to be erased
problem-desk-sure-missing = To erase, it must be confirmed.
privacy-done-erase = Erased.

register-title = Processing register
register-lead = Article 30 of Regulation EU 2016/679. Times and measures are those that are set now.
register-changed = The texts are of { $day }.
register-printed = Read: { $when }.
register-download = Download the table
register-edit = Change the texts
register-file = processing-register-{ $day }
register-who = Who answers for it
register-controller = Controller
register-contact = Contact of the controller
register-joint = Joint controllers
register-dpo = Data protection officer
register-missing = To be written
register-what = What is processed
register-name = Processing
register-purposes = Purposes
register-purposes-usual = To answer citizens’ questions and follow them to their solution; to measure the service, without names.
register-legal-basis = Legal basis
register-legal-basis-usual = A task carried out in the public interest: article 6, paragraph 1, letter e, of Regulation EU 2016/679.
register-persons = Persons
register-persons-citizens = Citizens who write, call or come to a desk; persons named in their questions.
register-data = Data
register-data-citizens = Name and addresses, where left; region and language; words and files of questions and answers, which may hold special categories of data; operators’ notes; what happened and when; answers to surveys.
register-recipients = Recipients
register-recipients-usual = The operators who follow the case.
register-offices = Offices that the case can go to: { $offices }.
register-transfers = Transfers outside the Union
register-transfers-usual = None.
register-kept = Kept
register-staff = The service’s staff
register-purposes-staff = To let in whoever works here, to share out the work, to know who did what.
register-legal-basis-staff = A task carried out in the public interest; duties of security (article 32).
register-persons-staff = Operators, supervisors, administrators.
register-data-staff = Name and sign-in name, roles, office; what they did and when. Figures of single operators are not reckoned unless the administration has decided so.
register-recipients-staff = Who administers the service; colleagues see the name.
register-kept-staff = As long as the assignment lasts; what was done stays in the history of the cases.
register-measures = Security measures
register-measure-tls = Pages are read over encrypted connections only (https); cookies travel on no other.
register-measure-no-tls = Connections do not look encrypted: http.public_url does not begin with https.
register-measure-mail = Letters go out over an encrypted connection.
register-measure-no-mail = No letter goes out: no mail server is set.
register-measure-mail-plain = Letters go out over a connection that is not encrypted.
register-measure-retention = For every service it is set how long content is kept; then it is erased by itself.
register-measure-no-retention = For at least one service it is not set how long content is kept.
register-measure-sqlite = The database is a file in the data folder; what is erased is overwritten.
register-measure-postgres = The database is PostgreSQL; what is erased goes with its automatic cleaning.
register-measure-passwords = Passwords are kept as a fingerprint only (Argon2id), with a limit to tries.
register-measure-roles = Everybody sees what their role needs; an office’s staff see that office’s cases.
register-measure-audit = Every action is written down with who did it and when, without citizens’ words.
register-measure-logs = Technical logs hold no names, addresses or texts.
register-measure-codes = A citizen opens their case with a code that nobody can guess.
register-measure-files = Attachments are downloads only, and taken only of the kinds that are foreseen.
register-measure-erasure = Erasure and copy of all that is held on a person, on request.
register-measure-backup = Before every upgrade a whole copy is made, with the hashes that verify it. Whoever runs the service decides on regular ones.
admin-register-title = Processing register: the texts
admin-register-lead = What no setting can tell. Where nothing is written, the usual text holds.
admin-register-submit = Save
register-usual = If it stays empty: { $text }
register-done = The register is saved.

privacy-notice-days =
    { $count ->
        [one] 1 day after the case is closed, names, addresses, texts and files are erased.
       *[other] { $count } days after the case is closed, names, addresses, texts and files are erased.
    }
privacy-notice-kept = Names, addresses, texts and files are kept as long as they serve the case and the checks that the law requires.
privacy-notice-after = You can ask us to erase them earlier. Afterwards only what happened, the dates and the figures remain.
privacy-notice-controller = Who answers for your data
privacy-notice-dpo = The data protection officer
