# The citizen's own case.

door-title = Your case
door-lead = Write the number and the code that we gave you when you wrote or called.
door-left = You have left the case: it cannot be read from here any more without its code.
door-number-hint = Like <span class="mono">{ $number }</span>
door-code-hint = Eight letters and digits. Capitals and dashes do not matter.
door-open = Open the case
door-lost = Have you lost the code?
door-lost-link = Have it sent by e-mail
door-no-case = No case yet?

code-title = You have lost the code
code-lead = Write the e-mail address you gave us: we send you the numbers and codes of your cases.
code-email-hint = The one where we send you news.
code-send = Send the code
code-sent-title = Check your mail
code-sent = If there are cases tied to <bdi>{ $address }</bdi>, you will soon receive an e-mail with their numbers and codes.
code-sent-else = If nothing comes, look in the spam folder. If you gave us no e-mail address, call us or write to us again.
code-go = Go to your case

case-word = Case
case-heading = Your case { $number }
case-number = Case number
case-code = Code
case-messages = Messages
case-add = Add a message
case-add-hint = It is read by the operator who follows the case.
case-add-read-by = { $name } reads it.
case-send = Send the message
case-unsolved-title = Not solved?
case-unsolved = Tell us what is missing
case-unsolved-hint = When you send it, we reopen the case and answer again.
case-reopen = Not solved: reopen the case
case-closed-title = Do you have another question?
case-closed-lead = This case is closed and takes no more messages. You can open a new one: if it is about this one, write its number.
case-closed-write = Write a new question
case-closed-meanwhile = The case was closed in the meantime
case-closed-meanwhile-lead = Your message was not sent, but it is not lost: you find it at the end of this page and can make a new question of it.
case-facts = In short
case-facts-label = Facts of the case
case-follower = Who follows it
case-news = We tell you by
case-news-with-text = with the text of the answer
case-news-without-text = without the text of the answer
case-news-none = No notices: come back here to read the answer
case-news-change = Change
case-news-hint = Leave it empty to receive no notices.
case-news-save = Save
case-settle = Solved: close the case
case-leave = Leave this case
case-leave-hint = If you use another person’s computer or telephone, leave when you have finished.
case-done-message = Your message has arrived.
case-done-reopened = The case is open again and your message has arrived.
case-done-settled = The case is closed. If you change your mind, write to us from this page and we reopen it.
case-done-news = We have changed where we tell you.

## Where it stands

where-received = We have received your question.
where-in-hand = Your case is in the hands of { $name }.
where-office = Your case is with the office that can solve it: { $office }.
where-some-office = Your case is with the office that can solve it.
where-by = We answer by { $when }.
where-late = We are late: we should have answered already, and we are sorry.
where-nothing-to-do = There is nothing you need to do. If we need a document, we ask you here.
where-waiting = We are waiting for your answer.
where-waiting-lead = Read the last message and answer below.
where-answered = We have answered.
where-answered-lead = You find the answer below. If it is not enough, add a message.
where-solved = Your case is solved.
where-referred = We have told you which office to turn to.
where-not-competent = Your question is not about the public administration.
where-solved-lead = You find the answer below. If it is not solved for you, tell us: we reopen the case.
where-withdrawn = The case is closed because you no longer need it.
where-withdrawn-lead = If you change your mind, write to us below: we reopen the case.
where-unreachable = We could not reach you.
where-unreachable-lead = Write to us below and we reopen the case.
where-closed = This case is closed.
where-closed-lead = You can still read and print it.

step-received = Received
step-in-hand = In hand
step-in-hand-next = as soon as an operator is free
step-in-hand-by = with { $name }
step-office = With the office
step-answer = Answer
step-answer-by = by { $when }
step-solved = Solved
step-closed = Closed
step-done = done
step-now = now
step-to-do = to do

## The conversation

talk-you = You
talk-you-called = You called
talk-you-sms = You, by SMS
talk-you-emailed = You, by e-mail
talk-you-wrote = You wrote
talk-you-chatted = You, in chat
talk-you-came = You came to the desk
talk-staff = { $name }, { $service }
talk-erased = Text erased.
talk-assigned = { $name } has taken the case in hand
talk-escalated = The case has gone to another office: { $office }
talk-escalated-somewhere = The case has gone to the office that can solve it
talk-recalled = The operator took the case back
talk-given-back = The office has given the case back to the operator
talk-solved = The case is solved
talk-withdrawn = You closed the case
talk-reopened = The case is open again
talk-closed = The case is closed
