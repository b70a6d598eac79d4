//! Closes solved cases that nobody has reopened in the time their service gives.

use crate::{By, Centre, Result, case};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    for service in &centre.catalogue().services {
        let before = centre.now() - service.promises.close_after();
        for id in db::case::to_close(centre.db().read(), &service.id, before, 500).await? {
            let done = centre.work(By::System, move |w| Box::pin(async move { case::close(w, id).await })).await;
            super::go_on(id, done)?;
        }
    }
    Ok(())
}
