//! Contacts by the hour in which they began, and the telephone's waits.

use super::{HOUR, Span};
use crate::{Result, View};
use futures::TryStreamExt;

/// Contacts that began in one hour and are alike.
#[derive(Debug, Clone)]
pub struct Hour {
    /// Hours since 1970, in UTC.
    pub hour: i64,
    pub service: String,
    pub channel: String,
    pub direction: String,
    pub outcome: Option<String>,
    pub count: i64,
    /// Of these, the ones that had ended: only of them is the outcome known.
    pub ended: i64,
}

/// Passes on the contacts of the span, hour by hour.
pub async fn hours(view: &View, span: &Span, mut each: impl FnMut(Hour)) -> Result<()> {
    let (within, ended) = (span.within("started_at"), ended(span));
    let sql = format!(
        "SELECT started_at / {HOUR} AS hour, service, channel, direction, outcome, COUNT(*) AS count, \
         COUNT(*) FILTER (WHERE {ended}) AS ended FROM contact WHERE {within} GROUP BY started_at / {HOUR}, service, channel, direction, outcome"
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        each(Hour {
            hour: row.try_get("", "hour")?,
            service: row.try_get("", "service")?,
            channel: row.try_get("", "channel")?,
            direction: row.try_get("", "direction")?,
            outcome: row.try_get("", "outcome")?,
            count: row.try_get("", "count")?,
            ended: row.try_get("", "ended")?,
        });
    }
    Ok(())
}

/// Calls that entered a queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phone {
    pub offered: i64,
    pub answered: i64,
    pub abandoned: i64,
    /// Answered calls that have ended, and how long was talked in them, in microseconds.
    pub talked: i64,
    pub talk: i64,
}

/// That nothing of how a contact went is later than `as_of`.
pub(super) fn ended(span: &Span) -> String {
    let as_of = span.as_of();
    format!("COALESCE(ended_at, 0) <= {as_of} AND COALESCE(answered_at, 0) <= {as_of}")
}

pub(super) fn answered(span: &Span) -> String {
    format!("answered_at <= {}", span.as_of())
}

pub(super) fn abandoned(span: &Span) -> String {
    format!("answered_at IS NULL AND outcome = 'abandoned' AND COALESCE(ended_at, 0) <= {}", span.as_of())
}

pub(super) fn talked(span: &Span) -> String {
    format!("{} AND ended_at <= {}", answered(span), span.as_of())
}

pub(super) fn offered(span: &Span) -> String {
    let (within, as_of) = (span.within("started_at"), span.as_of());
    format!("{within} AND channel = 'phone' AND direction = 'inbound' AND queued_at <= {as_of}")
}

pub async fn phone(view: &View, span: &Span) -> Result<Phone> {
    let (offered, answered, abandoned, talked) = (offered(span), answered(span), abandoned(span), talked(span));
    let sql = format!(
        "SELECT COUNT(*) AS offered, COUNT(*) FILTER (WHERE {answered}) AS answered, \
         COUNT(*) FILTER (WHERE {abandoned}) AS abandoned, COUNT(*) FILTER (WHERE {talked}) AS talked, \
         CAST(COALESCE(SUM(ended_at - answered_at) FILTER (WHERE {talked}), 0) AS bigint) AS talk \
         FROM contact WHERE {offered}"
    );
    let Some(row) = span.one(view, &sql).await? else { return Ok(Phone::default()) };
    Ok(Phone {
        offered: row.try_get("", "offered")?,
        answered: row.try_get("", "answered")?,
        abandoned: row.try_get("", "abandoned")?,
        talked: row.try_get("", "talked")?,
        talk: row.try_get("", "talk")?,
    })
}

/// Passes on how long callers waited until they were answered, in microseconds, the shortest first, each with how many
/// waited so long.
pub async fn waits(view: &View, span: &Span, mut each: impl FnMut(i64, i64)) -> Result<()> {
    let (offered, answered) = (offered(span), answered(span));
    let sql = format!(
        "SELECT answered_at - queued_at AS wait, COUNT(*) AS count FROM contact \
         WHERE {offered} AND {answered} GROUP BY answered_at - queued_at ORDER BY 1"
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        each(row.try_get("", "wait")?, row.try_get("", "count")?);
    }
    Ok(())
}

/// Calls that entered a queue in one hour.
#[derive(Debug, Clone)]
pub struct Queued {
    /// Hours since 1970, in UTC.
    pub hour: i64,
    pub offered: i64,
    /// Answered within the promise.
    pub within: i64,
}

/// Passes on the calls of the span hour by hour, with how many were answered within so many microseconds.
pub async fn queued(view: &View, span: &Span, promise: i64, mut each: impl FnMut(Queued)) -> Result<()> {
    let (offered, answered) = (offered(span), answered(span));
    let sql = format!(
        "SELECT started_at / {HOUR} AS hour, COUNT(*) AS offered, \
         COUNT(*) FILTER (WHERE {answered} AND answered_at - queued_at <= {promise}) AS within \
         FROM contact WHERE {offered} GROUP BY started_at / {HOUR}"
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        each(Queued {
            hour: row.try_get("", "hour")?,
            offered: row.try_get("", "offered")?,
            within: row.try_get("", "within")?,
        });
    }
    Ok(())
}
