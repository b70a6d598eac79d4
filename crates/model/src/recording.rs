//! A recording: the sound of a talk, or a message that a caller left.

use crate::word::words;

words!(
    RecordingKind { Talk = "talk", Message = "message" }
);
words!(
    /// How far a recording has come.
    RecordingState {
        /// It is being made, or waits to be turned into what is kept.
        Raw = "raw",
        /// It can be heard.
        Kept = "kept",
        /// It could not be turned into anything.
        Failed = "failed",
        /// Its time was over, or somebody asked for it.
        Removed = "removed",
    }
);

/// The longest recording, in seconds: three hours.
pub const SECONDS_MAX: i64 = 3 * 3_600;
