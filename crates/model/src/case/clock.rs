//! The service-level clocks of a case: until when an answer, until when the solution. They run in the service's working
//! time; the solution's clock stands still while the case waits for the citizen.

use super::{Case, State};
use crate::calendar::Calendar;
use crate::service::Promises;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Where the clocks of a case stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// An answer to the citizen's last word is due at this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<DateTime<Utc>>,
    /// The solution is due at this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution: Option<DateTime<Utc>>,
    /// Working seconds that were left to the solution when the case began to wait for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_s: Option<i64>,
}

impl Clocks {
    /// The clocks of a case opened at `at`.
    #[must_use]
    pub fn started(calendar: &Calendar, promises: Promises, at: DateTime<Utc>) -> Self {
        Self {
            answer: calendar.add_working(at, promises.answer()),
            solution: calendar.add_working(at, promises.solution()),
            left_s: None,
        }
    }

    /// The next moment by which something is due.
    #[must_use]
    pub fn next(&self) -> Option<DateTime<Utc>> {
        match (self.answer, self.solution) {
            (Some(a), Some(s)) => Some(a.min(s)),
            (a, s) => a.or(s),
        }
    }

    /// The earlier of what is due here and there: what was promised in two cases that are now one.
    #[must_use]
    pub fn sooner(self, other: Self) -> Self {
        let earlier = |a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>| a.into_iter().chain(b).min();
        let solution = earlier(self.solution, other.solution);
        Self {
            answer: earlier(self.answer, other.answer),
            solution,
            left_s: self.left_s.filter(|_| solution.is_none()),
        }
    }

    /// The clocks when, at `at`, another promise takes the place of the one they run under, as when a case turns out to be
    /// a complaint: what was used of the old promise is used of the new one. What stands still or is not due stays so.
    #[must_use]
    pub fn promised_anew(self, calendar: &Calendar, old: Promises, new: Promises, at: DateTime<Utc>) -> Self {
        let anew = |due: Option<DateTime<Utc>>, old: TimeDelta, new: TimeDelta| {
            let due = due.filter(|_| old != new);
            due.and_then(|due| {
                let left = calendar.working_between(at, due) - calendar.working_between(due, at);
                let left = new - (old - left);
                calendar.add_working(at, left.max(TimeDelta::zero()))
            })
        };
        Self {
            answer: anew(self.answer, old.answer(), new.answer()).or(self.answer),
            solution: anew(self.solution, old.solution(), new.solution()).or(self.solution),
            left_s: self.left_s.map(|left| (left + (new.solution() - old.solution()).num_seconds()).max(0)),
        }
    }

    /// What the clocks become at `at`, given the case as it now stands (after its last move) under these clocks.
    #[must_use]
    pub fn after(self, case: &Case, calendar: &Calendar, promises: Promises, at: DateTime<Utc>) -> Self {
        if !case.is_active() {
            return Self::default();
        }
        let mut next = self;
        if !case.unanswered {
            next.answer = None;
        } else if next.answer.is_none() {
            next.answer = calendar.add_working(at, promises.answer());
        }
        match (case.state, next.solution, next.left_s) {
            (State::Waiting, Some(due), _) => {
                next.left_s = Some(calendar.working_between(at, due).num_seconds());
                next.solution = None;
            }
            (State::Waiting, None, _) | (_, Some(_), _) => {}
            (_, None, left) => {
                let left = left.map_or(promises.solution(), TimeDelta::seconds);
                next.solution = calendar.add_working(at, left);
                next.left_s = None;
            }
        }
        next
    }
}
