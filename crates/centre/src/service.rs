//! Services, topics and structures: applied from what an administrator wrote.

use crate::{By, Catalogue, Centre, Error, Result};
use model::event::Subject;
use model::problem::Problem;
use model::service::Service;
use model::structure::Structure;
use model::topic::Topic;
use model::{QueueId, ServiceId};

/// A queue of the service that another service has already: a case in it would be in both.
#[must_use]
pub fn queue_elsewhere<'a>(catalogue: &'a Catalogue, service: &Service) -> Option<(&'a QueueId, &'a ServiceId)> {
    let others = catalogue.services.iter().filter(|other| other.id != service.id);
    let mut queues = others.flat_map(|other| other.queues.iter().map(|queue| (&queue.id, &other.id)));
    queues.find(|(id, _)| service.queue(id).is_some())
}

/// Creates or changes a service.
///
/// # Errors
/// A queue that another service has; those of the database.
pub async fn apply(centre: &Centre, by: By, service: Service) -> Result<()> {
    if queue_elsewhere(&centre.catalogue(), &service).is_some() {
        return Err(Error::field("queues", Problem::AlreadyTaken));
    }
    centre
        .work(by, move |w| {
            Box::pin(async move {
                let new = !db::service::exists(w.tx, &service.id).await?;
                db::service::save(w.tx, &service, false, None, w.now).await?;
                let kind = if new { "added" } else { "changed" };
                db::event::append(
                    w.tx,
                    w.by.actor(),
                    w.now,
                    Subject::Service,
                    service.id.as_str(),
                    kind,
                    serde_json::json!({}),
                );
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}

/// Puts these topics in this order.
///
/// # Errors
/// Only those of the database.
pub async fn apply_topics(centre: &Centre, by: By, topics: Vec<Topic>) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                for (position, topic) in (0i64..).zip(&topics) {
                    db::topic::save(w.tx, topic, position).await?;
                }
                db::event::append(
                    w.tx,
                    w.by.actor(),
                    w.now,
                    Subject::Topic,
                    "*",
                    "changed",
                    serde_json::json!({ "count": topics.len() }),
                );
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}

/// Adds or changes structures of the Network.
///
/// # Errors
/// Only those of the database.
pub async fn apply_structures(centre: &Centre, by: By, structures: Vec<Structure>) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                for structure in &structures {
                    db::structure::save(w.tx, structure).await?;
                }
                db::event::append(
                    w.tx,
                    w.by.actor(),
                    w.now,
                    Subject::Structure,
                    "*",
                    "changed",
                    serde_json::json!({ "count": structures.len() }),
                );
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}
