//! Solving, reopening, closing.

use super::{open, settle};
use crate::{Result, Work, mail};
use model::access::Action;
use model::case::Outcome;
use model::{CaseId, TopicId};

/// The case is solved, with its outcome and, if it was not known, its topic. The citizen is told.
///
/// # Errors
/// The refusals of [`model::case::Case::solve`]: of two operators who solve it at once, the second is refused.
pub async fn solve(work: &Work<'_>, id: CaseId, outcome: Outcome, topic: Option<TopicId>) -> Result<()> {
    let mut stored = open(work, id, Action::Solve).await?;
    let mut events = Vec::new();
    if let (None, true, Some(staff)) = (stored.case.assignee, stored.case.is_active(), work.by.staff()) {
        events.push(stored.case.assign(Some(staff.id), work.now)?);
    }
    events.push(stored.case.solve(outcome, topic, work.now)?);
    settle(work, &mut stored.case, events).await?;
    if let Some(to) = &stored.content.announce_to {
        mail::announce_solved(work, &stored.case, to);
    }
    Ok(())
}

/// "Not solved": taken up again.
///
/// # Errors
/// The refusals of [`model::case::Case::reopen`].
pub async fn reopen(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = open(work, id, Action::Reopen).await?;
    let mut events = vec![stored.case.reopen(work.now)?];
    // Its queue may have gone while it was solved.
    if let Some(queue) = work.catalogue.instead_of(&stored.case) {
        events.push(stored.case.transfer(queue.id.clone(), queue.structure.clone(), work.now)?);
    }
    settle(work, &mut stored.case, events).await
}

/// Closes a solved case whose time to reopen is over; any other stays as it is.
///
/// # Errors
/// Only those of the database.
pub async fn close(work: &Work<'_>, id: CaseId) -> Result<()> {
    let Some(mut stored) = db::case::load_for_change(work.tx, id).await? else { return Ok(()) };
    if let Ok(event) = stored.case.close(work.now) {
        settle(work, &mut stored.case, vec![event]).await?;
    }
    Ok(())
}
