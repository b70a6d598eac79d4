//! Answering the citizen, noting for colleagues, waiting for the citizen.

use super::{open, settle, unchanged, write};
use crate::{Result, Work, files, mail};
use model::access::Action;
use model::attachment;
use model::case::{Case, Outcome};
use model::contact::{self, Channel};
use model::problem::{FieldProblem, Problem};
use model::text::{self, TEXT_MAX};
use model::{CaseId, MessageId};

/// A reply as the operator sends it.
#[derive(Debug, Default)]
pub struct Reply {
    pub text: String,
    pub files: Vec<files::Kept>,
    /// The version of the case that the operator saw; `None` when they have been asked and send all the same.
    pub seen: Option<i64>,
    /// The reply is the solution.
    pub solve: bool,
    /// The reply asks something: the case waits for the citizen.
    pub wait: bool,
}

/// Answers the citizen; the reply is announced where the citizen wished.
///
/// # Errors
/// [`crate::Error::Changed`] when somebody else did something since `seen`; the refusals of [`Case::reply`].
pub async fn reply(work: &Work<'_>, id: CaseId, reply: Reply) -> Result<MessageId> {
    let mut stored = open(work, id, Action::Reply).await?;
    unchanged(work, &stored.case, reply.seen).await?;
    let text = text::required("text", &reply.text, TEXT_MAX)?;
    if reply.files.len() > attachment::COUNT_MAX {
        return Err(FieldProblem::limited("files", Problem::TooManyFiles, attachment::COUNT_MAX as u64).into());
    }
    let case = &mut stored.case;
    let message = write(work, case, Channel::Web, &text, false).await?;
    for file in reply.files {
        files::attach(work, id, None, Some(message), file).await?;
    }
    let mut events = Vec::new();
    let staff = work.staff()?;
    if case.assignee.is_none() && case.is_active() {
        events.push(case.assign(Some(staff.id), work.now)?);
    }
    events.push(case.reply(message, work.now)?);
    if reply.solve {
        events.push(case.solve(Outcome::Solved, None, work.now)?);
    } else if reply.wait && case.state != model::case::State::Waiting {
        events.push(case.wait(work.now)?);
    }
    settle(work, case, events).await?;
    answer_waiting_contacts(work, case).await?;
    db::draft::save(work.tx, id, staff.id, "reply", "", work.now).await?;
    if let Some(to) = &stored.content.announce_to {
        mail::announce_reply(work, &stored.case, message, to);
    }
    Ok(message)
}

/// What the citizen had written is answered now; calls were answered when they were taken.
async fn answer_waiting_contacts(work: &Work<'_>, case: &Case) -> Result<()> {
    let staff = work.staff()?.id;
    for mut stored in db::contact::of_cases(work.tx, &[case.id]).await? {
        if stored.contact.awaits_answer() {
            stored.contact.answer(staff, work.now)?;
            stored.contact.end(contact::Outcome::Answered, work.now)?;
            db::contact::update(work.tx, &stored.contact).await?;
        }
    }
    Ok(())
}

/// A note for colleagues, which the citizen never sees.
///
/// # Errors
/// An empty or too long text.
pub async fn note(work: &Work<'_>, id: CaseId, typed: &str, files: Vec<files::Kept>) -> Result<MessageId> {
    let mut stored = open(work, id, Action::Note).await?;
    let text = text::required("text", typed, TEXT_MAX)?;
    let message = write(work, &stored.case, Channel::Desk, &text, true).await?;
    for file in files {
        files::attach(work, id, None, Some(message), file).await?;
    }
    let event = stored.case.note(message, work.now);
    settle(work, &mut stored.case, vec![event]).await?;
    db::draft::save(work.tx, id, work.staff()?.id, "note", "", work.now).await?;
    Ok(message)
}

/// The case waits for the citizen.
///
/// # Errors
/// The refusals of [`Case::wait`].
pub async fn wait(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = open(work, id, Action::Wait).await?;
    let event = stored.case.wait(work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// The case waits no longer: there is something to do on it though the citizen said nothing.
///
/// # Errors
/// The refusals of [`Case::resume`].
pub async fn resume(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = open(work, id, Action::Wait).await?;
    let event = stored.case.resume(work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}
