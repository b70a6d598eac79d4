//! What a case is about: topic, kind and title.

use super::{open, settle};
use crate::{Result, Work};
use model::access::Action;
use model::case::Kind;
use model::text::{self, SUBJECT_MAX};
use model::{CaseId, TopicId};

/// Sets topic and kind.
///
/// # Errors
/// When the role does not allow it.
pub async fn classify(work: &Work<'_>, id: CaseId, topic: Option<TopicId>, kind: Option<Kind>) -> Result<()> {
    let mut stored = open(work, id, Action::Classify).await?;
    let before = stored.case.kind;
    let topic = text::optional("topic", topic.as_ref().map_or("", TopicId::as_str), 100)?.map(TopicId);
    let mut events = vec![stored.case.classify(topic, kind, work.now)];
    if let Some(service) = work.catalogue.service(&stored.case.service) {
        // What is promised of a complaint may be another thing than what was promised before anybody knew it to be one.
        let promised = |kind| service.promised(Some(stored.content.channel), kind);
        let (old, new) = (promised(before), promised(stored.case.kind));
        let clocks = stored.case.clocks.promised_anew(&service.calendar, old, new, work.now);
        events.extend(stored.case.set_clocks(clocks, work.now));
    }
    settle(work, &mut stored.case, events).await
}

/// Gives the case another title.
///
/// # Errors
/// An empty or too long title.
pub async fn rename(work: &Work<'_>, id: CaseId, typed: &str) -> Result<()> {
    let mut stored = open(work, id, Action::Classify).await?;
    let subject = text::clean_line(&text::required("subject", typed, SUBJECT_MAX)?);
    db::search::insert(work.tx, &[(db::search::Source::Case(id), subject.clone())]);
    db::case::set_subject(work.tx, id, Some(subject)).await?;
    let event = stored.case.rename(work.now);
    settle(work, &mut stored.case, vec![event]).await
}
