# Longer pages of the portal: data, accessibility.

privacy-title = Come trattiamo i suoi dati
privacy-lead = Conserviamo quello che serve a risponderle, e niente altro.
privacy-what = Che cosa conserviamo
privacy-what-words = Le parole e i file che ci manda, e le nostre risposte.
privacy-what-reach = Il nome e i recapiti, se ce li lascia. Può anche non lasciarli.
privacy-what-history = Chi ha lavorato al suo caso, quando e con quale esito.
privacy-what-not = Per fermare chi abusa dei moduli teniamo per poco tempo un’impronta dell’indirizzo di rete, non l’indirizzo. Non usiamo i suoi dati per pubblicità.
privacy-why = Perché
privacy-why-text = Per rispondere alla sua domanda, che è un compito di interesse pubblico affidato alle amministrazioni (articolo 6, paragrafo 1, lettera e, del Regolamento UE 2016/679). I numeri sul servizio si calcolano senza i nomi.
privacy-who = Chi li legge
privacy-who-text = Gli operatori che seguono il caso e, quando serve, l’ufficio che può risolverlo. Nessun altro. Chi ha il numero e il codice del caso può leggerlo: per questo non li dia ad altri.
privacy-long = Per quanto tempo
privacy-cookie = Un solo cookie
privacy-cookie-text = Serve a tenere aperto il suo caso mentre lo legge. Scade dopo dodici ore senza uso, e quando esce dal caso non lo apre più. Non ce ne sono altri.
privacy-rights = I suoi diritti
privacy-rights-text = Può chiederci di vedere i suoi dati, correggerli, cancellarli o limitarne l’uso, e opporsi. Ci scriva da questo sito. Se la risposta non la convince, può rivolgersi al Garante per la protezione dei dati personali.

accessibility-title = Dichiarazione di accessibilità
accessibility-lead = Questo sito deve poter essere letto e usato da tutti, con qualsiasi telefono o computer.
accessibility-state = A che punto siamo
accessibility-state-text = Le pagine seguono le regole WCAG 2.2, livello AA, e le linee guida dell’AgID. Non conosciamo contenuti che non le rispettino. I file allegati dalle persone e dagli uffici possono non essere accessibili: se uno non si legge, ce lo dica e glielo diamo in un altro modo.
accessibility-done = Che cosa può aspettarsi
accessibility-done-keyboard = Ogni pagina si usa con la sola tastiera e con un lettore di schermo.
accessibility-done-narrow = Le pagine si leggono su schermi piccoli e con i caratteri ingranditi.
accessibility-done-scripts = Tutto funziona anche senza JavaScript.
accessibility-done-words = Nessuna informazione è data solo con il colore.
accessibility-how = Come lo controlliamo
accessibility-how-text = A ogni modifica un programma controlla tutte le pagine a più larghezze, e le guardiamo a occhio. È un’autovalutazione.
accessibility-tell = Qualcosa non va?
accessibility-tell-text = Ce lo dica: la sua segnalazione diventa un caso con numero e codice, e rispondiamo entro 5 giorni lavorativi.
accessibility-tell-link = Segnala un problema
accessibility-agid = Se la risposta non arriva o non la soddisfa, può rivolgersi al Difensore civico per il digitale presso l’AgID.

report-title = Segnali un problema di accessibilità
report-lead = Ci dica che cosa non si legge o non si usa bene. Rispondiamo entro 5 giorni lavorativi.
report-text = Che cosa non va
report-text-hint = Se può, ci dica anche quale telefono o computer usa, e se usa un lettore di schermo.
report-page = Su quale pagina
report-email-hint = La avvisiamo quando c’è una risposta. Senza, la legge qui con numero e codice.
report-send = Invia
report-subject = Accessibilità del sito
report-subject-page = Accessibilità della pagina { $page }
