# The sounds that callers hear.

admin-nav-sounds = Sounds
admin-nav-sounds-lead = Recorded messages and music that callers hear.
sound-lead = Every sound has a name: it is written in the prompts of a service, in the place of a text, or as its music. Here they are uploaded, heard and removed.
sound-none = No sound: messages are read by the voice of the exchange, and the music is the built-in one.
sound-new = A new sound, or in the place of one
sound-name = Name
sound-name-hint = Small letters, digits and hyphens, for example: welcome-en. With a name that is there already, the new file takes the place of the old one.
sound-called = What you call it
sound-called-hint = If you do not write it, the name of the file is taken.
sound-file = WAV file
sound-file-hint = Mono or stereo, 8 to 48 kHz, 10 MB and 15 minutes at most. Its level is set by itself.
sound-upload = Upload
sound-used = Heard in: { $where }
sound-unused = Heard nowhere.
sound-remove = Remove
sound-done-added = Sound uploaded: { $name }
sound-done-removed = Sound removed: { $name }
admin-sound-remove-title = Remove “{ $name }”?
admin-sound-remove-lead = The file is deleted. This cannot be undone.
admin-sound-remove-submit = Remove
problem-desk-sound-missing = Choose a file.
