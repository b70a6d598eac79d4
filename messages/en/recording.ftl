# Recordings: of calls, and of the messages that callers leave.

recording-title = Recordings
recording-talk = Recording of the call
recording-message = Message of the caller
recording-download = Download
recording-file = recording
recording-not-yours = heard by whoever answered or supervises
recording-raw = can be heard in a moment
recording-failed = came to nothing
recording-removed = no longer kept
