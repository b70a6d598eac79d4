//! What individual operators did: asked for only where the administration has turned it on.

use super::Span;
use super::began::{CONTACT, between};
use crate::{Result, View};
use std::collections::BTreeMap;

/// What one operator did in the span.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub contacts: i64,
    /// Contacts that were answered and are over, and how long was talked in them, in microseconds.
    pub talked: i64,
    pub talk: i64,
    /// What they wrote to citizens.
    pub answers: i64,
}

/// What operators did, by the operator's id.
pub async fn operators(view: &View, span: &Span) -> Result<BTreeMap<i64, Done>> {
    let (within, as_of) = (span.within(CONTACT), span.as_of());
    let talked = format!("answered_at <= {as_of} AND ended_at <= {as_of}");
    let sql = format!(
        "SELECT operator, COUNT(*) AS contacts, COUNT(*) FILTER (WHERE {talked}) AS talked, \
         CAST(COALESCE(SUM(ended_at - answered_at) FILTER (WHERE {talked}), 0) AS bigint) AS talk \
         FROM contact WHERE {within} AND operator IS NOT NULL GROUP BY operator"
    );
    let mut done: BTreeMap<i64, Done> = BTreeMap::new();
    for row in span.all(view, &sql).await? {
        let entry = done.entry(row.try_get("", "operator")?).or_default();
        entry.contacts = row.try_get("", "contacts")?;
        entry.talked = row.try_get("", "talked")?;
        entry.talk = row.try_get("", "talk")?;
    }
    let between = between(span, "at");
    let of_service = match span.service {
        Some(_) => " AND case_id IN (SELECT id FROM cases WHERE service = $1)",
        None => "",
    };
    let sql = format!(
        "SELECT operator, COUNT(*) AS answers FROM message WHERE {between} AND operator IS NOT NULL AND NOT internal \
         {of_service} GROUP BY operator"
    );
    for row in span.all(view, &sql).await? {
        done.entry(row.try_get("", "operator")?).or_default().answers = row.try_get("", "answers")?;
    }
    Ok(done)
}
