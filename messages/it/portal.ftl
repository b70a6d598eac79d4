# The portal, for citizens. The reader is “lei”; buttons command the machine.

## Head

portal-owner = Servizio della pubblica amministrazione italiana
portal-tagline = la risposta della pubblica amministrazione
portal-skip-links = Salti
portal-skip-to-search = Vai alla ricerca
portal-nav = Principale
portal-nav-answers = Risposte
portal-nav-topics = Argomenti
portal-nav-news = Notizie
portal-nav-special-services = Servizi speciali
portal-nav-your-case = Il suo caso
portal-menu = Menu
portal-search = Cerca
portal-sign-in = Entra con SPID o CIE
portal-crumbs = Percorso
portal-home = Inizio

## The strip that asks about accessibility

portal-feedback-label = Accessibilità di questa pagina
portal-feedback-question = Qualcosa in questa pagina non si legge o non si usa bene?
portal-feedback-link = Ce lo dica: rispondiamo entro 5 giorni lavorativi

## Foot

portal-foot-about = Il centro di contatto della pubblica amministrazione. Gratuito, per tutti, anche in altre lingue.
portal-foot-contacts = Ci contatti
portal-foot-landline = Da fisso: <a href="tel:{ $dial }"><bdi>{ $number }</bdi></a>
portal-foot-mobile = Da cellulare: <a href="tel:{ $dial }"><bdi>{ $number }</bdi></a>
portal-foot-sms = SMS: <a href="sms:{ $dial }"><bdi>{ $number }</bdi></a>
portal-foot-write = Scriva a Linea Amica
portal-foot-hours = Orari
portal-foot-all-hours = Tutti gli orari e le festività
portal-foot-site = Questo sito
portal-foot-accessibility = Dichiarazione di accessibilità
portal-foot-privacy = Come trattiamo i suoi dati
portal-foot-results = I nostri risultati
portal-foot-open-source = Codice aperto
portal-foot-sample = Contenuti e persone di questo sito sono inventati, a scopo di esempio.
