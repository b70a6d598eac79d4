//! Taking a case, giving it to a colleague, putting it back.

use super::{open, settle};
use crate::{Error, Result, Work};
use model::access::Action;
use model::problem::Problem;
use model::{CaseId, UserId};

/// Whoever is at work takes the case.
///
/// # Errors
/// The refusals of [`model::case::Case::assign`].
pub async fn take(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = open(work, id, Action::Take).await?;
    let event = stored.case.assign(Some(work.staff()?.id), work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// The case is given to a colleague, or put back among those to take.
///
/// # Errors
/// A colleague who may not work on it; the refusals of [`model::case::Case::assign`].
pub async fn assign(work: &Work<'_>, id: CaseId, to: Option<UserId>) -> Result<()> {
    let mut stored = open(work, id, Action::Assign).await?;
    if let Some(to) = to {
        let colleague = db::staff::load(work.tx, to).await?.ok_or_else(|| Error::field("to", Problem::NotInTheList))?;
        if model::access::case(&colleague, Action::Take, &stored.case).is_err() {
            return Err(Error::field("to", Problem::NotInTheList));
        }
    }
    let event = stored.case.assign(to, work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}
