//! Cases, each with the whole of its life until it is brought in. One that was solved long ago is closed; one that is
//! still to be solved goes to the queue where it would be had it been opened here.

use super::refs::{Names, Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::case::Content;
use db::{ConnectionTrait, Counted};
use model::case::{Case as Kept, Clocks, Event, Imported, Level, State};
use model::contact::Channel;
use model::record::{Case, Extra, Id};
use model::{CaseId, PersonId, QueueId, ServiceId, StructureId, TopicId};

impl Noun for Case {
    type Entity = db::case::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn was_emptied(&self, row: &Row<Self>) -> bool {
        row.external.is_none() && row.emptied_at.is_some()
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        let structure = self.structure.iter().map(|id| ("structure", To::Structure, id));
        std::iter::once(("service", To::Service, &self.service)).chain(structure).collect()
    }

    async fn records(tag: &str, _: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        rows.into_iter()
            .map(|row| {
                let mut extra = Extra::of_stored(row.extra.as_deref());
                let id = super::name(tag, row.external.as_deref(), row.id);
                let case = db::case::Stored::try_from(row)?.case;
                let solved_by = extra.take("solved_by");
                Ok(Self {
                    id,
                    service: Id(case.service.0),
                    opened_at: case.opened_at,
                    topic: case.topic.map(|topic| topic.0),
                    region: case.region,
                    escalated_at: case.escalated_at,
                    solved_at: case.solved_at,
                    solved_by: case.solved_by.or(solved_by),
                    structure: case.structure.map(|structure| Id(structure.0)),
                    reopened_at: case.reopened_at,
                    closed_at: case.closed_at,
                    kind: case.kind,
                    extra,
                })
            })
            .collect()
    }

    async fn insert(work: &Work<'_>, _: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Case, fresh.len()).await?;
        let (mut rows, mut events) = (Vec::new(), Vec::new());
        for (id, record) in ids.into_iter().zip(fresh) {
            let (external, imported, extra) = read(work, record);
            let case = Kept::imported(CaseId(id), imported.clone());
            events.push((case.id, Event::Imported(Box::new(imported))));
            // The channel becomes that of the first contact when that comes.
            let content = Content { channel: Channel::Desk, subject: None, announce_to: None, announce_content: false };
            rows.push(db::case::sent(&case, Some(&content), Some(external), extra));
        }
        bulk::insert::<Self::Entity>(work.tx, rows).await?;
        Ok(db::event::append_cases(work.tx, work.by.actor(), work.now, &events).await?)
    }

    async fn replace(work: &Work<'_>, _: &Refs, row: Row<Self>, record: Self) -> Result<()> {
        let external = row.external.clone();
        let mut stored = db::case::Stored::try_from(row)?;
        let (_, mut imported, extra) = read(work, record);
        imported.person = stored.case.person;
        imported.language.clone_from(&stored.case.language);
        let event = Event::Imported(Box::new(imported));
        stored.case.apply(&event, work.now);
        bulk::replace::<Self::Entity>(work.tx, db::case::sent(&stored.case, None, external, extra)).await?;
        Ok(db::event::append_cases(work.tx, work.by.actor(), work.now, &[(stored.case.id, event)]).await?)
    }
}

/// A record as its id, the life of its case, and what else it held.
fn read(work: &Work<'_>, record: Case) -> (String, Imported, Option<String>) {
    let Case { id, service, opened_at, topic, region, escalated_at, solved_at, solved_by, .. } = record;
    let Case { structure, reopened_at, closed_at, kind, mut extra, .. } = record;
    let service = ServiceId(service.0);
    let topic = topic.map(TopicId);
    let definition = work.catalogue.service(&service);
    let is_solved = solved_at.is_some_and(|solved| reopened_at.is_none_or(|again| again <= solved));
    let is_over = |close_after| closed_at.is_some() || solved_at.is_some_and(|at| at + close_after < work.now);
    // Closed without a solution, and not taken up again since.
    let is_given_up = closed_at.is_some_and(|closed| reopened_at.is_none_or(|again| again <= closed)) && !is_solved;
    let state = match (is_solved, definition.map(|d| d.promises.close_after())) {
        (true, Some(close_after)) if is_over(close_after) => State::Closed,
        (true, _) => State::Solved,
        (false, _) if is_given_up => State::Closed,
        (false, _) => State::New,
    };
    let is_done = is_solved || is_given_up;
    let level = if escalated_at.is_some() && !is_done { Level::Back } else { Level::Front };
    let catalogue = &work.catalogue;
    let queue = definition.and_then(|d| match level {
        Level::Front => catalogue.front_queue(d, topic.as_ref()),
        Level::Back => catalogue.back_queue(d, topic.as_ref()).or_else(|| catalogue.front_queue(d, topic.as_ref())),
    });
    let clocks = match definition.filter(|_| !is_done) {
        Some(d) => Clocks::started(&d.calendar, d.promised(None, kind), opened_at),
        None => Clocks::default(),
    };
    // A level is said to have solved what was never solved: it is written out, and counts for nothing.
    let kept_by = solved_by.filter(|_| solved_at.is_some());
    if let Some(by) = solved_by.filter(|_| solved_at.is_none()) {
        extra.put("solved_by", &by);
    }
    let imported = Imported {
        queue: queue.map_or_else(|| QueueId(service.0.clone()), |queue| queue.id.clone()),
        service,
        structure: structure.map(|id| StructureId(id.0)),
        person: None,
        state,
        level,
        topic,
        kind,
        region,
        language: "it".to_owned(),
        opened_at,
        escalated_at,
        solved_at,
        solved_by: kept_by,
        reopened_at,
        closed_at,
        clocks,
    };
    (id.0, imported, extra.stored())
}

/// Gives cases what their contacts tell: whose they are, the channel of the first, a title.
pub(super) async fn complete(work: &Work<'_>, mut ids: Vec<CaseId>) -> Result<()> {
    ids.sort_unstable();
    ids.dedup();
    // Who brings other contacts of theirs at the same time waits, and sees these.
    db::case::hold(work.tx, &ids).await?;
    let mut known = Vec::new();
    let mut events = Vec::new();
    for db::case::First { known: before, person, channel, subject, text } in
        db::case::first_contacts(work.tx, &ids).await?
    {
        let subject = subject.or_else(|| text.as_deref().map(|t| model::text::first_line(t, 80)));
        let whose = person.filter(|_| before.person.is_none());
        let told = db::case::Told {
            id: before.id,
            version: before.version + i64::from(whose.is_some()),
            person: before.person.or(whose),
            channel,
            subject: before.subject.clone().or(subject.filter(|s| !s.is_empty())),
        };
        if whose.is_some() {
            events.push((told.id, Event::PersonChanged { person: whose }));
        }
        if told != before {
            known.push(told);
        }
    }
    db::case::set_told(work.tx, &known).await?;
    Ok(db::event::append_cases(work.tx, work.by.actor(), work.now, &events).await?)
}

/// Takes back from cases what a contact has told of them and says no more; [`complete`] looks at what the others say.
pub(super) async fn untell(
    work: &Work<'_>,
    ids: &[CaseId],
    person: Option<PersonId>,
    title: Option<&str>,
) -> Result<()> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut known = Vec::new();
    let mut events = Vec::new();
    for before in db::case::told(work.tx, &ids).await? {
        let mut told = before.clone();
        if person.is_some() && told.person == person {
            told.person = None;
            told.version += 1;
            events.push((told.id, Event::PersonChanged { person: None }));
        }
        told.subject = told.subject.filter(|subject| title != Some(subject));
        if told != before {
            known.push(told);
        }
    }
    db::case::set_told(work.tx, &known).await?;
    Ok(db::event::append_cases(work.tx, work.by.actor(), work.now, &events).await?)
}

/// Names of the cases and operators that rows refer to.
pub(super) async fn names<'a>(
    tag: &'a str,
    connection: &impl ConnectionTrait,
    cases: impl Iterator<Item = i64>,
    operators: impl Iterator<Item = i64>,
) -> Result<Names<'a>> {
    Names::new(tag).with_cases(connection, cases).await?.with_operators(connection, operators).await
}
