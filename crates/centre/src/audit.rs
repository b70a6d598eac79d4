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

/// A page of the log, newest first, from `before` back. That a person's history was read is noted with every page of it.
///
/// # Errors
/// When that cannot be noted: then nobody reads it; those of the database.
pub async fn read(centre: &Centre, by: By, filter: &Filter, before: Option<Position>) -> Result<Page> {
    let page = page(centre, filter, before, PAGE).await?;
    if let Some(person) = person_in(filter, &page) {
        note(centre, by, Subject::Person, person, "history-read").await?;
    }
    Ok(page)
}

/// The person whose history a page shows to whoever asks for this: one whose id is asked for.
fn person_in<'a>(filter: &'a Filter, page: &Page) -> Option<&'a str> {
    // What somebody typed as an id is kept only where it is one.
    let id = filter.subject_id.as_deref().filter(|id| id.parse::<i64>().is_ok())?;
    let shows = match filter.subject {
        Some(subject) => subject == Subject::Person,
        None => page.found.records.iter().any(|record| record.subject == Subject::Person),
    };
    shows.then_some(id)
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

/// Everything that fits the filter, in pieces, newest first. Of a person's history it is noted there, before the first
/// piece of it; and in the log itself that anything is taken away at all.
///
/// # Errors
/// When it cannot be noted that somebody takes it away: then nobody does.
pub async fn all(centre: &Centre, by: By, filter: Filter) -> Result<impl Stream<Item = Result<Page>> + Send + 'static> {
    note(centre, by.clone(), Subject::Audit, "*", "taken").await?;
    let begin = (centre.clone(), Some(by), Arc::new(filter), Some(None));
    Ok(futures::stream::try_unfold(begin, async |(centre, mut unnoted, filter, at)| {
        let Some(before) = at else { return Ok(None) };
        let page = page(&centre, &filter, before, CHUNK).await?;
        if let Some(person) = person_in(&filter, &page)
            && let Some(by) = unnoted.take()
        {
            note(&centre, by, Subject::Person, person, "history-taken").await?;
        }
        let next = page.found.next.map(Some);
        Ok(Some((page, (centre, unnoted, filter, next))))
    }))
}

async fn note(centre: &Centre, by: By, subject: Subject, id: &str, kind: &'static str) -> Result<()> {
    let id = id.to_owned();
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
