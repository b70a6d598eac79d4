//! The records that a figure counts, in the order in which they began, page by page. Each is chosen by the same
//! conditions as it is counted by.

use super::began::{Began, CASE, CONTACT, MEDIA, SURVEY, TRAINING, VOLUME};
use super::{Span, rest};
use crate::at::At;
use crate::{Result, View};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

/// Contacts that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contacts {
    All,
    /// Those that have ended: only of them is the outcome known.
    Ended,
    Offered,
    Answered,
    Abandoned,
    /// Answered within so many microseconds.
    Within(i64),
    /// Answered, and over.
    Talked,
}

/// Cases that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cases {
    Handled,
    Solved,
    ByFront,
    AtFirstContact,
    Backlog,
}

/// Surveys that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surveys {
    Asked,
    Answered,
    Efficient { yes_only: bool },
    Effective { yes_only: bool },
}

/// Of these records, those that say so: a map's figure counts one key of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Only {
    Channel(String),
    Service(String),
    Direction(String),
    Outcome(String),
    Kind(String),
    Topic(String),
    Region(String),
    /// `abruzzo/census`
    ServiceKind(String),
    Structure(String),
    Origin(String),
    /// Hours since 1970 at which a local hour of the day lies a fixed way from UTC: from, to (not in it), and which hour
    /// of the day in UTC.
    Hours(Vec<(i64, i64, i64)>),
}

/// After which record a page begins: when it began, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub at: DateTime<Utc>,
    pub id: i64,
}

/// A contact that was counted.
#[derive(Debug, Clone)]
pub struct Contact {
    pub id: i64,
    pub external: Option<String>,
    pub case_id: Option<i64>,
    pub case_opened_at: Option<DateTime<Utc>>,
    pub service: String,
    pub channel: String,
    pub direction: String,
    pub outcome: Option<String>,
    pub started_at: DateTime<Utc>,
    pub queued_at: Option<DateTime<Utc>>,
    pub answered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A case that was counted.
#[derive(Debug, Clone)]
pub struct Case {
    pub id: i64,
    pub external: Option<String>,
    pub service: String,
    pub kind: Option<String>,
    pub topic: Option<String>,
    pub region: Option<String>,
    pub opened_at: DateTime<Utc>,
    pub solved_at: Option<DateTime<Utc>>,
    pub solved_by: Option<String>,
}

/// A survey that was counted.
#[derive(Debug, Clone)]
pub struct Survey {
    pub id: i64,
    pub external: Option<String>,
    pub case_id: i64,
    pub case_opened_at: DateTime<Utc>,
    pub channel: String,
    pub asked_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub efficient: Option<bool>,
    pub effective: Option<bool>,
}

/// A training that was counted: of whom is not said.
#[derive(Debug, Clone)]
pub struct Training {
    pub id: i64,
    pub external: Option<String>,
    pub course: String,
    pub structure: Option<String>,
    pub completed_at: DateTime<Utc>,
}

/// A publication that was counted.
#[derive(Debug, Clone)]
pub struct Media {
    pub id: i64,
    pub external: Option<String>,
    pub kind: String,
    pub title: String,
    pub published_at: DateTime<Utc>,
    pub url: Option<String>,
    pub origin: Option<String>,
}

/// A volume of the Network that was counted.
#[derive(Debug, Clone)]
pub struct Volume {
    pub structure: String,
    pub month: String,
    pub channel: String,
    pub contacts: i64,
    pub with_operator: i64,
}

/// A question to the database with its values, which are `$1`, `$2` in the order in which they were given.
struct Question {
    conditions: String,
    values: Vec<Value>,
}

impl Question {
    fn new(span: &Span, conditions: String) -> Self {
        Self { conditions, values: span.service.iter().map(|id| id.clone().into()).collect() }
    }

    fn and(&mut self, condition: &str) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
    }

    fn equal(&mut self, what: &str, value: &str) {
        self.values.push(value.into());
        let place = self.values.len();
        self.and(&format!("{what} = ${place}"));
    }

    /// Leaves the records that say so.
    fn only(&mut self, only: Option<&Only>, began: Began) {
        match only {
            None => {}
            Some(Only::Channel(word)) => self.equal("channel", word),
            Some(Only::Service(word)) => self.equal("service", word),
            Some(Only::Direction(word)) => self.equal("direction", word),
            Some(Only::Outcome(word)) => self.equal("outcome", word),
            Some(Only::Kind(word)) => self.equal("kind", word),
            Some(Only::Topic(word)) => self.equal("topic", word),
            Some(Only::Region(word)) => self.equal("region", word),
            Some(Only::ServiceKind(word)) => self.equal("service || '/' || kind", word),
            Some(Only::Structure(word)) => self.equal("structure", word),
            Some(Only::Origin(word)) => self.equal("origin", word),
            Some(Only::Hours(hours)) => self.and(&began.in_hours(hours)),
        }
    }

    /// Leaves the records after `after`.
    fn after(&mut self, after: Option<After>, began: Began) {
        if let Some(After { at, id }) = after {
            self.and(&began.after(at, id));
        }
    }

    async fn rows(self, view: &View, sql: &str) -> Result<Vec<QueryResult>> {
        let backend = ConnectionTrait::get_database_backend(view);
        let sql = sql.replace("{conditions}", &self.conditions);
        Ok(view.query_all_raw(Statement::from_sql_and_values(backend, sql, self.values)).await?)
    }
}

fn time(row: &QueryResult, column: &str) -> Result<DateTime<Utc>> {
    Ok(At(row.try_get("", column)?).into())
}

/// A time that is known only if it is not later than `as_of`.
fn known(row: &QueryResult, column: &str, span: &Span) -> Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = row.try_get("", column)?;
    Ok(at.filter(|at| *at <= span.as_of()).map(|at| At(at).into()))
}

/// Contacts that a figure counts.
pub async fn contacts(
    view: &View,
    span: &Span,
    which: Contacts,
    only: Option<&Only>,
    after: Option<After>,
    limit: u64,
) -> Result<Vec<Contact>> {
    let conditions = match which {
        Contacts::All => span.within(CONTACT),
        Contacts::Ended => format!("{} AND {}", span.within(CONTACT), super::contacts::ended(span)),
        Contacts::Offered => super::contacts::offered(span),
        Contacts::Answered => format!("{} AND {}", super::contacts::offered(span), super::contacts::answered(span)),
        Contacts::Abandoned => format!("{} AND {}", super::contacts::offered(span), super::contacts::abandoned(span)),
        Contacts::Within(micros) => format!(
            "{} AND {} AND answered_at - queued_at <= {micros}",
            super::contacts::offered(span),
            super::contacts::answered(span)
        ),
        Contacts::Talked => format!("{} AND {}", super::contacts::offered(span), super::contacts::talked(span)),
    };
    let mut question = Question::new(span, conditions);
    question.only(only, CONTACT);
    question.after(after, CONTACT);
    let order = CONTACT.order();
    let sql = format!(
        "SELECT k.id, k.external, k.case_id, c.opened_at AS case_opened_at, k.service, k.channel, k.direction, k.outcome, \
         k.started_at, k.queued_at, k.answered_at, k.ended_at FROM (SELECT id FROM contact WHERE {{conditions}} \
         ORDER BY {order} LIMIT {limit}) found JOIN contact k ON k.id = found.id \
         LEFT JOIN cases c ON c.id = k.case_id ORDER BY k.started_at, k.id"
    );
    let read = |row: &QueryResult| {
        let ended_at = known(row, "ended_at", span)?;
        let outcome: Option<String> = row.try_get("", "outcome")?;
        let ended: Option<i64> = row.try_get("", "ended_at")?;
        Ok(Contact {
            id: row.try_get("", "id")?,
            external: row.try_get("", "external")?,
            case_id: row.try_get("", "case_id")?,
            case_opened_at: row.try_get::<Option<i64>>("", "case_opened_at")?.map(|at| At(at).into()),
            service: row.try_get("", "service")?,
            channel: row.try_get("", "channel")?,
            direction: row.try_get("", "direction")?,
            // How a contact ended is known once it has.
            outcome: outcome.filter(|_| ended.is_none() || ended_at.is_some()),
            started_at: time(row, "started_at")?,
            queued_at: known(row, "queued_at", span)?,
            answered_at: known(row, "answered_at", span)?,
            ended_at,
        })
    };
    question.rows(view, &sql).await?.iter().map(read).collect()
}

/// Cases that a figure counts.
pub async fn cases(
    view: &View,
    span: &Span,
    which: Cases,
    only: Option<&Only>,
    after: Option<After>,
    limit: u64,
) -> Result<Vec<Case>> {
    let (opened, solved) = (super::cases::opened(span), super::cases::solved(span));
    let conditions = match which {
        Cases::Handled => opened,
        Cases::Solved => format!("{opened} AND {solved}"),
        Cases::ByFront => format!("{opened} AND {solved} AND {}", super::cases::BY_FRONT),
        Cases::AtFirstContact => format!("{opened} AND {solved} AND {}", super::cases::of_one_contact(span)),
        Cases::Backlog => format!("{opened} AND {}", super::cases::backlog(span)),
    };
    let mut question = Question::new(span, conditions);
    question.only(only, CASE);
    question.after(after, CASE);
    let family = if which == Cases::AtFirstContact { super::cases::FAMILY } else { "" };
    let order = CASE.order();
    let sql = format!(
        "{family} SELECT c.id, c.external, c.service, c.kind, c.topic, c.region, c.opened_at, c.solved_at, c.solved_by, \
         c.reopened_at FROM (SELECT id FROM cases WHERE {{conditions}} \
         ORDER BY {order} LIMIT {limit}) found JOIN cases c ON c.id = found.id \
         ORDER BY c.opened_at, c.id"
    );
    let read = |row: &QueryResult| {
        let solved_at = known(row, "solved_at", span)?;
        let reopened_at = known(row, "reopened_at", span)?;
        let solved_at = solved_at.filter(|solved| reopened_at.is_none_or(|reopened| reopened <= *solved));
        let solved_by: Option<String> = row.try_get("", "solved_by")?;
        Ok(Case {
            id: row.try_get("", "id")?,
            external: row.try_get("", "external")?,
            service: row.try_get("", "service")?,
            kind: row.try_get("", "kind")?,
            topic: row.try_get("", "topic")?,
            region: row.try_get("", "region")?,
            opened_at: time(row, "opened_at")?,
            solved_at,
            solved_by: solved_by.filter(|_| solved_at.is_some()),
        })
    };
    question.rows(view, &sql).await?.iter().map(read).collect()
}

/// Surveys that a figure counts.
pub async fn surveys(
    view: &View,
    span: &Span,
    which: Surveys,
    after: Option<After>,
    limit: u64,
) -> Result<Vec<Survey>> {
    let said = |what: &str, yes_only: bool| {
        let yes = if yes_only { what.to_owned() } else { format!("{what} IS NOT NULL") };
        format!("{} AND {yes} AND {}", rest::asked(span), rest::said(span))
    };
    let conditions = match which {
        Surveys::Asked => rest::asked(span),
        Surveys::Answered => format!("{} AND answered_at <= {}", rest::asked(span), span.as_of()),
        Surveys::Efficient { yes_only } => said("efficient", yes_only),
        Surveys::Effective { yes_only } => said("effective", yes_only),
    };
    let mut question = Question::new(span, conditions);
    question.after(after, SURVEY);
    let order = SURVEY.order();
    let sql = format!(
        "SELECT s.id, s.external, s.case_id, c.opened_at AS case_opened_at, s.channel, s.asked_at, s.answered_at, \
         s.efficient, s.effective FROM (SELECT id FROM survey WHERE {{conditions}} ORDER BY {order} LIMIT {limit}) \
         found JOIN survey s ON s.id = found.id JOIN cases c ON c.id = s.case_id ORDER BY s.asked_at, s.id"
    );
    let read = |row: &QueryResult| {
        let later = row.try_get::<Option<i64>>("", "answered_at")?.is_some_and(|at| at > span.as_of());
        let efficient: Option<bool> = row.try_get("", "efficient")?;
        let effective: Option<bool> = row.try_get("", "effective")?;
        Ok(Survey {
            id: row.try_get("", "id")?,
            external: row.try_get("", "external")?,
            case_id: row.try_get("", "case_id")?,
            case_opened_at: time(row, "case_opened_at")?,
            channel: row.try_get("", "channel")?,
            asked_at: time(row, "asked_at")?,
            answered_at: known(row, "answered_at", span)?,
            efficient: efficient.filter(|_| !later),
            effective: effective.filter(|_| !later),
        })
    };
    question.rows(view, &sql).await?.iter().map(read).collect()
}

/// The Network's volumes in these months, after the one of this month, structure and channel.
pub async fn volumes(
    view: &View,
    months: &[String],
    only: Option<&Only>,
    after: Option<&(String, String, String)>,
    limit: u64,
) -> Result<Vec<Volume>> {
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let mut question = Question { conditions: rest::of_months(months), values: Vec::new() };
    question.only(only, VOLUME);
    if let Some((month, structure, channel)) = after {
        let at = question.values.len();
        question.values.extend([month, structure, channel].map(|word| word.as_str().into()));
        let (month, structure, channel) = (at + 1, at + 2, at + 3);
        question.and(&format!(
            "(month > ${month} OR (month = ${month} AND (structure > ${structure} \
             OR (structure = ${structure} AND channel > ${channel}))))"
        ));
    }
    let sql = format!(
        "SELECT structure, month, channel, contacts, with_operator FROM volume WHERE {{conditions}} \
         ORDER BY month, structure, channel LIMIT {limit}"
    );
    let read = |row: &QueryResult| {
        Ok(Volume {
            structure: row.try_get("", "structure")?,
            month: row.try_get("", "month")?,
            channel: row.try_get("", "channel")?,
            contacts: row.try_get("", "contacts")?,
            with_operator: row.try_get("", "with_operator")?,
        })
    };
    question.rows(view, &sql).await?.iter().map(read).collect()
}

/// Trainings that a figure counts.
pub async fn trainings(view: &View, span: &Span, after: Option<After>, limit: u64) -> Result<Vec<Training>> {
    let mut question = Question { conditions: TRAINING.within(span), values: Vec::new() };
    question.after(after, TRAINING);
    let order = TRAINING.order();
    let sql = format!(
        "SELECT id, external, course, structure, completed_at FROM training WHERE {{conditions}} \
         ORDER BY {order} LIMIT {limit}"
    );
    let read = |row: &QueryResult| {
        Ok(Training {
            id: row.try_get("", "id")?,
            external: row.try_get("", "external")?,
            course: row.try_get("", "course")?,
            structure: row.try_get("", "structure")?,
            completed_at: time(row, "completed_at")?,
        })
    };
    question.rows(view, &sql).await?.iter().map(read).collect()
}

/// Publications of a kind that a figure counts.
pub async fn media(
    view: &View,
    span: &Span,
    kind: &str,
    only: Option<&Only>,
    after: Option<After>,
    limit: u64,
) -> Result<Vec<Media>> {
    let mut question = Question { conditions: MEDIA.within(span), values: Vec::new() };
    question.equal("kind", kind);
    question.only(only, MEDIA);
    question.after(after, MEDIA);
    let order = MEDIA.order();
    let sql = format!(
        "SELECT id, external, kind, title, published_at, url, origin FROM media WHERE {{conditions}} \
         ORDER BY {order} LIMIT {limit}"
    );
    let read = |row: &QueryResult| {
        Ok(Media {
            id: row.try_get("", "id")?,
            external: row.try_get("", "external")?,
            kind: row.try_get("", "kind")?,
            title: row.try_get("", "title")?,
            published_at: time(row, "published_at")?,
            url: row.try_get("", "url")?,
            origin: row.try_get("", "origin")?,
        })
    };
    question.rows(view, &sql).await?.iter().map(read).collect()
}
