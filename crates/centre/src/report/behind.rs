//! What lies behind a figure: the records that it counts, and those it is divided by, page by page.

use super::figure::Figure;
use super::{Wanted, ask, tally};
use crate::{Centre, Error, Result};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Rome;
use db::View;
use db::report::Span;
use db::report::behind::{self, After, Cases, Contacts, Only, Surveys};
use model::report::Period;
use serde::{Deserialize, Serialize};

/// A figure that is opened.
#[derive(Debug, Clone)]
pub struct Question {
    /// Such as `cases.front_office_share`.
    pub key: String,
    /// The key in a map: of `contacts.by_channel`, `phone`.
    pub of: Option<String>,
    pub part: Part,
    pub after: Option<Cursor>,
    pub limit: u64,
}

/// What of a figure is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// What it counts, or what it was reckoned from.
    #[default]
    Numerator,
    /// What it is divided by.
    Denominator,
}

/// After which record a page begins, as it stands in addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cursor {
    /// When the record began, in microseconds, and its id.
    Record(i64, i64),
    /// Month, structure and channel of a volume.
    Volume(String, String, String),
}

/// Records of one kind.
#[derive(Debug, Clone)]
pub enum Rows {
    Contacts(Vec<behind::Contact>),
    Cases(Vec<behind::Case>),
    Surveys(Vec<behind::Survey>),
    Volumes(Vec<behind::Volume>),
    Trainings(Vec<behind::Training>),
    Media(Vec<behind::Media>),
}

/// A page of the records behind a figure.
#[derive(Debug, Clone)]
pub struct Page {
    pub rows: Rows,
    pub next: Option<Cursor>,
}

/// A figure with the first of its records.
#[derive(Debug, Clone)]
pub struct Opened {
    pub figure: Figure,
    /// Whether what it is divided by can be looked at apart.
    pub divided: bool,
    pub page: Page,
}

/// Which records a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Contacts(Contacts),
    Cases(Cases),
    Surveys(Surveys),
    Volumes,
    Trainings,
    Media(&'static str),
}

const SECOND: i64 = 1_000_000;

/// The records that a figure counts, and those it is divided by where they are others.
fn sets(key: &str) -> Option<(Set, Option<Set>)> {
    let contacts = |which| Set::Contacts(which);
    let cases = |which| Set::Cases(which);
    let within = |seconds| (contacts(Contacts::Within(seconds * SECOND)), Some(contacts(Contacts::Offered)));
    let (efficient, effective) = (
        |yes_only| Set::Surveys(Surveys::Efficient { yes_only }),
        |yes_only| Set::Surveys(Surveys::Effective { yes_only }),
    );
    Some(match key {
        "contacts.by_outcome" => (contacts(Contacts::Ended), None),
        "contacts.total"
        | "contacts.by_channel"
        | "contacts.by_service"
        | "contacts.by_direction"
        | "contacts.by_month"
        | "contacts.by_hour" => (contacts(Contacts::All), None),
        "phone.offered" => (contacts(Contacts::Offered), None),
        "phone.answered" | "phone.mean_wait_s" | "phone.wait_p50_s" | "phone.wait_p90_s" | "phone.wait_p99_s" => {
            (contacts(Contacts::Answered), None)
        }
        "phone.abandoned" => (contacts(Contacts::Abandoned), None),
        "phone.service_level_20" => within(20),
        "phone.service_level_30" => within(30),
        "phone.service_level_60" => within(60),
        "phone.abandonment" => (contacts(Contacts::Abandoned), Some(contacts(Contacts::Offered))),
        "phone.mean_talk_s" => (contacts(Contacts::Talked), None),
        "cases.handled"
        | "cases.by_kind"
        | "cases.by_topic"
        | "cases.by_service"
        | "cases.by_region"
        | "cases.by_service_kind" => (cases(Cases::Handled), None),
        "cases.solved"
        | "cases.mean_resolution_s"
        | "cases.mean_resolution_working_s"
        | "cases.resolution_p50_s"
        | "cases.resolution_p50_working_s"
        | "cases.resolution_p90_s"
        | "cases.resolution_p90_working_s" => (cases(Cases::Solved), None),
        "cases.front_office_share" => (cases(Cases::ByFront), Some(cases(Cases::Handled))),
        "cases.first_contact_share" => (cases(Cases::AtFirstContact), Some(cases(Cases::Handled))),
        "cases.backlog" => (cases(Cases::Backlog), None),
        "survey.asked" => (Set::Surveys(Surveys::Asked), None),
        "survey.answered" => (Set::Surveys(Surveys::Answered), None),
        "survey.response_rate" => (Set::Surveys(Surveys::Answered), Some(Set::Surveys(Surveys::Asked))),
        "survey.efficient_share" | "survey.efficient_share_low" | "survey.efficient_share_high" => {
            (efficient(true), Some(efficient(false)))
        }
        "survey.effective_share" | "survey.effective_share_low" | "survey.effective_share_high" => {
            (effective(true), Some(effective(false)))
        }
        "network.structures"
        | "network.contacts"
        | "network.contacts_with_operator"
        | "network.by_structure"
        | "network.by_channel" => (Set::Volumes, None),
        "training.trained" => (Set::Trainings, None),
        "media.radio" => (Set::Media("radio"), None),
        "media.news" => (Set::Media("news"), None),
        "media.video" | "media.video_by_origin" => (Set::Media("video"), None),
        "media.feature" => (Set::Media("feature"), None),
        _ => return None,
    })
}

/// Leaves of a question's records those of one key of a map, if it is a map that has such a key. A month narrows the
/// time itself, so that nothing else is asked of the records.
fn narrow(key: &str, of: &str, span: &mut Span) -> Option<Option<Only>> {
    let of = of.to_owned();
    Some(Some(match key.split_once('.')?.1 {
        "by_channel" => Only::Channel(of),
        "by_service" => Only::Service(of),
        "by_direction" => Only::Direction(of),
        "by_outcome" => Only::Outcome(of),
        "by_kind" => Only::Kind(of),
        "by_topic" => Only::Topic(of),
        "by_region" => Only::Region(of),
        "by_service_kind" => Only::ServiceKind(of),
        "by_structure" => Only::Structure(of),
        "video_by_origin" => Only::Origin(of),
        "by_hour" => Only::Hours(hours(span, of.parse().ok().filter(|hour| *hour < 24)?)),
        "by_month" => {
            let (from, to) = month(&of)?.bounds();
            span.from = span.from.max(from);
            span.to = span.to.min(to).max(span.from);
            return Some(None);
        }
        _ => return None,
    }))
}

/// The days of a month that is written as `2009-05`.
fn month(word: &str) -> Option<Period> {
    let from: NaiveDate = format!("{word}-01").parse().ok()?;
    Period::new(from, from.checked_add_months(chrono::Months::new(1))?).ok()
}

/// Where a local hour of the day lies in UTC, between one change of the clocks and the next.
fn hours(span: &Span, wanted: u32) -> Vec<(i64, i64, i64)> {
    let (first, last) = (span.from.timestamp().div_euclid(3_600), span.to.timestamp().div_euclid(3_600));
    let mut found: Vec<(i64, i64, i64)> = Vec::new();
    for hour in first..=last {
        let Some(at) = DateTime::<Utc>::from_timestamp(hour * 3_600, 0) else { continue };
        if at.with_timezone(&Rome).hour() != wanted {
            continue;
        }
        match found.last_mut() {
            Some((_, to, of_day)) if *of_day == hour.rem_euclid(24) => *to = hour + 1,
            _ => found.push((hour, hour + 1, hour.rem_euclid(24))),
        }
    }
    found
}

/// Opens a figure: what it is, and a page of its records, in one view of the database.
///
/// # Errors
/// [`Error::NotFound`] for a figure or a service that is not there; those of the database.
pub async fn open(centre: &Centre, wanted: &Wanted, question: &Question) -> Result<Opened> {
    let asked = ask(centre, wanted).await?;
    let (_, denominator) = sets(&question.key).ok_or(Error::NotFound("figure"))?;
    let figures = tally::one(&question.key, &asked, wanted.period).await?;
    let figure = figures.get(&question.key, question.of.as_deref()).ok_or(Error::NotFound("figure"))?;
    let page = page(&asked.view, asked.span.clone(), wanted.period, question).await?;
    Ok(Opened { figure, divided: denominator.is_some(), page })
}

/// A page of the records behind a figure.
///
/// # Errors
/// As [`open`].
pub async fn records(centre: &Centre, wanted: &Wanted, question: &Question) -> Result<Page> {
    let asked = ask(centre, wanted).await?;
    page(&asked.view, asked.span.clone(), wanted.period, question).await
}

async fn page(view: &View, mut span: Span, period: Period, question: &Question) -> Result<Page> {
    let (numerator, denominator) = sets(&question.key).ok_or(Error::NotFound("figure"))?;
    let set = match question.part {
        Part::Numerator => numerator,
        Part::Denominator => denominator.unwrap_or(numerator),
    };
    let only = match question.of.as_deref() {
        Some(of) => narrow(&question.key, of, &mut span).ok_or(Error::NotFound("figure"))?,
        None => None,
    };
    let only = only.as_ref();
    let after = match &question.after {
        Some(Cursor::Record(at, id)) => DateTime::from_timestamp_micros(*at).map(|at| After { at, id: *id }),
        _ => None,
    };
    // One more than is shown says whether there are more.
    let (shown, limit) = (usize::try_from(question.limit).unwrap_or(usize::MAX), question.limit + 1);
    Ok(match set {
        Set::Contacts(which) => {
            let rows = behind::contacts(view, &span, which, only, after, limit).await?;
            cut(rows, shown, Rows::Contacts, |row| record(row.started_at, row.id))
        }
        Set::Cases(which) => {
            let rows = behind::cases(view, &span, which, only, after, limit).await?;
            cut(rows, shown, Rows::Cases, |row| record(row.opened_at, row.id))
        }
        Set::Surveys(which) => {
            let rows = behind::surveys(view, &span, which, after, limit).await?;
            cut(rows, shown, Rows::Surveys, |row| record(row.asked_at, row.id))
        }
        Set::Trainings => {
            let rows = behind::trainings(view, &span, after, limit).await?;
            cut(rows, shown, Rows::Trainings, |row| record(row.completed_at, row.id))
        }
        Set::Media(kind) => {
            let rows = behind::media(view, &span, kind, only, after, limit).await?;
            cut(rows, shown, Rows::Media, |row| record(row.published_at, row.id))
        }
        Set::Volumes => {
            let after = match &question.after {
                Some(Cursor::Volume(month, structure, channel)) => {
                    Some((month.clone(), structure.clone(), channel.clone()))
                }
                _ => None,
            };
            let months = tally::known_months(&span, period);
            let rows = behind::volumes(view, &months, only, after.as_ref(), limit).await?;
            cut(rows, shown, Rows::Volumes, |row| {
                Cursor::Volume(row.month.clone(), row.structure.clone(), row.channel.clone())
            })
        }
    })
}

fn record(at: DateTime<Utc>, id: i64) -> Cursor {
    Cursor::Record(at.timestamp_micros(), id)
}

/// As many as are shown, and where the next page begins when there are more.
fn cut<T>(mut rows: Vec<T>, shown: usize, rows_of: fn(Vec<T>) -> Rows, cursor: impl Fn(&T) -> Cursor) -> Page {
    let more = rows.len() > shown;
    rows.truncate(shown);
    let next = rows.last().filter(|_| more).map(cursor);
    Page { rows: rows_of(rows), next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_hour_is_another_in_utc_after_the_clocks_change() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let span = Span {
            from: at("2009-03-28T23:00:00Z"),
            to: at("2009-03-30T22:00:00Z"),
            service: None,
            as_of: at("2010-01-01T00:00:00Z"),
        };
        let hour = at("2009-03-29T00:00:00Z").timestamp() / 3_600;
        // Nine o'clock is at seven of UTC on both days, since the clocks changed at two of the first.
        assert_eq!(hours(&span, 9), [(hour + 7, hour + 32, 7)]);
        // Half past one is before the change on the first day, and after it on the second.
        assert_eq!(hours(&span, 1), [(hour, hour + 1, 0), (hour + 23, hour + 24, 23)]);
    }
}
