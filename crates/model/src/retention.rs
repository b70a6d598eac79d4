//! How long what was written in a case is kept.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// What becomes of the content of a service's cases in time. Days are whole days of 24 hours; they are counted from the
/// closing of a case, and for a contact that came to no case from its beginning. Figures and the history of what happened
/// stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days after which words, files and addresses are emptied. Nothing: they are kept until somebody erases them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_days: Option<u32>,
}

impl Retention {
    /// The longest that can be said: a hundred years.
    pub const DAYS_MAX: u32 = 36_500;

    /// Can it be kept to?
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.content_days.is_none_or(|days| (1..=Self::DAYS_MAX).contains(&days))
    }

    /// The content of what was closed before this is over; nothing ever is where no time is set.
    #[must_use]
    pub fn over_before(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        now.checked_sub_signed(TimeDelta::days(i64::from(self.content_days?)))
    }

    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.content_days.is_none()
    }
}
