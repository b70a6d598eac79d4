//! Services, topics and structures: applied from what an administrator wrote.

use crate::{By, Centre, Result};
use model::event::Subject;
use model::service::Service;
use model::structure::Structure;
use model::topic::Topic;

/// Creates or changes a service. The service that an empty data folder held goes when another takes its place.
///
/// # Errors
/// Only those of the database.
pub async fn apply(centre: &Centre, by: By, service: Service) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                let new = !db::service::exists(w.tx, &service.id).await?;
                db::service::save(w.tx, &service, false, w.now).await?;
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
