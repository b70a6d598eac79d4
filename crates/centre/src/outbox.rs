//! What could not be sent, for whoever runs the centre: the list, and another try.

use crate::{By, Centre, Result, Work};
use db::job::Job;
use db::outbox::Item;
use model::event::Subject;
use model::number::CaseNumber;
use model::user::Role;
use model::{CaseId, OutboxId};
use std::collections::HashMap;

/// How much waits, was given up, or fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub waiting: u64,
    pub dead: u64,
    pub failing_jobs: usize,
}

/// There are no more kinds of jobs than this.
const JOBS: u64 = 100;

/// # Errors
/// When the database does not answer.
pub async fn figures(centre: &Centre) -> Result<Figures> {
    let (waiting, dead) = db::outbox::count(centre.db().read()).await?;
    Ok(Figures { waiting, dead, failing_jobs: failing_jobs(centre).await?.len() })
}

/// Dead letters, newest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn dead(centre: &Centre, limit: u64) -> Result<Vec<Item>> {
    Ok(db::outbox::dead(centre.db().read(), limit).await?)
}

/// Dead letters older than `before`, newest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn dead_before(centre: &Centre, before: Option<OutboxId>, limit: u64) -> Result<Vec<Item>> {
    Ok(db::outbox::dead_before(centre.db().read(), before, limit).await?)
}

/// The numbers of the cases that these letters are about.
///
/// # Errors
/// When the database does not answer.
pub async fn cases(centre: &Centre, letters: &[Item]) -> Result<HashMap<CaseId, CaseNumber>> {
    crate::case::numbers(centre, letters.iter().filter_map(|letter| letter.case)).await
}

/// Jobs whose last run failed.
///
/// # Errors
/// When the database does not answer.
pub async fn failing_jobs(centre: &Centre) -> Result<Vec<Job>> {
    Ok(db::job::failing(centre.db().read(), JOBS).await?)
}

/// A dead letter is tried again from the start; false when there is no dead letter of this id.
///
/// # Errors
/// When the database does not answer.
pub async fn send_again(centre: &Centre, by: By, id: OutboxId) -> Result<bool> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_be(&[Role::Admin])?;
                let again = db::outbox::send_again(w.tx, id, w.now).await?;
                if again {
                    told(w, &id.to_string(), "retried", None);
                }
                Ok(again)
            })
        })
        .await
}

/// Every dead letter is tried again from the start; returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn send_all_again(centre: &Centre, by: By) -> Result<u64> {
    centre
        .work(by, |w| {
            Box::pin(async move {
                w.must_be(&[Role::Admin])?;
                let count = db::outbox::send_all_again(w.tx, w.now).await?;
                if count > 0 {
                    told(w, "*", "retried", None);
                }
                Ok(count)
            })
        })
        .await
}

/// A dead letter is not sent after all: what it carried is emptied. False when there is no dead letter of this id.
///
/// # Errors
/// When the database does not answer.
pub async fn give_up(centre: &Centre, by: By, id: OutboxId) -> Result<bool> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_be(&[Role::Admin])?;
                let dropped = db::outbox::drop_dead(w.tx, id, w.now).await?;
                if dropped {
                    told(w, &id.to_string(), "dropped", None);
                }
                Ok(dropped)
            })
        })
        .await
}

/// Says what became of a letter, to the audit and to the pages that show the case it is about.
pub(crate) fn told(work: &Work<'_>, id: &str, kind: &str, case: Option<CaseId>) {
    let data = case.map_or_else(|| serde_json::json!({}), |case| serde_json::json!({ "case": case }));
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Outbox, id, kind, data);
}
