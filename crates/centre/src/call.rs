//! Calls: what a telephone tells the centre as a call goes on. Each step is stored when it happens, so that of a call that
//! breaks off, by whatever cause, all is kept that was known.

mod callback;
mod card;
mod hand;
mod outgoing;
mod oversee;
mod own;
mod step;

pub use callback::{Promise, Promised, call_back, not_reached, promise, promised, wanted_back};
pub use card::{Card, card, live, live_of, own_operator};
pub use db::call::Call;
pub use hand::{
    HandOn, NamedAs, beside, hand, handed_on, left_outside, named, not_handed_on, outside_took, stand_beside,
    with_beside,
};
pub use outgoing::{Outgoing, count_out, dial, wanted_out};
pub use oversee::{oversee, overseer, unseen};
pub use own::{WrittenUp, put_on, write_up};
pub use step::{
    answer, begin, call_out, end, hold, leave_queue, offer, order, queue, rate, record, redirect, resume,
    return_to_queue, take_message, take_up, unanswered, wrap_up,
};

use crate::{Error, Result, Work};
use chrono::Duration;
use model::call::{CallEvent, CallState, EndCause};
use model::contact::{Contact, Outcome};
use model::event::{Record, Subject};
use model::user::Staff;
use model::{ContactId, ServiceId, UserId};

/// A call that comes in.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub service: ServiceId,
    /// The number that was dialled.
    pub dialled: String,
    /// The number of whoever calls; None when it is kept back.
    pub number: Option<String>,
}

/// A call with its contact, to be changed.
pub(crate) struct Open {
    pub call: Call,
    pub contact: Contact,
}

pub(crate) async fn open(work: &Work<'_>, id: ContactId) -> Result<Open> {
    let call = db::call::load(work.tx, id).await?.ok_or(Error::NotFound("call"))?;
    let stored = db::contact::load(work.tx, id).await?.ok_or(Error::NotFound("contact"))?;
    Ok(Open { call, contact: stored.contact })
}

/// Appends what happened to the log, with the operator whom it is about.
pub(crate) fn tell(work: &Work<'_>, id: ContactId, operator: Option<UserId>, event: &CallEvent) {
    let mut data = serde_json::to_value(event).unwrap_or_default();
    if let (Some(object), Some(operator)) = (data.as_object_mut(), operator) {
        object.insert("operator".to_owned(), operator.0.into());
    }
    let id = id.to_string();
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Call, &id, event.kind(), data);
}

/// Whether an event of a call is for this operator's page.
#[must_use]
pub fn is_told(me: &Staff, record: &Record) -> bool {
    let is_me = |of: &str| record.data.get(of).and_then(serde_json::Value::as_i64) == Some(me.id.0);
    // Whoever is asked beside a talk sees it too, and whoever takes part in it to oversee it.
    is_me("operator") || is_me("who") || (record.kind == "overseen" && is_me("by"))
}

/// Ends the calls of earlier lives of the process that answers the telephone, with what was known of them.
///
/// # Errors
/// Only those of the database.
pub async fn settle_left_behind(work: &Work<'_>, node: &str) -> Result<u64> {
    let mut settled = 0;
    for call in db::call::live(work.tx).await? {
        if call.node.as_deref() == Some(node) {
            continue;
        }
        if is_promised(work, &call).await? {
            continue;
        }
        settle(work, call).await?;
        settled += 1;
    }
    Ok(settled)
}

/// Whoever is to be called back waits on, whatever rang for them when the process ended.
async fn is_promised(work: &Work<'_>, call: &Call) -> Result<bool> {
    if call.tries.is_none() {
        return Ok(false);
    }
    let Open { mut call, contact } = open(work, call.contact).await?;
    if contact.answered_at.is_some() {
        return Ok(false);
    }
    call.stand(CallState::Waiting, work.now);
    call.operator = None;
    db::call::update(work.tx, &call).await?;
    Ok(true)
}

async fn settle(work: &Work<'_>, call: Call) -> Result<()> {
    let id = call.contact;
    let mut open = open(work, id).await?;
    if open.contact.ended_at.is_none() {
        let outcome = outcome_of(&open.contact, open.call.state);
        open.contact.end(outcome, work.now)?;
        open.call.cause = Some(EndCause::Stopped);
        db::contact::update(work.tx, &open.contact).await?;
        tell(work, id, open.call.operator, &CallEvent::HungUp { outcome, cause: EndCause::Stopped });
    }
    open.call.be_over();
    db::call::update(work.tx, &open.call).await?;
    if open.contact.answered_at.is_some() && open.contact.case.is_none() {
        step::take_up(work, id, None).await?;
    }
    Ok(())
}

/// How a call ended that nobody ended in order.
fn outcome_of(contact: &Contact, state: Option<CallState>) -> Outcome {
    match (contact.answered_at, contact.queued_at, state) {
        (Some(_), ..) => Outcome::Answered,
        (None, _, Some(CallState::Message)) => Outcome::Voicemail,
        (None, Some(_), _) => Outcome::Abandoned,
        (None, None, Some(CallState::Calling)) => Outcome::NoAnswer,
        (None, None, _) => Outcome::SelfService,
    }
}

/// Whole seconds of a stretch of time.
pub(crate) fn seconds(of: Duration) -> i64 {
    of.num_seconds().max(0)
}
