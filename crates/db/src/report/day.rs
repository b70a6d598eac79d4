//! The half-hours of a day: what came in, was opened, solved, escalated, answered, and what waited. Each is counted by the
//! index that is in the order of its time.

use super::Span;
use super::began::{CASE, CONTACT, between};
use super::cases::{opened, solved};
use crate::at::At;
use crate::{Result, View};
use chrono::{DateTime, Utc};
use model::half_hour::{HalfHour, MICROS};
use sea_orm::ConnectionTrait;

/// Contacts that began in one half-hour and are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    pub half: HalfHour,
    pub channel: String,
    pub inbound: bool,
    pub count: i64,
}

pub async fn contacts(view: &View, span: &Span) -> Result<Vec<Contacts>> {
    let sql = format!(
        "SELECT started_at / {MICROS} AS half, channel, direction, COUNT(*) AS count FROM contact WHERE {} \
         GROUP BY started_at / {MICROS}, channel, direction",
        span.within(CONTACT)
    );
    let read = |row: &sea_orm::QueryResult| {
        let direction: String = row.try_get("", "direction")?;
        Ok(Contacts {
            half: HalfHour(row.try_get("", "half")?),
            channel: row.try_get("", "channel")?,
            inbound: direction == "inbound",
            count: row.try_get("", "count")?,
        })
    };
    span.all(view, &sql).await?.iter().map(read).collect()
}

/// Contacts that came in during the span.
pub async fn inbound(connection: &impl ConnectionTrait, span: &Span) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) AS count FROM contact WHERE {} AND direction = 'inbound'", span.within(CONTACT));
    Ok(span.one(connection, &sql).await?.map(|row| row.try_get("", "count")).transpose()?.unwrap_or_default())
}

/// What happened in half-hours, counted.
pub type Halves = Vec<(HalfHour, i64)>;

async fn halves(view: &View, span: &Span, sql: &str) -> Result<Halves> {
    let read = |row: &sea_orm::QueryResult| Ok((HalfHour(row.try_get("", "half")?), row.try_get("", "count")?));
    span.all(view, sql).await?.iter().map(read).collect()
}

/// Cases opened.
pub async fn cases_opened(view: &View, span: &Span) -> Result<Halves> {
    let sql = format!(
        "SELECT opened_at / {MICROS} AS half, COUNT(*) AS count FROM cases WHERE {} GROUP BY opened_at / {MICROS}",
        opened(span)
    );
    halves(view, span, &sql).await
}

// What is solved and was not reopened since. The first condition is the index's.
fn done(span: &Span) -> String {
    let service = if span.service.is_some() { " AND service = $1" } else { "" };
    format!("{} AND merged_into IS NULL AND {}{service}", crate::desk::DONE, solved(span))
}

/// Cases solved, in the half-hour of the solution that stands.
pub async fn cases_solved(view: &View, span: &Span) -> Result<Halves> {
    let (done, between) = (done(span), between(span, "solved_at"));
    let sql = format!(
        "SELECT solved_at / {MICROS} AS half, COUNT(*) AS count FROM cases WHERE {done} AND {between} \
         GROUP BY solved_at / {MICROS}"
    );
    halves(view, span, &sql).await
}

/// Cases handed to the back office, each when it first was.
pub async fn cases_escalated(view: &View, span: &Span) -> Result<Halves> {
    let between = between(span, "escalated_at");
    let service = if span.service.is_some() { " AND service = $1" } else { "" };
    let sql = format!(
        "SELECT escalated_at / {MICROS} AS half, COUNT(*) AS count FROM cases \
         WHERE escalated_at IS NOT NULL AND merged_into IS NULL AND {between}{service} GROUP BY escalated_at / {MICROS}"
    );
    halves(view, span, &sql).await
}

/// Answers sent to citizens.
pub async fn answers_sent(view: &View, span: &Span) -> Result<Halves> {
    let between = between(span, "m.at");
    let of_service = match span.service {
        Some(_) => " JOIN cases c ON c.id = m.case_id AND c.service = $1",
        None => "",
    };
    let sql = format!(
        "SELECT m.at / {MICROS} AS half, COUNT(*) AS count FROM message m{of_service} \
         WHERE m.author = 'operator' AND NOT m.internal AND {between} GROUP BY m.at / {MICROS}"
    );
    halves(view, span, &sql).await
}

/// Cases that waited for their solution when the span began: those that are active now or were solved since, and had been
/// opened before. For today these are few.
pub async fn waiting(view: &View, span: &Span) -> Result<i64> {
    let (from, as_of) = (At::from(span.from).0, span.as_of());
    let service = if span.service.is_some() { " AND service = $1" } else { "" };
    let (active, done) = (crate::desk::ACTIVE, done(span));
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM cases WHERE {active} AND merged_into IS NULL AND opened_at < {from} \
         AND opened_at <= {as_of}{service}) \
         + (SELECT COUNT(*) FROM cases WHERE {done} AND solved_at >= {from} AND opened_at < {from}) AS count"
    );
    Ok(span.one(view, &sql).await?.map(|row| row.try_get("", "count")).transpose()?.unwrap_or_default())
}

/// The first instant of which a contact or a case is known.
pub async fn beginning(view: &View, span: &Span) -> Result<Option<DateTime<Utc>>> {
    let (contacts, cases) = (CONTACT.steps(), CASE.steps());
    let sql = format!(
        "SELECT MIN(at) AS at FROM (\
         SELECT MIN(started_at) AS at FROM contact WHERE {contacts} = (SELECT MIN({contacts}) FROM contact) UNION ALL \
         SELECT MIN(opened_at) AS at FROM cases WHERE {cases} = (SELECT MIN({cases}) FROM cases)) AS each"
    );
    let at: Option<i64> = span.one(view, &sql).await?.map(|row| row.try_get("", "at")).transpose()?.flatten();
    Ok(at.map(|at| At(at).into()))
}
