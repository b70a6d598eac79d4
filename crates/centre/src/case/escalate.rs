//! Between front and back office, and between queues.

use super::{before_last, open, settle, write};
use crate::{Error, Result, Work};
use model::access::Action;
use model::case::{Event, Level};
use model::contact::Channel;
use model::problem::Problem;
use model::text::{self, TEXT_MAX};
use model::{CaseId, QueueId};

/// The front office hands the case to an office of the back office, with a reason that colleagues read.
///
/// # Errors
/// A queue that is none of the back office's, an empty reason, the refusals of [`model::case::Case::escalate`].
pub async fn escalate(work: &Work<'_>, id: CaseId, queue: &QueueId, reason: &str) -> Result<()> {
    let mut stored = open(work, id, Action::Escalate).await?;
    let office = work
        .catalogue
        .queue(queue)
        .filter(|q| q.level == Level::Back)
        .ok_or_else(|| Error::field("queue", Problem::NotInTheList))?;
    let reason = text::required("reason", reason, TEXT_MAX)?;
    let message = write(work, &stored.case, Channel::Desk, &reason, true).await?;
    let structure = office.structure.clone().or_else(|| stored.case.structure.clone());
    let event = stored.case.escalate(office.id.clone(), structure, message, work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// The front office takes back what nobody at the back office has taken yet, as if it had not been sent there.
///
/// # Errors
/// The refusals of [`Case::recall`].
pub async fn recall(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = open(work, id, Action::Recall).await?;
    let before = before_last(work, id, |event| matches!(event, Event::Escalated { .. })).await?;
    let event = stored.case.recall(before.as_ref().unwrap_or(&stored.case.clone()), work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// The back office gives the case back, with the solution or with a question.
///
/// # Errors
/// An empty text, the refusals of [`model::case::Case::give_back`].
pub async fn give_back(work: &Work<'_>, id: CaseId, typed: &str, solution: bool) -> Result<()> {
    let mut stored = open(work, id, Action::GiveBack).await?;
    let text = text::required("text", typed, TEXT_MAX)?;
    let service = work.catalogue.service(&stored.case.service).ok_or(Error::NotFound("service"))?;
    let queue =
        work.catalogue.front_queue(service, stored.case.topic.as_ref()).ok_or(Error::NotFound("queue"))?.clone();
    // Whoever sent it there sees it again, though their structure is another than the office's.
    let before = before_last(work, id, |event| matches!(event, Event::Escalated { .. })).await?;
    let structure = before.map_or(queue.structure, |before| before.structure);
    let message = write(work, &stored.case, Channel::Desk, &text, true).await?;
    let event = stored.case.give_back(queue.id, structure, message, solution, work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// The case moves to another queue of its level.
///
/// # Errors
/// A queue of the other level, the refusals of [`model::case::Case::transfer`].
pub async fn transfer(work: &Work<'_>, id: CaseId, queue: &QueueId) -> Result<()> {
    let mut stored = open(work, id, Action::Transfer).await?;
    let to = work
        .catalogue
        .queue(queue)
        .filter(|q| q.level == stored.case.level)
        .ok_or_else(|| Error::field("queue", Problem::NotInTheList))?;
    let structure = to.structure.clone().or_else(|| stored.case.structure.clone());
    let event = stored.case.transfer(to.id.clone(), structure, work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// A case whose queue goes away, or went away while it came in, moves to this one of the same level; one that is over in
/// the meantime stays.
pub(crate) async fn rehouse(work: &Work<'_>, id: CaseId, queue: &QueueId) -> Result<()> {
    let Some(mut stored) = db::case::load_for_change(work.tx, id).await? else { return Ok(()) };
    let to = work.catalogue.queue(queue).filter(|q| q.level == stored.case.level);
    let to = to.ok_or_else(|| Error::field("queue", Problem::NotInTheList))?;
    if !stored.case.is_active() {
        return Ok(());
    }
    let structure = to.structure.clone().or_else(|| stored.case.structure.clone());
    let event = stored.case.transfer(to.id.clone(), structure, work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// A case whose queue is there no more goes where it would be now; any other stays.
pub(crate) async fn bring_home(work: &Work<'_>, id: CaseId) -> Result<()> {
    let stored = db::case::load(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    match work.catalogue.instead_of(&stored.case).map(|queue| queue.id.clone()) {
        Some(queue) => rehouse(work, id, &queue).await,
        None => Ok(()),
    }
}

/// The first back-office queue of the case's service: where it goes when nobody says where.
///
/// # Errors
/// [`Error::NotFound`] when the service has none.
pub async fn first_back_queue(work: &Work<'_>, id: CaseId) -> Result<QueueId> {
    let stored = db::case::load(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    let service = work.catalogue.service(&stored.case.service).ok_or(Error::NotFound("service"))?;
    Ok(service.back_queues().next().ok_or(Error::NotFound("queue"))?.id.clone())
}
