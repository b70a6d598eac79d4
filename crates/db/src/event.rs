//! Events: appended in the transaction of what they tell, never changed, followed in the order they became visible.

pub mod audit;

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::case;
use model::event::{Actor, KINDS, Position, Record, Subject};
use model::{CaseId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, QueryOrder, QuerySelect, QueryTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub tx: i64,
    pub at: At,
    pub actor: String,
    pub actor_id: Option<i64>,
    pub subject: String,
    pub subject_id: String,
    pub case_id: Option<i64>,
    pub kind: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Record {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        let actor = match (row.actor.as_str(), row.actor_id) {
            ("staff", Some(id)) => Actor::Staff(UserId(id)),
            ("citizen", _) => Actor::Citizen,
            _ => Actor::System,
        };
        Ok(Self {
            position: Position { transaction: row.tx, row: row.id },
            at: row.at.into(),
            actor,
            subject: row.subject.parse().unwrap_or(Subject::Unknown),
            subject_id: row.subject_id,
            kind: row.kind,
            data: row.data,
        })
    }
}

fn row(
    actor: Actor,
    at: DateTime<Utc>,
    subject: Subject,
    subject_id: String,
    case: Option<CaseId>,
    kind: &str,
    data: Json,
) -> ActiveModel {
    // The audit is narrowed by the list: what is appended in any story is compared with it.
    debug_assert!(KINDS.contains(&kind), "{kind:?} is none of model::event::KINDS");
    let (actor, actor_id) = match actor {
        Actor::System => ("system", None),
        Actor::Citizen => ("citizen", None),
        Actor::Staff(id) => ("staff", Some(id.0)),
    };
    ActiveModel {
        id: NotSet,
        tx: NotSet,
        at: Set(at.into()),
        actor: Set(actor.to_owned()),
        actor_id: Set(actor_id),
        subject: Set(subject.to_string()),
        subject_id: Set(subject_id),
        case_id: Set(case.map(|c| c.0)),
        kind: Set(kind.to_owned()),
        data: Set(data),
    }
}

/// Appends what happened to a case, in this order.
pub fn append_case(tx: &Tx, actor: Actor, at: DateTime<Utc>, case: CaseId, events: &[case::Event]) {
    let rows = events.iter().map(|event| {
        // An event is made of ids, words and times, which JSON always holds.
        let data = serde_json::to_value(event).unwrap_or_default();
        row(actor, at, Subject::Case, case.to_string(), Some(case), event.kind(), data)
    });
    tx.later("event", Entity::insert_many(rows).into_query());
    tx.event_appended();
}

/// Appends one event of each of these cases, at once.
pub async fn append_cases(tx: &Tx, actor: Actor, at: DateTime<Utc>, events: &[(CaseId, case::Event)]) -> Result<()> {
    let rows = events.iter().map(|(case, event)| {
        let data = serde_json::to_value(event).unwrap_or_default();
        row(actor, at, Subject::Case, case.to_string(), Some(*case), event.kind(), data)
    });
    crate::bulk::insert::<Entity>(tx, rows.collect()).await?;
    tx.event_appended();
    Ok(())
}

/// Appends what happened to anything else.
pub fn append(tx: &Tx, actor: Actor, at: DateTime<Utc>, subject: Subject, subject_id: &str, kind: &str, data: Json) {
    tx.later("event", Entity::insert(row(actor, at, subject, subject_id.to_owned(), None, kind, data)).into_query());
    tx.event_appended();
}

/// The history of these cases, oldest first.
pub async fn of_cases(connection: &impl ConnectionTrait, cases: &[CaseId]) -> Result<Vec<Record>> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().map(|c| c.0)))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(Record::try_from).collect()
}

/// The events after `after`, in the order in which they became visible; none is ever inserted before one that was
/// returned. On PostgreSQL a transaction is passed on once no older one is still open.
pub async fn after(connection: &impl ConnectionTrait, after: Position, limit: u64) -> Result<Vec<Record>> {
    let mut query = Entity::find().limit(limit);
    if connection.get_database_backend() == DbBackend::Postgres {
        query = query
            .filter(Expr::cust_with_values("(tx, id) > ($1, $2)", [after.transaction, after.row]))
            .filter(Expr::cust("tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
            .order_by_asc(Column::Tx)
            .order_by_asc(Column::Id);
    } else {
        query = query.filter(Column::Id.gt(after.row)).order_by_asc(Column::Id);
    }
    query.all(connection).await?.into_iter().map(Record::try_from).collect()
}

/// PostgreSQL: a dump that is restored into another server brings transaction numbers that lie ahead there. Such events
/// come before all that is new, in the order of their rows.
pub(crate) async fn mend_order(connection: &impl ConnectionTrait) -> Result<()> {
    const AHEAD: &str = "UPDATE event SET tx = 0 WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
    Ok(connection.execute_unprepared(AHEAD).await.map(drop)?)
}

/// Where the log now ends: what is followed from here on is new.
pub async fn end(connection: &impl ConnectionTrait) -> Result<Position> {
    let mut query = Entity::find().select_only().column(Column::Tx).column(Column::Id).limit(1);
    if connection.get_database_backend() == DbBackend::Postgres {
        query = query
            .filter(Expr::cust("tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
            .order_by_desc(Column::Tx)
            .order_by_desc(Column::Id);
    } else {
        query = query.order_by_desc(Column::Id);
    }
    let last: Option<(i64, i64)> = query.into_tuple().one(connection).await?;
    Ok(last.map_or_else(Position::default, |(transaction, row)| Position { transaction, row }))
}
