//! Half-hours of the day, by the clocks of Italy. Its offset from UTC has been whole half-hours for as long as there are
//! records, so a half-hour is the same on both clocks, and a day has 46, 48 or 50 of them.

use crate::report::Period;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Rome;

/// A half-hour, counted from 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfHour(pub i64);

/// Microseconds of a half-hour.
pub const MICROS: i64 = 1_800_000_000;

impl HalfHour {
    /// The one in which an instant lies.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros().div_euclid(MICROS))
    }

    #[must_use]
    pub fn begin(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.saturating_mul(MICROS)).unwrap_or_default()
    }

    #[must_use]
    pub fn end(self) -> DateTime<Utc> {
        self.begin() + TimeDelta::minutes(30)
    }

    /// All of a day, in order.
    #[must_use]
    pub fn of_day(day: NaiveDate) -> Vec<Self> {
        let (from, to) = bounds(day);
        (Self::of(from).0..Self::of(to).0).map(Self).collect()
    }
}

/// The first instant of a day, and the first after it.
#[must_use]
pub fn bounds(day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    Period { from: day, to: day.succ_opt().unwrap_or(day) }.bounds()
}

/// The day of the calendar that it is in Italy.
#[must_use]
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Rome).date_naive()
}

/// The same weekday of the four weeks before, the latest first.
#[must_use]
pub fn weeks_before(day: NaiveDate) -> Vec<NaiveDate> {
    (1..=4).filter_map(|weeks| day.checked_sub_days(chrono::Days::new(7 * weeks))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Timelike;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_has_as_many_half_hours_as_the_clocks_give_it() {
        assert_eq!(HalfHour::of_day(day("2026-11-25")).len(), 48);
        assert_eq!(HalfHour::of_day(day("2026-03-29")).len(), 46);
        assert_eq!(HalfHour::of_day(day("2026-10-25")).len(), 50);
    }

    #[test]
    fn half_hours_begin_when_the_clocks_of_italy_show_it_and_leave_nothing_out() {
        for text in ["1970-06-01", "1983-09-25", "2009-04-06", "2026-03-29", "2026-10-25"] {
            let all = HalfHour::of_day(day(text));
            assert_eq!(all.first().unwrap().begin(), bounds(day(text)).0);
            assert_eq!(all.last().unwrap().end(), bounds(day(text)).1);
            for half in all {
                let local = half.begin().with_timezone(&Rome);
                assert!(local.minute() % 30 == 0 && local.second() == 0 && local.date_naive() == day(text));
                assert_eq!(HalfHour::of(half.begin()), half);
                assert_eq!(HalfHour::of(half.end() - TimeDelta::microseconds(1)), half);
            }
        }
    }

    #[test]
    fn the_same_weekday_of_four_weeks() {
        let weeks = weeks_before(day("2026-11-25"));
        assert_eq!(weeks, [day("2026-11-18"), day("2026-11-11"), day("2026-11-04"), day("2026-10-28")]);
    }
}
