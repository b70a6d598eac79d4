//! A calendar's open time, added up once and looked up often.

use super::Calendar;
use chrono::{DateTime, NaiveDate, Utc};

/// The open time of a calendar from a date on, in microseconds. Asking for a later instant adds up to it first.
#[derive(Debug)]
pub struct Ledger<'a> {
    calendar: &'a Calendar,
    /// Beginning, end, and the open time before it; in order.
    openings: Vec<(i64, i64, i64)>,
    /// The first date that is not added up yet.
    next: NaiveDate,
}

impl<'a> Ledger<'a> {
    /// A ledger for instants from `from` on.
    #[must_use]
    pub fn new(calendar: &'a Calendar, from: DateTime<Utc>) -> Self {
        let next = from.date_naive().pred_opt().unwrap_or(NaiveDate::MIN);
        Self { calendar, openings: Vec::new(), next }
    }

    /// The open time between two instants, as [`Calendar::working_between`] has it.
    pub fn between(&mut self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        if to <= from {
            return 0;
        }
        self.add_up(to);
        self.until(to.timestamp_micros()) - self.until(from.timestamp_micros())
    }

    fn add_up(&mut self, to: DateTime<Utc>) {
        // A local date is the date in UTC, the one before or the one after.
        let last = to.date_naive().succ_opt().unwrap_or(NaiveDate::MAX);
        while self.next <= last {
            for (start, end) in self.calendar.slots_on(self.next) {
                let (covered, before) =
                    self.openings.last().map_or((i64::MIN, 0), |(s, e, before)| (*e, before + e - s));
                let (start, end) = (start.timestamp_micros().max(covered), end.timestamp_micros());
                if start < end {
                    self.openings.push((start, end, before));
                }
            }
            match self.next.succ_opt() {
                Some(next) => self.next = next,
                None => return,
            }
        }
    }

    fn until(&self, at: i64) -> i64 {
        let begun = self.openings.partition_point(|(start, _, _)| *start <= at);
        let last = begun.checked_sub(1).and_then(|last| self.openings.get(last));
        last.map_or(0, |(start, end, before)| before + at.min(*end) - start)
    }
}
