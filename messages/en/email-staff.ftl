# Letters to those who work here.

email-invitation-subject-welcome = Your invitation to Linea Amica
email-invitation-subject-reset = A new password for Linea Amica
email-invitation-subject-recovery = Your password for Linea Amica
email-invitation-what-welcome = { $name }, an administrator of Linea Amica has prepared your access to the desk: only the password is missing, which you choose.
email-invitation-what-reset = { $name }, an administrator of Linea Amica lets you choose another password.
email-invitation-what-recovery = { $name }, somebody asked to choose another password for your access to Linea Amica.
email-invitation-login = Your user name: { $login }
email-invitation-open = To choose the password, open this page:
email-invitation-until = The link works once, until { $when }.
email-invitation-else-welcome = If you did not expect this invitation, do not open the link and tell whoever administers the service.
email-invitation-else-reset = Until then the password you have goes on working.
email-invitation-else-recovery = If it was not you, do nothing: your password stays as it is.
