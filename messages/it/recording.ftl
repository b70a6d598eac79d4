# Le registrazioni: di telefonate, e dei messaggi lasciati da chi chiama.

recording-title = Registrazioni
recording-talk = Registrazione della telefonata
recording-message = Messaggio di chi ha chiamato
recording-download = Scarica
recording-file = registrazione
recording-not-yours = l’ascolta chi ha risposto o chi coordina
recording-raw = si potrà ascoltare tra poco
recording-failed = non è riuscita
recording-removed = non è più conservata
