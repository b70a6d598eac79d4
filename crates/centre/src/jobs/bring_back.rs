//! Brings back the cases whose reminder has come.

use crate::{By, Centre, Result, case};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    for id in db::case::with_reminder_due(centre.db().read(), centre.now(), 500).await? {
        let done = centre.work(By::System, move |w| Box::pin(async move { case::bring_back(w, id).await })).await;
        super::go_on(id, done)?;
    }
    Ok(())
}
