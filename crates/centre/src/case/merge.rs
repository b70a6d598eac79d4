//! Merging cases: one points at the other and nothing is moved, so that a merge is undone by taking the pointer away.

use super::{before_last, both, settle};
use crate::{Error, Result, Work};
use model::CaseId;
use model::access::Action;
use model::case::Event;

/// Continues the case `id` in `into`; the timeline of `into` shows both.
///
/// # Errors
/// The refusals of [`model::case::Case::merge`] and [`model::case::Case::absorb`].
pub async fn merge(work: &Work<'_>, id: CaseId, into: CaseId) -> Result<()> {
    let (mut from, mut to) = both(work, id, into, Action::Merge).await?;
    let event = from.case.merge(into, work.now)?;
    let other = to.case.absorb(id, work.now)?;
    settle(work, &mut from.case, vec![event]).await?;
    settle(work, &mut to.case, vec![other]).await
}

/// Undoes a merge. What was due before is due at the same time again.
///
/// # Errors
/// [`model::case::Refused::NotMerged`] when it is not merged.
pub async fn unmerge(work: &Work<'_>, id: CaseId) -> Result<()> {
    let stored = db::case::load(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    let into = stored.case.merged_into.ok_or(model::case::Refused::NotMerged(id))?;
    let (mut from, mut to) = both(work, id, into, Action::Merge).await?;
    let before = before_last(work, id, |event| matches!(event, Event::Merged { .. })).await?;
    let mut events = vec![from.case.unmerge(work.now)?];
    events.extend(before.and_then(|before| from.case.set_clocks(before.clocks, work.now)));
    let other = to.case.release(id, work.now);
    settle(work, &mut from.case, events).await?;
    settle(work, &mut to.case, vec![other]).await
}
