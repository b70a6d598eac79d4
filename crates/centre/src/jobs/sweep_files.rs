//! Removes files that no case names: those of forms that were never sent.

use crate::{Centre, Result};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    let removed = centre.files().sweep(centre.db(), centre.now()).await?;
    if removed > 0 {
        tracing::info!(removed, "removed files that no case names");
    }
    Ok(())
}
