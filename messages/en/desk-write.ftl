# Writing on a case: replies, notes, and what was typed and could not be sent.

desk-write = Write
desk-reply = Reply
desk-note = Internal note
desk-reply-text = Text of the reply
desk-note-text = Text of the internal note
desk-note-hint = the citizen does not see it
desk-to-email = E-mail
desk-to-page = Case’s page
desk-to-page-hint = no e-mail address: the citizen reads it with number and code
desk-to-with-content = notice with the text
desk-to-without-content = notice without the text
desk-attach = Attach
desk-and-solve = and mark as solved
desk-and-wait = and wait for the citizen
desk-send-to = Send to <bdi>{ $address }</bdi>
desk-publish = Publish on the case’s page
desk-save-note = Save the internal note
desk-draft-saved = Draft saved { $time }
desk-no-reply-merged = The case goes on in another: reply there. Here you can leave a note.
desk-no-reply-closed = The case is closed: reopen it to reply. Here you can leave a note.
desk-no-reply-role = The case is another office’s now, and that office replies. Here you can leave a note.

## A reply to a case that has changed

desk-changed-title = The case changed while you were writing
desk-changed-lead = Read what happened before you send. Your text is saved as a draft.
desk-changed-new = What happened
desk-changed-yours = Your reply
desk-changed-back = Back to writing
desk-changed-send-to = Send all the same to <bdi>{ $address }</bdi>
desk-changed-publish = Publish all the same
desk-changed-files = If you go back to writing, attach the files again.

## A case that a colleague has taken meanwhile

desk-taken-title = Somebody has taken it already
desk-taken-lead = The case is now in the hands of <bdi>{ $name }</bdi>. If you take it, it moves to you.
desk-taken-back = Look at the case
desk-taken-anyway = Take it all the same
