//! When records began, in the words of the index that has them in that order.

use super::Span;
use crate::at::At;
use chrono::{DateTime, Utc};

/// Microseconds of an hour.
pub(super) const HOUR: i64 = 3_600_000_000;
/// Microseconds of thirty days.
const SLICE: i64 = 2_592_000_000_000;

/// The column that says when a record of a kind began, and by which step of time its index begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Began {
    column: &'static str,
    step: Option<i64>,
}

/// Contacts stand by the hour.
pub(super) const CONTACT: Began = Began { column: "started_at", step: Some(HOUR) };
/// Cases stand by slices of thirty days.
pub(super) const CASE: Began = Began { column: "opened_at", step: Some(SLICE) };
pub(super) const SURVEY: Began = Began { column: "asked_at", step: None };
pub(super) const TRAINING: Began = Began { column: "completed_at", step: None };
pub(super) const VOLUME: Began = Began { column: "month", step: None };
pub(super) const MEDIA: Began = Began { column: "published_at", step: None };

/// That a time lies in the span and is known.
pub(super) fn between(span: &Span, column: &str) -> String {
    let (from, after) = bounds(span);
    format!("{column} >= {from} AND {column} < {after}")
}

fn bounds(span: &Span) -> (i64, i64) {
    (At::from(span.from).0, span.to().min(span.as_of().saturating_add(1)))
}

impl Began {
    /// What its index begins with.
    pub(super) fn steps(self) -> String {
        self.step.map_or_else(|| self.column.to_owned(), |step| format!("{} / {step}", self.column))
    }

    /// That it lies in the span and is known.
    pub(super) fn within(self, span: &Span) -> String {
        let (between, (from, after)) = (between(span, self.column), bounds(span));
        let Some(step) = self.step else { return between };
        // Divided as the database does it, also before 1970.
        let (steps, first, last) = (self.steps(), from / step, after / step);
        format!("{steps} >= {first} AND {steps} <= {last} AND {between}")
    }

    /// The order of its index; records that began at once stand by their ids.
    pub(super) fn order(self) -> String {
        format!("{}, {}, id", self.steps(), self.column)
    }

    /// That a record stands after one that began at `at`.
    pub(super) fn after(self, at: DateTime<Utc>, id: i64) -> String {
        let (at, column) = (At::from(at).0, self.column);
        let steps = self.step.map_or_else(String::new, |step| format!("{} >= {} AND ", self.steps(), at / step));
        format!("{steps}{column} >= {at} AND ({column} > {at} OR id > {id})")
    }

    /// That it began in one of these hours: from, to (not in it), and which hour of the day in UTC.
    pub(super) fn in_hours(self, hours: &[(i64, i64, i64)]) -> String {
        let column = format!("{} / {HOUR}", self.column);
        let of_day = |(from, to, hour): &(i64, i64, i64)| {
            format!("({column} >= {from} AND {column} < {to} AND {column} % 24 = {hour})")
        };
        let any: Vec<String> = hours.iter().map(of_day).collect();
        if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" OR ")) }
    }
}
