//! Empties what its service keeps no longer.

use crate::{Centre, Result, retention};
use chrono::TimeDelta;

/// Well within the lease: nobody else begins the same meanwhile. What is left waits for the next time.
const LONGEST: TimeDelta = TimeDelta::minutes(7);

pub(super) async fn run(centre: &Centre) -> Result<()> {
    let totals = retention::retain(centre, Some(centre.now() + LONGEST)).await?;
    if totals != retention::Totals::default() {
        let retention::Totals { cases, contacts, files, recordings, persons } = totals;
        tracing::info!(cases, contacts, files, recordings, persons, "emptied what is kept no longer");
    }
    Ok(())
}
