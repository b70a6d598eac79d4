//! Contacts by the hour in which they began, and the telephone's waits.

use super::Span;
use super::began::{CONTACT, HOUR};
use super::packed::{pack, unpack};
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
    let (within, ended) = (span.within(CONTACT), ended(span));
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

/// Calls that entered a queue in one hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calls {
    /// Hours since 1970, in UTC.
    pub hour: i64,
    pub offered: i64,
    pub abandoned: i64,
    /// How long each caller waited who was answered, in microseconds.
    pub waits: Vec<i64>,
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
    let (within, as_of) = (span.within(CONTACT), span.as_of());
    format!("{within} AND channel = 'phone' AND direction = 'inbound' AND queued_at <= {as_of}")
}

/// Passes on the calls of the span hour by hour.
pub async fn calls(view: &View, span: &Span, mut each: impl FnMut(Calls)) -> Result<()> {
    let (offered, answered, abandoned, talked) = (offered(span), answered(span), abandoned(span), talked(span));
    let waits = pack("answered_at - queued_at");
    let sql = format!(
        "SELECT started_at / {HOUR} AS hour, COUNT(*) AS offered, COUNT(*) FILTER (WHERE {abandoned}) AS abandoned, \
         {waits} FILTER (WHERE {answered}) AS waits, COUNT(*) FILTER (WHERE {talked}) AS talked, \
         CAST(COALESCE(SUM(ended_at - answered_at) FILTER (WHERE {talked}), 0) AS bigint) AS talk \
         FROM contact WHERE {offered} GROUP BY started_at / {HOUR}"
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        let mut waits = Vec::new();
        unpack(row.try_get::<Option<String>>("", "waits")?.as_deref(), |wait| waits.push(wait))?;
        each(Calls {
            hour: row.try_get("", "hour")?,
            offered: row.try_get("", "offered")?,
            abandoned: row.try_get("", "abandoned")?,
            waits,
            talked: row.try_get("", "talked")?,
            talk: row.try_get("", "talk")?,
        });
    }
    Ok(())
}
