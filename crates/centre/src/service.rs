//! Services, as an administrator defines them: what would change, and the change itself.

mod steer;
pub mod written;

pub use steer::{Steering, steer};

use crate::{By, Catalogue, Centre, Error, Result, Work, case};
use model::event::Subject;
use model::queue::QueueDefinition;
use model::service::{Change, EntryKind, Flaw, Found, Part, Service, Step, compare};
use model::structure::Structure;
use model::{QueueId, ServiceId, TopicId};
use std::collections::BTreeMap;

/// Cases that change their queue in one transaction: whoever writes meanwhile waits for no more than these.
const CHUNK: u64 = 100;

/// A definition that is to take the place of the one that is there.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub service: Service,
    /// The one part that is meant; all of it when none is named.
    pub part: Option<Part>,
    /// What whoever wants it saw of that part ([`revision`]); empty when there was no such service.
    pub seen: Option<String>,
    /// Where the cases of a queue go that is there no more.
    pub moves: BTreeMap<QueueId, QueueId>,
}

impl Wanted {
    /// The whole of a definition, whatever is there.
    #[must_use]
    pub fn whole(service: Service) -> Self {
        Self { service, part: None, seen: None, moves: BTreeMap::new() }
    }
}

/// What a definition would do.
#[derive(Debug, Clone)]
pub struct Plan {
    pub before: Option<Service>,
    pub after: Service,
    pub changes: Vec<Change>,
    /// What keeps it from being taken.
    pub flaws: Vec<Found>,
    /// Queues that would be there no more.
    pub gone: Vec<Gone>,
    /// Topics of its queues and menus that nobody has declared.
    pub undeclared: Vec<TopicId>,
    /// What may be a slip of the pen, and is taken all the same.
    pub doubts: Vec<Found>,
}

/// A queue that would be there no more, or be of another level, with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub queue: QueueId,
    pub name: String,
    /// It stays, at the other level: its cases cannot stay in it.
    pub stays: bool,
    pub cases: u64,
    /// How many serve it by name.
    pub serving: u64,
    /// How many of these would serve no queue by name any more, which is every queue.
    pub alone: u64,
    /// Whether it is said of a queue that can take its cases, and whoever serves it.
    pub has_target: bool,
}

impl Gone {
    /// Why it cannot go as it is.
    ///
    /// # Errors
    /// [`Error::QueueInUse`], [`Error::QueueServed`].
    pub fn may_go(&self) -> Result<()> {
        let (queue, cases, people) = (self.queue.clone(), self.cases, self.alone);
        match self.has_target {
            false if cases > 0 => Err(Error::QueueInUse { queue, cases }),
            false if people > 0 => Err(Error::QueueServed { queue, people }),
            _ => Ok(()),
        }
    }
}

/// The queues that are not what they were: there no more, or of another level.
fn leaving<'a>(before: Option<&'a Service>, after: &'a Service) -> impl Iterator<Item = &'a QueueDefinition> {
    let queues = before.into_iter().flat_map(|before| &before.queues);
    queues.filter(|queue| after.queue(&queue.id).is_none_or(|same| same.level != queue.level))
}

/// Where the cases of a queue go, and whoever serves it: to one of its level, before and after.
fn target<'a>(before: &Service, after: &'a Service, wanted: &Wanted, from: &QueueDefinition) -> Option<&'a QueueId> {
    let to = after.queue(wanted.moves.get(&from.id)?)?;
    let was_other = before.queue(&to.id).is_some_and(|was| was.level != from.level);
    (to.level == from.level && !was_other).then_some(&to.id)
}

/// What tells one state of a part from another.
#[must_use]
pub fn revision(service: &Service, part: Option<Part>) -> String {
    let mut value = serde_json::to_value(service).unwrap_or_default();
    if let (Some(part), serde_json::Value::Object(table)) = (part, &mut value) {
        table.retain(|key, _| part.keys().contains(&key.as_str()));
    }
    crate::revision::of(&value)
}

/// What another service has already: a case in its queue would be in both, a caller of its number would be whose?
fn taken_by_others(others: &[Service], service: &Service) -> Vec<Found> {
    let others = || others.iter().filter(|other| other.id != service.id);
    let mut found = Vec::new();
    for (n, queue) in service.queues.iter().enumerate() {
        if let Some(other) = others().find(|other| other.queue(&queue.id).is_some()) {
            let path = vec![Step::from("queues"), Step::from(n), Step::from("id")];
            found.push(Found::at(path, Flaw::TakenByOther).with(&other.id));
        }
    }
    let plain = |value: &str| value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let dialled = |kind: EntryKind| matches!(kind, EntryKind::Phone | EntryKind::Sms | EntryKind::Email);
    for (n, entry) in service.entry_points.iter().enumerate().filter(|(_, entry)| dialled(entry.kind)) {
        let same = |other: &&Service| {
            other.active
                && other.entry_points.iter().any(|e| e.kind == entry.kind && plain(&e.value) == plain(&entry.value))
        };
        if let Some(other) = others().filter(|_| service.active).find(same) {
            let path = vec![Step::from("entry_points"), Step::from(n), Step::from("value")];
            found.push(Found::at(path, Flaw::TakenByOther).with(&other.id));
        }
    }
    found
}

/// Topics that a queue or a menu names and nobody has declared. Records may name such topics, so they are no flaw; they may
/// be a slip of the pen as well.
fn undeclared(catalogue: &Catalogue, service: &Service) -> Vec<TopicId> {
    let topics = service.queues.iter().flat_map(|queue| &queue.topics).chain(service.menu_topics());
    let mut undeclared: Vec<TopicId> = Vec::new();
    for topic in topics.filter(|topic| catalogue.topic(topic).is_none()) {
        if !undeclared.contains(topic) {
            undeclared.push(topic.clone());
        }
    }
    undeclared
}

/// The doubts of the definition itself, and services that its menus lead to and that are not there: two that lead to one
/// another are made one after the other.
fn doubts(services: &[Service], service: &Service) -> Vec<Found> {
    let is_there = |id: &ServiceId| services.iter().any(|other| other.active && other.id == *id);
    let nowhere = service.menu_services().filter(|(_, id)| !is_there(id)).map(|(found, _)| found);
    service.doubts().into_iter().chain(nowhere).collect()
}

/// What a definition would do, without doing it.
///
/// # Errors
/// Only those of the database.
pub async fn plan(centre: &Centre, wanted: &Wanted) -> Result<Plan> {
    let db = centre.db().read();
    let services = db::service::all(db).await?;
    let before = services.iter().find(|s| s.id == wanted.service.id).cloned();
    let after = merged(before.as_ref(), wanted);
    let mut gone = Vec::new();
    let has_target =
        |queue: &QueueDefinition| before.as_ref().is_some_and(|before| target(before, &after, wanted, queue).is_some());
    // Whoever serves it serves something after it.
    let goes_on = |id: &QueueId| match before.as_ref().and_then(|before| before.queue(id)) {
        Some(queue) => after.queue(id).is_some() || has_target(queue),
        None => true,
    };
    for queue in leaving(before.as_ref(), &after) {
        let cases = db::case::count_in_queue(db, &queue.id).await?;
        let serving = db::staff::serving(db, &queue.id).await?;
        let alone = serving.iter().filter(|(_, queues)| !queues.iter().any(goes_on)).count() as u64;
        gone.push(Gone {
            queue: queue.id.clone(),
            name: queue.name.clone(),
            stays: after.queue(&queue.id).is_some(),
            cases,
            serving: serving.len() as u64,
            alone,
            has_target: has_target(queue),
        });
    }
    Ok(Plan {
        changes: compare(before.as_ref(), &after),
        flaws: flaws(&services, before.as_ref(), &after),
        undeclared: undeclared(&centre.catalogue(), &after),
        doubts: doubts(&services, &after),
        gone,
        before,
        after,
    })
}

fn merged(before: Option<&Service>, wanted: &Wanted) -> Service {
    match (wanted.part, before) {
        (Some(part), Some(before)) => before.clone().with(part, &wanted.service),
        _ => wanted.service.clone(),
    }
}

fn flaws(services: &[Service], before: Option<&Service>, after: &Service) -> Vec<Found> {
    let mut flaws = after.flaws(before);
    flaws.extend(taken_by_others(services, after));
    // What is stored already is no reason to refuse a change of something else.
    let old = before.map_or_else(Vec::new, |before| {
        let mut old = before.flaws(Some(before));
        old.extend(taken_by_others(services, before));
        old
    });
    flaws.retain(|flaw| !old.contains(flaw));
    flaws
}

/// Creates or changes a service; what changed, which is nothing when it is so already.
///
/// # Errors
/// As [`change`].
pub async fn apply(centre: &Centre, by: By, service: Service) -> Result<Vec<Change>> {
    change(centre, by, Wanted::whole(service)).await
}

/// Creates or changes a service, or one part of it; what changed.
///
/// # Errors
/// [`Error::Service`] with every flaw; [`Error::ChangedMeanwhile`] when the part is no longer as it was seen;
/// [`Error::QueueInUse`] for a queue that holds cases and of which is not said where they go; [`Error::QueueServed`] for one
/// that somebody serves and no other; those of the database.
pub async fn change(centre: &Centre, by: By, wanted: Wanted) -> Result<Vec<Change>> {
    let wanted = match wanted.moves.is_empty() {
        true => wanted,
        false => move_cases(centre, &by, wanted).await?,
    };
    let changes = centre.work(by, move |w| Box::pin(async move { store(w, &wanted).await })).await?;
    centre.refresh_catalogue().await?;
    Ok(changes)
}

async fn store(work: &Work<'_>, wanted: &Wanted) -> Result<Vec<Change>> {
    work.must_be(&[model::user::Role::Admin])?;
    let services = db::service::for_change(work.tx).await?;
    let before = services.iter().find(|sent| sent.service.id == wanted.service.id);
    let built_in = before.is_some_and(|sent| sent.built_in);
    let before = before.map(|sent| &sent.service);
    if let Some(seen) = &wanted.seen {
        let now = before.map(|before| revision(before, wanted.part)).unwrap_or_default();
        if now != *seen {
            return Err(Error::ChangedMeanwhile);
        }
    }
    let after = merged(before, wanted);
    let all: Vec<Service> = services.iter().map(|sent| sent.service.clone()).collect();
    let flaws = flaws(&all, before, &after);
    if !flaws.is_empty() {
        return Err(Error::Service(flaws));
    }
    let changes = compare(before, &after);
    if changes.is_empty() && !built_in {
        return Ok(changes);
    }
    for queue in leaving(before, &after) {
        let cases = db::case::count_in_queue(work.tx, &queue.id).await?;
        if cases > 0 {
            return Err(Error::QueueInUse { queue: queue.id.clone(), cases });
        }
        if after.queue(&queue.id).is_none() {
            let instead = before.and_then(|before| target(before, &after, wanted, queue));
            serve_instead(work, &queue.id, instead).await?;
        }
    }
    db::service::save(work.tx, &after, false, None, work.now).await?;
    let kind = if before.is_none() { "added" } else { "changed" };
    let mut words: Vec<String> = changes.iter().map(Change::word).collect();
    words.dedup();
    let data = if before.is_none() { serde_json::json!({}) } else { serde_json::json!({ "changed": words }) };
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Service, after.id.as_str(), kind, data);
    Ok(changes)
}

/// Whoever served a queue that is no more serves `instead`, or one less.
async fn serve_instead(work: &Work<'_>, gone: &QueueId, instead: Option<&QueueId>) -> Result<()> {
    let mut people = 0;
    for (id, mut queues) in db::staff::serving(work.tx, gone).await? {
        queues.retain(|queue| queue != gone);
        queues.extend(instead.filter(|instead| !queues.contains(instead)).cloned());
        if queues.is_empty() {
            people += 1;
            continue;
        }
        db::staff::set_queues(work.tx, id, &queues).await?;
        crate::staff::tell(work, id, "changed", serde_json::json!({ "fields": ["queues"] }));
    }
    if people > 0 {
        return Err(Error::QueueServed { queue: gone.clone(), people });
    }
    Ok(())
}

/// Moves the cases of queues that will be there no more, some in each transaction, to queues that will be there. A queue
/// that is new is made first, so that the cases are at no moment in none.
async fn move_cases(centre: &Centre, by: &By, wanted: Wanted) -> Result<Wanted> {
    let plan = plan(centre, &wanted).await?;
    if !plan.flaws.is_empty() {
        return Err(Error::Service(plan.flaws));
    }
    let Some(before) = plan.before else { return Ok(wanted) };
    if let Some(seen) = &wanted.seen
        && revision(&before, wanted.part) != *seen
    {
        return Err(Error::ChangedMeanwhile);
    }
    // Nothing is moved before it is known that all can be.
    plan.gone.iter().try_for_each(Gone::may_go)?;
    let mut both = before.clone();
    let new = plan.after.queues.iter().filter(|q| before.queue(&q.id).is_none());
    // A topic is for a moment still that of the queue that goes.
    both.queues.extend(new.map(|queue| QueueDefinition { topics: Vec::new(), ..queue.clone() }));
    let interim = Wanted { service: both.clone(), part: Some(Part::Queues), seen: None, moves: BTreeMap::new() };
    centre.work(by.clone(), move |w| Box::pin(async move { store(w, &interim).await })).await?;
    centre.refresh_catalogue().await?;
    for queue in leaving(Some(&before), &plan.after) {
        if let Some(to) = target(&before, &plan.after, &wanted, queue) {
            while move_some(centre, by, queue.id.clone(), to.clone()).await? == CHUNK {}
        }
    }
    Ok(Wanted { seen: wanted.seen.map(|_| revision(&both, wanted.part)), ..wanted })
}

async fn move_some(centre: &Centre, by: &By, from: QueueId, to: QueueId) -> Result<u64> {
    centre
        .work(by.clone(), move |w| {
            Box::pin(async move {
                w.must_be(&[model::user::Role::Admin])?;
                let ids = db::case::in_queue_of(w.tx, &from, CHUNK).await?;
                for id in &ids {
                    case::rehouse(w, *id, &to).await?;
                }
                Ok(ids.len() as u64)
            })
        })
        .await
}

/// The services as they stand in the database, for whoever was not told of a change yet.
///
/// # Errors
/// [`Error::NotFound`] when there is none of this id; those of the database.
pub async fn load(centre: &Centre, id: &ServiceId) -> Result<Service> {
    let all = db::service::all(centre.db().read()).await?;
    all.into_iter().find(|service| &service.id == id).ok_or(Error::NotFound("service"))
}

/// Adds or changes structures of the Network.
///
/// # Errors
/// Only those of the database.
pub async fn apply_structures(centre: &Centre, by: By, structures: Vec<Structure>) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                for structure in &structures {
                    db::structure::save(w.tx, structure).await?;
                }
                db::event::append(
                    w.tx,
                    w.by.actor(),
                    w.now,
                    Subject::Structure,
                    "*",
                    "changed",
                    serde_json::json!({ "count": structures.len() }),
                );
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}
