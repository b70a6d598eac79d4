//! Empties what its service keeps no longer.

use crate::{Centre, Result, retention};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    let totals = retention::retain(centre).await?;
    if totals != retention::Totals::default() {
        let retention::Totals { cases, contacts, files, persons } = totals;
        tracing::info!(cases, contacts, files, persons, "emptied what is kept no longer");
    }
    Ok(())
}
