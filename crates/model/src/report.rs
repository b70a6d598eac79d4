//! What a report covers, and the arithmetic of its figures.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeZone, Utc};
use chrono_tz::Europe::Rome;

/// Whole days, by the centre's clock: the first, and the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A period that has no day in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the period from {from} to {to} has no day in it: the second date is the first day after it")]
pub struct NoDay {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// # Errors
    /// [`NoDay`] when `to` is not after `from`.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, NoDay> {
        if from < to { Ok(Self { from, to }) } else { Err(NoDay { from, to }) }
    }

    /// Its first instant, and the first after it.
    #[must_use]
    pub fn bounds(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (midnight(self.from), midnight(self.to))
    }

    /// The months that it touches, as `2009-05`, in order.
    #[must_use]
    pub fn months(&self) -> Vec<String> {
        let mut months: Vec<String> = Vec::new();
        for day in self.from.iter_days().take_while(|day| *day < self.to) {
            let month = month(day);
            if months.last() != Some(&month) {
                months.push(month);
            }
        }
        months
    }

    /// What it is compared with when nothing else is said: as many months just before whole months, else as many days.
    #[must_use]
    pub fn before(&self) -> Self {
        let months = self.whole_months();
        let from = match months {
            0 => self.from.checked_sub_days(Days::new((self.to - self.from).num_days().unsigned_abs())),
            months => self.from.checked_sub_months(Months::new(months)),
        };
        Self { from: from.unwrap_or(self.from), to: self.from }
    }

    /// The same days a year before.
    #[must_use]
    pub fn a_year_before(&self) -> Self {
        let earlier = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
        Self { from: earlier(self.from), to: earlier(self.to) }
    }

    /// How many whole months of the calendar it is; 0 when it is not.
    #[must_use]
    pub fn whole_months(&self) -> u32 {
        if self.from.day() != 1 || self.to.day() != 1 {
            return 0;
        }
        let months = (self.to.year() - self.from.year()) * 12 + i32::try_from(self.to.month0()).unwrap_or_default()
            - i32::try_from(self.from.month0()).unwrap_or_default();
        u32::try_from(months).unwrap_or_default()
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.to.pred_opt().unwrap_or(self.to)
    }

    /// The month of the calendar that a day lies in.
    #[must_use]
    pub fn month_of(day: NaiveDate) -> Self {
        let from = day.with_day(1).unwrap_or(day);
        Self { from, to: from.checked_add_months(Months::new(1)).unwrap_or(day) }
    }

    /// The year of the calendar that a day lies in.
    #[must_use]
    pub fn year_of(day: NaiveDate) -> Self {
        let from = NaiveDate::from_yo_opt(day.year(), 1).unwrap_or(day);
        Self { from, to: from.checked_add_months(Months::new(12)).unwrap_or(day) }
    }
}

/// A date's month, as `2009-05`.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The first instant of a date in Italy.
fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    // Where the clocks skip midnight, the day begins when they have.
    let found =
        (0..24).find_map(|hour| Rome.from_local_datetime(&(midnight + chrono::TimeDelta::hours(hour))).earliest());
    found.map_or_else(|| midnight.and_utc(), |time| time.to_utc())
}

/// The place (from 1) of a quantile among so many values in order, by nearest rank; `permille` of 500 is the median.
#[must_use]
pub fn nearest_rank(count: i64, permille: i64) -> i64 {
    (count * permille + 999) / 1000
}

/// The share of `yes` among `yes` and `no`, with its 95% interval (E. B. Wilson, 1927): low, share, high.
#[must_use]
pub fn wilson(yes: i64, no: i64) -> Option<(f64, f64, f64)> {
    // The 97.5% quantile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let n = real(yes + no);
    if yes + no == 0 {
        return None;
    }
    let share = real(yes) / n;
    let square = Z * Z;
    let middle = share + square / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    Some((((middle - half) / whole).max(0.0), share, ((middle + half) / whole).min(1.0)))
}

/// `part` of `whole`; nothing of nothing is no number.
#[must_use]
pub fn share(part: i64, whole: i64) -> Option<f64> {
    (whole != 0).then(|| real(part) / real(whole))
}

/// Microseconds as seconds.
#[must_use]
pub fn seconds(micros: i64) -> f64 {
    real(micros) / 1e6
}

/// How many there are, as counts of a report are kept.
pub fn number_of<T>(things: impl IntoIterator<Item = T>) -> i64 {
    things.into_iter().map(|_| 1).sum()
}

/// A count as a number with a fraction: exact up to 2⁵³, which no count here comes near.
#[must_use]
pub fn real(count: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts and microseconds of a report stay below 2^53")]
    let real = count as f64;
    real
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_whole_days_by_the_clocks_of_italy() {
        let year = Period::new(day("2009-01-29"), day("2010-01-29")).unwrap();
        assert_eq!(year.bounds().0.to_rfc3339(), "2009-01-28T23:00:00+00:00");
        assert_eq!(year.months().len(), 13);
        let summer = Period::new(day("2009-03-29"), day("2009-03-30")).unwrap();
        assert_eq!((summer.bounds().1 - summer.bounds().0).num_hours(), 23);
        assert_eq!(summer.before(), Period { from: day("2009-03-28"), to: day("2009-03-29") });
        assert!(Period::new(day("2009-03-29"), day("2009-03-29")).is_err());
    }

    #[test]
    fn whole_months_are_compared_with_whole_months() {
        let period = |from, to| Period::new(day(from), day(to)).unwrap();
        assert_eq!(period("2009-03-01", "2009-04-01").before(), period("2009-02-01", "2009-03-01"));
        assert_eq!(period("2009-01-01", "2010-01-01").before(), period("2008-01-01", "2009-01-01"));
        assert_eq!(period("2009-03-02", "2009-04-02").before(), period("2009-01-30", "2009-03-02"));
        assert_eq!(period("2008-02-01", "2008-03-01").a_year_before(), period("2007-02-01", "2007-03-01"));
        assert_eq!(Period::month_of(day("2009-12-31")), period("2009-12-01", "2010-01-01"));
        assert_eq!(Period::year_of(day("2009-12-31")).whole_months(), 12);
    }

    #[test]
    fn quantiles_are_by_nearest_rank() {
        assert_eq!(
            [nearest_rank(1, 500), nearest_rank(4, 500), nearest_rank(5, 500), nearest_rank(10, 990)],
            [1, 2, 3, 10]
        );
    }

    #[test]
    fn an_interval_is_as_wilson_gave_it() {
        let (low, share, high) = wilson(486, 92).unwrap();
        assert!((low - 0.808_770).abs() < 1e-5 && (high - 0.868_391).abs() < 1e-5, "{low} {high}");
        assert!((share - 486.0 / 578.0).abs() < 1e-12);
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(0, 5).unwrap().0, 0.0);
    }
}
