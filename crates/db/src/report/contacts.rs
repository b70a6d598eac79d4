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
    let (within, as_of) = (span.within("started_at"), span.as_of());
    let sql = format!(
        "SELECT started_at / {HOUR} AS hour, service, channel, direction, outcome, COUNT(*) AS count, \
         COUNT(*) FILTER (WHERE COALESCE(ended_at, 0) <= {as_of} AND COALESCE(answered_at, 0) <= {as_of}) AS ended \
         FROM contact WHERE {within} GROUP BY started_at / {HOUR}, service, channel, direction, outcome"
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

fn offered(span: &Span) -> String {
    let (within, as_of) = (span.within("started_at"), span.as_of());
    format!("{within} AND channel = 'phone' AND direction = 'inbound' AND queued_at <= {as_of}")
}

pub async fn phone(view: &View, span: &Span) -> Result<Phone> {
    let (offered, as_of) = (offered(span), span.as_of());
    let sql = format!(
        "SELECT COUNT(*) AS offered, COUNT(*) FILTER (WHERE answered_at <= {as_of}) AS answered, \
         COUNT(*) FILTER (WHERE answered_at IS NULL AND outcome = 'abandoned' AND COALESCE(ended_at, 0) <= {as_of}) \
         AS abandoned, COUNT(*) FILTER (WHERE answered_at <= {as_of} AND ended_at <= {as_of}) AS talked, \
         CAST(COALESCE(SUM(ended_at - answered_at) FILTER (WHERE answered_at <= {as_of} AND ended_at <= {as_of}), 0) \
         AS bigint) AS talk FROM contact WHERE {offered}"
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
    let (offered, as_of) = (offered(span), span.as_of());
    let sql = format!(
        "SELECT answered_at - queued_at AS wait, COUNT(*) AS count FROM contact \
         WHERE {offered} AND answered_at <= {as_of} GROUP BY answered_at - queued_at ORDER BY 1"
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        each(row.try_get("", "wait")?, row.try_get("", "count")?);
    }
    Ok(())
}
