//! Drafts, kept as they are typed.

use crate::{Centre, Result, Work};
use chrono::{DateTime, Utc};
use model::CaseId;
use model::access::Action;
use model::problem::{FieldProblem, Problem};
use model::text::{self, TEXT_MAX};
use model::user::Staff;

/// Keeps what somebody is writing on a case: `note` or, otherwise, a reply.
///
/// # Errors
/// A text that is too long, a case that is not to be seen.
pub async fn save(work: &Work<'_>, id: CaseId, note: bool, typed: &str) -> Result<()> {
    let stored = db::case::load(work.tx, id).await?.ok_or(crate::Error::NotFound("case"))?;
    crate::access::visible(work.staff()?, &stored)?;
    work.may(Action::Note, &stored.case)?;
    let text = text::clean(typed);
    if text.chars().nth(TEXT_MAX).is_some() {
        return Err(FieldProblem::limited("text", Problem::TooLong, TEXT_MAX as u64).into());
    }
    db::case::write_in(work.tx, &[id]).await?;
    let kind = if note { "note" } else { "reply" };
    Ok(db::draft::save(work.tx, id, work.staff()?.id, kind, &text, work.now).await?)
}

/// What somebody was writing on a case.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    pub reply: Option<Draft>,
    pub note: Option<Draft>,
}

#[derive(Debug, Clone)]
pub struct Draft {
    pub text: String,
    pub saved_at: DateTime<Utc>,
}

/// The drafts of `staff` on a case.
///
/// # Errors
/// Only those of the database.
pub async fn of(centre: &Centre, staff: &Staff, id: CaseId) -> Result<Drafts> {
    let mut drafts = Drafts::default();
    for row in db::draft::of(centre.db().read(), id, staff.id).await? {
        let draft = Some(Draft { text: row.text, saved_at: row.saved_at.into() });
        if row.kind == "note" { drafts.note = draft } else { drafts.reply = draft }
    }
    Ok(drafts)
}
