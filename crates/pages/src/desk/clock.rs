//! A length of time that runs on while a page is open: the page is told from when or until when, and what time it is here.

use chrono::{DateTime, Utc};
use language::Tr;

/// A running clock, or a time that is told in minutes and stands.
#[derive(Clone, Debug)]
pub struct Clock {
    pub text: String,
    /// `since` or `until` where it runs.
    pub runs: Option<&'static str>,
    /// The moment, and now, in milliseconds since 1970.
    pub at: i64,
    pub now: i64,
    /// As programs read it (ISO 8601).
    pub duration: String,
}

impl Clock {
    /// Runs up from a moment: 02:41.
    pub(crate) fn since(tr: Tr, since: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::running(tr, "since", since, now, now - since)
    }

    /// Runs down to a moment: 00:42.
    pub(crate) fn until(tr: Tr, until: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::running(tr, "until", until, now, until - now)
    }

    fn running(tr: Tr, runs: &'static str, at: DateTime<Utc>, now: DateTime<Utc>, length: chrono::TimeDelta) -> Self {
        Self { text: tr.stopwatch(length), runs: Some(runs), ..Self::of(at, now, length) }
    }

    /// Stands: 4 min.
    pub(crate) fn still(tr: Tr, since: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let length = now - since;
        Self { text: tr.duration_short(length), ..Self::of(since, now, length) }
    }

    fn of(at: DateTime<Utc>, now: DateTime<Utc>, length: chrono::TimeDelta) -> Self {
        let seconds = length.num_seconds().max(0);
        Self {
            text: String::new(),
            runs: None,
            at: at.timestamp_millis(),
            now: now.timestamp_millis(),
            duration: format!("PT{seconds}S"),
        }
    }
}
