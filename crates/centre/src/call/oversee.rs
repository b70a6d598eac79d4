//! A supervisor takes part in a talk, where the service lets supervisors do so.

use super::step::goes_on;
use super::{Open, open, tell};
use crate::{Centre, Error, Result, Work};
use model::ContactId;
use model::access;
use model::call::{CallEvent, CallState, Overseer, Oversight};
use model::event::Subject;
use model::problem::Problem;

/// A supervisor wants to hear a talk, to be heard in it, or to be in it no more.
///
/// # Errors
/// Whoever oversees nothing, or not this queue; a service that does not allow it; a talk that another oversees; of the field
/// `device`, when they are reached by none.
pub async fn oversee(work: &Work<'_>, id: ContactId, how: Option<Oversight>) -> Result<()> {
    let staff = work.staff()?;
    access::supervise(staff)?;
    let Open { mut call, contact } = open(work, id).await?;
    goes_on(&call)?;
    let service = work.catalogue.service(&contact.service).ok_or(Error::NotFound("service"))?;
    let queue = call.queue.as_ref().and_then(|id| work.catalogue.queue(id));
    let is_theirs = staff.scope.is_none() || queue.is_some_and(|queue| queue.structure == staff.scope);
    let talks = matches!(call.state, Some(CallState::Talking | CallState::Held));
    if !service.telephone.oversight || !is_theirs || !talks || call.operator == Some(staff.id) {
        return Err(Error::NotFound("talk"));
    }
    if call.overseer.is_some_and(|overseer| overseer.who != staff.id) {
        return Err(Error::NotFound("talk"));
    }
    let stands = db::availability::load(work.tx, staff.id).await?;
    if how.is_some() && stands.is_none_or(|stands| stands.device.is_none()) {
        return Err(Error::field("device", Problem::Missing));
    }
    call.overseer = how.map(|how| Overseer { who: staff.id, how });
    db::call::update(work.tx, &call).await?;
    tell(work, id, call.operator, &CallEvent::Overseen { by: staff.id, how });
    let data = serde_json::json!({ "order": "oversee" });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Call, &id.to_string(), "ordered", data);
    Ok(())
}

/// The supervisor's line is gone: nobody oversees it any more.
///
/// # Errors
/// Only those of the database.
pub async fn unseen(work: &Work<'_>, id: ContactId) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    if let Some(overseer) = call.overseer.take() {
        db::call::update(work.tx, &call).await?;
        tell(work, id, call.operator, &CallEvent::Overseen { by: overseer.who, how: None });
    }
    Ok(())
}

/// Who oversees a call, as it is written.
///
/// # Errors
/// Only those of the database.
pub async fn overseer(centre: &Centre, id: ContactId) -> Result<Option<Overseer>> {
    Ok(db::call::load(centre.db().read(), id).await?.and_then(|call| call.overseer))
}
