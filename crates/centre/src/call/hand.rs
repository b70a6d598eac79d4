//! Handing a talk on, at once or after a word with whoever takes it over, and taking somebody into it. What is wished is
//! written here; the process that carries the call does it, and writes what became of it.

use super::step::goes_on;
use super::{Open, open, own, tell};
use crate::{Centre, Error, Result, Work};
use chrono::{DateTime, Utc};
use db::call::Call;
use model::address::Address;
use model::call::{Beside, BesideState, CallEvent, CallState, EndCause, Order, Trouble, Whom};
use model::event::Subject;
use model::problem::Problem;
use model::text::{self, TEXT_MAX};
use model::{ContactId, UserId};

/// How a talk is handed on.
#[derive(Debug, Clone)]
pub struct HandOn {
    pub whom: Whom,
    /// After a word with them.
    pub first_ask: bool,
    /// What whoever takes the call finds on its case; a call that is on none is put on a new one.
    pub note: Option<String>,
}

/// An operator wants to hand their talk on, or to ask somebody first.
///
/// # Errors
/// A call of somebody else's, one that nobody speaks on, somebody or something that is not there, too long a note.
pub async fn hand(work: &Work<'_>, id: ContactId, how: HandOn) -> Result<()> {
    let HandOn { whom, first_ask, note } = how;
    if let Some(note) = note {
        let note = text::required("note", &note, TEXT_MAX)?;
        let case = own::put_on(work, id, None).await?;
        own::note_beside(work, case, &note).await?;
    }
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    let me = work.staff()?.id;
    if call.operator != Some(me) || !matches!(call.state, Some(CallState::Talking | CallState::Held)) {
        return Err(Error::NotFound("call"));
    }
    if call.beside.is_some() {
        return Err(Error::field("to", Problem::NotInTheList));
    }
    let whom = match whom {
        Whom::Operator(colleague) => {
            let known = db::staff::load(work.tx, colleague).await?;
            if known.is_none() || colleague == me {
                return Err(Error::field("to", Problem::NotInTheList));
            }
            Whom::Operator(colleague)
        }
        Whom::Queue(queue) => {
            // A queue answers nobody: there is no word to be had with it first.
            if first_ask || work.catalogue.queue(&queue).is_none() {
                return Err(Error::field("to", Problem::NotInTheList));
            }
            Whom::Queue(queue)
        }
        Whom::Outside(number) => Whom::Outside(Address::phone("number", &number)?.value),
    };
    call.beside = Some(Beside { whom, state: BesideState::Wanted });
    call.trouble = None;
    db::call::update(work.tx, &call).await?;
    let order = if first_ask { Order::Consult } else { Order::Transfer };
    let data = serde_json::json!({ "order": order, "operator": me });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Call, &id.to_string(), "ordered", data);
    Ok(())
}

/// Who is beside a call, as it is written.
///
/// # Errors
/// Only those of the database.
pub async fn beside(centre: &Centre, id: ContactId) -> Result<Option<Beside>> {
    Ok(db::call::load(centre.db().read(), id).await?.and_then(|call| call.beside))
}

/// The talks of others that somebody is asked about, or takes part in.
///
/// # Errors
/// Only those of the database.
pub async fn with_beside(centre: &Centre, operator: UserId) -> Result<Vec<Call>> {
    Ok(db::call::beside(centre.db().read(), operator).await?)
}

/// How an address names somebody, as an operator's telephone says it.
#[derive(Debug, Clone, Copy)]
pub struct NamedAs<'a>(pub &'a str);

/// Whom a telephone means by a name that it was told to hand a call on to: the account of a colleague, a queue, a number.
///
/// # Errors
/// Only those of the database.
pub async fn named(centre: &Centre, NamedAs(name): NamedAs<'_>) -> Result<Option<Whom>> {
    if let Some(account) = crate::sip_account::by_name(centre, name).await? {
        return Ok(Some(Whom::Operator(account.staff)));
    }
    let queue = model::QueueId::new(name);
    if centre.catalogue().queue(&queue).is_some() {
        return Ok(Some(Whom::Queue(queue)));
    }
    Ok(Address::phone("number", name).ok().map(|number| Whom::Outside(number.value)))
}

/// Somebody rings beside a talk, speaks on it, or does no more.
///
/// # Errors
/// A call that is over.
pub async fn stand_beside(work: &Work<'_>, id: ContactId, beside: Option<Beside>) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    let who = [&beside, &call.beside].into_iter().flatten().find_map(|one| colleague(&one.whom));
    let state = beside.as_ref().map(|beside| beside.state);
    let operator = call.operator;
    call.beside = beside;
    db::call::update(work.tx, &call).await?;
    tell(work, id, operator, &CallEvent::Beside { state, who });
    Ok(())
}

/// It came to nothing: the talk is where it was.
///
/// # Errors
/// A call that is over.
pub async fn not_handed_on(work: &Work<'_>, id: ContactId, why: Trouble) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    (call.beside, call.trouble) = (None, Some(why));
    db::call::update(work.tx, &call).await?;
    tell(work, id, call.operator, &CallEvent::NotHandedOn { why });
    Ok(())
}

/// The operator has handed the call on: it waits for whoever takes it.
///
/// # Errors
/// A call that is over.
pub async fn handed_on(work: &Work<'_>, id: ContactId, whom: Whom, attended: bool) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    goes_on(&call)?;
    let before = call.operator.take();
    let event = handed(&whom, attended);
    if let Whom::Queue(queue) = whom {
        call.queue = Some(queue);
    }
    call.stand(CallState::Waiting, work.now);
    call.talk_ends();
    db::call::update(work.tx, &call).await?;
    tell(work, id, before, &event);
    Ok(())
}

fn handed(whom: &Whom, attended: bool) -> CallEvent {
    CallEvent::HandedOn {
        to: colleague(whom),
        queue: if let Whom::Queue(queue) = whom { Some(queue.clone()) } else { None },
        outside: matches!(whom, Whom::Outside(_)),
        attended,
    }
}

/// The operator has left the caller to somebody outside: for the centre it is over, and they write it up until then.
///
/// # Errors
/// A call that is over.
pub async fn left_outside(work: &Work<'_>, id: ContactId, whom: Whom, until: Option<DateTime<Utc>>) -> Result<()> {
    let Open { call, .. } = open(work, id).await?;
    goes_on(&call)?;
    tell(work, id, call.operator, &handed(&whom, true));
    super::step::end(work, id, None, EndCause::Done, until).await
}

/// Somebody outside has taken over a call that no operator is on any more: for the centre it is over.
///
/// # Errors
/// Only those of the database.
pub async fn outside_took(work: &Work<'_>, id: ContactId) -> Result<()> {
    super::step::end(work, id, None, EndCause::Done, None).await
}

fn colleague(whom: &Whom) -> Option<UserId> {
    if let Whom::Operator(id) = whom { Some(*id) } else { None }
}
