# Letters to those who work here.

email-invitation-subject-welcome = L’invito per entrare in Linea Amica
email-invitation-subject-reset = Una nuova password per Linea Amica
email-invitation-subject-recovery = La sua password di Linea Amica
email-invitation-what-welcome = { $name }, chi amministra Linea Amica le ha preparato l’accesso alla scrivania: manca solo la password, che sceglie lei.
email-invitation-what-reset = { $name }, chi amministra Linea Amica le permette di scegliere un’altra password.
email-invitation-what-recovery = { $name }, qualcuno ha chiesto di scegliere un’altra password per il suo accesso a Linea Amica.
email-invitation-login = Il suo nome utente: { $login }
email-invitation-open = Per scegliere la password apra questa pagina:
email-invitation-until = Il collegamento vale una volta sola, fino a { $when }.
email-invitation-else-welcome = Se non aspettava questo invito, non apra il collegamento e avvisi chi amministra il servizio.
email-invitation-else-reset = Fino ad allora la password che ha continua a valere.
email-invitation-else-recovery = Se non è stato lei, non faccia nulla: la sua password resta quella che è.
