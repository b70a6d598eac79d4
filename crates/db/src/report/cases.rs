//! Cases by the time in which they were opened. A case that is continued in another is none of its own; its contacts
//! are the other's.

use super::Span;
use super::began::CASE;
use super::packed::{pack, unpack};
use crate::at::At;
use crate::{Result, View};
use chrono::{DateTime, Utc};
use futures::TryStreamExt;

/// Cases that were opened in the span.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cases {
    pub handled: i64,
    pub solved: i64,
    pub by_front: i64,
    pub backlog: i64,
}

pub(super) fn opened(span: &Span) -> String {
    format!("merged_into IS NULL AND {}", span.within(CASE))
}

/// That a case was solved and had not been reopened since, as it was known then.
pub(super) fn solved(span: &Span) -> String {
    let as_of = span.as_of();
    format!(
        "(solved_at IS NOT NULL AND solved_at <= {as_of} \
         AND NOT (COALESCE(reopened_at, solved_at) > solved_at AND reopened_at <= {as_of}))"
    )
}

/// Cases that are continued in others, each with where it is continued in the end.
pub(super) const FAMILY: &str = "WITH RECURSIVE family (id, root) AS (\
     SELECT id, merged_into FROM cases WHERE merged_into IS NOT NULL \
     UNION ALL SELECT f.id, c.merged_into FROM family f JOIN cases c ON c.id = f.root WHERE c.merged_into IS NOT NULL)";

pub(super) const BY_FRONT: &str = "solved_by = 'front'";

pub(super) fn backlog(span: &Span) -> String {
    format!("NOT ({} AND solved_at < {})", solved(span), span.to())
}

/// Among cases that were solved: never escalated, and with one inbound contact in all; those of cases that are
/// continued in this one are its own. Asks [`FAMILY`].
pub(super) fn of_one_contact(span: &Span) -> String {
    let as_of = span.as_of();
    let inbound = format!("k.direction = 'inbound' AND k.started_at <= {as_of}");
    format!(
        "COALESCE(escalated_at, {as_of} + 1) > {as_of} \
         AND (SELECT COUNT(*) FROM contact k WHERE k.case_id = cases.id AND {inbound}) \
         + CASE WHEN cases.id IN (SELECT root FROM family) \
         THEN (SELECT COUNT(*) FROM family f JOIN contact k ON k.case_id = f.id WHERE f.root = cases.id AND {inbound}) \
         ELSE 0 END = 1"
    )
}

pub async fn cases(view: &View, span: &Span) -> Result<Cases> {
    let (opened, solved, backlog) = (opened(span), solved(span), backlog(span));
    let sql = format!(
        "SELECT COUNT(*) AS handled, COUNT(*) FILTER (WHERE {solved}) AS solved, \
         COUNT(*) FILTER (WHERE {solved} AND {BY_FRONT}) AS by_front, \
         COUNT(*) FILTER (WHERE {backlog}) AS backlog FROM cases WHERE {opened}"
    );
    let Some(row) = span.one(view, &sql).await? else { return Ok(Cases::default()) };
    Ok(Cases {
        handled: row.try_get("", "handled")?,
        solved: row.try_get("", "solved")?,
        by_front: row.try_get("", "by_front")?,
        backlog: row.try_get("", "backlog")?,
    })
}

/// How many cases were solved with one contact and without the back office.
pub async fn at_first_contact(view: &View, span: &Span) -> Result<i64> {
    let (opened, solved, first) = (opened(span), solved(span), of_one_contact(span));
    let sql = format!("{FAMILY} SELECT COUNT(*) AS count FROM cases WHERE {opened} AND {solved} AND {first}");
    Ok(span.one(view, &sql).await?.map(|row| row.try_get("", "count")).transpose()?.unwrap_or_default())
}

/// Cases that are alike, of one step of time.
#[derive(Debug, Clone)]
pub struct Grouped {
    pub service: String,
    pub kind: Option<String>,
    pub topic: Option<String>,
    pub region: Option<String>,
    pub count: i64,
}

/// Passes on the cases of the span, those that are alike together.
pub async fn grouped_cases(view: &View, span: &Span, mut each: impl FnMut(Grouped)) -> Result<()> {
    let sql = format!(
        "SELECT service, kind, topic, region, COUNT(*) AS count FROM cases WHERE {} \
         GROUP BY {}, service, kind, topic, region",
        opened(span),
        CASE.steps()
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        each(Grouped {
            service: row.try_get("", "service")?,
            kind: row.try_get("", "kind")?,
            topic: row.try_get("", "topic")?,
            region: row.try_get("", "region")?,
            count: row.try_get("", "count")?,
        });
    }
    Ok(())
}

/// Cases of a service that were opened in one step of time and solved.
#[derive(Debug, Clone)]
pub struct Solved {
    pub service: String,
    /// When each was opened, and how long it took until it was solved, in microseconds.
    pub took: Vec<(DateTime<Utc>, i64)>,
}

/// Passes on the solved cases of the span, step by step: how long they took in working time only a calendar knows.
pub async fn solved_cases(view: &View, span: &Span, mut each: impl FnMut(Solved)) -> Result<()> {
    let (opened, solved) = (opened(span), solved(span));
    let (begun, took) = (pack("opened_at"), pack("solved_at - opened_at"));
    let sql = format!(
        "SELECT service, {begun} AS opened, {took} AS took FROM cases WHERE {opened} AND {solved} \
         GROUP BY {}, service",
        CASE.steps()
    );
    let mut rows = span.stream(view, &sql).await?;
    while let Some(row) = rows.try_next().await? {
        let (mut opened, mut took) = (Vec::new(), Vec::new());
        unpack(row.try_get::<Option<String>>("", "opened")?.as_deref(), |at| opened.push(At(at).into()))?;
        unpack(row.try_get::<Option<String>>("", "took")?.as_deref(), |micros| took.push(micros))?;
        each(Solved { service: row.try_get("", "service")?, took: opened.into_iter().zip(took).collect() });
    }
    Ok(())
}
