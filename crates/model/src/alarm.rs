//! Alarms: what supervisors watch, where it becomes too much, and what follows from a measurement. An alarm stands from the
//! moment in which its measure passes the threshold until it has come well below; it is told again no sooner than was chosen.

use crate::problem::{FieldProblem, Problem};
use crate::word::words;
use crate::{QueueId, ServiceId, StructureId};
use chrono::{DateTime, TimeDelta, Utc};

#[cfg(test)]
mod tests;

words!(
    /// What is measured.
    Measure {
        /// Active cases of which a promise has passed.
        Overdue = "overdue",
        /// Cases that nobody has taken.
        New = "new",
        /// Working minutes for which the oldest case that nobody has taken waits.
        OldestNew = "oldest-new",
        /// Contacts that came in during the last half-hour.
        Contacts = "contacts",
        /// Minutes for which the oldest letter of the outbox waits.
        LettersWaiting = "letters-waiting",
        /// Letters that were given up.
        LettersGivenUp = "letters-given-up",
    }
);

impl Measure {
    /// Of cases: of one queue or structure where one is named. All others are the whole centre's.
    #[must_use]
    pub const fn is_of_cases(self) -> bool {
        matches!(self, Self::Overdue | Self::New | Self::OldestNew)
    }

    /// Of one service where one is named.
    #[must_use]
    pub const fn is_of_a_service(self) -> bool {
        !matches!(self, Self::LettersWaiting | Self::LettersGivenUp)
    }

    /// In minutes; a number of things otherwise.
    #[must_use]
    pub const fn is_in_minutes(self) -> bool {
        matches!(self, Self::OldestNew | Self::LettersWaiting)
    }
}

/// Most that a threshold may be.
pub const OVER_MAX: i64 = 100_000;
/// The longest time after which a standing alarm is told again, in minutes: a week.
pub const PAUSE_MAX: i64 = 7 * 24 * 60;
/// Most addresses that one threshold tells.
pub const MAIL_MAX: usize = 20;

/// What is watched, and where it becomes too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    pub measure: Measure,
    pub service: Option<ServiceId>,
    pub queue: Option<QueueId>,
    /// The structure whose cases alone are watched: that of whoever set it up.
    pub scope: Option<StructureId>,
    pub bounds: Bounds,
    /// The e-mail addresses that are told.
    pub mail: Vec<String>,
    /// The language of these letters.
    pub language: String,
}

/// Between which numbers an alarm is raised and falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// More than this raises the alarm.
    pub over: i64,
    /// At this or less it falls; never more than `over`.
    pub back: i64,
    /// After this long a standing alarm that nobody has seen is told again, and no letter follows another sooner.
    pub pause: TimeDelta,
}

impl Bounds {
    /// The bounds as typed; where nothing is said of the return, it is at four fifths of the threshold.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn new(over: Option<i64>, back: Option<i64>, pause_minutes: Option<i64>) -> Result<Self, Vec<FieldProblem>> {
        let within = |field, value: Option<i64>, least: i64, most: i64| match value {
            None => Err(FieldProblem::new(field, Problem::NotANumber)),
            Some(value) if value < least => Err(FieldProblem::limited(field, Problem::TooSmall, least.unsigned_abs())),
            Some(value) if value > most => Err(FieldProblem::limited(field, Problem::TooMuch, most.unsigned_abs())),
            Some(value) => Ok(value),
        };
        let over = within("over", over, 0, OVER_MAX);
        let pause = within("pause", pause_minutes, 5, PAUSE_MAX);
        let back = match (&over, back) {
            (Ok(over), None) => Ok(over * 4 / 5),
            (Ok(over), back) => within("back", back, 0, *over),
            (Err(_), back) => Ok(back.unwrap_or_default()),
        };
        match (over, back, pause) {
            (Ok(over), Ok(back), Ok(pause)) => Ok(Self { over, back, pause: TimeDelta::minutes(pause) }),
            (over, back, pause) => Err([over.err(), back.err(), pause.err()].into_iter().flatten().collect()),
        }
    }
}

/// Where a threshold stands between two measurements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watch {
    /// The alarm that stands, if one does.
    pub standing: Option<Standing>,
    /// When its addresses were last told of an alarm, this one or one before.
    pub told_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Somebody has said that they know of it.
    pub seen: bool,
    /// A letter of this very alarm has gone.
    pub told: bool,
}

/// What follows from a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// All stays as it is.
    Stay,
    /// The alarm is raised on the pages; `tell` when letters go as well.
    Raise { tell: bool },
    /// The alarm stands on, and letters go.
    Tell,
    /// The alarm is over; `tell` when those whom letters told of it are told of this too.
    Fall { tell: bool },
}

impl Watch {
    /// Decides on a measurement of `value` at `now`. An alarm is on the pages as soon as the value is over; letters follow
    /// at once, or when the pause since the last one is over and it still stands unseen.
    #[must_use]
    pub fn step(&self, bounds: Bounds, value: i64, now: DateTime<Utc>) -> Step {
        let may_tell = self.told_at.is_none_or(|told| now - told >= bounds.pause);
        match self.standing {
            None if value > bounds.over => Step::Raise { tell: may_tell },
            None => Step::Stay,
            Some(alarm) if value <= bounds.back => Step::Fall { tell: alarm.told },
            Some(alarm) if !alarm.seen && may_tell => Step::Tell,
            Some(_) => Step::Stay,
        }
    }

    /// Where it stands after a step at `now`.
    #[must_use]
    pub fn after(self, step: Step, now: DateTime<Utc>) -> Self {
        let told_at = |tell: bool| if tell { Some(now) } else { self.told_at };
        match step {
            Step::Stay => self,
            Step::Raise { tell } => {
                Self { standing: Some(Standing { seen: false, told: tell }), told_at: told_at(tell) }
            }
            Step::Tell => {
                Self { standing: self.standing.map(|alarm| Standing { told: true, ..alarm }), told_at: told_at(true) }
            }
            Step::Fall { .. } => Self { standing: None, told_at: self.told_at },
        }
    }
}
