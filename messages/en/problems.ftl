# What is wrong with something typed: `problem-{word}`. A form may have a better sentence for one of its fields, as
# `problem-{form}-{field}-{word}`.

problem-missing = Missing: please fill it in.
problem-too-long =
    { $limit ->
        [one] Too long: at most { $limit } character.
       *[other] Too long: at most { $limit } characters.
    }
problem-too-short =
    { $limit ->
        [one] Too short: at least { $limit } character.
       *[other] Too short: at least { $limit } characters.
    }
problem-not-an-email = This does not look like an e-mail address. Write it like name@mail.example.
problem-email-without-at = The at sign (@) is missing. Write it like name@mail.example.
problem-email-without-dot = The part after the dot is missing, as in name@mail.example.
problem-not-a-phone = This does not look like a telephone number. Write it like 333 555 0117; from abroad with the prefix, like +40 721 555 012.
problem-not-a-date = This does not look like a date. Write it like 8/12/2026.
problem-in-the-past = This date is already past.
problem-not-in-the-list = Choose an entry of the list.
problem-consent-needed = Without your consent we cannot take up your question.
problem-address-needed = Choose how you want to have the answer.
problem-file-too-large = A file is larger than 10 MB and was not taken.
problem-file-empty = A file is empty and was not taken.
problem-file-gone = A file that you added earlier is no longer here: add the file again.
problem-file-kind-refused = A file is of a kind that we cannot open and was not taken. PDF, photos and text documents are fine.
problem-too-many-files =
    { $limit ->
        [one] You can attach at most { $limit } file: the others were not taken.
       *[other] You can attach at most { $limit } files: the others were not taken.
    }
problem-no-such-case = Number and code do not match any case. Please check them.
problem-password-too-short =
    { $limit ->
        [one] The password must have at least { $limit } character.
       *[other] The password must have at least { $limit } characters.
    }
problem-already-taken = Already in use.

## Better sentences for single fields

problem-write-text-missing = Write your question.
problem-write-email-missing = Write the address where we can reach you, or choose another way.
problem-write-phone-missing = Write the number to call you on, or choose another way.
problem-case-number-missing = Write the number of the case.
problem-case-code-missing = Write the code of the case.
problem-message-text-missing = Write a message or attach a file.
problem-code-email-missing = Write the e-mail address you gave us.
problem-report-text-missing = Tell us what is hard to read or to use.
