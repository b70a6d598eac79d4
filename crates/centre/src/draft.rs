//! Drafts, kept as they are typed.

use crate::{Result, Work};
use model::CaseId;
use model::access::Action;
use model::text::{self, TEXT_MAX};
use model::problem::{FieldProblem, Problem};

/// Keeps what somebody is writing on a case: `note` or, otherwise, a reply.
///
/// # Errors
/// A text that is too long, a case that is not to be seen.
pub async fn save(work: &Work<'_>, id: CaseId, note: bool, typed: &str) -> Result<()> {
    let stored = db::case::load(&**work.tx, id).await?.ok_or(crate::Error::NotFound("case"))?;
    crate::access::visible(work.staff()?, &stored)?;
    work.may(Action::Note, &stored.case)?;
    let text = text::clean(typed);
    if text.chars().nth(TEXT_MAX).is_some() {
        return Err(FieldProblem::limited("text", Problem::TooLong, TEXT_MAX as u64).into());
    }
    let kind = if note { "note" } else { "reply" };
    Ok(db::draft::save(work.tx, id, work.staff()?.id, kind, &text, work.now).await?)
}
