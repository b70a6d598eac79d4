//! The desk's lists, with their counts.

use crate::{Centre, Result};
use chrono::{DateTime, TimeDelta, Utc};
use db::desk::{Cursor, Page, Which, Within};
use model::case::Level;
use model::queue::Priority;
use model::user::{Role, Staff};
use model::{QueueId, ServiceId};
use std::collections::HashMap;
use std::str::FromStr;

/// A list of the desk, by the word in its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    Unassigned,
    Mine,
    Team,
    Waiting,
    BackOffice,
    Overdue,
    Solved,
}

impl List {
    pub const ALL: &'static [Self] =
        &[Self::Unassigned, Self::Mine, Self::Team, Self::Waiting, Self::BackOffice, Self::Overdue, Self::Solved];

    /// The word in the address and in messages' keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Mine => "mine",
            Self::Team => "team",
            Self::Waiting => "waiting",
            Self::BackOffice => "back-office",
            Self::Overdue => "overdue",
            Self::Solved => "solved",
        }
    }

    fn which(self, staff: &Staff, now: DateTime<Utc>) -> Which {
        match self {
            Self::Unassigned => Which::Unassigned,
            Self::Mine => Which::Mine(staff.id),
            Self::Team => Which::Team,
            Self::Waiting => Which::Waiting,
            Self::BackOffice => Which::BackOffice,
            Self::Overdue => Which::Overdue(now.into()),
            Self::Solved => Which::Solved,
        }
    }
}

impl FromStr for List {
    type Err = model::problem::UnknownWord;
    fn from_str(word: &str) -> std::result::Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|l| l.as_str() == word);
        found.ok_or_else(|| model::problem::UnknownWord { noun: "list", word: word.chars().take(40).collect() })
    }
}

/// What somebody sees: their own queues, or those of their level when they serve none by name; a supervisor sees all.
fn within(centre: &Centre, staff: &Staff, service: Option<ServiceId>) -> Within {
    let sees_all = staff.roles.any_of(&[Role::Supervisor, Role::Admin]);
    let queues = if sees_all {
        None
    } else if staff.queues.is_empty() {
        Some(queues_of_roles(centre, staff))
    } else {
        Some(staff.queues.clone())
    };
    Within { queues, scope: staff.scope.clone(), service, ..Within::default() }
}

fn queues_of_roles(centre: &Centre, staff: &Staff) -> Vec<QueueId> {
    let catalogue = centre.catalogue();
    let of = |level, role| {
        catalogue.queues(level).filter(|_| staff.roles.has(role)).map(|(_, q)| q.id.clone()).collect::<Vec<_>>()
    };
    [of(Level::Front, Role::Front), of(Level::Back, Role::Back)].concat()
}

/// A page of a list, from `after` on.
///
/// # Errors
/// Only those of the database.
pub async fn page(
    centre: &Centre,
    staff: &Staff,
    list: List,
    service: Option<ServiceId>,
    after: Option<Cursor>,
    limit: u64,
) -> Result<Page> {
    let within = within(centre, staff, service);
    let (db, which, limit) = (centre.db().read(), list.which(staff, centre.now()), limit.clamp(1, 200));
    if !matches!(list, List::Unassigned | List::Team) {
        return Ok(db::desk::page(db, which, &within, after, limit).await?);
    }
    // Queues of high priority come first and those of low priority last, each by what is due: one list after another.
    let ranks = ranks(centre, &within);
    let start = after.map_or(0, |after| after.rank);
    let mut all = Page { cases: Vec::new(), persons: HashMap::new(), next: None };
    for (rank, within) in ranks.into_iter().filter(|(rank, _)| *rank >= start) {
        let left = limit.saturating_sub(all.cases.len() as u64);
        if left == 0 {
            // The page ended where the one list did: the next begins with what there is in another.
            if db::desk::count(db, which, &within).await? > 0 {
                all.next = Some(Cursor { rank, key: i64::MIN, id: model::CaseId(0) });
                return Ok(all);
            }
            continue;
        }
        let page = db::desk::page(db, which, &within, after.filter(|after| after.rank == rank), left).await?;
        all.cases.extend(page.cases);
        all.persons.extend(page.persons);
        if let Some(next) = page.next {
            all.next = Some(Cursor { rank, ..next });
            return Ok(all);
        }
    }
    Ok(all)
}

/// The lists that one list is made of where queues have priorities: 0 high, 1 the others, 2 low.
fn ranks(centre: &Centre, within: &Within) -> Vec<(u8, Within)> {
    let catalogue = centre.catalogue();
    let of = |priority: Priority| -> Vec<QueueId> {
        let queues = catalogue.services.iter().flat_map(|service| &service.queues);
        queues.filter(|queue| queue.priority == priority).map(|queue| queue.id.clone()).collect()
    };
    let (high, low) = (of(Priority::High), of(Priority::Low));
    let except: Vec<QueueId> = high.iter().chain(&low).cloned().collect();
    let one = |rank: u8, queues: Vec<QueueId>| {
        (!queues.is_empty()).then(|| (rank, Within { only: Some(queues), ..within.clone() }))
    };
    let others = (1, Within { except, ..within.clone() });
    one(0, high).into_iter().chain([others]).chain(one(2, low)).collect()
}

/// How many cases each list holds; counted up to [`db::desk::COUNT_MAX`].
#[derive(Debug, Clone, Default)]
pub struct Counts {
    pub lists: Vec<(List, u64)>,
    /// Active cases of each service.
    pub services: Vec<(ServiceId, u64)>,
    pub solved_today: u64,
}

/// The counts of all lists but the solved ones, which only ever grow.
///
/// # Errors
/// Only those of the database.
pub async fn counts(centre: &Centre, staff: &Staff) -> Result<Counts> {
    let db = centre.db().read();
    let now = centre.now();
    let all = within(centre, staff, None);
    let mut counts = Counts::default();
    for list in List::ALL.iter().copied().filter(|l| *l != List::Solved) {
        counts.lists.push((list, db::desk::count(db, list.which(staff, now), &all).await?));
    }
    for service in &centre.catalogue().services {
        let one = Within { service: Some(service.id.clone()), ..all.clone() };
        counts.services.push((service.id.clone(), db::desk::count(db, Which::Team, &one).await?));
    }
    counts.solved_today = db::desk::solved_since(db, &all, start_of_day(now)).await?;
    Ok(counts)
}

/// Midnight in Italy, before `now`.
pub(crate) fn start_of_day(now: DateTime<Utc>) -> DateTime<Utc> {
    let local = now.with_timezone(&chrono_tz::Europe::Rome);
    let midnight =
        local.date_naive().and_time(chrono::NaiveTime::MIN).and_local_timezone(chrono_tz::Europe::Rome).earliest();
    midnight.map_or(now - TimeDelta::days(1), |m| m.with_timezone(&Utc))
}
