//! A clock that stands still until a story moves it.

use centre::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Mutex;

pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    #[must_use]
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap() = now;
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

/// The system's own time, for whoever works beside a running program.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the story's own process is a server as well")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// The instant written as RFC 3339: `2026-03-02T10:00:00+01:00`.
#[must_use]
pub fn at(written: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(written).unwrap_or_else(|e| panic!("{written}: {e}")).to_utc()
}
