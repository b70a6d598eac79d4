# Pages that say something went wrong, and what to do next.

error-not-found-title = This page does not exist
error-not-found-lead = The address has changed, or a letter is missing. You can ask us your question here, or go on from one of these places.
error-forbidden-title = Only people with permission may enter here
error-forbidden-lead = If you were looking for your case, you need the number and the code we sent you when you opened it.
error-not-open-title = The case is no longer open here
error-not-open-lead = What you wrote is not lost: open the case again with its number and code in another window, then come back and press “Send again”. Add files afterwards, on the page of the case.
error-open-case = Open the case (new window)
error-too-many-title = Too many requests in a short time
error-too-many-lead = Wait a minute and try again. What you wrote is not lost: go back with your browser and you will find it.
error-too-large-title = What you sent is too large
error-too-large-lead = You can attach up to 5 files of at most 10 MB each. Go back with your browser, remove the largest files and try again: nothing of what you sent was kept.
error-unavailable-title = The service is down for a few minutes
error-unavailable-lead = It is not your fault, and what you had already sent us is safe. If you were sending something, we have not received it: go back with your browser and try again in a few minutes.
error-too-many-when = You can try again from { $when }.
error-failed-title = Something on our side did not work
error-failed-lead = It is not your fault. Our technicians have already been told: try again in a few minutes, or call us.
error-code = Error code: { $status }
error-reference = If you call us, tell us the reference <bdi class="mono">{ $reference }</bdi>: it helps us understand.
error-next = What you can do
error-search-label = Your question
error-search-placeholder = Write your question here
error-search-button = Continue
error-go-home = Go to the home page
error-retry = Try again
error-follow-case = Follow your case
error-write = Write to Linea Amica
error-call = Call <bdi>{ $number }</bdi>

## The same on the desk, where the reader works here

error-desk-not-found-lead = The case was merged with another, or the address is not whole. Search by number, person or telephone.
error-desk-forbidden-lead = Your role does not open this page. If you need it, ask whoever administers the service.
error-signed-out-title = You have to sign in again
error-signed-out-lead = What you wrote is not lost: sign in in another window, then come back and press “Send again”. Files have to be attached again.
error-sign-in = Sign in (new window)
error-desk-too-many-lead = Wait a few seconds and try again: what you wrote is saved.
error-desk-too-large-lead = Each file can be of 10 MB at most. Go back and remove the largest.
error-desk-unavailable-lead = The database does not answer. What was saved is safe: try again shortly.
error-desk-failed-lead = The failure has already been reported. What you wrote is saved: try again shortly.
error-unsent = What you wrote
error-send-again = Send again
