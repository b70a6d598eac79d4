//! The number a case is called by: `LA-2026-004512`, its year and its id. It is derived, never stored, so no counter is
//! shared between two cases that are opened at once.

use crate::CaseId;
use crate::problem::UnknownWord;
use chrono::{DateTime, Datelike, Utc};

/// A case's public number. The year is that of its opening in Italy's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseNumber {
    pub year: i32,
    pub id: CaseId,
}

impl CaseNumber {
    #[must_use]
    pub fn new(id: CaseId, opened_at: DateTime<Utc>) -> Self {
        Self { year: opened_at.with_timezone(&chrono_tz::Europe::Rome).year(), id }
    }

    /// True when this number was given to the case `id` opened at `opened_at`: the year counts too.
    #[must_use]
    pub fn fits(self, id: CaseId, opened_at: DateTime<Utc>) -> bool {
        self == Self::new(id, opened_at)
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LA-{}-{:06}", self.year, self.id.0)
    }
}

impl serde::Serialize for CaseNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::str::FromStr for CaseNumber {
    type Err = UnknownWord;

    /// Reads `LA-2026-004512` as people type it: `la 2026 4512`, `2026/4512`.
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownWord { noun: "case number", word: typed.chars().take(40).collect() };
        let upper = typed.trim().to_ascii_uppercase();
        let rest = upper.strip_prefix("LA").unwrap_or(&upper);
        let mut parts = rest.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty());
        let (Some(year), Some(id), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(unknown());
        };
        let year = year.parse().ok().filter(|y| (1000..=9999).contains(y)).ok_or_else(unknown)?;
        let id = id.parse().ok().filter(|id| *id > 0).ok_or_else(unknown)?;
        Ok(Self { year, id: CaseId(id) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = CaseNumber { year: 2026, id: CaseId(4512) };
        for typed in ["LA-2026-004512", "la 2026 4512", "2026/4512", " LA2026-4512 "] {
            assert_eq!(typed.parse::<CaseNumber>().unwrap(), number, "{typed}");
        }
        for typed in ["", "4512", "LA-2026", "LA-2026-0", "LA-2026-4512-9", "LA-26-12", "'; drop"] {
            assert!(typed.parse::<CaseNumber>().is_err(), "{typed}");
        }
        assert_eq!(number.to_string(), "LA-2026-004512");
    }

    #[test]
    fn the_year_is_italys() {
        let new_years_eve = "2026-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(CaseNumber::new(CaseId(1), new_years_eve).year, 2027);
    }
}
