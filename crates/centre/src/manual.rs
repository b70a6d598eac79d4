//! A contact that an operator writes down: a call, a visit at a desk, a caller who stays anonymous.

use crate::intake::{self, Accepted, Inbound};
use crate::{Error, Result, Work};
use model::TopicId;
use model::case::Outcome;
use model::problem::Problem;

/// Records a contact with its case, which the operator has in hand or, with `outcome`, has solved on the spot.
///
/// # Errors
/// What [`intake::accept`] refuses; a contact with neither topic nor words.
pub async fn record(work: &Work<'_>, mut inbound: Inbound, outcome: Option<Outcome>) -> Result<Accepted> {
    let staff = work.staff()?;
    model::access::desk(staff)?;
    if inbound.text.trim().is_empty()
        && inbound.topic.is_none()
        && inbound.subject.as_deref().is_none_or(|s| s.trim().is_empty())
    {
        return Err(Error::field("text", Problem::Missing));
    }
    inbound.structure = staff.scope.clone();
    inbound.answered = true;
    let topic: Option<TopicId> = inbound.topic.clone();
    let accepted = intake::accept(work, inbound).await?;
    if let Some(outcome) = outcome {
        crate::case::solve(work, accepted.case, outcome, topic).await?;
    }
    Ok(accepted)
}
