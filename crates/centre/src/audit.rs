//! The audit: who did what to what, read from the log that everything leaves its trace in. Reading what was done to a
//! person, or taking the log away as a file, leaves a trace as well.

use crate::{By, Centre, Result};
pub use db::event::audit::{Filter, Found};
use futures::Stream;
use model::event::{Actor, Position, Record, Subject};
use model::number::CaseNumber;
use model::{CaseId, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// Lines of a page.
pub const PAGE: u64 = 50;
/// Lines that the file is made of at a time.
const CHUNK: u64 = 1_000;

/// What was found, with the names of the staff that occur.
#[derive(Debug, Clone)]
pub struct Page {
    pub found: Found,
    pub names: HashMap<UserId, String>,
    /// Numbers of the cases that occur.
    pub cases: HashMap<CaseId, CaseNumber>,
}

/// A page of the log, newest first, from `before` back.
///
/// # Errors
/// Only those of the database.
pub async fn read(centre: &Centre, by: By, filter: &Filter, before: Option<Position>) -> Result<Page> {
    if before.is_none() {
        note(centre, by, filter, false).await?;
    }
    page(centre, filter, before, PAGE).await
}

async fn page(centre: &Centre, filter: &Filter, before: Option<Position>, limit: u64) -> Result<Page> {
    let db = centre.db().read();
    let found = db::event::audit::find(db, filter, before, limit).await?;
    let mut staff: Vec<UserId> = Vec::new();
    for record in &found.records {
        if let Actor::Staff(id) = record.actor {
            staff.push(id);
        }
        if matches!(record.subject, Subject::User | Subject::Session) {
            staff.extend(record.subject_id.parse::<UserId>());
        }
    }
    staff.sort_unstable();
    staff.dedup();
    let cases = found.records.iter().filter(|record| record.subject == Subject::Case);
    let cases = crate::case::numbers(centre, cases.filter_map(|record| record.subject_id.parse().ok())).await?;
    Ok(Page { names: db::staff::names(db, &staff).await?, cases, found })
}

/// Everything that fits the filter, in pieces, newest first.
///
/// # Errors
/// When it cannot be noted that somebody takes it away: then nobody does.
pub async fn all(centre: &Centre, by: By, filter: Filter) -> Result<impl Stream<Item = Result<Page>> + Send + 'static> {
    note(centre, by, &filter, true).await?;
    let begin = (centre.clone(), Arc::new(filter), Some(None));
    Ok(futures::stream::try_unfold(begin, async |(centre, filter, at)| {
        let Some(before) = at else { return Ok(None) };
        let page = page(&centre, &filter, before, CHUNK).await?;
        let next = page.found.next.map(Some);
        Ok(Some((page, (centre, filter, next))))
    }))
}

/// Notes that the log was read, where that concerns a person.
async fn note(centre: &Centre, by: By, filter: &Filter, taken_away: bool) -> Result<()> {
    let person = (filter.subject == Some(Subject::Person)).then(|| filter.subject_id.clone()).flatten();
    let (subject, id, kind) = match (person, taken_away) {
        (Some(id), false) => (Subject::Person, id, "history-read"),
        (Some(id), true) => (Subject::Person, id, "history-taken"),
        (None, true) => (Subject::Audit, "*".to_owned(), "taken"),
        (None, false) => return Ok(()),
    };
    // What somebody typed as an id is kept only where it is one.
    if id != "*" && id.parse::<i64>().is_err() {
        return Ok(());
    }
    centre
        .work(by, move |w| {
            Box::pin(async move {
                db::event::append(w.tx, w.by.actor(), w.now, subject, &id, kind, serde_json::json!({}));
                Ok(())
            })
        })
        .await
}

/// A record's own line in a file: time, who, what, which, what happened, with what.
#[must_use]
pub fn line(record: &Record, names: &HashMap<UserId, String>) -> [String; 7] {
    let (actor, name) = match record.actor {
        Actor::System => ("system".to_owned(), String::new()),
        Actor::Citizen => ("citizen".to_owned(), String::new()),
        Actor::Staff(id) => (format!("staff {id}"), names.get(&id).cloned().unwrap_or_default()),
    };
    let at = record.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let data = record.data.to_string();
    [at, actor, name, record.subject.to_string(), record.subject_id.clone(), record.kind.clone(), data]
}
