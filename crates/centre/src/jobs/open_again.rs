//! Opens queues of the telephone again whose closing was to last until now.

use crate::{By, Centre, Result, closing};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    let now = centre.now();
    for over in db::closing::standing(centre.db().read()).await?.into_iter().filter(|one| !one.holds(now)) {
        centre.work(By::System, move |w| Box::pin(async move { closing::end_by_itself(w, &over).await })).await?;
    }
    Ok(())
}
