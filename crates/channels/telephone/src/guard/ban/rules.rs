//! How much is forgiven, and for how long somebody is shut out.

use super::Answer;
use chrono::Duration;

/// The limits. What is set out of bounds is brought within them.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What is older than this no longer counts.
    pub window: Duration,
    /// Wrong attempts from one address within the window that shut it out; 1 to 32.
    pub attempts: u32,
    /// The same for requests that only scanners send; they end in silence; 1 to 32.
    pub scans: u32,
    /// Wrong attempts at one account, from wherever, that lock it; 1 to 128.
    pub account_attempts: u32,
    /// How many times as much it takes where somebody signed in lately; 1 to 4.
    pub patience_at_home: u32,
    /// For how long an address counts as one where somebody signed in.
    pub home: Duration,
    /// The wait after the first wrong attempt, doubled with each further one.
    pub delay: std::time::Duration,
    /// The wait grows no further. A request is sent again and given up after 32 s (RFC 3261 section 17.1.1.2).
    pub longest_delay: std::time::Duration,
    /// The first ban; each one after is four times as long.
    pub ban: Duration,
    pub longest_ban: Duration,
    /// For each such time without a ban, one ban is forgiven.
    pub forgiven: Duration,
    /// How often a ban says 403 before it is silent.
    pub told: u32,
    /// How many addresses, and how many accounts, are remembered; about 300 bytes each, 6 KB at worst.
    pub capacity: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            window: Duration::minutes(10),
            attempts: 5,
            scans: 3,
            account_attempts: 10,
            patience_at_home: 4,
            home: Duration::hours(24),
            delay: std::time::Duration::from_millis(500),
            longest_delay: std::time::Duration::from_secs(8),
            ban: Duration::minutes(5),
            longest_ban: Duration::hours(24),
            forgiven: Duration::hours(24),
            told: 3,
            capacity: 10_000,
        }
    }
}

impl Rules {
    pub(super) fn bounded(mut self) -> Self {
        let second = Duration::seconds(1);
        self.window = self.window.clamp(second, Duration::days(1));
        self.attempts = self.attempts.clamp(1, 32);
        self.scans = self.scans.clamp(1, 32);
        self.account_attempts = self.account_attempts.clamp(1, 128);
        self.patience_at_home = self.patience_at_home.clamp(1, 4);
        self.longest_ban = self.longest_ban.clamp(second, Duration::days(30));
        self.ban = self.ban.clamp(second, self.longest_ban);
        self.forgiven = self.forgiven.max(second);
        self.capacity = self.capacity.clamp(4, 1_000_000);
        self
    }

    /// How an attempt that is the n-th wrong one is answered while nobody is shut out.
    pub(super) fn delay(&self, wrongs: u32) -> Answer {
        let Some(doublings) = wrongs.checked_sub(1) else { return Answer::Serve };
        let wait = self.delay.saturating_mul(1_u32.checked_shl(doublings).unwrap_or(u32::MAX));
        Answer::After(wait.min(self.longest_delay))
    }

    /// How long the n-th ban is, counted from 0.
    pub(super) fn length(&self, times: u32) -> Duration {
        let factor = 4_i32.checked_pow(times).unwrap_or(i32::MAX);
        self.ban.checked_mul(factor).unwrap_or(self.longest_ban).min(self.longest_ban)
    }
}
