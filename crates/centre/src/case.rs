//! Work on cases. Every use case here loads the case for change, asks whether it may, makes the model's move, and
//! settles: clocks, row and events in one transaction.

mod answer;
mod assign;
mod classify;
mod escalate;
mod link;
mod merge;
mod remind;
mod solve;
mod split;

pub use answer::{Reply, note, reply, resume, wait};
pub use assign::{assign, give, take, take_from, undo_assign};
pub use classify::{classify, rename};
pub(crate) use escalate::{bring_home, rehouse};
pub use escalate::{escalate, first_back_queue, give_back, recall, transfer};
pub use link::{link, unlink};
pub use merge::{merge, unmerge};
pub use remind::{bring_back, remind};
pub use solve::{close, reopen, solve};
pub use split::split;

use crate::{By, Centre, Error, Result, Work};
use db::case::Stored;
use model::access::Action;
use model::case::{Case, Event};
use model::contact::Channel;
use model::number::CaseNumber;
use model::{CaseId, MessageId};
use std::collections::HashMap;

/// Loads a case that is about to change, if whoever wants it may do `action` to it.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is outside the scope, [`Error::Denied`] when the role does not allow it.
pub(crate) async fn open(work: &Work<'_>, id: CaseId, action: Action) -> Result<Stored> {
    let stored = db::case::load_for_change(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    if let Some(staff) = work.by.staff() {
        crate::access::visible(staff, &stored)?;
    }
    work.may(action, &stored.case)?;
    Ok(stored)
}

/// Two cases that are about to change, locked in the order of their ids so that two moves at once do not wait for one
/// another for ever.
///
/// # Errors
/// As [`open`]; [`model::case::Refused::Itself`] when they are one.
pub(crate) async fn both(work: &Work<'_>, a: CaseId, b: CaseId, action: Action) -> Result<(Stored, Stored)> {
    if a == b {
        return Err(model::case::Refused::Itself(a).into());
    }
    let (first, second) = (open(work, a.min(b), action).await?, open(work, a.max(b), action).await?);
    Ok(if a < b { (first, second) } else { (second, first) })
}

/// Refuses when somebody else has done something to the case since version `seen` was read.
///
/// # Errors
/// [`Error::Changed`] with the version that now stands.
pub(crate) async fn unchanged(work: &Work<'_>, case: &Case, seen: Option<i64>) -> Result<()> {
    let Some(seen) = seen.filter(|seen| *seen != case.version) else { return Ok(()) };
    let mine = work.by.actor();
    let history = db::event::of_cases(work.tx, &[case.id]).await?;
    let by_others = history
        .iter()
        .skip(usize::try_from(seen).unwrap_or(0))
        .any(|event| event.actor != mine && event.kind != "clocks-set");
    if by_others { Err(Error::Changed(case.version)) } else { Ok(()) }
}

/// Keeps what moves have made of a case: its clocks, its row, its events.
pub(crate) async fn settle(work: &Work<'_>, case: &mut Case, mut events: Vec<Event>) -> Result<()> {
    // What is promised may depend on how the case came in; few services say so.
    let by_channel = work.catalogue.service(&case.service).is_some_and(model::service::Service::promises_by_channel);
    let channel = if by_channel { db::case::channel(work.tx, case.id).await? } else { None };
    set_clocks(work, case, channel, &mut events);
    db::case::update(work.tx, case).await?;
    db::event::append_case(work.tx, work.by.actor(), work.now, case.id, &events);
    Ok(())
}

/// Refuses what was decided on a case that somebody else has changed since: what `seen` is to [`answer::reply`], for
/// decisions that carry no words.
///
/// # Errors
/// [`Error::Changed`] with the version that now stands; [`Error::NotFound`].
pub async fn still(work: &Work<'_>, id: CaseId, seen: Option<i64>) -> Result<()> {
    let stored = db::case::load_for_change(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    unchanged(work, &stored.case, seen).await
}

/// The numbers of these cases, as far as they are there.
pub(crate) async fn numbers(centre: &Centre, ids: impl Iterator<Item = CaseId>) -> Result<HashMap<CaseId, CaseNumber>> {
    let mut ids: Vec<CaseId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let cases = db::case::with_ids(centre.db().read(), &ids).await?;
    Ok(cases.iter().map(|s| (s.case.id, CaseNumber::new(s.case.id, s.case.opened_at))).collect())
}

/// The case as it was before the last event of this kind; nothing when there was none.
pub(crate) async fn before_last(work: &Work<'_>, id: CaseId, kind: impl Fn(&Event) -> bool) -> Result<Option<Case>> {
    let history = db::event::of_cases(work.tx, &[id]).await?;
    let mut past: Vec<_> = history.iter().filter_map(|record| Some((record.at, record.case_event()?))).collect();
    past.truncate(past.iter().rposition(|(_, event)| kind(event)).unwrap_or_default());
    Ok(Case::rebuild(id, past))
}

/// Sets the case's clocks as its last moves want them.
pub(crate) fn set_clocks(work: &Work<'_>, case: &mut Case, channel: Option<Channel>, events: &mut Vec<Event>) {
    if let Some(service) = work.catalogue.service(&case.service) {
        let promises = service.promised(channel, case.kind);
        let clocks = case.clocks.after(case, &service.calendar, promises, work.now);
        events.extend(case.set_clocks(clocks, work.now));
    }
}

/// Stores a message of whoever is at work and makes it findable.
pub(crate) async fn write(
    work: &Work<'_>,
    case: &Case,
    channel: Channel,
    text: &str,
    internal: bool,
) -> Result<MessageId> {
    use model::message::Author;
    let (author, operator) = match &work.by {
        By::Citizen => (Author::Citizen, None),
        By::System => (Author::System, None),
        By::Staff(staff) => (Author::Operator, Some(staff.id)),
    };
    let message = db::message::Message {
        id: MessageId(0),
        case: case.id,
        at: work.now,
        author,
        channel,
        text: Some(text.to_owned()),
        operator,
        internal,
    };
    let id = db::message::insert(work.tx, &message).await?;
    db::search::insert(work.tx, &[(db::search::Source::Message(id), text.to_owned())]);
    Ok(id)
}
