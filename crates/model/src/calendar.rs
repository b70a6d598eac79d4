//! Calendars: when a service is open, and how much of its time has passed between two instants.
//!
//! A calendar is a zone, a week of slots, the holidays that close it and single dates that are exceptions. It is read
//! from [`Written`], the form that people type; once it exists, it is valid. Every question is asked of an instant
//! or a date: nothing here knows what time it is.

mod exception;
mod holiday;
mod ledger;
mod local;
mod openings;
mod patron;
mod slot;
mod week;
mod written;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use self::exception::Exception;
pub use self::holiday::{Holiday, Holidays, easter};
pub use self::ledger::Ledger;
pub use self::patron::{Patron, cities};
pub use self::slot::{Slot, SlotError};
pub use self::week::{Days, WEEKDAYS};
pub use self::written::{CalendarError, Place, WordOr, Written, WrittenException, WrittenPatron};

/// The opening hours of one service.
///
/// Serialises as [`Written`]. The slots of each day are in order and apart; they may touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Calendar {
    zone: Tz,
    week: Days<Vec<Slot>>,
    holidays: Holidays,
    patron: Option<Patron>,
    exceptions: BTreeMap<NaiveDate, Exception>,
}

impl Calendar {
    /// Monday to Friday from 9 to 18 in Rome, closed on Italian holidays.
    pub fn default_italian() -> Self {
        let day = || vec![Slot::OFFICE];
        Self {
            zone: Tz::Europe__Rome,
            week: Days { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), ..Days::default() },
            holidays: Holidays::Italy,
            patron: None,
            exceptions: BTreeMap::new(),
        }
    }

    /// Open day and night, on holidays too. The zone still says which date it is.
    pub fn always(zone: Tz) -> Self {
        Self { zone, week: Days::always(), holidays: Holidays::None, patron: None, exceptions: BTreeMap::new() }
    }

    /// Whether nothing ever closes it.
    pub fn is_always_open(&self) -> bool {
        self.week == Days::always()
            && self.holidays == Holidays::None
            && self.patron.is_none()
            && self.exceptions.values().all(|exception| exception.slots == [Slot::ALL_DAY])
    }

    /// The zone whose wall clocks its slots are read on.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Which national holidays close it.
    pub fn holidays(&self) -> Holidays {
        self.holidays
    }

    /// The patron saint whose day closes it.
    pub fn patron(&self) -> Option<&Patron> {
        self.patron.as_ref()
    }

    /// The dates that do not follow the week, past ones too, in order.
    pub fn exceptions(&self) -> impl Iterator<Item = (NaiveDate, &Exception)> {
        self.exceptions.iter().map(|(date, exception)| (*date, exception))
    }

    /// The slots of an ordinary week, to be shown as "Mon-Fri 09:00-18:00": weekdays with the same slots together
    /// (also when others lie between), in the order of their first day. Days without slots form a group too, with an
    /// empty list.
    pub fn opening_hours(&self) -> Vec<(Vec<Weekday>, Vec<Slot>)> {
        let mut groups: Vec<(Vec<Weekday>, Vec<Slot>)> = Vec::new();
        for weekday in WEEKDAYS {
            let slots = self.week.on(weekday);
            match groups.iter_mut().find(|(_, same)| same == slots) {
                Some((weekdays, _)) => weekdays.push(weekday),
                None => groups.push((vec![weekday], slots.clone())),
            }
        }
        groups
    }

    /// Why the date is closed: a holiday, or an exception without slots.
    ///
    /// `None` when it is open and when the week has no slots for it, unless a holiday falls on such a day. A closing
    /// exception without a name, on a holiday, is that holiday.
    pub fn closed_because(&self, date: NaiveDate) -> Option<Holiday> {
        let exception = self.exceptions.get(&date);
        match exception {
            Some(open) if !open.slots.is_empty() => None,
            Some(Exception { name: Some(name), .. }) => Some(Holiday::Exception(Some(name.clone()))),
            _ => self.holiday_on(date).or_else(|| exception.map(|_| Holiday::Exception(None))),
        }
    }

    /// The first of the `within` days from `from` on (that day too) that is closed although the week has slots for it.
    pub fn next_closure(&self, from: NaiveDate, within: u16) -> Option<(NaiveDate, Holiday)> {
        from.iter_days()
            .take(usize::from(within))
            .filter(|date| !self.week.on(date.weekday()).is_empty())
            .find_map(|date| Some((date, self.closed_because(date)?)))
    }

    /// The slots that hold on a date: those of its exception, none on a holiday, else those of the week.
    fn slots_of(&self, date: NaiveDate) -> &[Slot] {
        match self.exceptions.get(&date) {
            Some(exception) => &exception.slots,
            None if self.is_holiday(date) => &[],
            None => self.week.on(date.weekday()),
        }
    }

    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.holidays.on(date).is_some() || self.patron.as_ref().is_some_and(|patron| patron.falls_on(date))
    }

    fn holiday_on(&self, date: NaiveDate) -> Option<Holiday> {
        let patron = self.patron.as_ref().filter(|patron| patron.falls_on(date));
        self.holidays.on(date).or_else(|| patron.map(|patron| Holiday::Patron(patron.name().to_owned())))
    }
}
