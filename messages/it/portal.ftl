# The portal, for citizens. The reader is “lei”; buttons command the machine.

## Head

portal-owner = Servizio della pubblica amministrazione italiana
portal-tagline = la risposta della pubblica amministrazione
portal-skip-links = Salti
portal-skip-to-search = Vai alla ricerca
portal-nav = Principale
portal-nav-write = Scriva
portal-nav-services = Servizi
portal-nav-hours = Orari
portal-nav-your-case = Il suo caso
portal-menu = Menu
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
portal-foot-sample = Contenuti e persone di questo sito sono inventati, a scopo di esempio.

## Home

home-title = Una domanda per la pubblica amministrazione?
home-heading = Una domanda per la pubblica amministrazione? Troviamo noi chi le risponde.
home-lead = Le risponde un operatore. Se serve un altro ufficio, portiamo lì il suo caso e torniamo da lei con la soluzione.
home-ask = La sua domanda
home-ask-placeholder = Scriva qui la sua domanda
home-ask-button = Continua
home-ways = Come raggiungerci
home-call = Chiami
home-write = Scriva
home-write-lead = Le rispondiamo per e-mail, per telefono o qui.
home-answer-by = Risposta entro { $when }.
home-sms = Anche per SMS: <a href="sms:{ $dial }"><bdi>{ $number }</bdi></a>.
home-email = Per e-mail: <a href="mailto:{ $address }"><bdi>{ $address }</bdi></a>.
home-write-button = Scrivi la domanda
home-follow = Segua il suo caso
home-follow-number = Numero del caso, come <span class="nowrap">{ $number }</span>
home-follow-button = Segui
home-special-more = Tutto su <bdi>{ $name }</bdi>
home-topics = Scriva su un argomento

## When something is amiss

trouble-too-many = Quello che ha scritto è ancora qui sotto: riprovi dalle { $when }.
trouble-storage-title = Non siamo riusciti a salvare
trouble-storage = Il guasto è da noi e non abbiamo conservato nulla di questo invio. Quello che ha scritto è ancora qui sotto: riprovi fra qualche minuto.
trouble-reading = Il guasto è da noi: il suo caso è al sicuro. Riprovi fra qualche minuto.
