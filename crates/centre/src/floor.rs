//! The floor, as a supervisor sees it while calls come in: who waits where and for how long, what became of today's calls,
//! and how everybody stands. Read anew each time; nothing of it is stored.

use crate::availability::Availability;
use crate::{Centre, Result, desk, staff};
use chrono::{DateTime, TimeDelta, Utc};
use db::call::{Call, Entered};
use model::access;
use model::availability::Standing;
use model::call::{CallState, Overseer};
use model::case::Level;
use model::closing::Closing;
use model::service::CallPromise;
use model::user::{Role, Staff};
use model::{ContactId, QueueId, ServiceId, UserId};
use std::collections::{BTreeMap, HashMap};

/// Everything at one moment.
#[derive(Debug, Clone, Default)]
pub struct Floor {
    pub queues: Vec<Queue>,
    pub people: Vec<Person>,
}

/// A queue with those who wait in it.
#[derive(Debug, Clone)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    pub service: ServiceId,
    pub waiting: i64,
    /// Since when whoever waits longest does.
    pub longest: Option<DateTime<Utc>>,
    pub today: Today,
    /// Seconds within which its calls are to be answered.
    pub target_s: u32,
    /// What is promised to callers, where something is.
    pub promise: Option<CallPromise>,
    /// People who serve it and are ready, and those who are at work at all.
    pub ready: i64,
    pub at_work: i64,
    /// How it is closed by hand, where it is.
    pub closing: Option<Closing>,
}

/// What became of the calls that entered a queue since midnight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Today {
    pub offered: i64,
    pub answered: i64,
    pub abandoned: i64,
    /// Answered within the target.
    pub in_time: i64,
    /// Those of which it is decided whether they were answered within it: all but those who wait and may still be.
    pub decided: i64,
}

impl Today {
    /// The share of calls answered within the target; None before the first.
    #[must_use]
    pub fn level(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "the calls of a day are far fewer than a float counts exactly")]
        let share = |a: i64, b: i64| a as f64 / b as f64;
        (self.decided > 0).then(|| share(self.in_time, self.decided))
    }
}

impl std::ops::Add for Today {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            offered: self.offered + other.offered,
            answered: self.answered + other.answered,
            abandoned: self.abandoned + other.abandoned,
            in_time: self.in_time + other.in_time,
            decided: self.decided + other.decided,
        }
    }
}

/// Somebody of the staff as they stand.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub stands: Availability,
    /// The call that they are at, with its queue.
    pub call: Option<(ContactId, Option<QueueId>)>,
    /// Whether supervisors may take part in their talk, and who does.
    pub talk: Option<Talk>,
}

/// A talk that supervisors may take part in.
#[derive(Debug, Clone, Copy)]
pub struct Talk {
    pub contact: ContactId,
    pub overseer: Option<Overseer>,
}

/// The floor as somebody oversees it: all of it, or the queues and the people of their structure.
///
/// # Errors
/// [`access::Denied`] for whoever oversees nothing; those of the database.
pub async fn read(centre: &Centre, overseer: &Staff) -> Result<Floor> {
    access::supervise(overseer)?;
    let (db, now) = (centre.db().read(), centre.now());
    let calls = db::call::live(db).await?;
    let ids: Vec<ContactId> = calls.iter().filter(|call| waits(call)).map(|call| call.contact).collect();
    let since: HashMap<ContactId, DateTime<Utc>> = db::contact::waiting_since(db, &ids).await?.into_iter().collect();
    let entered = db::call::entered_since(db, desk::start_of_day(now)).await?;
    let stands = db::availability::all(db).await?;
    let stands: HashMap<UserId, Availability> = stands.into_iter().map(|one| (one.staff, one)).collect();
    let everybody: Vec<Staff> =
        staff::all(centre).await?.into_iter().filter(|(_, gone)| !gone).map(|(one, _)| one).collect();
    let queues = queues(centre, overseer, &calls, &since, &entered, &everybody, &stands);
    let people = people(centre, overseer, everybody, stands, &calls);
    Ok(Floor { queues, people })
}

/// Whoever waits, also while it rings at an operator's.
fn waits(call: &Call) -> bool {
    matches!(call.state, Some(CallState::Waiting | CallState::Offered))
}

fn queues(
    centre: &Centre,
    overseer: &Staff,
    calls: &[Call],
    since: &HashMap<ContactId, DateTime<Utc>>,
    entered: &[Entered],
    everybody: &[Staff],
    stands: &HashMap<UserId, Availability>,
) -> Vec<Queue> {
    let (catalogue, now) = (centre.catalogue(), centre.now());
    let mut queues = Vec::new();
    for (service, queue) in catalogue.services.iter().flat_map(|s| s.queues.iter().map(move |q| (s, q))) {
        if overseer.scope.is_some() && queue.structure != overseer.scope {
            continue;
        }
        let of_here = calls.iter().filter(|call| waits(call) && call.queue.as_ref() == Some(&queue.id));
        let wait: Vec<(&Call, DateTime<Utc>)> =
            of_here.filter_map(|call| Some((call, *since.get(&call.contact)?))).collect();
        let waiting: Vec<DateTime<Utc>> = wait.iter().map(|(_, since)| *since).collect();
        let target_s = service.target_s(queue);
        let of_queue = entered.iter().filter(|one| one.queue == queue.id);
        let mut today = of_queue.map(|one| told(one, i64::from(target_s))).fold(Today::default(), |a, b| a + b);
        // Whoever has waited longer than that already was not answered in time, whatever becomes of them; whoever is to be
        // called back waits at home.
        let late = |(call, since): &&(&Call, DateTime<Utc>)| {
            call.tries.is_none() && now - *since > TimeDelta::seconds(i64::from(target_s))
        };
        let late = wait.iter().filter(late).count();
        today.decided += i64::try_from(late).unwrap_or_default();
        // Calls come to the front office; another queue is shown when some have come to it.
        let closed = catalogue.closing(&queue.id, now).is_some();
        if queue.level == Level::Back && waiting.is_empty() && today.offered == 0 && !closed {
            continue;
        }
        let serve = everybody.iter().filter(|one| staff::serves(one, &queue.id, queue.level));
        let standings: Vec<Standing> = serve.filter_map(|one| Some(stands.get(&one.id)?.standing)).collect();
        let count = |is: fn(&Standing) -> bool| {
            i64::try_from(standings.iter().filter(|one| is(one)).count()).unwrap_or(i64::MAX)
        };
        queues.push(Queue {
            id: queue.id.clone(),
            name: queue.name.clone(),
            service: service.id.clone(),
            waiting: i64::try_from(waiting.len()).unwrap_or(i64::MAX),
            longest: waiting.into_iter().min(),
            today,
            target_s,
            promise: service.promises.calls,
            ready: count(|one| *one == Standing::Ready),
            at_work: count(|one| !matches!(one, Standing::Off)),
            closing: catalogue.closing(&queue.id, now).cloned(),
        });
    }
    queues
}

fn told(one: &Entered, target_s: i64) -> Today {
    let only = |is: bool| if is { one.count } else { 0 };
    let is_answered = one.answered_after_s.is_some();
    Today {
        offered: one.count,
        answered: only(is_answered),
        abandoned: only(one.abandoned),
        in_time: only(one.answered_after_s.is_some_and(|after| after <= target_s)),
        decided: only(is_answered || !one.goes_on),
    }
}

fn people(
    centre: &Centre,
    overseer: &Staff,
    everybody: Vec<Staff>,
    mut stands: HashMap<UserId, Availability>,
    calls: &[Call],
) -> Vec<Person> {
    let at: BTreeMap<UserId, (ContactId, Option<QueueId>)> =
        calls.iter().filter_map(|call| Some((call.operator?, (call.contact, call.queue.clone())))).collect();
    let catalogue = centre.catalogue();
    let talks = |call: &&Call| matches!(call.state, Some(CallState::Talking | CallState::Held));
    let allows = |call: &&Call| {
        let mut all =
            catalogue.services.iter().filter_map(|service| Some((service, service.queue(call.queue.as_ref()?)?)));
        all.next().is_some_and(|(service, queue)| {
            service.telephone.oversight && (overseer.scope.is_none() || queue.structure == overseer.scope)
        })
    };
    let talk: BTreeMap<UserId, Talk> = calls
        .iter()
        .filter(talks)
        .filter(allows)
        .filter_map(|call| Some((call.operator?, Talk { contact: call.contact, overseer: call.overseer })))
        .collect();
    let takes_calls = |one: &Staff| one.roles.any_of(&[Role::Front, Role::Back]);
    let ours = |one: &Staff| overseer.scope.is_none() || one.scope == overseer.scope;
    let mut people: Vec<Person> = everybody
        .into_iter()
        .filter(|one| takes_calls(one) && ours(one))
        .filter_map(|one| {
            let stands = stands.remove(&one.id)?;
            let (call, talk) = (at.get(&one.id).cloned(), talk.get(&one.id).copied());
            Some(Person { call, talk, id: one.id, name: one.name, stands })
        })
        .collect();
    // Those at work first, then by how they stand and for how long.
    people.sort_by_key(|one| (rank(one.stands.standing), one.stands.since));
    people
}

fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Offered => 0,
        Standing::Busy => 1,
        Standing::WrapUp => 2,
        Standing::Ready => 3,
        Standing::Pause => 4,
        Standing::Off => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(answered_after_s: Option<i64>, abandoned: bool, goes_on: bool, count: i64) -> Entered {
        Entered { queue: QueueId::new("a"), answered_after_s, abandoned, goes_on, count }
    }

    #[test]
    fn whoever_may_still_be_answered_in_time_counts_for_nothing_yet() {
        let of = [
            entered(Some(12), false, false, 6),
            entered(Some(31), false, false, 2),
            entered(None, true, false, 1),
            entered(None, false, true, 3),
        ];
        let today = of.iter().map(|one| told(one, 30)).fold(Today::default(), |a, b| a + b);
        assert_eq!(today, Today { offered: 12, answered: 8, abandoned: 1, in_time: 6, decided: 9 });
        assert!((today.level().unwrap() - 6.0 / 9.0).abs() < 1e-9);
        assert_eq!(Today::default().level(), None);
    }
}
