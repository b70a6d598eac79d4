//! A call that an operator wants to make, as the telephone needs to know it.

use super::tell;
use crate::intake::{self, Inbound};
use crate::{Centre, Error, Result, Work, limits, staff};
use db::call::Call;
use model::address::Address;
use model::call::{CallEvent, CallState};
use model::case::Level;
use model::contact::Channel;
use model::service::Service;
use model::{ContactId, QueueId, UserId};

/// Whom to call, for whom.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub contact: ContactId,
    pub operator: UserId,
    pub number: String,
    pub service: Service,
    pub queue: QueueId,
}

/// Counts a call outside, of whatever kind, before it is made: a telephone that was taken over must not cost a fortune.
///
/// # Errors
/// [`crate::Error::TooMany`] where this operator, or all together, have made as many as a day may have.
pub async fn count_out(centre: &Centre, by: UserId) -> Result<()> {
    limits::before_trying(centre, &[limits::calls_by(by), limits::calls_out()]).await
}

/// An operator has dialled a number on their own telephone; the process that it is connected to makes the call. It is put on
/// a case when it is written up, as calls are that come in.
///
/// # Errors
/// A number that is none, and a centre that has no service to call for.
pub async fn dial(work: &Work<'_>, number: &str, node: &str) -> Result<Outgoing> {
    let operator = work.staff()?;
    let number = Address::phone("number", number)?.value;
    let mut served = work.catalogue.queues(Level::Front).chain(work.catalogue.queues(Level::Back));
    let own = served.find(|(_, queue)| staff::serves(operator, &queue.id, queue.level)).map(|(service, _)| service);
    let service = own.or_else(|| work.catalogue.first_service()).ok_or(Error::NotFound("service"))?.clone();
    let queue = work.catalogue.front_queue(&service, None).ok_or(Error::NotFound("queue"))?.id.clone();
    let inbound = Inbound {
        service: Some(service.id.clone()),
        channel: Some(Channel::Phone),
        from: Some(number.clone()),
        outbound: true,
        ..Inbound::default()
    };
    let contact = intake::begin(work, inbound).await?.contact;
    let mut call = Call::begun(contact, node, CallState::Calling, work.now);
    call.operator = Some(operator.id);
    db::call::insert(work.tx, &call);
    tell(work, contact, Some(operator.id), &CallEvent::Began { by: operator.id });
    Ok(Outgoing { contact, operator: operator.id, number, service, queue })
}

/// A call that is still to be made and that no process makes; None when it has been, or came to nothing.
///
/// # Errors
/// Only those of the database.
pub async fn wanted_out(centre: &Centre, contact: ContactId) -> Result<Option<Outgoing>> {
    let db = centre.db().read();
    let (Some(call), Some(stored)) = (db::call::load(db, contact).await?, db::contact::load(db, contact).await?) else {
        return Ok(None);
    };
    let catalogue = centre.catalogue();
    let (Some(operator), Some(number), Some(service)) =
        (call.operator, stored.words.from, catalogue.service(&stored.contact.service).cloned())
    else {
        return Ok(None);
    };
    let queue = catalogue.front_queue(&service, stored.contact.topic.as_ref()).map(|queue| queue.id.clone());
    let is_to_be_made = call.state == Some(CallState::Calling) && call.node.as_deref().is_none_or(str::is_empty);
    let Some(queue) = queue.filter(|_| is_to_be_made) else { return Ok(None) };
    Ok(Some(Outgoing { contact, operator, number, service, queue }))
}
