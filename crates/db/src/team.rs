//! What a supervisor oversees: active cases by queue and by whoever has them, and those that are due.

use crate::at::At;
use crate::case::{Column, Entity, Stored};
use crate::desk::{ACTIVE, COUNT_MAX, Cursor, Page};
use crate::{Result, person};
use chrono::{DateTime, Utc};
use model::case::State;
use model::{CaseId, QueueId, ServiceId, StructureId, UserId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// Until when what is due soon is due: three quarters of a promise have then passed.
#[derive(Debug, Clone)]
pub struct Soon {
    pub service: ServiceId,
    pub answer: DateTime<Utc>,
    pub solution: DateTime<Utc>,
}

/// The time it is, and what that means for what is due.
#[derive(Debug, Clone)]
pub struct Clocks {
    pub now: DateTime<Utc>,
    pub soon: Vec<Soon>,
}

/// Which cases of those that are active.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub scope: Option<StructureId>,
    pub service: Option<ServiceId>,
    pub queue: Option<QueueId>,
    pub holder: Option<Holder>,
    pub state: Option<State>,
    pub due: Option<Due>,
}

/// Who has a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    Somebody(UserId),
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Over,
    Soon,
    /// Over or soon.
    Both,
}

/// Active cases that are alike, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    pub cases: i64,
    pub overdue: i64,
    pub soon: i64,
    /// When the oldest of them began.
    pub oldest: Option<DateTime<Utc>>,
}

fn over(clocks: &Clocks) -> SimpleExpr {
    Column::DueAt.lt(At::from(clocks.now))
}

/// What waits for the citizen is not urgent.
fn soon(clocks: &Clocks) -> Condition {
    let mut any = Condition::any();
    let mut last = clocks.now;
    for service in &clocks.soon {
        let is_answer = Condition::all()
            .add(Column::AnswerDue.is_not_null())
            .add(Expr::col(Column::AnswerDue).eq(Expr::col(Column::DueAt)));
        let is_solution = Condition::any()
            .add(Column::AnswerDue.is_null())
            .add(Expr::col(Column::AnswerDue).ne(Expr::col(Column::DueAt)));
        let until = Condition::any()
            .add(is_answer.add(Column::DueAt.lte(At::from(service.answer))))
            .add(Condition::all().add(is_solution).add(Column::DueAt.lte(At::from(service.solution))));
        any = any.add(Condition::all().add(Column::Service.eq(service.service.as_str())).add(until));
        last = Ord::max(last, Ord::max(service.answer, service.solution));
    }
    if clocks.soon.is_empty() {
        any = any.add(Expr::cust("1 = 0"));
    }
    Condition::all()
        .add(Column::State.is_in(["new", "open"]))
        .add(Column::DueAt.gte(At::from(clocks.now)))
        // For the index: no further than this is anything due soon.
        .add(Column::DueAt.lte(At::from(last)))
        .add(any)
}

fn condition(narrow: &Narrow, clocks: &Clocks) -> Condition {
    let mut all = Condition::all().add(Expr::cust(ACTIVE));
    if let Some(scope) = &narrow.scope {
        all = all.add(Column::Structure.eq(scope.as_str()));
    }
    if let Some(service) = &narrow.service {
        all = all.add(Column::Service.eq(service.as_str()));
    }
    if let Some(queue) = &narrow.queue {
        all = all.add(Column::Queue.eq(queue.as_str()));
    }
    if let Some(state) = narrow.state {
        all = all.add(Column::State.eq(state.as_str()));
    }
    all = match narrow.holder {
        Some(Holder::Nobody) => all.add(Column::Assignee.is_null()),
        Some(Holder::Somebody(user)) => all.add(Column::Assignee.eq(user.0)),
        None => all,
    };
    match narrow.due {
        Some(Due::Over) => all.add(over(clocks)),
        Some(Due::Soon) => all.add(soon(clocks)),
        Some(Due::Both) => all.add(Condition::any().add(over(clocks)).add(soon(clocks))),
        None => all,
    }
}

/// A page of at most `limit` cases: what is due first comes first.
pub async fn page(
    connection: &impl ConnectionTrait,
    narrow: &Narrow,
    clocks: &Clocks,
    after: Option<Cursor>,
    limit: u64,
) -> Result<Page> {
    let mut query = Entity::find().filter(condition(narrow, clocks)).limit(limit + 1);
    if let Some(after) = after {
        let tuple = Expr::tuple([Expr::col((Entity, Column::DueAt)), Expr::col((Entity, Column::Id))]);
        query = query.filter(tuple.gt(Expr::tuple([Expr::value(after.key), Expr::value(after.id.0)])));
    }
    let mut rows = query.order_by_asc(Column::DueAt).order_by_asc(Column::Id).all(connection).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| Cursor { rank: 1, key: row.due_at.0, id: CaseId(row.id) });
    let cases: Vec<Stored> = rows.into_iter().map(Stored::try_from).collect::<Result<_>>()?;
    let ids: Vec<_> = cases.iter().filter_map(|c| c.case.person).collect();
    let persons = person::with_ids(connection, &ids).await?.into_iter().map(|p| (p.id.0, p.name)).collect();
    Ok(Page { cases, persons, next })
}

/// How many there are, counted up to [`COUNT_MAX`].
pub async fn count(connection: &impl ConnectionTrait, narrow: &Narrow, clocks: &Clocks) -> Result<u64> {
    let inner =
        Entity::find().select_only().column(Column::Id).filter(condition(narrow, clocks)).limit(COUNT_MAX).into_query();
    let outer = Query::select().expr(Expr::cust("count(*)")).from_subquery(inner, Alias::new("some")).to_owned();
    let row = connection.query_one(&outer).await?;
    let count: i64 = row.map(|r| r.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

/// How many there are: all of them.
pub async fn count_all(connection: &impl ConnectionTrait, narrow: &Narrow, clocks: &Clocks) -> Result<i64> {
    use sea_orm::PaginatorTrait;
    let count = Entity::find().filter(condition(narrow, clocks)).count(connection).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// When each of these began that nobody has taken, the oldest of each service.
pub async fn oldest(
    connection: &impl ConnectionTrait,
    narrow: &Narrow,
    clocks: &Clocks,
) -> Result<Vec<(ServiceId, DateTime<Utc>)>> {
    let rows: Vec<(String, At)> = Entity::find()
        .select_only()
        .column(Column::Service)
        .column_as(Column::OpenedAt.min(), "oldest")
        .filter(condition(narrow, clocks))
        .group_by(Column::Service)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(service, at)| (ServiceId(service), at.into())).collect())
}

fn times(condition: Condition) -> SimpleExpr {
    Func::count(Expr::case(condition, 1i64)).into()
}

/// Active cases of each queue, state by state.
pub async fn by_queue(
    connection: &impl ConnectionTrait,
    narrow: &Narrow,
    clocks: &Clocks,
) -> Result<Vec<(QueueId, State, Count)>> {
    let rows: Vec<(String, String, i64, i64, i64, Option<At>)> = Entity::find()
        .select_only()
        .column(Column::Queue)
        .column(Column::State)
        .column_as(Expr::cust("count(*)"), "cases")
        .column_as(times(Condition::all().add(over(clocks))), "overdue")
        .column_as(times(soon(clocks)), "soon")
        .column_as(Column::OpenedAt.min(), "oldest")
        .filter(condition(narrow, clocks))
        .group_by(Column::Queue)
        .group_by(Column::State)
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(queue, state, cases, overdue, soon, oldest)| {
            let state = crate::error::word("cases.state", &state)?;
            Ok((QueueId(queue), state, Count { cases, overdue, soon, oldest: oldest.map(Into::into) }))
        })
        .collect()
}

/// Active cases of each who has some, state by state.
pub async fn by_holder(
    connection: &impl ConnectionTrait,
    narrow: &Narrow,
    clocks: &Clocks,
) -> Result<Vec<(UserId, State, Count)>> {
    let rows: Vec<(i64, String, i64, i64, i64, Option<At>)> = Entity::find()
        .select_only()
        .column(Column::Assignee)
        .column(Column::State)
        .column_as(Expr::cust("count(*)"), "cases")
        .column_as(times(Condition::all().add(over(clocks))), "overdue")
        .column_as(times(soon(clocks)), "soon")
        .column_as(Column::OpenedAt.min(), "oldest")
        .filter(condition(narrow, clocks).add(Column::Assignee.is_not_null()))
        .group_by(Column::Assignee)
        .group_by(Column::State)
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(user, state, cases, overdue, soon, oldest)| {
            let state = crate::error::word("cases.state", &state)?;
            Ok((UserId(user), state, Count { cases, overdue, soon, oldest: oldest.map(Into::into) }))
        })
        .collect()
}

/// What each of the staff did since `since`: how often, and when last.
pub async fn done_since(
    connection: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<(UserId, String, i64, DateTime<Utc>)>> {
    use crate::event;
    let rows: Vec<(i64, String, i64, At)> = event::Entity::find()
        .select_only()
        .column(event::Column::ActorId)
        .column(event::Column::Kind)
        .column_as(Expr::cust("count(*)"), "times")
        .column_as(event::Column::At.max(), "last")
        // Written out, as in the index whose condition it is.
        .filter(Expr::cust("kind IN ('replied', 'noted', 'escalated', 'given-back', 'solved')"))
        .filter(event::Column::At.gte(At::from(since)))
        .filter(event::Column::ActorId.is_not_null())
        .group_by(event::Column::ActorId)
        .group_by(event::Column::Kind)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(user, kind, times, last)| (UserId(user), kind, times, last.into())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::tables;

    #[test]
    fn what_is_overseen_is_asked_for_in_the_words_of_its_indexes() {
        let words = [ACTIVE, "kind IN ('replied', 'noted', 'escalated', 'given-back', 'solved')"];
        assert!(words.iter().all(|words| tables().contains(words)));
    }
}
