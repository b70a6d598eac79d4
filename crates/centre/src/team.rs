//! The team, as a supervisor oversees it: queues with what waits in them, people with what they hold, what is due; and giving
//! many cases to somebody else at once. A structure's own supervisors see that structure's cases and people, and no others.
//!
//! What somebody holds now is always shown, because without it work cannot be distributed. What each did today is shown only
//! where the administration has turned such figures on (law 300/1970, article 4).

use crate::{By, Centre, Error, Result, case, staff};
use chrono::{DateTime, TimeDelta, Utc};
use db::desk::{Cursor, Page};
use db::team::{Clocks, Count, Due, Holder, Narrow, Soon};
use futures::StreamExt;
use model::access;
use model::case::{Level, State};
use model::problem::{FieldProblem, Problem};
use model::text::{self, TEXT_MAX};
use model::user::{Role, Staff};
use model::{CaseId, QueueId, ServiceId, StructureId, UserId};
use std::sync::Arc;

/// Cases that are given away at once at the most: more are done in several goes.
pub const AT_ONCE: u64 = 1_000;
/// Of these, so many beside one another.
const BESIDE: usize = 8;

/// Which cases are looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub service: Option<ServiceId>,
    pub queue: Option<QueueId>,
    pub holder: Option<Holder>,
    pub state: Option<State>,
    pub due: Option<Due>,
}

/// A queue with what waits in it.
#[derive(Debug, Clone)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    pub service: ServiceId,
    pub level: Level,
    /// Whoever looks serves it.
    pub own: bool,
    pub new: i64,
    pub open: i64,
    pub waiting: i64,
    pub overdue: i64,
    pub soon: i64,
    /// When the oldest case began that nobody has taken.
    pub oldest: Option<DateTime<Utc>>,
}

/// Somebody with what they hold.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: UserId,
    pub name: String,
    pub roles: Vec<Role>,
    pub queues: Vec<QueueId>,
    /// They may no longer sign in, and still hold something.
    pub gone: bool,
    pub here: Here,
    pub open: i64,
    pub waiting: i64,
    pub overdue: i64,
    pub soon: i64,
    /// Nothing where such figures are off.
    pub today: Option<Today>,
}

/// Where somebody is now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Here {
    #[default]
    Away,
    /// A page of the desk is open.
    Desk,
    Case {
        case: CaseId,
        writing: bool,
    },
}

/// What somebody did since midnight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Today {
    pub replied: i64,
    pub solved: i64,
    /// Passed to the back office, or given back by it.
    pub passed: i64,
    pub last: Option<DateTime<Utc>>,
}

/// When things are due, by the calendars of the services.
fn clocks(centre: &Centre) -> Clocks {
    let now = centre.now();
    let catalogue = centre.catalogue();
    let soon = catalogue.services.iter().map(|service| {
        let until = |promise: TimeDelta| service.calendar.add_working(now, promise / 4).unwrap_or(now);
        Soon {
            service: service.id.clone(),
            answer: until(service.promises.answer()),
            solution: until(service.promises.solution()),
        }
    });
    Clocks { now, soon: soon.collect() }
}

fn narrow(staff: &Staff, filter: &Filter) -> Narrow {
    let Filter { service, queue, holder, state, due } = filter.clone();
    Narrow { scope: staff.scope.clone(), service, queue, holder, state, due }
}

/// The queues that somebody oversees: their own first.
///
/// # Errors
/// [`model::access::Denied`] for whoever oversees nothing; those of the database.
pub async fn queues(centre: &Centre, staff: &Staff) -> Result<Vec<Queue>> {
    access::supervise(staff)?;
    let catalogue = centre.catalogue();
    let counted = db::team::by_queue(centre.db().read(), &narrow(staff, &Filter::default()), &clocks(centre)).await?;
    let mut queues = Vec::new();
    for (service, queue) in catalogue.services.iter().flat_map(|s| s.queues.iter().map(move |q| (s, q))) {
        let of = |state: State| {
            let found = counted.iter().find(|(id, other, _)| *id == queue.id && *other == state);
            found.map(|(_, _, count)| count.clone()).unwrap_or_default()
        };
        let (new, open, waiting) = (of(State::New), of(State::Open), of(State::Waiting));
        let sum = |part: fn(&Count) -> i64| part(&new) + part(&open) + part(&waiting);
        let foreign = staff.scope.is_some() && queue.structure != staff.scope;
        // Another structure's queue is seen for the cases of one's own that lie there.
        if foreign && sum(|count| count.cases) == 0 {
            continue;
        }
        queues.push(Queue {
            id: queue.id.clone(),
            name: queue.name.clone(),
            service: service.id.clone(),
            level: queue.level,
            own: staff.queues.contains(&queue.id),
            overdue: sum(|count| count.overdue),
            soon: sum(|count| count.soon),
            oldest: new.oldest,
            new: new.cases,
            open: open.cases,
            waiting: waiting.cases,
        });
    }
    queues.sort_by_key(|queue| !queue.own);
    Ok(queues)
}

/// Those whose work somebody oversees, and who work at the desk: true for those who may no longer sign in.
async fn overseen(centre: &Centre, staff: &Staff) -> Result<Vec<(Staff, bool)>> {
    access::supervise(staff)?;
    let all = staff::all(centre).await?;
    let ours = |other: &Staff| staff.scope.is_none() || other.scope == staff.scope;
    let works = |other: &Staff| other.roles.any_of(&[Role::Front, Role::Back, Role::Supervisor]);
    Ok(all.into_iter().filter(|(other, _)| ours(other) && works(other)).collect())
}

/// The people that somebody oversees: those first who serve a queue of theirs.
///
/// # Errors
/// As [`queues`].
pub async fn members(centre: &Centre, staff: &Staff) -> Result<Vec<Member>> {
    let people = overseen(centre, staff).await?;
    let (db, now) = (centre.db().read(), centre.now());
    let held = db::team::by_holder(db, &narrow(staff, &Filter::default()), &clocks(centre)).await?;
    let present = db::presence::all(db, now).await?;
    let done = if centre.operator_figures() {
        Some(db::team::done_since(db, crate::desk::start_of_day(now)).await?)
    } else {
        None
    };
    let mut members = Vec::new();
    for (person, gone) in people {
        let of = |state: State| {
            let found = held.iter().find(|(id, other, _)| *id == person.id && *other == state);
            found.map(|(_, _, count)| count.clone()).unwrap_or_default()
        };
        let (new, open, waiting) = (of(State::New), of(State::Open), of(State::Waiting));
        let sum = |part: fn(&Count) -> i64| part(&new) + part(&open) + part(&waiting);
        if gone && sum(|count| count.cases) == 0 {
            continue;
        }
        let at_case = present.iter().filter(|p| p.staff_id == person.id.0 && p.case_id != db::presence::DESK.0);
        let here = match at_case.max_by_key(|p| p.until) {
            Some(p) => Here::Case { case: CaseId(p.case_id), writing: p.writing },
            None if present.iter().any(|p| p.staff_id == person.id.0) => Here::Desk,
            None => Here::Away,
        };
        members.push(Member {
            id: person.id,
            name: person.name,
            roles: person.roles.iter().collect(),
            queues: person.queues,
            gone,
            here,
            overdue: sum(|count| count.overdue),
            soon: sum(|count| count.soon),
            open: new.cases + open.cases,
            waiting: waiting.cases,
            today: done.as_ref().map(|done| today(done, person.id)),
        });
    }
    let mine = |member: &Member| member.queues.iter().any(|queue| staff.queues.contains(queue));
    members.sort_by_key(|member| !mine(member));
    Ok(members)
}

fn today(done: &[(UserId, String, i64, DateTime<Utc>)], id: UserId) -> Today {
    let mut today = Today::default();
    for (_, kind, times, last) in done.iter().filter(|(user, ..)| *user == id) {
        match kind.as_str() {
            "replied" => today.replied += times,
            "solved" => today.solved += times,
            "escalated" | "given-back" => today.passed += times,
            _ => {}
        }
        today.last = today.last.max(Some(*last));
    }
    today
}

/// Those whom somebody may give cases to.
///
/// # Errors
/// As [`queues`].
pub async fn recipients(centre: &Centre, staff: &Staff) -> Result<Vec<Staff>> {
    Ok(overseen(centre, staff).await?.into_iter().filter(|(_, gone)| !gone).map(|(person, _)| person).collect())
}

/// Cases that somebody oversees, in the order in which they are due, from `after` on.
///
/// # Errors
/// As [`queues`].
pub async fn cases(centre: &Centre, staff: &Staff, filter: &Filter, after: Option<Cursor>, limit: u64) -> Result<Page> {
    access::supervise(staff)?;
    let limit = limit.clamp(1, AT_ONCE);
    Ok(db::team::page(centre.db().read(), &narrow(staff, filter), &clocks(centre), after, limit).await?)
}

/// How many there are, counted up to [`db::desk::COUNT_MAX`].
///
/// # Errors
/// As [`queues`].
pub async fn count(centre: &Centre, staff: &Staff, filter: &Filter) -> Result<u64> {
    access::supervise(staff)?;
    Ok(db::team::count(centre.db().read(), &narrow(staff, filter), &clocks(centre)).await?)
}

/// A case that was chosen, as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    pub id: CaseId,
    /// The version that was seen; nothing where all were meant that are there now.
    pub seen: Option<i64>,
}

/// What became of a case that was to be given away.
#[derive(Debug)]
pub struct Given {
    pub id: CaseId,
    pub outcome: Result<()>,
}

/// Gives cases to somebody, or back among those to take. Each is a use case of its own: what cannot be moved is named and
/// stays as it is, and the others are moved.
///
/// # Errors
/// Somebody whom one does not oversee; no case; no reason, where somebody has one of them. Then nothing was moved.
pub async fn reassign(
    centre: &Centre,
    staff: &Arc<Staff>,
    to: Option<UserId>,
    reason: &str,
    chosen: Vec<Chosen>,
) -> Result<Vec<Given>> {
    let mut problems = Vec::new();
    if chosen.is_empty() {
        problems.push(FieldProblem::new("case", Problem::Missing));
    }
    let people = recipients(centre, staff).await?;
    if to.is_some_and(|to| !people.iter().any(|person| person.id == to)) {
        problems.push(FieldProblem::new("to", Problem::NotInTheList));
    }
    let ids: Vec<CaseId> = chosen.iter().map(|chosen| chosen.id).collect();
    let held = db::case::with_ids(centre.db().read(), &ids).await?.iter().any(|stored| stored.case.assignee.is_some());
    let reason = match text::optional("reason", reason, TEXT_MAX) {
        Ok(None) if held => {
            problems.push(FieldProblem::new("reason", Problem::Missing));
            None
        }
        Ok(reason) => reason,
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let given = futures::stream::iter(chosen).map(|Chosen { id, seen }| {
        let reason = reason.clone();
        async move {
            let moving = centre.work(By::Staff(staff.clone()), move |w| {
                Box::pin(async move { case::give(w, id, to, reason.as_deref(), seen).await })
            });
            Given { id, outcome: moving.await }
        }
    });
    Ok(given.buffered(BESIDE).collect().await)
}

/// Whether somebody may give these cases away at all: those who only administer see the work and do none of it.
#[must_use]
pub fn may_reassign(staff: &Staff) -> bool {
    staff.roles.has(Role::Supervisor)
}

/// What supervisors are told beside their lists.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Cases that are overdue, and that soon will be.
    pub overdue: u64,
    pub soon: u64,
    /// Alarms that stand.
    pub alarms: Vec<db::alarm::Stored>,
}

/// What stands beside the lists of whoever oversees something; nothing for all others.
///
/// # Errors
/// Only those of the database.
pub async fn overview(centre: &Centre, staff: &Staff) -> Result<Option<Overview>> {
    if access::supervise(staff).is_err() {
        return Ok(None);
    }
    let of = |due| Filter { due: Some(due), ..Filter::default() };
    Ok(Some(Overview {
        overdue: count(centre, staff, &of(Due::Over)).await?,
        soon: count(centre, staff, &of(Due::Soon)).await?,
        alarms: db::alarm::standing(centre.db().read(), staff.scope.as_ref()).await?,
    }))
}

/// Whether something that is of this structure, or of the whole centre, is somebody's to oversee.
pub(crate) fn within(staff: &Staff, scope: Option<&StructureId>) -> bool {
    staff.scope.is_none() || staff.scope.as_ref() == scope
}

/// What a queue or else a service is called; one that is there no longer is called by its id.
#[must_use]
pub fn place(centre: &Centre, service: Option<&ServiceId>, queue: Option<&QueueId>) -> Option<String> {
    let catalogue = centre.catalogue();
    let of_queue = queue.map(|id| catalogue.queue(id).map_or_else(|| id.to_string(), |queue| queue.name.clone()));
    of_queue.or_else(|| service.map(|id| catalogue.service(id).map_or_else(|| id.to_string(), |s| s.name.clone())))
}
