//! Invitations: a link by which somebody of the staff sets a password, once and for a while.

use crate::word::words;
use chrono::TimeDelta;

words!(
    /// Why somebody gets a link.
    Kind {
        /// They come in for the first time.
        Welcome = "welcome",
        /// An administrator gives them the chance of another password.
        Reset = "reset",
        /// They asked for it themselves: the password was forgotten.
        Recovery = "recovery",
    }
);

impl Kind {
    /// How long the link opens. Whoever asks for it is waiting for it; whoever is invited may be on leave.
    #[must_use]
    pub const fn lasts(self) -> TimeDelta {
        match self {
            Self::Welcome | Self::Reset => TimeDelta::days(7),
            Self::Recovery => TimeDelta::hours(1),
        }
    }
}
