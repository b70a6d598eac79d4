//! How a queue of calls is served, as whoever oversees it sets it while callers wait: its priority among others, how soon
//! its calls are to be answered, how long they ring. Routing goes by it at once.

use super::flaws;
use crate::{By, Centre, Error, Result, Work, closing};
use model::QueueId;
use model::event::Subject;
use model::queue::{Priority, QueueDefinition};
use model::service::{Change, Service, compare};

/// What is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steering {
    pub priority: Priority,
    /// Seconds within which calls are to be answered; as the service promises when nothing is said.
    pub target_s: Option<u32>,
    /// Seconds that a call rings at one operator.
    pub offer_s: u32,
    /// Seconds for what is left to write after a call.
    pub wrap_up_s: u32,
    /// Seconds that a caller is kept for the operator of their own case.
    pub own_operator_s: u32,
}

impl Steering {
    /// As it stands.
    #[must_use]
    pub fn of(queue: &QueueDefinition) -> Self {
        let QueueDefinition { priority, target_s, offer_s, wrap_up_s, own_operator_s, .. } = *queue;
        Self { priority, target_s, offer_s, wrap_up_s, own_operator_s }
    }
}

/// Sets how a queue is served, as it was `seen`.
///
/// # Errors
/// [`Error::Service`] with every number that is out of bounds; [`Error::ChangedMeanwhile`]; a queue that whoever wants it
/// does not oversee.
pub async fn steer(centre: &Centre, by: By, queue: QueueId, seen: Steering, wanted: Steering) -> Result<()> {
    centre.work(by, move |w| Box::pin(async move { steer_in(w, &queue, seen, wanted).await })).await?;
    centre.refresh_catalogue().await
}

async fn steer_in(work: &Work<'_>, id: &QueueId, seen: Steering, wanted: Steering) -> Result<()> {
    closing::overseen(&work.catalogue, work.staff()?, id)?;
    let services = db::service::for_change(work.tx).await?;
    let all: Vec<Service> = services.iter().map(|sent| sent.service.clone()).collect();
    let before = all.iter().find(|service| service.queue(id).is_some()).ok_or(Error::NotFound("queue"))?;
    let mut after = before.clone();
    let queue = after.queues.iter_mut().find(|queue| queue.id == *id).ok_or(Error::NotFound("queue"))?;
    if Steering::of(queue) != seen {
        return Err(Error::ChangedMeanwhile);
    }
    let Steering { priority, target_s, offer_s, wrap_up_s, own_operator_s } = wanted;
    (queue.priority, queue.target_s, queue.offer_s) = (priority, target_s, offer_s);
    (queue.wrap_up_s, queue.own_operator_s) = (wrap_up_s, own_operator_s);
    let flaws = flaws(&all, Some(before), &after);
    if !flaws.is_empty() {
        return Err(Error::Service(flaws));
    }
    let changes = compare(Some(before), &after);
    if changes.is_empty() {
        return Ok(());
    }
    db::service::save(work.tx, &after, false, None, work.now).await?;
    let mut words: Vec<String> = changes.iter().map(Change::word).collect();
    words.dedup();
    let data = serde_json::json!({ "changed": words, "queue": id });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Service, after.id.as_str(), "changed", data);
    Ok(())
}
