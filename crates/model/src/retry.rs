//! When to try again what failed: back-off that doubles, with a bound, and an end.

use chrono::TimeDelta;

/// How often, how soon and for how long something is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    pub first: TimeDelta,
    pub longest: TimeDelta,
    /// Tries in all; after the last the work is a dead letter that a person sees.
    pub tries: u32,
}

impl Retry {
    /// Mail: after 30 s, doubling to at most 2 h, for about a day.
    pub const MAIL: Self = Self { first: TimeDelta::seconds(30), longest: TimeDelta::hours(2), tries: 18 };

    /// How long to wait after the try number `tried` (1 is the first) failed, or `None` when that was the last.
    /// `permille` (0 to 999, by chance) spreads the waits over a quarter more, so that what failed together does not
    /// return together.
    #[must_use]
    pub fn after(self, tried: u32, permille: u16) -> Option<TimeDelta> {
        if tried >= self.tries {
            return None;
        }
        let doubled = 1i64.checked_shl(tried.saturating_sub(1).min(40)).unwrap_or(i64::MAX);
        let wait = self.first.num_milliseconds().saturating_mul(doubled).min(self.longest.num_milliseconds());
        let spread = (wait / 4).saturating_mul(i64::from(permille.min(999))) / 1000;
        Some(TimeDelta::milliseconds(wait.saturating_add(spread)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_to_a_bound_and_end() {
        let wait = |tried| Retry::MAIL.after(tried, 0).map(|w| w.num_seconds());
        assert_eq!([wait(1), wait(2), wait(3)], [Some(30), Some(60), Some(120)]);
        assert_eq!(wait(12), Some(7200));
        assert_eq!(wait(17), Some(7200));
        assert_eq!(wait(18), None);
        let never = Retry { tries: u32::MAX, ..Retry::MAIL };
        assert_eq!(never.after(1_000_000, 0), Some(TimeDelta::hours(2)));
        assert_eq!(Retry::MAIL.after(1, 999).map(|w| w.num_milliseconds()), Some(30_000 + 7_492));
    }
}
