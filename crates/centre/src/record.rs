//! Records: the work of a centre brought in from elsewhere and written out again. A batch is one use case: each of its
//! records is taken, found to be there already, or refused with its reason; the others are taken all the same.

mod case;
mod contact;
mod export;
mod media;
mod message;
mod operator;
mod person;
mod refs;
mod senders;
mod service;
mod structure;
mod survey;
mod training;
mod volume;

pub use export::{Next, Page, page};
pub(crate) use senders::Senders;

use crate::{Result, Work};
use db::bulk::{self, Sent};
use model::event::Subject;
use model::record::{self, Id, Record, Refused};
use refs::{Refs, To};
use std::collections::{HashMap, HashSet};

/// A record with where it stands in what was brought: given back with the reason when it is refused.
#[derive(Debug, Clone)]
pub struct Line {
    pub place: u64,
    pub record: Record,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    pub new: u64,
    /// There already, with the same contents, or there and emptied since.
    pub same: u64,
    pub replaced: u64,
    pub refused: Vec<(u64, Refused)>,
    /// Services whose opening hours are written in a form that is not known here: they keep the usual ones.
    pub unknown_hours: Vec<String>,
}

/// What became of all batches, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    pub new: u64,
    pub same: u64,
    pub replaced: u64,
    pub refused: u64,
}

impl Totals {
    /// Adds what became of a batch.
    pub fn add(&mut self, taken: &Taken) {
        self.new += taken.new;
        self.same += taken.same;
        self.replaced += taken.replaced;
        self.refused += u64::try_from(taken.refused.len()).unwrap_or(u64::MAX);
    }
}

impl Taken {
    fn refuse(&mut self, place: u64, why: Refused) {
        self.refused.push((place, why));
    }
}

/// Begins the ids of records that came into being in this installation, so that they are nobody else's.
pub(crate) fn tag(secret: &[u8]) -> String {
    secret.iter().take(4).map(|b| format!("{b:02x}")).collect()
}

/// The id under which a row is written out.
fn name(tag: &str, external: Option<&str>, id: i64) -> Id {
    Id(external.map_or_else(|| format!("{tag}-{id}"), str::to_owned))
}

/// The id under which a row is known to other systems.
#[must_use]
pub fn id(centre: &crate::Centre, external: Option<&str>, id: i64) -> Id {
    name(&centre.inner().installation, external, id)
}

/// The row that such an id means, if it is one of ours.
fn own(tag: &str, id: &str) -> Option<i64> {
    id.strip_prefix(tag)?.strip_prefix('-')?.parse().ok()
}

/// Takes in records, all of one rank ([`record::Kind::rank`]); they are kept for good when [`finish`] is done. With
/// `replace`, one that is there already with other contents gives way.
///
/// # Errors
/// Those of the database: then nothing of the batch is kept.
pub async fn take(work: &Work<'_>, lines: Vec<Line>, replace: bool) -> Result<Taken> {
    bulk::hurry(work.tx).await?;
    let mut taken = Taken::default();
    let mut all = Sorted::default();
    for Line { place, record } in lines {
        match record {
            Record::Service(r) => all.services.push((place, r)),
            Record::Structure(r) => all.structures.push((place, r)),
            Record::Person(r) => all.persons.push((place, r)),
            Record::Operator(r) => all.operators.push((place, r)),
            Record::Case(r) => all.cases.push((place, r)),
            Record::Contact(r) => all.contacts.push((place, r)),
            Record::Message(r) => all.messages.push((place, r)),
            Record::Survey(r) => all.surveys.push((place, r)),
            Record::Volume(r) => all.volumes.push((place, r)),
            Record::Training(r) => all.trainings.push((place, r)),
            Record::Media(r) => all.media.push((place, r)),
        }
    }
    service::take(work, all.services, replace, &mut taken).await?;
    structure::take(work, all.structures, replace, &mut taken).await?;
    take_noun(work, all.persons, replace, &mut taken).await?;
    take_noun(work, all.operators, replace, &mut taken).await?;
    take_noun(work, all.cases, replace, &mut taken).await?;
    take_noun(work, all.contacts, replace, &mut taken).await?;
    take_noun(work, all.messages, replace, &mut taken).await?;
    take_noun(work, all.surveys, replace, &mut taken).await?;
    volume::take(work, all.volumes, replace, &mut taken).await?;
    take_noun(work, all.trainings, replace, &mut taken).await?;
    take_noun(work, all.media, replace, &mut taken).await?;
    Ok(taken)
}

/// Ends what [`take`] began: what was brought in is kept for good, and the audit says how many.
///
/// # Errors
/// Those of the database.
pub async fn finish(work: &Work<'_>, totals: Totals) -> Result<()> {
    bulk::settle(work.tx).await?;
    let data = serde_json::to_value(totals).unwrap_or_default();
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Import, "*", "imported", data);
    Ok(())
}

#[derive(Default)]
struct Sorted {
    services: Vec<(u64, record::Service)>,
    structures: Vec<(u64, record::Structure)>,
    persons: Vec<(u64, record::Person)>,
    operators: Vec<(u64, record::Operator)>,
    cases: Vec<(u64, record::Case)>,
    contacts: Vec<(u64, record::Contact)>,
    messages: Vec<(u64, record::Message)>,
    surveys: Vec<(u64, record::Survey)>,
    volumes: Vec<(u64, record::Volume)>,
    trainings: Vec<(u64, record::Training)>,
    media: Vec<(u64, record::Media)>,
}

type Row<N> = <<N as Noun>::Entity as bulk::EntityTrait>::Model;

/// A record that is kept as a row with an id of its own.
trait Noun: Sized + Clone + PartialEq + Send + Sync {
    type Entity: Sent;

    fn id(&self) -> &Id;
    /// True when a row of ours, written out like this, was emptied: what it held does not come back with a record.
    fn was_emptied(&self, row: &Row<Self>) -> bool {
        let _ = row;
        false
    }
    /// What it refers to, each under its key.
    fn refers(&self) -> Vec<(&'static str, To, &Id)>;
    /// The records that these rows are written out as, in their order.
    async fn records(tag: &str, connection: &impl db::ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>>;
    async fn insert(work: &Work<'_>, refs: &Refs, fresh: Vec<Self>) -> Result<()>;
    async fn replace(work: &Work<'_>, refs: &Refs, row: Row<Self>, record: Self) -> Result<()>;
}

async fn take_noun<N: Noun>(work: &Work<'_>, lines: Vec<(u64, N)>, replace: bool, taken: &mut Taken) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let tag = &work.centre.inner().installation;
    let refs = Refs::of(work, lines.iter().flat_map(|(_, record)| record.refers())).await?;
    let ids: Vec<&str> = lines.iter().map(|(_, record)| record.id().0.as_str()).collect();
    let ours: Vec<i64> = ids.iter().filter_map(|id| own(tag, id)).collect();
    let rows = bulk::known::<N::Entity>(work.tx, &ids, &ours).await?;
    let records = N::records(tag, work.tx, rows.clone()).await?;
    let known: HashSet<&str> = records.iter().map(|record| record.id().0.as_str()).collect();
    let unknown: Vec<&str> = ids.iter().copied().filter(|id| !known.contains(id)).collect();
    let emptied = senders::emptied::<N::Entity>(work, &unknown).await?;
    let mut known: HashMap<Id, (Row<N>, N, bool)> =
        rows.into_iter().zip(records).map(|(row, record)| (record.id().clone(), (row, record, false))).collect();
    let mut fresh: Vec<N> = Vec::new();
    let mut places: HashMap<Id, usize> = HashMap::new();
    for (place, record) in lines {
        let was_emptied = |(row, there, _): &(Row<N>, N, bool)| there.was_emptied(row);
        if emptied.contains_key(&record.id().0) || known.get(record.id()).is_some_and(was_emptied) {
            taken.same += 1;
            continue;
        }
        if let Some(refused) = refs.missing(record.refers()) {
            taken.refuse(place, refused);
            continue;
        }
        let pending = places.get(record.id()).and_then(|at| fresh.get_mut(*at));
        let there = match (pending, known.get_mut(record.id())) {
            (Some(pending), _) => pending,
            (None, Some((_, there, changed))) => {
                *changed |= replace && *there != record;
                there
            }
            (None, None) => {
                places.insert(record.id().clone(), fresh.len());
                fresh.push(record);
                taken.new += 1;
                continue;
            }
        };
        if *there == record {
            taken.same += 1;
        } else if replace {
            *there = record;
            taken.replaced += 1;
        } else {
            taken.refuse(place, Refused::Taken { key: "id", id: record.id().0.clone() });
        }
    }
    if !fresh.is_empty() {
        N::insert(work, &refs, fresh).await?;
    }
    for (row, record, _) in known.into_values().filter(|(_, _, changed)| *changed) {
        N::replace(work, &refs, row, record).await?;
    }
    Ok(())
}
