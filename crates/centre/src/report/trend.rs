//! What a report's charts show: contacts month by month and channel by channel, and how the promise to answer calls was
//! kept hour by hour of the day.

use super::{Asked, Wanted, ask};
use crate::{Centre, Result};
use chrono::{DateTime, Datelike, Months, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Rome;
use db::report::{self, Span};
use model::report::{Period, number_of, share};
use std::collections::BTreeMap;

/// Months shown at the least: those up to the end of the period.
const MONTHS: u32 = 12;

#[derive(Debug, Clone, Default)]
pub struct Trend {
    pub months: Vec<Month>,
    pub hours: Vec<HourOfDay>,
}

/// A month's contacts, as far as it lies in what is shown.
#[derive(Debug, Clone)]
pub struct Month {
    pub first: NaiveDate,
    pub channels: BTreeMap<String, i64>,
}

impl Month {
    #[must_use]
    pub fn total(&self) -> i64 {
        self.channels.values().sum()
    }
}

/// Calls that entered a queue in one hour of the day, on all days of the period.
#[derive(Debug, Clone, Copy)]
pub struct HourOfDay {
    pub hour: u32,
    pub offered: i64,
    pub within: i64,
}

impl HourOfDay {
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        share(self.within, self.offered)
    }
}

/// Counts what the charts of a report show; `promise` is the wait that is promised to callers, in seconds.
///
/// # Errors
/// As [`super::reckon`].
pub async fn trend(centre: &Centre, wanted: &Wanted, promise: u32) -> Result<Trend> {
    let Asked { view, span, .. } = ask(centre, wanted).await?;
    let promise = i64::from(promise) * 1_000_000;
    let mut hours: BTreeMap<u32, HourOfDay> = BTreeMap::new();
    report::calls(&view, &span, |calls| {
        let hour = local(calls.hour).hour();
        let entry = hours.entry(hour).or_insert(HourOfDay { hour, offered: 0, within: 0 });
        entry.offered += calls.offered;
        entry.within += number_of(calls.waits.iter().filter(|wait| **wait <= promise));
    })
    .await?;
    let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
    for first in shown(wanted.period) {
        months.insert(first, Month { first, channels: BTreeMap::new() });
    }
    let from = months.first_key_value().map_or(wanted.period.from, |(first, _)| *first);
    if let Ok(period) = Period::new(from, wanted.period.to) {
        let (from, to) = period.bounds();
        report::hours(&view, &Span { from, to, ..span }, |hour| {
            let first = local(hour.hour).date_naive().with_day(1).unwrap_or_default();
            if let Some(month) = months.get_mut(&first) {
                *month.channels.entry(hour.channel).or_default() += hour.count;
            }
        })
        .await?;
    }
    Ok(Trend { months: months.into_values().collect(), hours: hours.into_values().collect() })
}

/// The first days of the months that are shown, in order: those of the period, and before them as many as make a year.
fn shown(period: Period) -> Vec<NaiveDate> {
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let last = first(period.to.pred_opt().unwrap_or(period.from));
    let year = last.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(last);
    let begin = first(period.from).min(year);
    std::iter::successors(Some(begin), |month| month.checked_add_months(Months::new(1)))
        .take_while(|month| *month <= last)
        .collect()
}

fn local(hour: i64) -> DateTime<chrono_tz::Tz> {
    DateTime::<Utc>::from_timestamp(hour * 3_600, 0).unwrap_or_default().with_timezone(&Rome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_shown_with_those_before_it_and_two_years_whole() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let months = shown(Period::new(day("2009-10-01"), day("2009-11-01")).unwrap());
        assert_eq!((months.len(), months[0], months[11]), (12, day("2008-11-01"), day("2009-10-01")));
        let months = shown(Period::new(day("2008-01-15"), day("2010-01-15")).unwrap());
        assert_eq!((months.len(), months[0], months[24]), (25, day("2008-01-01"), day("2010-01-01")));
    }
}
