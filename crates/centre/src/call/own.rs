//! What operators do with the call that is theirs: they put it on a case, and write it up.

use super::{Open, open, step};
use crate::{Error, Result, Work, access, case};
use model::call::CallState;
use model::problem::Problem;
use model::{CaseId, ContactId};

/// What an operator says of a call that is over.
#[derive(Debug, Clone, Default)]
pub struct WrittenUp {
    /// One of the codes of the call's queue.
    pub code: Option<String>,
    /// A note on its case.
    pub note: Option<String>,
}

async fn open_own(work: &Work<'_>, id: ContactId) -> Result<Open> {
    let open = open(work, id).await?;
    if open.call.operator == Some(work.staff()?.id) { Ok(open) } else { Err(Error::NotFound("call")) }
}

/// Puts the talk on a case: one that its operator may see, or a new one. A talk that stands on a case stays there.
///
/// # Errors
/// A call of somebody else's, a case that is not there.
pub async fn put_on(work: &Work<'_>, id: ContactId, case: Option<CaseId>) -> Result<CaseId> {
    let Open { contact, .. } = open_own(work, id).await?;
    if let Some(already) = contact.case {
        return Ok(already);
    }
    if contact.answered_at.is_none() {
        return Err(Error::NotFound("talk"));
    }
    if let Some(case) = case {
        let stored = db::case::load(work.tx, case).await?.ok_or(Error::NotFound("case"))?;
        access::visible(work.staff()?, &stored)?;
    }
    Ok(step::take_up(work, id, case).await?.case)
}

/// The operator has written the call up. What is noted after the time for it is over is kept all the same.
///
/// # Errors
/// A call of somebody else's or one that goes on, a code that its queue does not have.
pub async fn write_up(work: &Work<'_>, id: ContactId, written: WrittenUp) -> Result<Option<CaseId>> {
    let Open { mut call, contact } = open_own(work, id).await?;
    if contact.ended_at.is_none() {
        return Err(Error::NotFound("call that is over"));
    }
    if let Some(code) = &written.code {
        let service = work.catalogue.service(&contact.service);
        let codes = service.zip(call.queue.as_ref()).map(|(service, queue)| service.wrap_up_codes(queue));
        if !codes.is_some_and(|codes| codes.iter().any(|one| one.id == *code)) {
            return Err(Error::field("code", Problem::NotInTheList));
        }
    }
    if call.state == Some(CallState::WrapUp) {
        step::wrap_up(work, id, written.code).await?;
    } else if call.state.is_none() && call.code.is_none() && written.code.is_some() {
        call.code = written.code;
        db::call::update(work.tx, &call).await?;
    }
    let on = db::contact::load(work.tx, id).await?.and_then(|stored| stored.contact.case);
    if let (Some(on), Some(note)) = (on, &written.note) {
        note_beside(work, on, note).await?;
    }
    Ok(on)
}

/// Notes something on the case of a call. A note that is being typed beside the case is another and stays.
pub(super) async fn note_beside(work: &Work<'_>, on: CaseId, note: &str) -> Result<()> {
    let staff = work.staff()?.id;
    let drafts = db::draft::of(work.tx, on, staff).await?;
    case::note(work, on, note, Vec::new()).await?;
    if let Some(draft) = drafts.into_iter().find(|draft| draft.kind == "note") {
        db::draft::save(work.tx, on, staff, "note", &draft.text, work.now).await?;
    }
    Ok(())
}
