//! A slot: the hours between an opening and a closing of one day.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::local;

/// Midnight at the end of a day, in minutes.
const MIDNIGHT: u16 = 24 * 60;

/// Wall-clock times from `start` (included) to `end` (excluded) of one day, in whole minutes; written `09:00-13:00`.
///
/// Starts before it ends, at 24:00 at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    start: u16,
    end: u16,
}

/// Why something is not a slot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    #[error("`{0}` is not a slot such as 09:00-13:00")]
    Unreadable(String),
    #[error("{0} does not end after it starts; a slot past midnight is written as two, the second on the next day")]
    Backwards(String),
}

impl Slot {
    pub(super) const ALL_DAY: Self = Self { start: 0, end: MIDNIGHT };
    pub(super) const OFFICE: Self = Self { start: 9 * 60, end: 18 * 60 };

    /// Minutes from midnight to its opening, 0 to 1439.
    pub fn start(self) -> u16 {
        self.start
    }

    /// Minutes from midnight to its closing, 1 to 1440.
    pub fn end(self) -> u16 {
        self.end
    }

    /// The instants at which it opens and closes on a date; `None` beyond the range of dates.
    pub(super) fn on(self, date: NaiveDate, zone: Tz) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        Some((local::opens(zone, wall(date, self.start)?)?, local::closes(zone, wall(date, self.end)?)?))
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
    }
}

impl FromStr for Slot {
    type Err = SlotError;

    /// Reads `09:00-13:00`; also with one digit, without minutes, with spaces and with an en dash: `9 – 13`.
    fn from_str(text: &str) -> Result<Self, SlotError> {
        let unreadable = || SlotError::Unreadable(text.to_owned());
        let (start, end) = text.split_once(['-', '–']).ok_or_else(unreadable)?;
        let start = minutes(start.trim()).ok_or_else(unreadable)?;
        let end = minutes(end.trim()).ok_or_else(unreadable)?;
        if start < end { Ok(Self { start, end }) } else { Err(SlotError::Backwards(text.to_owned())) }
    }
}

/// Minutes since midnight of `H`, `HH`, `H:MM` or `HH:MM`, up to 24:00.
fn minutes(clock: &str) -> Option<u16> {
    let (hour, minute) = match clock.split_once(':') {
        Some((hour, minute)) => (number(hour)?, number(minute).filter(|_| minute.len() == 2)?),
        None => (number(clock)?, 0),
    };
    Some(hour * 60 + minute).filter(|minutes| minute < 60 && *minutes <= MIDNIGHT)
}

/// One or two digits. `parse` alone would take a sign, and any length.
pub(super) fn number(digits: &str) -> Option<u16> {
    let plain = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

fn wall(date: NaiveDate, minutes: u16) -> Option<NaiveDateTime> {
    date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
}
