//! Gives a queue to the cases that are in none of their level: those that came in at the moment in which another process
//! took their queue away, or gave it another level.

use crate::{By, Centre, Result, case};
use model::case::Level;

pub(super) async fn run(centre: &Centre) -> Result<()> {
    centre.refresh_catalogue().await?;
    let catalogue = centre.catalogue();
    for level in Level::ALL {
        for id in db::case::in_none_of(centre.db().read(), *level, &catalogue.homes(*level), 500).await? {
            let done = centre.work(By::System, move |w| Box::pin(async move { case::bring_home(w, id).await })).await;
            super::go_on(id, done)?;
        }
    }
    Ok(())
}
