//! Links between cases: each is shown beside the other.

use super::{both, settle};
use crate::{Result, Work};
use model::CaseId;
use model::access::Action;

/// Links two cases.
///
/// # Errors
/// When either is not to be seen, or they are the same.
pub async fn link(work: &Work<'_>, id: CaseId, other: CaseId) -> Result<()> {
    let (mut one, mut two) = both(work, id, other, Action::Link).await?;
    let event = one.case.link(other, work.now)?;
    let back = two.case.link(id, work.now)?;
    db::link::insert(work.tx, id, other).await?;
    settle(work, &mut one.case, vec![event]).await?;
    settle(work, &mut two.case, vec![back]).await
}

/// Takes a link away; when there is none, nothing happens.
///
/// # Errors
/// When either is not to be seen.
pub async fn unlink(work: &Work<'_>, id: CaseId, other: CaseId) -> Result<()> {
    let (mut one, mut two) = both(work, id, other, Action::Link).await?;
    if db::link::delete(work.tx, id, other).await? {
        let event = one.case.unlink(other, work.now);
        let back = two.case.unlink(id, work.now);
        settle(work, &mut one.case, vec![event]).await?;
        settle(work, &mut two.case, vec![back]).await?;
    }
    Ok(())
}
