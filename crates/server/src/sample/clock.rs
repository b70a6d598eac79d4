//! A clock that is set.

use crate::system::SystemClock;
use centre::Clock;
use chrono::{DateTime, Utc};
use std::sync::Mutex;

/// Shows the time it was last set to, and the system's until then.
pub struct SetClock(Mutex<Option<DateTime<Utc>>>);

impl SetClock {
    pub fn new() -> Self {
        Self(Mutex::new(None))
    }

    pub fn set(&self, to: DateTime<Utc>) {
        match self.0.lock() {
            Ok(mut time) => *time = Some(to),
            Err(poisoned) => *poisoned.into_inner() = Some(to),
        }
    }

    pub fn real_now(&self) -> DateTime<Utc> {
        SystemClock.now()
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        let set = self.0.lock().map_or_else(|poisoned| *poisoned.into_inner(), |time| *time);
        set.unwrap_or_else(|| SystemClock.now())
    }
}
