//! Citizens who are to be called back. The promise is an outgoing contact that waits, with the place that the caller had;
//! routing offers it to an operator like a call, and whoever takes it is connected with the citizen.

use super::{Open, Outgoing, open, step, tell};
use crate::intake::{self, Inbound};
use crate::{Centre, Error, Result, Work, limits};
use db::call::Call;
use model::call::{CallEvent, CallState, EndCause};
use model::contact::{Channel, Outcome};
use model::{ContactId, QueueId, TopicId, UserId};

/// How often a citizen is called who does not answer.
pub const TRIES: u32 = 3;

/// What a caller is promised.
#[derive(Debug, Clone)]
pub struct Promise {
    /// In E.164.
    pub number: String,
    pub queue: QueueId,
    pub topic: Option<TopicId>,
    pub language: String,
}

/// A caller is promised to be called back; the contact that it will be.
///
/// # Errors
/// [`crate::Error::TooMany`] where the number, or whoever calls, has been promised it too often; a service that is not there.
pub async fn promise(work: &Work<'_>, caller: ContactId, promise: Promise) -> Result<ContactId> {
    let stored = db::contact::load(work.tx, caller).await?.ok_or(Error::NotFound("contact"))?;
    let asked = stored.contact;
    limits::count(work, &limits::callback_to(&promise.number)).await?;
    let from = stored.words.from.as_deref();
    limits::count(work, &from.map_or_else(limits::callback_hidden, limits::callback_from)).await?;
    let inbound = Inbound {
        service: Some(asked.service.clone()),
        channel: Some(Channel::Phone),
        from: Some(promise.number),
        language: Some(promise.language),
        topic: promise.topic,
        outbound: true,
        ..Inbound::default()
    };
    let id = intake::begin(work, inbound).await?.contact;
    let mut call = Call::begun(id, "", CallState::Waiting, work.now);
    call.queue = Some(promise.queue.clone());
    call.tries = Some(0);
    db::call::insert(work.tx, &call);
    let stored = db::contact::load(work.tx, id).await?.ok_or(Error::NotFound("contact"))?;
    let mut contact = stored.contact;
    contact.queued_at = asked.queued_at.or(Some(work.now));
    db::contact::update(work.tx, &contact).await?;
    tell(work, id, None, &CallEvent::Queued { queue: promise.queue });
    Ok(id)
}

/// A citizen who waits to be called back.
#[derive(Debug, Clone)]
pub struct Promised {
    pub contact: model::contact::Contact,
    pub queue: QueueId,
}

/// Everybody who waits to be called back, among those that are asked for.
///
/// # Errors
/// Only those of the database.
pub async fn promised(centre: &Centre, is_asked: impl Fn(ContactId) -> bool) -> Result<Vec<Promised>> {
    let db = centre.db().read();
    let mut promised = Vec::new();
    let is_asked = |call: &Call| call.tries.is_some() && is_asked(call.contact);
    for call in db::call::live(db).await?.into_iter().filter(is_asked) {
        let stored = db::contact::load(db, call.contact).await?;
        let waits = stored.filter(|stored| stored.contact.answered_at.is_none());
        if let (Some(stored), Some(queue)) = (waits, call.queue) {
            promised.push(Promised { contact: stored.contact, queue });
        }
    }
    Ok(promised)
}

/// The call that is to be made for this operator; None when nobody is to be called.
///
/// # Errors
/// Only those of the database.
pub async fn wanted_back(centre: &Centre, contact: ContactId, operator: UserId) -> Result<Option<Outgoing>> {
    let db = centre.db().read();
    let (Some(call), Some(stored)) = (db::call::load(db, contact).await?, db::contact::load(db, contact).await?) else {
        return Ok(None);
    };
    let waits = call.tries.is_some() && call.state.is_some() && stored.contact.answered_at.is_none();
    let service = centre.catalogue().service(&stored.contact.service).cloned();
    let (Some(number), Some(service), Some(queue)) = (stored.words.from, service, call.queue) else { return Ok(None) };
    Ok(waits.then_some(Outgoing { contact, operator, number, service, queue }))
}

/// An operator has taken it: the citizen's telephone rings.
///
/// # Errors
/// A call that is over.
pub async fn call_back(work: &Work<'_>, id: ContactId, by: UserId, node: &str) -> Result<()> {
    let Open { mut call, .. } = open(work, id).await?;
    step::goes_on(&call)?;
    call.stand(CallState::Calling, work.now);
    (call.operator, call.node) = (Some(by), Some(node.to_owned()));
    db::call::update(work.tx, &call).await?;
    tell(work, id, Some(by), &CallEvent::Began { by });
    Ok(())
}

/// The citizen was not reached; true when they are to be called again. A try is one whose outcome was theirs, or their
/// telephone's. After the last try their case says that they wait.
///
/// # Errors
/// Only those of the database.
pub async fn not_reached(work: &Work<'_>, id: ContactId, tried: Option<Outcome>) -> Result<bool> {
    let Open { mut call, .. } = open(work, id).await?;
    let tries = call.tries.unwrap_or(0) + u32::from(tried.is_some());
    call.tries = Some(tries);
    let before = call.operator.take();
    let gives_up = tries >= TRIES || tried == Some(Outcome::WrongNumber);
    let Some(outcome) = tried.filter(|_| gives_up) else {
        call.stand(CallState::Waiting, work.now);
        db::call::update(work.tx, &call).await?;
        tell(work, id, before, &CallEvent::Returned);
        return Ok(true);
    };
    db::call::update(work.tx, &call).await?;
    step::end(work, id, Some(outcome), EndCause::Unanswered, None).await?;
    step::take_up(work, id, None).await?;
    Ok(false)
}
