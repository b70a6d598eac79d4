//! Gives a queue to the cases that are in none: those that came in at the moment in which another process took their queue
//! away.

use crate::{By, Centre, Result, case};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    centre.refresh_catalogue().await?;
    let catalogue = centre.catalogue();
    let queues: Vec<_> = catalogue.services.iter().flat_map(|s| s.queues.iter().map(|q| q.id.clone())).collect();
    for id in db::case::in_no_queue(centre.db().read(), &queues, 500).await? {
        let done = centre.work(By::System, move |w| Box::pin(async move { case::bring_home(w, id).await })).await;
        super::go_on(id, done)?;
    }
    Ok(())
}
