# I suoni che sente chi chiama.

admin-nav-sounds = Suoni
admin-nav-sounds-lead = Messaggi registrati e musica che sente chi telefona.
sound-lead = Ogni suono ha un nome: lo si scrive nei messaggi di un servizio, al posto di un testo, o come musica d’attesa. Qui si caricano, si ascoltano e si tolgono.
sound-none = Nessun suono: i messaggi li legge la voce del centralino, e la musica d’attesa è quella di serie.
sound-new = Un suono nuovo, o al posto di uno che c’è
sound-name = Nome
sound-name-hint = Lettere minuscole, cifre e trattini, per esempio: benvenuto-it. Con un nome che c’è già, il file nuovo prende il posto del vecchio.
sound-called = Come lo chiamate
sound-called-hint = Se non lo scrive, vale il nome del file.
sound-file = File WAV
sound-file-hint = Mono o stereo, da 8 a 48 kHz, al massimo 10 MB e 15 minuti. Il volume si regola da solo.
sound-upload = Carica
sound-used = Si sente in: { $where }
sound-unused = Non si sente da nessuna parte.
sound-remove = Togli
sound-done-added = Suono caricato: { $name }
sound-done-removed = Suono tolto: { $name }
admin-sound-remove-title = Togliere “{ $name }”?
admin-sound-remove-lead = Il file si cancella. Non si può annullare.
admin-sound-remove-submit = Togli
problem-desk-sound-missing = Scelga un file.
