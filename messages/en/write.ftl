# Writing to us, and what is said once something was written.

write-title = Write to Linea Amica
write-lead = Tell us what you need. We give you a number and a code to follow the answer with.
write-text = Your question
write-text-hint = In your own words: what happened, what you need, what you have already tried.
write-files = Attachments
write-files-hint = Photos, PDF or documents: up to 5 files of at most 10 MB each.
write-service = Service
write-topic = Topic
write-do-not-know = I don’t know, let the operator decide
write-via = How do you want the answer?
write-via-label = Way to answer
write-via-email = E-mail
write-via-phone = Telephone
write-via-none = I read it here
write-via-none-hint = You leave us no address: you see the number and the code of the case only once, at the end. Write them down, because without them you cannot read the answer.
write-email = E-mail address
write-email-hint = For example name@mail.example. We tell you when there is an answer. Needed if you have chosen e-mail.
write-content = Put the text of the answer in the e-mail
write-content-hint = Otherwise the e-mail only says that there is an answer, and you read it here with your code.
write-phone = Telephone
write-phone-hint = For example 333 555 0117. Needed if you want to be called back.
write-name = Name and surname
write-name-hint = We need it only to know what to call you.
write-consent = You may let the office that can solve it read my question.
write-consent-label = Consent
write-privacy = How we treat your data
write-send = Send
write-help = Help
write-when = When we answer
write-when-by = By { $when }. If another office is needed we tell you, with the date.
write-speak = Would you rather talk?
write-have-case = Do you already have a case?
write-follow = Follow it with its number and code

form-optional = (optional)
form-error-title = Error:
form-errors =
    { $count ->
        [one] There is one thing to correct
       *[other] There are { $count } things to correct
    }
files-kept = Files already received
files-remove = Remove <bdi>{ $name }</bdi>
files-chosen = Files chosen:
files-too-much = Too large or too many: choose at most 5 files of up to 10 MB each.
print = Print
print-page = Print this page

## Done

done-title = We have received your question
done-keep = Keep these two
done-why = You need them to read the answer and to talk about the case on the telephone. Give the code to nobody: whoever has it can read the case.
done-sent = We have also sent them to <bdi>{ $address }</bdi>.
done-not-sent = We have no e-mail address to send them to: write them down now or print this page. The code is not shown another time.
done-next = What happens now
done-step-read = An operator reads your question and answers
done-step-solve = If another office is needed, we take your case there and come back with the solution
done-by = by { $when }
done-step-told = We tell you by e-mail
done-step-look = You read the answer on the page “Your case”
done-step-more = You can add messages and files whenever you want.
done-follow = Follow the case
