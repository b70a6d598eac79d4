//! The clock of a call with a timer: when to refresh, when to end (RFC 4028 section 10).

use super::{Agreed, Side};
use std::time::{Duration, Instant};

/// After a failure nothing is sent again sooner than this.
const PAUSE: Duration = Duration::from_secs(2);

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Send a re-INVITE or UPDATE, then say how it went.
    Refresh,
    /// Send a BYE: the session is over.
    End,
}

/// Why a refresh did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// 491: both ends sent at once. Whoever made the call waits 2.1 to 4 s, the other up to 2 s (RFC 3261 section 14.1);
    /// `chance` is any number by chance.
    Glare { we_called: bool, chance: u32 },
    /// 422, after [`super::Ask::too_small`] took its Min-SE: sent again at once.
    TooSmall,
    /// 408, 481 or no answer: there is no such call any more (RFC 3261 section 12.2.1.2).
    Gone,
    /// Anything else, with the seconds of Retry-After if it says any: tried again until the session is over.
    Other { retry_after: Option<u32> },
}

/// A call's timer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    agreed: Agreed,
    end: Instant,
    refresh: Option<Instant>,
    under_way: bool,
}

impl Timer {
    /// Starts when the 2xx is sent or comes, and anew with each refresh by either end.
    #[must_use]
    pub fn new(agreed: Agreed, now: Instant) -> Self {
        let interval = Duration::from_secs(agreed.interval.into());
        // Section 10: a third of the interval, at most 32 s, before it is over.
        let margin = (interval / 3).min(Duration::from_secs(32));
        let refresh = (agreed.refresher == Side::Us).then(|| now + interval / 2);
        Self { agreed, end: now + interval.saturating_sub(margin), refresh, under_way: false }
    }

    #[must_use]
    pub fn agreed(&self) -> Agreed {
        self.agreed
    }

    /// The next moment at which something is due.
    #[must_use]
    pub fn next(&self) -> (Instant, Due) {
        match self.refresh {
            Some(at) if at < self.end && !self.under_way => (at, Due::Refresh),
            _ => (self.end, Due::End),
        }
    }

    /// What is due now. A refresh is given out once, and then is under way until it succeeded or failed.
    pub fn due(&mut self, now: Instant) -> Option<Due> {
        if now >= self.end {
            return Some(Due::End);
        }
        let (at, due) = self.next();
        if now < at {
            return None;
        }
        self.under_way = due == Due::Refresh;
        Some(due)
    }

    /// Whether a refresh of ours has no answer yet: a re-INVITE that comes now is answered with 491, an UPDATE with 491 if
    /// it holds an offer (RFC 3261 section 14.2, RFC 3311 section 5.2).
    #[must_use]
    pub fn under_way(&self) -> bool {
        self.under_way
    }

    /// A refresh failed. One that succeeded, of either end, is a new [`Timer`].
    pub fn failed(&mut self, why: Failure, now: Instant) {
        self.under_way = false;
        let again = match why {
            Failure::Gone => {
                self.end = now;
                return;
            }
            Failure::TooSmall => now,
            Failure::Glare { we_called: true, chance } => {
                now + Duration::from_millis(u64::from(2100 + chance % 191 * 10))
            }
            Failure::Glare { we_called: false, chance } => now + Duration::from_millis(u64::from(chance % 201 * 10)),
            Failure::Other { retry_after: Some(seconds) } => now + Duration::from_secs(seconds.into()).max(PAUSE),
            // Half of what is left each time: often enough towards the end, seldom before.
            Failure::Other { retry_after: None } => now + (self.end.saturating_duration_since(now) / 2).max(PAUSE),
        };
        self.refresh = Some(again);
    }
}
