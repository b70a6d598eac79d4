# Longer pages of the portal: data, accessibility.

privacy-title = How we treat your data
privacy-lead = We keep what is needed to answer you, and nothing else.
privacy-what = What we keep
privacy-what-words = The words and files that you send us, and our answers.
privacy-what-reach = Your name and how to reach you, if you leave them. You may also leave none.
privacy-what-history = Who worked on your case, when and with what outcome.
privacy-what-not = To stop whoever abuses the forms we keep for a short time a fingerprint of the network address, not the address. We do not use your data for advertising.
privacy-why = Why
privacy-why-text = To answer your question, which is a task of public interest entrusted to the administrations (article 6, paragraph 1, letter e, of Regulation EU 2016/679). Figures about the service are made without names.
privacy-who = Who reads them
privacy-who-text = The operators who follow the case and, when needed, the office that can solve it. Nobody else. Whoever has the number and the code of the case can read it: so give them to nobody.
privacy-long = For how long
privacy-cookie = One cookie
privacy-cookie-text = It keeps your case open while you read it. It expires after twelve hours without use, and opens the case no more once you leave it. There are no others.
privacy-rights = Your rights
privacy-rights-text = You can ask us to see your data, to correct or erase them or to limit their use, and you can object. Write to us from this site. If our answer does not convince you, you can turn to the Italian data protection authority (Garante per la protezione dei dati personali).

accessibility-title = Accessibility statement
accessibility-lead = Everybody must be able to read and use this site, with any telephone or computer.
accessibility-state = Where we stand
accessibility-state-text = The pages follow the WCAG 2.2 rules, level AA, and the guidelines of AgID. We know of no content that does not. Files attached by people and offices may not be accessible: if you cannot read one, tell us and we give it to you in another way.
accessibility-done = What you can expect
accessibility-done-keyboard = Every page can be used by keyboard alone and with a screen reader.
accessibility-done-narrow = Pages can be read on small screens and with larger letters.
accessibility-done-scripts = Everything works without JavaScript too.
accessibility-done-words = No information is given by colour alone.
accessibility-how = How we check it
accessibility-how-text = At every change a program checks all pages at several widths, and we look at them ourselves. It is a self-assessment.
accessibility-tell = Is something wrong?
accessibility-tell-text = Tell us: your report becomes a case with a number and a code, and we answer within 5 working days.
accessibility-tell-link = Report a problem
accessibility-agid = If no answer comes or it does not satisfy you, you can turn to the digital ombudsman (Difensore civico per il digitale) at AgID.

report-title = Report an accessibility problem
report-lead = Tell us what is hard to read or to use. We answer within 5 working days.
report-text = What is wrong
report-text-hint = If you can, tell us also which telephone or computer you use, and whether you use a screen reader.
report-page = On which page
report-email-hint = We tell you when there is an answer. Without it, you read it here with number and code.
report-send = Send
report-subject = Accessibility of the site
report-subject-page = Accessibility of the page { $page }
