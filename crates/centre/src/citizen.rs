//! The citizen's side of a case: opened by number and code, added to, reopened; the code had again by the address it
//! was given with.

use crate::case::settle;
use crate::{By, Centre, Error, Result, Work, files, limits, mail};
use db::case::Stored;
use model::address::Address;
use model::case::{Case, State};
use model::code::Code;
use model::contact::Channel;
use model::number::CaseNumber;
use model::problem::Problem;
use model::text::{self, TEXT_MAX};
use model::{CaseId, attachment};

/// The case that this number and code open, followed through merges. Wrong codes are counted by case and by `from` (the
/// address of the network), and slowed.
///
/// # Errors
/// [`Error::NotFound`] alike for a number that is not there and a code that does not fit; [`Error::TooMany`].
pub async fn open(centre: &Centre, number: CaseNumber, code: &str, from: &str) -> Result<CaseId> {
    let tries = [limits::code_of_case_from(number.id, from), limits::code_from(from), limits::code_of_case(number.id)];
    limits::before_trying(centre, &tries).await?;
    let stored =
        db::case::load(centre.db().read(), number.id).await?.filter(|s| number.fits(s.case.id, s.case.opened_at));
    let code = Code::parse(code);
    // The comparison is made for a number that is not there as well, so that both take as long.
    let fits = code.is_some_and(|code| centre.inner().codes.fits(number.id, &code));
    let stored = stored.filter(|_| fits).ok_or(Error::NotFound("case"))?;
    centre
        .work(By::Citizen, move |w| {
            Box::pin(async move {
                for try_made in &tries {
                    limits::succeeded(w, try_made).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(current(centre, stored).await?.case.id)
}

/// The case in which one that its citizen opened is now continued, or itself.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn continued(centre: &Centre, id: CaseId) -> Result<CaseId> {
    let stored = db::case::load(centre.db().read(), id).await?.ok_or(Error::NotFound("case"))?;
    Ok(current(centre, stored).await?.case.id)
}

/// The case in which this one is continued, or itself, as far as its code may go.
async fn current(centre: &Centre, mut stored: Stored) -> Result<Stored> {
    while let Some(into) = stored.case.merged_into {
        let next = db::case::load(centre.db().read(), into).await?.ok_or(Error::NotFound("case"))?;
        if !may_follow(centre, &stored, &next).await? {
            break;
        }
        stored = next;
    }
    Ok(stored)
}

/// True when whoever holds the code of `from` may read `other`, which was merged with it: both are one person's, and that
/// is more than what somebody typed into a form. Either the codes of both go to one address, or an operator spoke with
/// whoever `from` is of.
pub(crate) async fn may_follow(centre: &Centre, from: &Stored, other: &Stored) -> Result<bool> {
    let (Some(a), Some(b)) = (from.case.person, other.case.person) else { return Ok(false) };
    let one_address = from.content.announce_to.is_some() && from.content.announce_to == other.content.announce_to;
    let spoken_with = matches!(from.content.channel, Channel::Phone | Channel::Desk);
    if !one_address && !spoken_with {
        return Ok(false);
    }
    let root = |id| db::person::root(centre.db().read(), id);
    Ok(a == b || root(a).await?.map(|p| p.id) == root(b).await?.map(|p| p.id))
}

/// The citizen adds a message or files; "not solved" does so on a solved case and takes it up again.
///
/// # Errors
/// Neither text nor file; a closed case.
pub async fn write(work: &Work<'_>, id: CaseId, typed: &str, kept: Vec<files::Kept>) -> Result<()> {
    let mut stored = db::case::load_for_change(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    let text = text::optional("text", typed, TEXT_MAX)?;
    if text.is_none() && kept.is_empty() {
        return Err(Error::field("text", Problem::Missing));
    }
    if kept.len() > attachment::COUNT_MAX {
        return Err(model::problem::FieldProblem::limited(
            "files",
            Problem::TooManyFiles,
            attachment::COUNT_MAX as u64,
        )
        .into());
    }
    let case = &mut stored.case;
    let mut events = Vec::new();
    if case.state == State::Solved {
        events.push(case.reopen(work.now)?);
    }
    let message = crate::case::write(work, case, Channel::Web, text.as_deref().unwrap_or_default(), false).await?;
    for file in kept {
        files::attach(work, id, None, Some(message), file).await?;
    }
    events.push(case.hear(message, work.now)?);
    settle(work, case, events).await
}

/// The citizen says that it is solved, and needs nothing more.
///
/// # Errors
/// The refusals of [`Case::solve`].
pub async fn withdraw(work: &Work<'_>, id: CaseId) -> Result<()> {
    let mut stored = db::case::load_for_change(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    let event = stored.case.solve(model::case::Outcome::Withdrawn, None, work.now)?;
    settle(work, &mut stored.case, vec![event]).await
}

/// Where and how the citizen wants to be told of news.
///
/// # Errors
/// An address that is none.
pub async fn announce(work: &Work<'_>, id: CaseId, email: &str, content: bool) -> Result<()> {
    let to = if email.trim().is_empty() { None } else { Some(Address::email("email", email)?.value) };
    let mut stored = db::case::load_for_change(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    db::case::set_announcement(work.tx, id, to, content).await?;
    let event = stored.case.announce_elsewhere(work.now);
    settle(work, &mut stored.case, vec![event]).await
}

/// Cases whose codes one letter holds, the latest: an office's shared mailbox may have more.
const CODES_MAX: u64 = 20;

/// Sends number and code again to the address that the case was given with. Whether there is such a case is not said:
/// whoever asks learns nothing that the mailbox does not tell them.
///
/// # Errors
/// An address that is none; [`Error::TooMany`].
pub async fn send_code_again(work: &Work<'_>, email: &str, from: &str) -> Result<()> {
    let address = Address::email("email", email)?;
    limits::count(work, &limits::resend_to(&address.value, from)).await?;
    limits::count(work, &limits::resend_from(from)).await?;
    limits::count(work, &limits::resend_to_at_all(&address.value)).await?;
    // Only to the very address that the case announces to: another of the same person may be somebody else's by now.
    let cases = db::case::announced_to(work.tx, &address.value, CODES_MAX).await?;
    let cases: Vec<Case> = cases.into_iter().map(|s| s.case).filter(|case| case.state != State::Merged).collect();
    if !cases.is_empty() {
        mail::announce_codes(work, &cases, &address.value);
    }
    Ok(())
}
