//! Merging cases: one points at the other and nothing is moved, so that a merge is undone by taking the pointer away.

use super::{before_last, both, settle};
use crate::{Error, Result, Work};
use model::CaseId;
use model::access::Action;
use model::case::{Case, Event};

/// Continues the case `id` in `into`; the timeline of `into` shows both.
///
/// # Errors
/// The refusals of [`model::case::Case::merge`] and [`model::case::Case::absorb`].
pub async fn merge(work: &Work<'_>, id: CaseId, into: CaseId) -> Result<()> {
    let (mut from, mut to) = both(work, id, into, Action::Merge).await?;
    let (active, clocks) = (from.case.is_active(), from.case.clocks);
    let unanswered = active && from.case.unanswered;
    let event = from.case.merge(into, work.now)?;
    let mut others = vec![to.case.absorb(id, unanswered, work.now)?];
    if active && to.case.is_active() {
        // What was promised there is kept here.
        others.extend(to.case.set_clocks(to.case.clocks.sooner(clocks), work.now));
    }
    settle(work, &mut from.case, vec![event]).await?;
    settle(work, &mut to.case, others).await
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
    let others = released(work, &mut to.case, id).await?;
    settle(work, &mut from.case, events).await?;
    settle(work, &mut to.case, others).await
}

/// Lets `other` go out of the case: where nothing has happened since they were merged, it stands as it did before.
async fn released(work: &Work<'_>, case: &mut Case, other: CaseId) -> Result<Vec<Event>> {
    let absorbed = |event: &Event| matches!(event, Event::Absorbed { other: one, .. } if *one == other);
    let history = db::event::of_cases(work.tx, &[case.id]).await?;
    let events: Vec<Event> = history.iter().filter_map(model::event::Record::case_event).collect();
    let since = events.iter().rev().take_while(|event| !absorbed(event));
    let untouched = since.filter(|event| !matches!(event, Event::ClocksSet(_))).count() == 0;
    let before = if untouched { before_last(work, case.id, absorbed).await? } else { None };
    let answered = before.as_ref().is_some_and(|before| !before.unanswered);
    let mut others = vec![case.release(other, answered, work.now)];
    others.extend(before.and_then(|before| case.set_clocks(before.clocks, work.now)));
    Ok(others)
}
