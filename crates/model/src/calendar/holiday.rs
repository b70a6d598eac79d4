//! Holidays: the days on which a calendar is closed although its week says open.
//!
//! A holiday has a key, never a sentence: what people read comes from the messages of their language.

use chrono::{Datelike, NaiveDate};

use crate::word::words;

/// A reason to be closed on a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    NewYear,
    Epiphany,
    Easter,
    EasterMonday,
    Liberation,
    Labour,
    Republic,
    Assumption,
    SaintFrancis,
    AllSaints,
    Immaculate,
    Christmas,
    SaintStephen,
    /// The day of the place's patron saint, with the saint's name.
    Patron(String),
    /// A date that the calendar closes by itself, with the name that it gives it.
    Exception(Option<String>),
}

impl Holiday {
    /// The key of its name among the messages; stable.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::Epiphany => "epiphany",
            Self::Easter => "easter",
            Self::EasterMonday => "easter-monday",
            Self::Liberation => "liberation",
            Self::Labour => "labour",
            Self::Republic => "republic",
            Self::Assumption => "assumption",
            Self::SaintFrancis => "saint-francis",
            Self::AllSaints => "all-saints",
            Self::Immaculate => "immaculate",
            Self::Christmas => "christmas",
            Self::SaintStephen => "saint-stephen",
            Self::Patron(_) => "patron",
            Self::Exception(_) => "exception",
        }
    }

    /// The name that the calendar itself gives: of the patron saint, or of the exception.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Patron(name) => Some(name),
            Self::Exception(name) => name.as_deref(),
            _ => None,
        }
    }
}

words! {
    /// Which national holidays close a calendar.
    Holidays {
        /// Those of Italy, and Easter Sunday.
        Italy = "italy",
        None = "none",
    }
}

impl Holidays {
    /// The holiday that falls on a date.
    pub fn on(self, date: NaiveDate) -> Option<Holiday> {
        match self {
            Self::Italy => italian(date),
            Self::None => None,
        }
    }
}

/// The holidays of Law 260/1949, article 2, as it stands since 2001: amended by Law 54/1977, Decree 792/1985
/// (Epiphany), Law 336/2000 (2 June) and Law 151/2025 (4 October, from 2026). For the law Easter is a Sunday like
/// the others; here it is a holiday, for services that open on Sundays.
fn italian(date: NaiveDate) -> Option<Holiday> {
    match (date.month(), date.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (1, 6) => Some(Holiday::Epiphany),
        (4, 25) => Some(Holiday::Liberation),
        (5, 1) => Some(Holiday::Labour),
        (6, 2) => Some(Holiday::Republic),
        (8, 15) => Some(Holiday::Assumption),
        (10, 4) if date.year() >= 2026 => Some(Holiday::SaintFrancis),
        (11, 1) => Some(Holiday::AllSaints),
        (12, 8) => Some(Holiday::Immaculate),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) => Some(Holiday::SaintStephen),
        (3 | 4, _) => {
            let sunday = easter(date.year())?;
            match date.signed_duration_since(sunday).num_days() {
                0 => Some(Holiday::Easter),
                1 => Some(Holiday::EasterMonday),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Easter Sunday of a Gregorian year, between 22 March and 25 April.
///
/// The "anonymous" algorithm, in the letters of J. Meeus, Astronomical Algorithms (1991), chapter 8. `None` before
/// 1583, the first full Gregorian year, and beyond the range of dates.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let year = Some(year).filter(|year| *year >= 1583)?;
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}
