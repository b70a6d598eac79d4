//! What somebody did wrong lately, and until when they are shut out.

use super::Rules;
use chrono::{DateTime, Utc};

/// More is not kept: every limit is at most this.
const MOST: usize = 128;

#[derive(Debug, Clone, Copy)]
struct Wrong {
    at: DateTime<Utc>,
    account: u128,
    scanning: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    wrongs: Vec<Wrong>,
    until: Option<DateTime<Utc>>,
    /// Bans so far, less what was forgiven.
    times: u32,
}

impl Tally {
    pub(super) fn shut(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    /// Counts one more, and tells how many there are within the window. What was under way when a ban began counts no more:
    /// a burst of requests is one ban, not several.
    pub(super) fn wrong(&mut self, account: u128, scanning: bool, now: DateTime<Utc>, rules: &Rules) -> u32 {
        if self.shut(now) {
            return 0;
        }
        self.wrongs.retain(|wrong| now.signed_duration_since(wrong.at) < rules.window);
        if self.wrongs.len() >= MOST {
            self.wrongs.remove(0);
        }
        self.wrongs.push(Wrong { at: now, account, scanning });
        u32::try_from(self.wrongs.len()).unwrap_or(u32::MAX)
    }

    /// How many of them were of the kind that scanners do.
    pub(super) fn scanned(&self) -> u32 {
        u32::try_from(self.wrongs.iter().filter(|wrong| wrong.scanning).count()).unwrap_or(u32::MAX)
    }

    /// Begins a ban: its seconds, and which one it is, from 1.
    pub(super) fn shut_out(&mut self, now: DateTime<Utc>, rules: &Rules) -> (u64, u32) {
        if let Some(until) = self.until {
            let quiet = now.signed_duration_since(until).num_seconds().max(0);
            let forgiven = quiet / rules.forgiven.num_seconds().max(1);
            self.times = self.times.saturating_sub(u32::try_from(forgiven).unwrap_or(u32::MAX));
        }
        let length = rules.length(self.times);
        self.times = self.times.saturating_add(1);
        self.until = now.checked_add_signed(length);
        self.wrongs.clear();
        (u64::try_from(length.num_seconds()).unwrap_or_default(), self.times)
    }

    /// Forgets what was wrong with one account.
    pub(super) fn forget(&mut self, account: u128) {
        self.wrongs.retain(|wrong| wrong.account != account);
    }
}
