//! Retention: what was written in a case is emptied when its service keeps it no longer, and whoever has nothing left here
//! is anonymised. It can be done at any time, by any process, and again: it reads what is due.

use crate::{By, Centre, Result, Work, erasure, recording};
use chrono::{DateTime, Utc};
use db::erasure::Emptied;
pub use db::retention::Over;
use model::event::{PersonEvent, Subject};
use model::service::Service;
use model::{CaseId, PersonId, ServiceId};
use std::collections::BTreeSet;

/// Cases, or contacts, that one use case empties: whoever writes meanwhile waits for no more than these.
const CHUNK: u64 = 50;

/// What a service keeps, and what of it is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub service: ServiceId,
    pub name: String,
    /// Nothing: content is kept until somebody erases it.
    pub days: Option<u32>,
    /// What was closed before this is over.
    pub before: Option<DateTime<Utc>>,
    pub over: db::retention::Over,
}

/// How every service stands now. Nothing is changed.
///
/// # Errors
/// Only those of the database.
pub async fn standing(centre: &Centre) -> Result<Vec<Standing>> {
    let catalogue = centre.catalogue();
    let mut all = Vec::new();
    for service in &catalogue.services {
        all.push(stands(centre, service).await?);
    }
    Ok(all)
}

/// How a service would stand with this definition.
///
/// # Errors
/// Only those of the database.
pub async fn stands(centre: &Centre, service: &Service) -> Result<Standing> {
    let before = service.retention.over_before(centre.now());
    let over = match before {
        Some(before) => db::retention::count(centre.db().read(), &service.id, before).await?,
        None => db::retention::Over::default(),
    };
    let (service, name, days) = (service.id.clone(), service.name.clone(), service.retention.content_days);
    Ok(Standing { service, name, days, before, over })
}

/// What was emptied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    pub cases: u64,
    pub contacts: u64,
    pub files: u64,
    /// Recordings that were kept for less time than the rest.
    pub recordings: u64,
    /// Persons of whom nothing is left.
    pub persons: u64,
}

impl Totals {
    fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.contacts += other.contacts;
        self.files += other.files;
        self.recordings += other.recordings;
        self.persons += other.persons;
    }
}

/// Empties all that is over; with `until`, what it comes to by then.
///
/// # Errors
/// Only those of the database. What was emptied until then is emptied.
pub async fn retain(centre: &Centre, until: Option<DateTime<Utc>>) -> Result<Totals> {
    let in_time = || until.is_none_or(|until| centre.now() < until);
    let mut totals = Totals::default();
    for service in &centre.catalogue().services {
        let mut of_service = Totals::default();
        if let Some(before) = service.retention.over_before(centre.now()) {
            while in_time() {
                let some = chunk(centre, service.id.clone(), before).await?;
                of_service.add(some);
                if some == Totals::default() {
                    break;
                }
            }
        }
        if let Some(before) = service.recordings_over_before(centre.now()) {
            while in_time() {
                let removed = recording::remove_over(centre, service.id.clone(), before, CHUNK).await?;
                of_service.recordings += removed;
                if removed < CHUNK {
                    break;
                }
            }
        }
        if of_service != Totals::default() {
            tell(centre, service.id.clone(), of_service).await?;
            totals.add(of_service);
        }
    }
    recording::give_up_lost(centre).await?;
    if totals == Totals::default() {
        // What an erasure could not take out of the log, because somebody read it, goes now.
        erasure::empty_log(centre).await;
    } else {
        erasure::forget_words(centre).await?;
    }
    Ok(totals)
}

async fn chunk(centre: &Centre, service: ServiceId, before: DateTime<Utc>) -> Result<Totals> {
    let (totals, files) =
        centre.work(By::System, move |w| Box::pin(async move { some(w, &service, before).await })).await?;
    centre.files().remove(&files).await;
    Ok(totals)
}

/// Empties some of what is over.
async fn some(work: &Work<'_>, service: &ServiceId, before: DateTime<Utc>) -> Result<(Totals, Vec<String>)> {
    let mut cases: BTreeSet<CaseId> = BTreeSet::new();
    for id in db::retention::cases(work.tx, service, before, CHUNK).await? {
        cases.insert(id);
        // What was merged into it is the same matter.
        cases.extend(db::case::merged_into(work.tx, id).await?);
    }
    let cases: Vec<CaseId> = cases.into_iter().collect();
    let mut persons: BTreeSet<PersonId> = db::case::persons_of(work.tx, &cases).await?.into_iter().collect();
    let mut emptied = if cases.is_empty() { Emptied::default() } else { erasure::empty(work, &cases).await? };
    let alone = db::retention::contacts_alone(work.tx, service, before, CHUNK).await?;
    persons.extend(alone.iter().filter_map(|(_, person)| person.map(PersonId)));
    let alone: Vec<i64> = alone.into_iter().map(|(id, _)| id).collect();
    emptied.add(db::erasure::contacts_alone(work.tx, &alone, &erasure::keyed(work), work.now).await?);
    let persons = forget(work, persons).await?;
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let totals = Totals {
        cases: count(cases.len()),
        contacts: emptied.contacts,
        files: count(emptied.files.len()),
        persons,
        recordings: 0,
    };
    Ok((totals, emptied.files))
}

/// Anonymises those of whom nothing is left; returns how many.
async fn forget(work: &Work<'_>, persons: BTreeSet<PersonId>) -> Result<u64> {
    let mut roots = BTreeSet::new();
    for person in persons {
        roots.extend(db::person::root(work.tx, person).await?.map(|root| root.id));
    }
    let mut forgotten = 0;
    for root in roots {
        let records = db::person::records(work.tx, root).await?;
        let addresses = db::person::addresses(work.tx, &records).await?;
        // Whoever writes at this moment is still known, or not known any more; never half.
        db::person::reserve(work.tx, &addresses, &[]).await?;
        if !db::erasure::nothing_is_left(work.tx, &records, &addresses).await? {
            continue;
        }
        db::erasure::persons(work.tx, &records, None, &erasure::keyed(work)).await?;
        crate::person::tell(work, root, &PersonEvent::Anonymised);
        forgotten += 1;
    }
    Ok(forgotten)
}

/// Says in the audit what a service let go.
async fn tell(centre: &Centre, service: ServiceId, totals: Totals) -> Result<()> {
    centre
        .work(By::System, move |w| {
            Box::pin(async move {
                let data = serde_json::to_value(totals).unwrap_or_default();
                let (actor, id) = (w.by.actor(), service.as_str());
                db::event::append(w.tx, actor, w.now, Subject::Service, id, "content-emptied", data);
                Ok(())
            })
        })
        .await
}
