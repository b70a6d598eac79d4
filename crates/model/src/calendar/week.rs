//! Something for each day of the week.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::Slot;

/// The weekdays, from Monday.
pub const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// One `T` a weekday; a day that is not written is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Days<T: Default> {
    pub mon: T,
    pub tue: T,
    pub wed: T,
    pub thu: T,
    pub fri: T,
    pub sat: T,
    pub sun: T,
}

impl<T: Default> Days<T> {
    /// What is there for a weekday.
    pub fn on(&self, weekday: Weekday) -> &T {
        match weekday {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat => &self.sat,
            Weekday::Sun => &self.sun,
        }
    }

    /// The same week with `f` of each day.
    pub(super) fn map<U: Default>(&self, f: impl Fn(&T) -> U) -> Days<U> {
        let [mon, tue, wed, thu, fri, sat, sun] = WEEKDAYS.map(|weekday| f(self.on(weekday)));
        Days { mon, tue, wed, thu, fri, sat, sun }
    }

    /// The same week with `f` of each day; the first failure when one fails.
    pub(super) fn try_map<U: Default, E>(&self, f: impl Fn(Weekday, &T) -> Result<U, E>) -> Result<Days<U>, E> {
        let of = |weekday| f(weekday, self.on(weekday));
        let [mon, tue, wed, thu, fri, sat, sun] = WEEKDAYS.map(of);
        Ok(Days { mon: mon?, tue: tue?, wed: wed?, thu: thu?, fri: fri?, sat: sat?, sun: sun? })
    }
}

impl Days<Vec<Slot>> {
    /// Day and night, every day.
    pub(super) fn always() -> Self {
        let day = || vec![Slot::ALL_DAY];
        Self { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), sat: day(), sun: day() }
    }
}
