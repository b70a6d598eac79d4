# A contact written down by hand.

desk-new-title = Registra un contatto
desk-new-submit = Registra
desk-field-channel = Come è arrivato
desk-field-outbound = L’abbiamo cercato noi
desk-who = Chi è
desk-field-anonymous = Resta anonimo
desk-field-phone = Telefono
desk-field-email = E-mail
desk-field-name = Nome e cognome
desk-field-service = Servizio
desk-field-said = Che cosa chiede
desk-field-said-hint = Basta l’argomento, o qualche parola.
desk-field-continues = Continua il caso numero
desk-field-now = E ora
desk-contact-still-open = Resta aperto, lo seguo io
desk-known-none-open = Già conosciuto, nessun caso aperto
desk-known-continue = Continua { $case }
problem-desk-text-missing = Scriva qualche parola.
