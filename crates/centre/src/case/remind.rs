//! Reminders: "bring back on Monday".

use super::{open, settle};
use crate::{Error, Result, Work};
use chrono::{DateTime, Utc};
use model::CaseId;
use model::access::Action;
use model::problem::Problem;

/// Sets the reminder, or takes it away.
///
/// # Errors
/// A time that has passed, the refusals of [`model::case::Case::remind`].
pub async fn remind(work: &Work<'_>, id: CaseId, on: Option<DateTime<Utc>>) -> Result<()> {
    let mut stored = open(work, id, Action::Remind).await?;
    if on.is_some_and(|on| on <= work.now) {
        return Err(Error::field("on", Problem::InThePast));
    }
    let event = stored.case.remind(on.map(db::at::stored), work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// Brings back a case whose day has come; one that was brought back in the meantime stays as it is.
///
/// # Errors
/// Only those of the database.
pub async fn bring_back(work: &Work<'_>, id: CaseId) -> Result<()> {
    let Some(mut stored) = db::case::load_for_change(work.tx, id).await? else { return Ok(()) };
    if let Ok(event) = stored.case.bring_back(work.now) {
        settle(work, &mut stored.case, vec![event]).await?;
    }
    Ok(())
}
