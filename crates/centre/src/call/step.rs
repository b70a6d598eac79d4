//! The steps of a call, each in the transaction of what it changes.

use super::{Incoming, Open, open, outcome_of, seconds, tell};
use crate::intake::{self, Accepted, Begun, Inbound};
use crate::{By, Error, Result, Work};
use chrono::{DateTime, Utc};
use db::call::Call;
use model::address::Address;
use model::call::{CallEvent, CallState, EndCause, Order};
use model::contact::{Channel, Outcome};
use model::event::Subject;
use model::{CaseId, ContactId, QueueId, ServiceId, TopicId, UserId};
use std::sync::Arc;

/// Somebody calls.
///
/// # Errors
/// Only those of the database, and a service that is not there.
pub async fn begin(work: &Work<'_>, incoming: Incoming, node: &str) -> Result<Begun> {
    let inbound = Inbound {
        service: Some(incoming.service),
        channel: Some(Channel::Phone),
        entry_point: Some(incoming.dialled),
        from: incoming.number,
        ..Inbound::default()
    };
    let begun = intake::begin(work, inbound).await?;
    db::call::insert(work.tx, &Call::begun(begun.contact, node, CallState::Menu, work.now));
    Ok(begun)
}

/// An operator calls a citizen from a case. The process that has the telephone reads in the log that it is to be done.
///
/// # Errors
/// A case that is not theirs to see, a number that is none.
pub async fn call_out(work: &Work<'_>, case: CaseId, number: &str) -> Result<ContactId> {
    let staff = work.staff()?.id;
    let number = Address::phone("number", number)?.value;
    let inbound = Inbound {
        channel: Some(Channel::Phone),
        from: Some(number),
        case: Some(case),
        outbound: true,
        ..Inbound::default()
    };
    let contact = intake::accept(work, inbound).await?.contact;
    let mut call = Call::begun(contact, "", CallState::Calling, work.now);
    call.operator = Some(staff);
    db::call::insert(work.tx, &call);
    tell(work, contact, Some(staff), &CallEvent::Began { by: staff });
    Ok(contact)
}

/// The caller waits for an operator.
///
/// # Errors
/// A call that is over.
pub async fn queue(
    work: &Work<'_>,
    id: ContactId,
    queue: &QueueId,
    topic: Option<TopicId>,
    language: Option<String>,
) -> Result<()> {
    let Open { mut call, mut contact } = open(work, id).await?;
    goes_on(&call)?;
    if contact.queued_at.is_none() {
        contact.queued_at = Some(work.now);
    }
    contact.topic = topic.or(contact.topic);
    contact.language = language.or(contact.language);
    db::contact::update(work.tx, &contact).await?;
    call.queue = Some(queue.clone());
    call.operator = None;
    call.stand(CallState::Waiting, work.now);
    db::call::update(work.tx, &call).await?;
    tell(work, id, None, &CallEvent::Queued { queue: queue.clone() });
    Ok(())
}

/// The call rings at an operator's, until then.
///
/// # Errors
/// A call that is over.
pub async fn offer(work: &Work<'_>, id: ContactId, to: UserId, until: DateTime<Utc>) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    call.stand(CallState::Offered, work.now);
    (call.operator, call.until) = (Some(to), Some(until));
    db::call::update(work.tx, &call).await?;
    tell(work, id, Some(to), &CallEvent::Offered { to });
    Ok(())
}

/// An offer came to nothing: the caller waits on.
///
/// # Errors
/// Only those of the database.
pub async fn unanswered(work: &Work<'_>, id: ContactId, by: UserId, declined: bool) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    if call.state == Some(CallState::Offered) {
        call.stand(CallState::Waiting, work.now);
        call.operator = None;
        db::call::update(work.tx, &call).await?;
    }
    tell(work, id, Some(by), &CallEvent::Unanswered { by, declined });
    Ok(())
}

/// An operator speaks with the citizen.
///
/// # Errors
/// A call that is over.
pub async fn answer(work: &Work<'_>, id: ContactId, by: UserId, recording: bool) -> Result<()> {
    let Open { mut call, mut contact } = open(work, id).await?;
    goes_on(&call)?;
    if contact.answered_at.is_none() {
        contact.answer(by, work.now)?;
    }
    contact.operator = Some(by);
    db::contact::update(work.tx, &contact).await?;
    call.stand(CallState::Talking, work.now);
    (call.operator, call.recording) = (Some(by), recording);
    db::call::update(work.tx, &call).await?;
    tell(work, id, Some(by), &CallEvent::Answered { by });
    Ok(())
}

/// The citizen is put on hold.
///
/// # Errors
/// A call that is over.
pub async fn hold(work: &Work<'_>, id: ContactId) -> Result<()> {
    step(work, id, CallState::Held, &CallEvent::Held).await
}

/// The talk goes on.
///
/// # Errors
/// A call that is over.
pub async fn resume(work: &Work<'_>, id: ContactId) -> Result<()> {
    step(work, id, CallState::Talking, &CallEvent::Unheld).await
}

async fn step(work: &Work<'_>, id: ContactId, state: CallState, event: &CallEvent) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    if call.state != Some(state) {
        call.stand(state, work.now);
        db::call::update(work.tx, &call).await?;
        tell(work, id, call.operator, event);
    }
    Ok(())
}

/// The operator's line was lost: the caller waits again.
///
/// # Errors
/// Only those of the database.
pub async fn return_to_queue(work: &Work<'_>, id: ContactId) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    let before = call.operator.take();
    call.talk_ends();
    call.stand(CallState::Waiting, work.now);
    db::call::update(work.tx, &call).await?;
    tell(work, id, before, &CallEvent::Returned);
    Ok(())
}

/// Another service takes the call, as the caller chose in the menu.
///
/// # Errors
/// A call that is over.
pub async fn redirect(work: &Work<'_>, id: ContactId, to: &ServiceId) -> Result<()> {
    let Open { call, mut contact } = open(work, id).await?;
    goes_on(&call)?;
    contact.service = to.clone();
    // A topic of the other service is not of this one.
    contact.topic = None;
    db::contact::update(work.tx, &contact).await?;
    tell(work, id, None, &CallEvent::Redirected { to: to.clone() });
    Ok(())
}

/// The caller gives the talk a mark, from 1 to 5.
///
/// # Errors
/// Only those of the database.
pub async fn rate(work: &Work<'_>, id: ContactId, mark: u8) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    call.mark = Some(mark);
    db::call::update(work.tx, &call).await?;
    tell(work, id, call.operator, &CallEvent::Rated { mark });
    Ok(())
}

/// The caller leaves a message.
///
/// # Errors
/// A call that is over.
pub async fn take_message(work: &Work<'_>, id: ContactId) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    call.stand(CallState::Message, work.now);
    call.operator = None;
    Ok(db::call::update(work.tx, &call).await?)
}

/// The caller waits no more, and is told what else there is.
///
/// # Errors
/// A call that is over.
pub async fn leave_queue(work: &Work<'_>, id: ContactId) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    call.stand(CallState::Menu, work.now);
    call.operator = None;
    Ok(db::call::update(work.tx, &call).await?)
}

/// Recording stops or starts.
///
/// # Errors
/// A call that is over.
pub async fn record(work: &Work<'_>, id: ContactId, on: bool) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    if call.recording != on {
        call.recording = on;
        db::call::update(work.tx, &call).await?;
        tell(work, id, call.operator, if on { &CallEvent::RecordingStarted } else { &CallEvent::RecordingStopped });
    }
    Ok(())
}

/// The sides are parted. An answered call is written up until `wrap_up_until`, if there is anything to write up.
///
/// # Errors
/// Only those of the database.
pub async fn end(
    work: &Work<'_>,
    id: ContactId,
    outcome: Option<Outcome>,
    cause: EndCause,
    wrap_up_until: Option<DateTime<Utc>>,
) -> Result<()> {
    let Open { mut call, mut contact } = open(work, id).await?;
    // The caller's side may end after the operator's, as when they are asked something at the end: what the operator is
    // writing up goes on.
    if call.state == Some(CallState::WrapUp) {
        return Ok(());
    }
    if contact.ended_at.is_none() {
        let outcome = match outcome {
            Some(outcome) if contact.answered_at.is_none() => outcome,
            _ => outcome_of(&contact, call.state),
        };
        contact.end(outcome, work.now)?;
        db::contact::update(work.tx, &contact).await?;
        tell(work, id, call.operator, &CallEvent::HungUp { outcome, cause });
    }
    call.cause = Some(cause);
    match (wrap_up_until, contact.answered_at, call.operator) {
        (Some(until), Some(_), Some(_)) => {
            call.stand(CallState::WrapUp, work.now);
            (call.until, call.recording, call.beside, call.overseer) = (Some(until), false, None, None);
            call.trouble = None;
        }
        _ => {
            if let (Some(CallState::Held), Some(since)) = (call.state, call.since) {
                call.held_s += seconds(work.now - since);
            }
            call.be_over();
        }
    }
    db::call::update(work.tx, &call).await?;
    if call.state.is_none() && contact.answered_at.is_some() && contact.case.is_none() {
        take_up(work, id, None).await?;
    }
    Ok(())
}

/// The operator has written the call up, or their time for it is over. A talk that was put on no case opens one.
///
/// # Errors
/// Only those of the database.
pub async fn wrap_up(work: &Work<'_>, id: ContactId, code: Option<String>) -> Result<()> {
    let Open { mut call, contact } = open(work, id).await?;
    if call.state != Some(CallState::WrapUp) {
        return Ok(());
    }
    let took = call.since.map_or(0, |since| seconds(work.now - since));
    call.code = code.or(call.code);
    call.wrap_up_s = Some(took);
    let by = call.operator;
    let code = call.code.clone();
    call.be_over();
    db::call::update(work.tx, &call).await?;
    if let Some(by) = by {
        tell(work, id, Some(by), &CallEvent::WrappedUp { by, code, seconds: took });
    }
    if contact.case.is_none() {
        take_up(work, id, None).await?;
    }
    Ok(())
}

/// Puts a talk on a case: this one, or a new one.
///
/// # Errors
/// A case that is not there.
pub async fn take_up(work: &Work<'_>, id: ContactId, case: Option<CaseId>) -> Result<Accepted> {
    let stored = db::contact::load(work.tx, id).await?.ok_or(Error::NotFound("contact"))?;
    let inbound = Inbound {
        service: case.is_none().then(|| stored.contact.service.clone()),
        channel: Some(stored.contact.channel),
        entry_point: stored.contact.entry_point.clone(),
        from: stored.words.from.clone(),
        language: stored.contact.language.clone(),
        topic: stored.contact.topic.clone(),
        case,
        contact: Some(id),
        answered: stored.contact.answered_at.is_some(),
        ..Inbound::default()
    };
    // Whoever spoke has it in hand, also when the centre puts it on a case by itself.
    match stored.contact.operator {
        Some(operator) if work.by.staff().is_none() => match db::staff::load(work.tx, operator).await? {
            Some(staff) => {
                let by = By::Staff(Arc::new(staff));
                let theirs =
                    Work { centre: work.centre, tx: work.tx, by, now: work.now, catalogue: work.catalogue.clone() };
                intake::accept(&theirs, inbound).await
            }
            None => intake::accept(work, inbound).await,
        },
        _ => intake::accept(work, inbound).await,
    }
}

/// Asks something of a call: whichever process carries it reads this in the log.
///
/// # Errors
/// A call that is over, or another's.
pub async fn order(work: &Work<'_>, id: ContactId, order: Order) -> Result<()> {
    // Of these it must be said to whom: `hand` and `oversee` do.
    if matches!(order, Order::Transfer | Order::Consult | Order::Oversee) {
        return Err(Error::NotFound("order"));
    }
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    let by = work.by.staff().ok_or(Error::NotFound("operator"))?.id;
    if call.operator != Some(by) {
        return Err(Error::NotFound("call"));
    }
    // That the caller hears nothing is the operator's wish and nothing else: so it is shown as soon as it is wished.
    if matches!(order, Order::Mute | Order::Unmute) {
        call.muted = order == Order::Mute;
        db::call::update(work.tx, &call).await?;
    }
    let data = serde_json::json!({ "order": order, "operator": by });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Call, &id.to_string(), "ordered", data);
    Ok(())
}

pub(super) fn goes_on(call: &Call) -> Result<()> {
    if call.state.is_none() { Err(Error::NotFound("call")) } else { Ok(()) }
}
