//! A queue of the telephone that is closed by hand: by whom, since when, why, until when, and what callers hear of it.

use crate::service::Prompt;
use crate::word::words;
use crate::{ClosingId, QueueId, UserId};
use chrono::{DateTime, Utc};

/// Longest note on why, in characters.
pub const NOTE_MAX: usize = 200;
/// Longest message to callers in one language, in characters: a minute and a half of speech.
pub const MESSAGE_MAX: usize = 1_000;

words!(
    /// Why a queue is closed.
    Reason {
        /// Weather, earthquake, what civil protection warns of.
        Alert = "alert",
        Evacuation = "evacuation",
        /// What operators work with is down.
        Fault = "fault",
        /// Nobody is there to answer.
        Staff = "staff",
        Other = "other",
    }
);

/// A closing as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub id: ClosingId,
    pub queue: QueueId,
    pub reason: Reason,
    /// What whoever closed it adds for colleagues.
    pub note: Option<String>,
    /// What callers hear, by language.
    pub message: Prompt,
    pub closed_by: Option<UserId>,
    pub closed_at: DateTime<Utc>,
    /// When it ends by itself; somebody ends it where nothing is said.
    pub until: Option<DateTime<Utc>>,
}

impl Closing {
    /// Whether callers are turned away at this moment.
    #[must_use]
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}
