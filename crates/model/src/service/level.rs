//! Service levels: what a service promises in minutes of its working time, in general and, where it promises something
//! else, by the channel a case came in by and by what kind of case it is.

use crate::case::Kind;
use crate::contact::Channel;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// What the service promises, in minutes of its working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promises {
    /// Minutes until the citizen has an answer to what they wrote.
    pub answer_minutes: u32,
    /// Minutes until the case is solved.
    pub solution_minutes: u32,
    /// Days after which a solved case that nobody reopens is closed.
    pub close_days: u32,
    /// How soon calls are answered, where that is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<CallPromise>,
}

/// What is promised to callers: so many in a hundred of those who enter a queue are answered within so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallPromise {
    pub seconds: u32,
    pub percent: u32,
}

impl CallPromise {
    /// The longest wait that is still a promise: ten minutes.
    pub const SECONDS_MAX: u32 = 600;

    /// The share of callers, of one.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.percent) / 100.0
    }
}

impl Default for Promises {
    /// An answer within 3 working hours, a solution within two working days of 9 hours, closed after 30 days.
    fn default() -> Self {
        Self { answer_minutes: 3 * 60, solution_minutes: 2 * 9 * 60, close_days: 30, calls: None }
    }
}

impl Promises {
    #[must_use]
    pub fn answer(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.answer_minutes))
    }
    #[must_use]
    pub fn solution(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.solution_minutes))
    }
    #[must_use]
    pub fn close_after(self) -> TimeDelta {
        TimeDelta::days(i64::from(self.close_days))
    }
}

/// A promise of its own for some cases. What it does not say is as the service promises in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevel {
    /// Cases that came in by this channel; by any when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Cases of this kind; of any when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_minutes: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution_minutes: Option<u32>,
}

impl ServiceLevel {
    /// How much it says of a case: more when it names both channel and kind; the kind says more than the channel. None
    /// when the case is another's.
    fn fits(&self, channel: Option<Channel>, kind: Option<Kind>) -> Option<u8> {
        let same_channel = self.channel.is_none() || self.channel == channel;
        let same_kind = self.kind.is_none() || self.kind == kind;
        (same_channel && same_kind).then_some(u8::from(self.channel.is_some()) + 2 * u8::from(self.kind.is_some()))
    }
}

/// What is promised of a case that came in by `channel` and is of `kind`: each promise by the level that says most of
/// the case and names that promise.
#[must_use]
pub fn promised(general: Promises, levels: &[ServiceLevel], channel: Option<Channel>, kind: Option<Kind>) -> Promises {
    let mut fitting: Vec<_> = levels.iter().filter_map(|level| Some((level.fits(channel, kind)?, level))).collect();
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    let first = |of: fn(&ServiceLevel) -> Option<u32>| fitting.iter().find_map(|(_, level)| of(level));
    Promises {
        answer_minutes: first(|level| level.answer_minutes).unwrap_or(general.answer_minutes),
        solution_minutes: first(|level| level.solution_minutes).unwrap_or(general.solution_minutes),
        close_days: general.close_days,
        calls: general.calls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_that_says_most_of_a_case_decides_each_promise() {
        let level = |channel, kind, answer_minutes, solution_minutes| ServiceLevel {
            channel,
            kind,
            answer_minutes,
            solution_minutes,
        };
        let levels = [
            level(Some(Channel::Sms), None, Some(30), Some(600)),
            level(None, Some(Kind::Complaint), None, Some(300)),
            level(Some(Channel::Sms), Some(Kind::Complaint), Some(10), None),
        ];
        let of = |channel, kind| {
            let promises = promised(Promises::default(), &levels, channel, kind);
            (promises.answer_minutes, promises.solution_minutes)
        };
        assert_eq!(of(Some(Channel::Web), None), (180, 1080));
        assert_eq!(of(Some(Channel::Sms), None), (30, 600));
        assert_eq!(of(Some(Channel::Web), Some(Kind::Complaint)), (180, 300));
        assert_eq!(of(Some(Channel::Sms), Some(Kind::Complaint)), (10, 300));
    }
}
