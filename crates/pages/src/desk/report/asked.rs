//! What is asked of the report, as it stands in an address: `from` is the first day, `to` the first day after the last,
//! as everywhere; a person's form gives the last day itself.

use super::{Ask, Choice, Quick};
use crate::report::period_name;
use centre::Catalogue;
use centre::report::Wanted;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Rome;
use form_urlencoded::Serializer;
use language::Tr;
use model::ServiceId;
use model::report::Period;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::desk) struct Query {
    from: Option<String>,
    to: Option<String>,
    last: Option<String>,
    service: Option<String>,
    as_of: Option<String>,
    against: Option<String>,
    against_from: Option<String>,
    against_last: Option<String>,
}

/// What a query asks for.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub wanted: Wanted,
    pub against: Option<Period>,
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    Date,
    NoDay,
    TooLong,
    Time,
}

impl Unreadable {
    pub fn key(self) -> &'static str {
        match self {
            Self::Date => language::key!("report-no-date"),
            Self::NoDay => language::key!("report-no-day"),
            Self::TooLong => language::key!("report-too-long"),
            Self::Time => language::key!("report-no-time"),
        }
    }
}

/// Days of a report at the most: fifty years.
const LONGEST: i64 = 18_300;

fn said(word: &Option<String>) -> Option<&str> {
    word.as_deref().map(str::trim).filter(|word| !word.is_empty())
}

fn date(word: &Option<String>) -> Result<Option<NaiveDate>, Unreadable> {
    said(word).map(|word| word.parse().map_err(|_| Unreadable::Date)).transpose()
}

fn period(from: NaiveDate, to: Option<NaiveDate>) -> Result<Period, Unreadable> {
    let period = Period::new(from, to.ok_or(Unreadable::Date)?).map_err(|_| Unreadable::NoDay)?;
    if (period.to - period.from).num_days() > LONGEST { Err(Unreadable::TooLong) } else { Ok(period) }
}

fn this_month(now: DateTime<Utc>) -> Period {
    Period::month_of(now.with_timezone(&Rome).date_naive())
}

impl Query {
    /// The period; this month when nothing is said.
    fn period(&self, now: DateTime<Utc>) -> Result<Period, Unreadable> {
        let (from, to, last) = (date(&self.from)?, date(&self.to)?, date(&self.last)?);
        let Some(from) = from else {
            return if to.is_none() && last.is_none() { Ok(this_month(now)) } else { Err(Unreadable::Date) };
        };
        period(from, last.and_then(|last| last.succ_opt()).or(to))
    }

    fn service(&self) -> Option<ServiceId> {
        said(&self.service).map(ServiceId::new)
    }

    /// As programs write it, or as a form has it, by the clocks of Italy.
    fn as_of(&self) -> Result<Option<DateTime<Utc>>, Unreadable> {
        let Some(word) = said(&self.as_of) else { return Ok(None) };
        if let Ok(at) = DateTime::parse_from_rfc3339(word) {
            return Ok(Some(at.to_utc()));
        }
        let local = NaiveDateTime::parse_from_str(word, "%Y-%m-%dT%H:%M")
            .or_else(|_| NaiveDateTime::parse_from_str(word, "%Y-%m-%dT%H:%M:%S"))
            .map_err(|_| Unreadable::Time)?;
        Rome.from_local_datetime(&local).earliest().map(|at| Some(at.to_utc())).ok_or(Unreadable::Time)
    }

    /// What the period is compared with: the one before it when nothing is said.
    fn against(&self, period: Period) -> Result<Option<Period>, Unreadable> {
        Ok(match said(&self.against) {
            None | Some("before") => Some(period.before()),
            Some("year") => Some(period.a_year_before()),
            Some("days") => {
                let (from, last) = (date(&self.against_from)?, date(&self.against_last)?);
                Some(self::period(from.ok_or(Unreadable::Date)?, last.and_then(|last| last.succ_opt()))?)
            }
            Some(_) => None,
        })
    }

    /// The address of the same report under another path.
    pub fn href(&self, path: &str, now: DateTime<Utc>) -> String {
        let mut query = Serializer::new(String::new());
        if let Ok(period) = self.period(now) {
            query.append_pair("from", &period.from.to_string()).append_pair("to", &period.to.to_string());
        }
        let others = [
            ("service", &self.service),
            ("as_of", &self.as_of),
            ("against", &self.against),
            ("against_from", &self.against_from),
            ("against_last", &self.against_last),
        ];
        for (name, word) in others {
            if let Some(word) = said(word) {
                query.append_pair(name, word);
            }
        }
        format!("{path}?{}", query.finish())
    }

    /// The form with what was asked in it, as it was typed.
    pub(super) fn form(&self, tr: Tr, catalogue: &Catalogue, now: DateTime<Utc>) -> Ask {
        let period = self.period(now);
        let typed = |word: &Option<String>, read: Option<NaiveDate>| {
            read.map_or_else(|| said(word).unwrap_or_default().to_owned(), |day| day.to_string())
        };
        let month = this_month(now);
        let last_month = month.before();
        let year = Period::year_of(month.from);
        let quick = [
            (tr.text("report-this-month").into_owned(), month),
            (period_name(tr, last_month), last_month),
            (period_name(tr, year), year),
            (period_name(tr, year.before()), year.before()),
        ];
        let of = |period: Period| Self {
            from: Some(period.from.to_string()),
            to: Some(period.to.to_string()),
            last: None,
            ..self.clone()
        };
        let mut services = vec![Choice {
            value: String::new(),
            word: tr.text("report-all-services").into_owned(),
            chosen: self.service().is_none(),
        }];
        services.extend(catalogue.services.iter().map(|service| Choice {
            value: service.id.to_string(),
            word: service.name.clone(),
            chosen: self.service().as_ref() == Some(&service.id),
        }));
        let against = said(&self.against).unwrap_or("before");
        let choices = [
            ("before", language::key!("report-against-before")),
            ("year", language::key!("report-against-year")),
            ("days", language::key!("report-against-days")),
            ("none", language::key!("report-against-none")),
        ];
        Ask {
            quick: quick
                .into_iter()
                .map(|(name, quick)| Quick {
                    name,
                    href: of(quick).href("/desk/rapporti", now),
                    current: period == Ok(quick),
                })
                .collect(),
            from: typed(&self.from, period.ok().map(|period| period.from)),
            last: typed(&self.last, period.ok().map(|period| period.last())),
            as_of: self.as_of().ok().flatten().map_or_else(
                || said(&self.as_of).unwrap_or_default().to_owned(),
                |at| at.with_timezone(&Rome).format("%Y-%m-%dT%H:%M").to_string(),
            ),
            services,
            against: choices
                .into_iter()
                .map(|(value, key)| Choice {
                    value: value.to_owned(),
                    word: tr.text(key).into_owned(),
                    chosen: value == against,
                })
                .collect(),
            against_from: said(&self.against_from).unwrap_or_default().to_owned(),
            against_last: said(&self.against_last).unwrap_or_default().to_owned(),
        }
    }
}

impl Query {
    /// What is asked for.
    pub(super) fn read(&self, now: DateTime<Utc>) -> Result<Asked, Unreadable> {
        let period = self.period(now)?;
        let against = self.against(period)?;
        Ok(Asked { wanted: Wanted { period, service: self.service(), as_of: self.as_of()? }, against })
    }
}

impl Asked {
    /// Whether the service that is asked for is there.
    pub fn known(&self, catalogue: &Catalogue) -> bool {
        self.wanted.service.as_ref().is_none_or(|id| catalogue.service(id).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_asked_for_by_days_as_people_and_as_programs_count_them() {
        let now = crate::samples::now();
        let query = |from: &str, to: &str, last: &str, as_of: &str| Query {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            last: Some(last.to_owned()),
            as_of: Some(as_of.to_owned()),
            ..Query::default()
        };
        let read = |query: Query| query.read(now).map(|asked| (asked.wanted.period, asked.wanted.as_of));
        let october = Period { from: "2009-10-01".parse().unwrap(), to: "2009-11-01".parse().unwrap() };
        assert_eq!(read(query("2009-10-01", "2009-11-01", "", "")), Ok((october, None)));
        let at = Some("2009-11-02T07:00:00Z".parse().unwrap());
        assert_eq!(read(query("2009-10-01", "", "2009-10-31", "2009-11-02T08:00")), Ok((october, at)));
        assert_eq!(read(query("2009-10-01", "2009-10-01", "", "")), Err(Unreadable::NoDay));
        assert_eq!(read(query("2009-10-41", "2009-11-01", "", "")), Err(Unreadable::Date));
        assert_eq!(read(query("0009-10-01", "2009-11-01", "", "")), Err(Unreadable::TooLong));
        assert_eq!(read(query("2009-10-01", "2009-11-01", "", "oggi")), Err(Unreadable::Time));
        let month = Query::default().read(now).unwrap();
        assert_eq!(month.wanted.period.from, "2026-11-01".parse().unwrap());
        assert_eq!(month.against.unwrap().from, "2026-10-01".parse().unwrap());
    }
}
