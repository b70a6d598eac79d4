//! The log read backwards, as whoever audits reads it.
//!
//! An index by time or by kind would lie on the path of every intake, for a question that is asked a few times a week. So
//! the log is gone through in the order in which it stands, the newest first, at most [`STRETCH`] rows at a time: a page
//! that found little says so and goes on from where it stopped. A long log is not gone through from its end when a time is
//! named: events stand in the order of time, so the place is found by halving.

use super::{Column, Entity};
use crate::Result;
use crate::at::At;
use chrono::{DateTime, TimeDelta, Utc};
use model::event::{Actor, Position, Record, Subject};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{Condition, DbBackend, QueryOrder, QuerySelect};

/// Rows of the log that one question goes through.
pub const STRETCH: u64 = 20_000;
/// Clocks of several machines, and transactions that take long, bring events out of the order of time by this much.
const SLACK: TimeDelta = TimeDelta::hours(1);

/// What is looked for; what is not said is anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub actor: Option<Actor>,
    pub subject: Option<Subject>,
    pub subject_id: Option<String>,
    pub kind: Option<String>,
    pub from: Option<DateTime<Utc>>,
    /// The first moment that is no longer looked at.
    pub to: Option<DateTime<Utc>>,
}

/// What was found in a stretch of the log, newest first.
#[derive(Debug, Clone)]
pub struct Found {
    pub records: Vec<Record>,
    /// Where the next question goes on; None when the log has been gone through.
    pub next: Option<Position>,
    /// The time at which this question stopped though it might have found more.
    pub looked_until: Option<DateTime<Utc>>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if let Some(actor) = self.actor {
            let (word, id) = match actor {
                Actor::System => ("system", None),
                Actor::Citizen => ("citizen", None),
                Actor::Staff(id) => ("staff", Some(id.0)),
            };
            all = all.add(Column::Actor.eq(word)).add_option(id.map(|id| Column::ActorId.eq(id)));
        }
        all.add_option(self.subject.map(|subject| Column::Subject.eq(subject.as_str())))
            .add_option(self.subject_id.as_ref().map(|id| Column::SubjectId.eq(id.as_str())))
            .add_option(self.kind.as_ref().map(|kind| Column::Kind.eq(kind.as_str())))
            .add_option(self.from.map(|from| Column::At.gte(At::from(from))))
            .add_option(self.to.map(|to| Column::At.lt(At::from(to))))
            // A case has an index of its own; written so, it is used.
            .add_option(self.case().map(|id| Column::CaseId.eq(id)))
    }

    fn case(&self) -> Option<i64> {
        if self.subject == Some(Subject::Case) { self.subject_id.as_ref()?.parse().ok() } else { None }
    }
}

fn is_postgres(connection: &impl ConnectionTrait) -> bool {
    connection.get_database_backend() == DbBackend::Postgres
}

/// Rows before (`true`) or from this place on.
fn side(connection: &impl ConnectionTrait, place: Position, before: bool) -> SimpleExpr {
    if is_postgres(connection) {
        let words = if before { "(tx, id) < ($1, $2)" } else { "(tx, id) >= ($1, $2)" };
        Expr::cust_with_values(words, [place.transaction, place.row])
    } else if before {
        Column::Id.lt(place.row)
    } else {
        Column::Id.gte(place.row)
    }
}

fn newest_first(connection: &impl ConnectionTrait, query: Select<Entity>) -> Select<Entity> {
    let query = if is_postgres(connection) { query.order_by_desc(Column::Tx) } else { query };
    query.order_by_desc(Column::Id)
}

/// What fits the filter, before `before`, newest first, at most `limit`.
pub async fn find(
    connection: &impl ConnectionTrait,
    filter: &Filter,
    before: Option<Position>,
    limit: u64,
) -> Result<Found> {
    let mut query = Entity::find().filter(filter.condition()).limit(limit + 1);
    let mut floor = None;
    let start = match (before, filter.to) {
        (None, Some(to)) => first_from(connection, to + SLACK).await?,
        (before, _) => before,
    };
    if let Some(start) = start {
        query = query.filter(side(connection, start, true));
    }
    if filter.case().is_none() {
        let end = match filter.from {
            Some(from) => first_from(connection, from - SLACK).await?,
            None => None,
        };
        floor = stretch(connection, start).await?.filter(|(floor, _)| end.is_none_or(|end| *floor > end));
        let last = floor.map(|(floor, _)| floor).or(end);
        if let Some(last) = last {
            query = query.filter(side(connection, last, false));
        }
    }
    let rows = newest_first(connection, query).all(connection).await?;
    let mut records: Vec<Record> = rows.into_iter().map(Record::try_from).collect::<Result<_>>()?;
    if records.len() as u64 > limit {
        records.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = records.last().map(|record| record.position);
        return Ok(Found { records, next, looked_until: None });
    }
    let (next, looked_until) = floor.map_or((None, None), |(floor, at)| (Some(floor), Some(at)));
    Ok(Found { records, next, looked_until })
}

/// The row at the other end of a stretch that ends before `start`; none when the log is no longer than that.
async fn stretch(
    connection: &impl ConnectionTrait,
    start: Option<Position>,
) -> Result<Option<(Position, DateTime<Utc>)>> {
    let mut query = Entity::find().select_only().columns([Column::Tx, Column::Id, Column::At]);
    if let Some(start) = start {
        query = query.filter(side(connection, start, true));
    }
    let query = newest_first(connection, query).offset(STRETCH - 1).limit(1);
    let row: Option<(i64, i64, At)> = query.into_tuple().one(connection).await?;
    Ok(row.map(|(transaction, row, at)| (Position { transaction, row }, at.into())))
}

/// About where the log reaches a time: no event before it stands this long (but for [`SLACK`]) after. None when the log is
/// short enough to be gone through, or ends before.
async fn first_from(connection: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<Option<Position>> {
    // PostgreSQL's rows are in the order of their transactions, SQLite's of their ids.
    let key = if is_postgres(connection) { Column::Tx } else { Column::Id };
    if stretch(connection, None).await?.is_none() {
        return Ok(None);
    }
    let ends = Entity::find().select_only().expr(key.min()).expr(key.max());
    let Some((low, high)): Option<(i64, i64)> = ends.into_tuple().one(connection).await? else { return Ok(None) };
    let (mut low, mut high) = (low, high.saturating_add(1));
    let mut found = None;
    while low < high {
        let middle = low + (high - low) / 2;
        let query = Entity::find()
            .select_only()
            .columns([Column::Tx, Column::Id, Column::At])
            .filter(key.gte(middle))
            .order_by_asc(key)
            .limit(1);
        let row: Option<(i64, i64, At)> = query.into_tuple().one(connection).await?;
        match row {
            Some((transaction, row, time)) if DateTime::<Utc>::from(time) < at => {
                low = if is_postgres(connection) { transaction } else { row }.saturating_add(1);
            }
            Some((transaction, row, _)) => {
                // The first row of a transaction: those of the same one with smaller ids stand after the time as well.
                let row = if is_postgres(connection) { 0 } else { row };
                found = Some(Position { transaction, row });
                high = middle;
            }
            None => high = middle,
        }
    }
    Ok(found)
}
