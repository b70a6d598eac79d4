//! Taking a case, giving it to a colleague, putting it back.

use super::{open, settle, unchanged, write};
use crate::{Error, Result, Work};
use model::access::Action;
use model::contact::Channel;
use model::problem::Problem;
use model::{CaseId, UserId};

/// Whoever is at work takes the case.
///
/// # Errors
/// The refusals of [`model::case::Case::assign`].
pub async fn take(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = open(work, id, Action::Take).await?;
    let event = stored.case.assign(Some(work.staff()?.id), work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// Whoever is at work takes the case from `seen`, the colleague who had it when they looked, or nobody. A second press of
/// the button changes nothing.
///
/// # Errors
/// [`Error::Changed`] when somebody else has taken it since; the refusals of [`model::case::Case::assign`].
pub async fn take_from(work: &Work<'_>, id: CaseId, seen: Option<UserId>) -> Result<()> {
    let mut stored = open(work, id, Action::Take).await?;
    let me = work.staff()?.id;
    if stored.case.assignee == Some(me) {
        return Ok(());
    }
    if stored.case.assignee.is_some() && stored.case.assignee != seen {
        return Err(Error::Changed(stored.case.version));
    }
    let event = stored.case.assign(Some(me), work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// Undoes a giving or taking: the case goes back to who had it, unless somebody else than `now_with` has it by now.
///
/// # Errors
/// [`Error::Changed`] when somebody else has it; the refusals of [`assign`].
pub async fn undo_assign(work: &Work<'_>, id: CaseId, now_with: Option<UserId>, to: Option<UserId>) -> Result<()> {
    let stored = open(work, id, Action::Assign).await?;
    if stored.case.assignee != now_with {
        return Err(Error::Changed(stored.case.version));
    }
    assign(work, id, to).await
}

/// The case is given to a colleague, or put back among those to take.
///
/// # Errors
/// A colleague who may not work on it; the refusals of [`model::case::Case::assign`].
pub async fn assign(work: &Work<'_>, id: CaseId, to: Option<UserId>) -> Result<()> {
    give(work, id, to, None, None).await
}

/// As [`assign`], by somebody who saw the case at version `seen`, with the reason as a note that colleagues read.
///
/// # Errors
/// [`Error::Changed`] when somebody else did something to it since; the refusals of [`assign`].
pub async fn give(
    work: &Work<'_>,
    id: CaseId,
    to: Option<UserId>,
    reason: Option<&str>,
    seen: Option<i64>,
) -> Result<()> {
    let mut stored = open(work, id, Action::Assign).await?;
    unchanged(work, &stored.case, seen).await?;
    if let Some(to) = to {
        let colleague = db::staff::load(work.tx, to).await?.ok_or_else(|| Error::field("to", Problem::NotInTheList))?;
        if model::access::case(&colleague, Action::Take, &stored.case).is_err() {
            return Err(Error::field("to", Problem::NotInTheList));
        }
    }
    let mut events = vec![stored.case.assign(to, work.now)?];
    if let Some(reason) = reason {
        let message = write(work, &stored.case, Channel::Desk, reason, true).await?;
        events.push(stored.case.note(message, work.now));
    }
    settle(work, &mut stored.case, events).await
}
