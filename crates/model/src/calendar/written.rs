//! A calendar as people write it, in TOML or JSON, and what can be wrong with it.
//!
//! ```toml
//! zone = "Europe/Rome"
//! holidays = "italy"                     # or "none"
//! patron = "Roma"                        # or { day = "06-29", name = "Santi Pietro e Paolo" }, or left out
//! exceptions = [                         # no slots: closed
//!     { date = "2026-08-14", slots = ["09:00-12:00"] },
//!     { date = "2026-12-24", name = "Chiusura natalizia" },
//! ]
//! [week]                                 # or week = "always": day and night; a day left out is closed
//! mon = ["09:00-13:00", "14:00-18:00"]
//! sat = ["22:00-24:00"]
//! ```

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use chrono::{NaiveDate, Weekday};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::slot::number;
use super::{Calendar, Days, Exception, Holidays, Patron, Slot, SlotError};

/// The word for a week that is open day and night.
const ALWAYS: &str = "always";

/// A calendar not yet checked: `Calendar::try_from` checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// An IANA name such as `Europe/Rome`.
    pub zone: String,
    pub holidays: Holidays,
    /// The word `always`, or slots such as `09:00-13:00` for each day, in any order.
    pub week: WordOr<Days<Vec<String>>>,
    /// The name of a city of [`super::cities`], or a day with its saint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patron: Option<WordOr<WrittenPatron>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<WrittenException>,
}

/// The day of a patron saint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenPatron {
    /// Month and day: `06-29`.
    pub day: String,
    pub name: String,
}

/// A date with slots of its own; without any it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenException {
    /// Year, month and day: `2026-08-14`.
    pub date: String,
    #[serde(default)]
    pub slots: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What is wrong with a calendar, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("zone: no time zone is called `{0}`")]
    NoSuchZone(String),
    #[error("week: `{0}` is neither `always` nor a table of days")]
    NoSuchWeek(String),
    #[error("{place}: {error}")]
    BadSlot { place: Place, error: SlotError },
    #[error("{place}: {first} and {second} overlap")]
    Overlap { place: Place, first: Slot, second: Slot },
    #[error("patron: the patron saint of `{0}` is not known here, write its day and name")]
    NoSuchCity(String),
    #[error("patron: there is no day `{0}`, written as month and day such as 06-29")]
    NoSuchDay(String),
    #[error("exceptions: there is no date `{0}`, written such as 2026-08-14")]
    NoSuchDate(String),
    #[error("exceptions: {0} is there twice")]
    DateTwice(NaiveDate),
}

/// Where in a calendar a slot is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Week(Weekday),
    Exception(NaiveDate),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week(weekday) => write!(f, "week.{}", weekday.to_string().to_lowercase()),
            Self::Exception(date) => write!(f, "exceptions, {date}"),
        }
    }
}

impl TryFrom<Written> for Calendar {
    type Error = CalendarError;

    fn try_from(written: Written) -> Result<Self, CalendarError> {
        let Written { zone, holidays, week, patron, exceptions } = written;
        Ok(Self {
            zone: zone.parse().map_err(|_| CalendarError::NoSuchZone(zone))?,
            week: week_of(week)?,
            holidays,
            patron: patron.map(patron_of).transpose()?,
            exceptions: exceptions_of(exceptions)?,
        })
    }
}

impl From<Calendar> for Written {
    fn from(calendar: Calendar) -> Self {
        let Calendar { zone, week, holidays, patron, exceptions } = calendar;
        Self {
            zone: zone.name().to_owned(),
            holidays,
            week: if week == Days::always() {
                WordOr::Word(ALWAYS.to_owned())
            } else {
                WordOr::Table(week.map(|slots| write_slots(slots)))
            },
            patron: patron.map(|patron| {
                let day = format!("{:02}-{:02}", patron.month(), patron.day());
                WordOr::Table(WrittenPatron { day, name: patron.name().to_owned() })
            }),
            exceptions: exceptions
                .into_iter()
                .map(|(date, Exception { slots, name })| WrittenException {
                    date: date.to_string(),
                    slots: write_slots(&slots),
                    name,
                })
                .collect(),
        }
    }
}

fn week_of(week: WordOr<Days<Vec<String>>>) -> Result<Days<Vec<Slot>>, CalendarError> {
    match week {
        WordOr::Word(word) if word == ALWAYS => Ok(Days::always()),
        WordOr::Word(word) => Err(CalendarError::NoSuchWeek(word)),
        WordOr::Table(days) => days.try_map(|weekday, slots| slots_of(Place::Week(weekday), slots)),
    }
}

fn patron_of(patron: WordOr<WrittenPatron>) -> Result<Patron, CalendarError> {
    match patron {
        WordOr::Word(city) => Patron::of(&city).ok_or(CalendarError::NoSuchCity(city)),
        WordOr::Table(WrittenPatron { day, name }) => day
            .split_once('-')
            .and_then(|(month, day)| Patron::new(number(month)?.into(), number(day)?.into(), name))
            .ok_or(CalendarError::NoSuchDay(day)),
    }
}

fn exceptions_of(written: Vec<WrittenException>) -> Result<BTreeMap<NaiveDate, Exception>, CalendarError> {
    let mut exceptions = BTreeMap::new();
    for WrittenException { date, slots, name } in written {
        let date: NaiveDate = date.parse().map_err(|_| CalendarError::NoSuchDate(date))?;
        let Entry::Vacant(free) = exceptions.entry(date) else {
            return Err(CalendarError::DateTwice(date));
        };
        let name = name.filter(|name| !name.trim().is_empty());
        free.insert(Exception { slots: slots_of(Place::Exception(date), &slots)?, name });
    }
    Ok(exceptions)
}

fn slots_of(place: Place, written: &[String]) -> Result<Vec<Slot>, CalendarError> {
    let mut slots = written
        .iter()
        .map(|slot| slot.parse().map_err(|error| CalendarError::BadSlot { place, error }))
        .collect::<Result<Vec<Slot>, _>>()?;
    slots.sort_unstable();
    match slots.iter().zip(slots.iter().skip(1)).find(|(first, second)| second.start() < first.end()) {
        Some((first, second)) => Err(CalendarError::Overlap { place, first: *first, second: *second }),
        None => Ok(slots),
    }
}

fn write_slots(slots: &[Slot]) -> Vec<String> {
    slots.iter().map(Slot::to_string).collect()
}

/// One word that stands for a whole table, or the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum WordOr<T> {
    Word(String),
    Table(T),
}

// By hand: an untagged enum would hide what is wrong inside the table.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for WordOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordOrTable(PhantomData))
    }
}

struct WordOrTable<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for WordOrTable<T> {
    type Value = WordOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word or a table")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<WordOr<T>, E> {
        Ok(WordOr::Word(word.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<WordOr<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(table)).map(WordOr::Table)
    }
}
