//! The desk's lists: which cases somebody works through, by cursor and counted up to a bound.

use crate::at::{At, NEVER};
use crate::case::{Column, Entity, Stored};
use crate::{Result, person};
use chrono::{DateTime, Utc};
use model::case::Level;
use model::{CaseId, QueueId, ServiceId, StructureId, UserId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::HashMap;

/// Counts stop here: a bigger number helps nobody and costs a scan.
pub const COUNT_MAX: u64 = 1_000;

/// Which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Nobody has them.
    Unassigned,
    Mine(UserId),
    /// All that is active in my queues.
    Team,
    /// Waiting for the citizen, or for a day.
    Waiting,
    /// Active at the back office, whoever's queue.
    BackOffice,
    /// A promise has passed.
    Overdue(At),
    Solved,
}

/// Within what.
#[derive(Debug, Clone, Default)]
pub struct Within {
    /// Queues served; `None` is all of them.
    pub queues: Option<Vec<QueueId>>,
    pub scope: Option<StructureId>,
    pub service: Option<ServiceId>,
    /// These queues alone, whatever else is asked.
    pub only: Option<Vec<QueueId>>,
    /// None of these.
    pub except: Vec<QueueId>,
}

/// Where a list goes on: the sort key and id of the last case seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Which of several lists, one after another, this is a place in; 1 where there is one.
    pub rank: u8,
    pub key: i64,
    pub id: CaseId,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.rank {
            1 => write!(f, "{}.{}", self.key, self.id),
            rank => write!(f, "{rank}.{}.{}", self.key, self.id),
        }
    }
}

impl std::str::FromStr for Cursor {
    type Err = model::problem::UnknownWord;
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let read = || {
            let (rank, rest) = match text.matches('.').count() {
                2 => text.split_once('.').and_then(|(rank, rest)| Some((rank.parse().ok()?, rest)))?,
                _ => (1, text),
            };
            let (key, id) = rest.split_once('.')?;
            Some(Self { rank, key: key.parse().ok()?, id: CaseId(id.parse().ok()?) })
        };
        read().ok_or_else(|| model::problem::UnknownWord { noun: "cursor", word: text.chars().take(40).collect() })
    }
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    pub cases: Vec<Stored>,
    /// Names of the persons in it.
    pub persons: HashMap<i64, Option<String>>,
    pub next: Option<Cursor>,
}

// Written out, as in the indexes of which they are the condition: bound as parameters, neither engine would know that
// the index holds all that is asked for, and would read every case there ever was.
pub(crate) const ACTIVE: &str = "state IN ('new', 'open', 'waiting')";
pub(crate) const DONE: &str = "state IN ('solved', 'closed')";

fn condition(which: Which, within: &Within) -> Condition {
    let active = Expr::cust(ACTIVE);
    let mut all = Condition::all();
    all = match which {
        Which::Unassigned => all.add(active).add(Column::State.eq("new")),
        Which::Mine(user) => all
            .add(active)
            .add(Column::Assignee.eq(user.0))
            .add(Column::State.eq("open"))
            .add(Column::RemindAt.is_null()),
        Which::Team => all.add(active),
        Which::Waiting => {
            all.add(active).add(Condition::any().add(Column::State.eq("waiting")).add(Column::RemindAt.is_not_null()))
        }
        Which::BackOffice => all.add(active).add(Column::Level.eq(Level::Back.as_str())),
        Which::Overdue(now) => all.add(active).add(Column::DueAt.lt(now)),
        Which::Solved => all.add(Expr::cust(DONE)),
    };
    // Cases of one's own are one's own in whichever queue; the back office is seen by those who sent a case there.
    if let Some(queues) = within.queues.as_ref().filter(|_| !matches!(which, Which::Mine(_) | Which::BackOffice)) {
        all = all.add(Column::Queue.is_in(queues.iter().map(QueueId::as_str)));
    }
    if let Some(scope) = &within.scope {
        all = all.add(Column::Structure.eq(scope.as_str()));
    }
    if let Some(service) = &within.service {
        all = all.add(Column::Service.eq(service.as_str()));
    }
    if let Some(only) = &within.only {
        all = all.add(Column::Queue.is_in(only.iter().map(QueueId::as_str)));
    }
    if !within.except.is_empty() {
        all = all.add(Column::Queue.is_not_in(within.except.iter().map(QueueId::as_str)));
    }
    all
}

/// A page of at most `limit` cases: what is due first comes first, solved ones the latest first.
pub async fn page(
    connection: &impl ConnectionTrait,
    which: Which,
    within: &Within,
    after: Option<Cursor>,
    limit: u64,
) -> Result<Page> {
    let mut query = Entity::find().filter(condition(which, within)).limit(limit + 1);
    let tuple = Expr::tuple([Expr::col((Entity, key_column(which))), Expr::col((Entity, Column::Id))]);
    let descending = which == Which::Solved;
    if let Some(after) = after {
        let seen = Expr::tuple([Expr::value(after.key), Expr::value(after.id.0)]);
        query = query.filter(if descending { tuple.lt(seen) } else { tuple.gt(seen) });
    }
    let order = if descending { Order::Desc } else { Order::Asc };
    query = query.order_by(key_column(which), order.clone()).order_by(Column::Id, order);
    let mut rows = query.all(connection).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| Cursor {
        rank: 1,
        key: if descending { row.solved_at.unwrap_or(NEVER).0 } else { row.due_at.0 },
        id: CaseId(row.id),
    });
    let cases: Vec<Stored> = rows.into_iter().map(Stored::try_from).collect::<Result<_>>()?;
    let ids: Vec<_> = cases.iter().filter_map(|c| c.case.person).collect();
    let persons = person::with_ids(connection, &ids).await?.into_iter().map(|p| (p.id.0, p.name)).collect();
    Ok(Page { cases, persons, next })
}

fn key_column(which: Which) -> Column {
    if which == Which::Solved { Column::SolvedAt } else { Column::DueAt }
}

/// How many there are, counted up to [`COUNT_MAX`].
pub async fn count(connection: &impl ConnectionTrait, which: Which, within: &Within) -> Result<u64> {
    let inner =
        Entity::find().select_only().column(Column::Id).filter(condition(which, within)).limit(COUNT_MAX).into_query();
    let outer = Query::select().expr(Expr::cust("count(*)")).from_subquery(inner, Alias::new("some")).to_owned();
    let row = connection.query_one(&outer).await?;
    let count: i64 = row.map(|r| r.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

/// Cases solved since `since` within the scope, counted up to [`COUNT_MAX`].
pub async fn solved_since(connection: &impl ConnectionTrait, within: &Within, since: DateTime<Utc>) -> Result<u64> {
    let filter = condition(Which::Solved, within).add(Column::SolvedAt.gte(At::from(since)));
    let inner = Entity::find().select_only().column(Column::Id).filter(filter).limit(COUNT_MAX).into_query();
    let outer = Query::select().expr(Expr::cust("count(*)")).from_subquery(inner, Alias::new("some")).to_owned();
    let row = connection.query_one(&outer).await?;
    let count: i64 = row.map(|r| r.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::tables;
    use sea_orm::DbBackend;

    #[test]
    fn every_list_asks_in_the_words_of_its_index() {
        for which in [
            Which::Unassigned,
            Which::Mine(UserId(1)),
            Which::Team,
            Which::Waiting,
            Which::BackOffice,
            Which::Overdue(At(0)),
            Which::Solved,
        ] {
            let sql = Entity::find().filter(condition(which, &Within::default())).build(DbBackend::Sqlite).sql;
            let index = if which == Which::Solved { DONE } else { ACTIVE };
            assert!(sql.contains(index) && tables().contains(index), "{which:?}: {sql}");
        }
    }
}
