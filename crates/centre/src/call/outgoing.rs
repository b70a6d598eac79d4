//! A call that an operator wants to make, as the telephone needs to know it.

use crate::{Centre, Result, limits};
use model::call::CallState;
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

/// A call that is still to be made; None when it has been, or came to nothing.
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
    let Some(queue) = queue.filter(|_| call.state == Some(CallState::Calling)) else { return Ok(None) };
    Ok(Some(Outgoing { contact, operator, number, service, queue }))
}
