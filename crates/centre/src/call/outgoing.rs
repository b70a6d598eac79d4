//! A call that an operator wants to make, as the telephone needs to know it.

use crate::{Centre, Result};
use chrono::TimeDelta;
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

/// Calls out in the last day.
#[derive(Debug, Clone, Copy)]
pub struct CalledToday {
    pub by_operator: u32,
    pub of_centre: u32,
}

/// How many citizens were called in the last day: by this operator, and by all.
///
/// # Errors
/// Only those of the database.
pub async fn called_today(centre: &Centre, operator: UserId) -> Result<CalledToday> {
    let (db, since) = (centre.db().read(), centre.now() - TimeDelta::days(1));
    let count = |counted: u64| u32::try_from(counted).unwrap_or(u32::MAX);
    Ok(CalledToday {
        by_operator: count(db::call::out_since(db, since, Some(operator)).await?),
        of_centre: count(db::call::out_since(db, since, None).await?),
    })
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
