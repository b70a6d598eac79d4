//! What comes from the system: its clock, its randomness.

use anyhow::{Context, Result};
use centre::{Chance, Clock};
use chrono::{DateTime, Utc};
use rand::TryRngCore;
use rand::rngs::OsRng;

pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the system is asked for the time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Chance seeded by the system.
pub fn chance() -> Result<Chance> {
    let mut seed = [0; 32];
    OsRng.try_fill_bytes(&mut seed).context("cannot get randomness from the system")?;
    Ok(Chance::new(seed))
}
