//! Removes what has run out: sessions, limits, signs of life, first answers after two days, files that no case names.

use crate::{By, Centre, Result};
use chrono::TimeDelta;

pub(super) async fn run(centre: &Centre) -> Result<()> {
    centre
        .work(By::System, |w| {
            Box::pin(async move {
                db::session::sweep(w.tx, w.now).await?;
                db::throttle::sweep(w.tx, w.now).await?;
                db::presence::sweep(w.tx, w.now).await?;
                db::idempotency::sweep(w.tx, w.now - TimeDelta::days(2)).await?;
                Ok(())
            })
        })
        .await?;
    let removed = centre.files().sweep(centre.db(), centre.now()).await?;
    if removed > 0 {
        tracing::info!(removed, "removed files that no case names");
    }
    Ok(())
}
