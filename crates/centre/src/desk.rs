//! The desk's lists, with their counts.

use crate::{Centre, Result};
use chrono::{DateTime, TimeDelta, Utc};
use db::desk::{Cursor, Page, Which, Within};
use model::case::Level;
use model::user::{Role, Staff};
use model::{QueueId, ServiceId};
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
    Within { queues, scope: staff.scope.clone(), service }
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
    Ok(db::desk::page(centre.db().read(), list.which(staff, centre.now()), &within, after, limit.clamp(1, 200)).await?)
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
