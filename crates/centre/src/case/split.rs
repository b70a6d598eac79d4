//! Splitting: two matters in one case become two cases.

use super::{open, settle};
use crate::{Error, Result, Work};
use model::access::Action;
use model::case::{Case, Clocks, Event, Opened, Refused};
use model::text::{self, SUBJECT_MAX};
use model::{CaseId, ContactId, MessageId};

/// Takes contacts and messages out of a case into a new one of the same person, which returns.
///
/// # Errors
/// When nothing would be left or nothing is named, or something named is not of this case.
pub async fn split(
    work: &Work<'_>,
    id: CaseId,
    contacts: Vec<ContactId>,
    messages: Vec<MessageId>,
    subject: &str,
) -> Result<CaseId> {
    let mut stored = open(work, id, Action::Split).await?;
    let subject = text::clean_line(&text::required("subject", subject, SUBJECT_MAX)?);
    let all = db::contact::of_cases(work.tx, &[id]).await?;
    if !contacts.is_empty() && all.len() <= contacts.len() {
        return Err(Refused::NothingToSplit.into());
    }
    let service = work.catalogue.service(&stored.case.service).ok_or(Error::NotFound("service"))?;
    let opened = Opened {
        at: work.now,
        service: stored.case.service.clone(),
        queue: stored.case.queue.clone(),
        language: stored.case.language.clone(),
        structure: stored.case.structure.clone(),
        person: stored.case.person,
        topic: None,
        kind: None,
        region: stored.case.region.clone(),
        split_from: Some(id),
        clocks: Clocks::started(&service.calendar, service.promised(Some(stored.content.channel), None), work.now),
    };
    let event = Event::Opened(Box::new(opened.clone()));
    let mut case = Case::open(CaseId(0), opened);
    case.id = db::case::insert(
        work.tx,
        &case,
        &db::case::Content { subject: Some(subject.clone()), ..stored.content.clone() },
    )
    .await?;
    db::search::insert(work.tx, &[(db::search::Source::Case(case.id), subject)]);
    let taken = stored.case.split(case.id, contacts.clone(), messages.clone(), work.now)?;

    let moved = db::contact::move_to_case(work.tx, &contacts, id, case.id).await?
        + db::message::move_to_case(work.tx, &messages, id, case.id).await?;
    if moved != (contacts.len() + messages.len()) as u64 {
        return Err(Error::NotFound("contact"));
    }
    db::attachment::follow(work.tx, &contacts, &messages, id, case.id).await?;
    db::link::insert(work.tx, id, case.id).await?;
    settle(work, &mut stored.case, vec![taken]).await?;
    let mut events = vec![event];
    if let Some(staff) = work.by.staff() {
        events.push(case.assign(Some(staff.id), work.now)?);
    }
    settle(work, &mut case, events).await?;
    Ok(case.id)
}
