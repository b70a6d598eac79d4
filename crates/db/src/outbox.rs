//! The outbox: what must go out, written in the transaction that decided it. At least once; the key makes a repeat of
//! the decision harmless.

use crate::at::At;
use crate::lease::{self, End};
use crate::{Result, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use model::{CaseId, MessageId, OutboxId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect, QueryTrait, UpdateMany};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key: String,
    pub kind: String,
    pub case_id: Option<i64>,
    pub message_id: Option<i64>,
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    pub state: String,
    pub tries: i64,
    pub run_at: At,
    pub leased_until: Option<At>,
    pub leased_by: Option<String>,
    pub error: Option<String>,
    pub created_at: At,
    pub done_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Something to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: OutboxId,
    pub key: String,
    /// The kind of carrier: `email`.
    pub kind: String,
    pub case: Option<CaseId>,
    pub message: Option<MessageId>,
    pub payload: serde_json::Value,
    /// `ready`, `done` or `dead`.
    pub state: String,
    pub tries: u32,
    pub error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}

impl From<Model> for Item {
    fn from(row: Model) -> Self {
        Self {
            id: OutboxId(row.id),
            key: row.key,
            kind: row.kind,
            case: row.case_id.map(CaseId),
            message: row.message_id.map(MessageId),
            payload: row.payload,
            state: row.state,
            tries: u32::try_from(row.tries).unwrap_or(u32::MAX),
            error: row.error,
            created_at: row.created_at.into(),
            done_at: row.done_at.map(Into::into),
        }
    }
}

/// Puts something into the outbox; a second one with the same key is the first.
pub fn put(
    tx: &Tx,
    key: &str,
    kind: &str,
    case: Option<CaseId>,
    message: Option<MessageId>,
    payload: serde_json::Value,
    now: DateTime<Utc>,
) {
    let row = ActiveModel {
        id: NotSet,
        key: Set(key.to_owned()),
        kind: Set(kind.to_owned()),
        case_id: Set(case.map(|c| c.0)),
        message_id: Set(message.map(|m| m.0)),
        payload: Set(payload),
        state: Set("ready".to_owned()),
        tries: Set(0),
        run_at: Set(now.into()),
        leased_until: Set(None),
        leased_by: Set(None),
        error: Set(None),
        created_at: Set(now.into()),
        done_at: Set(None),
    };
    let insert = Entity::insert(row).on_conflict(OnConflict::column(Column::Key).do_nothing().to_owned());
    tx.later("outbox", insert.into_query());
    tx.event_appended();
}

/// Claims what is due, oldest first.
pub async fn claim(
    tx: &Tx,
    kinds: &[&str],
    who: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u64,
) -> Result<Vec<Item>> {
    let ids = lease::claim(tx, "outbox", kinds, who, now, lease, limit).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(Item::from).collect())
}

/// It has gone. What it carried is no longer needed and is emptied, so that no address outlives its use here.
/// False when somebody else has it in hand by now.
pub async fn sent(tx: &Tx, id: OutboxId, who: &str, now: DateTime<Utc>) -> Result<bool> {
    let ours = lease::end(tx, "outbox", id.0, who, now, End::Done).await?;
    if ours {
        Entity::update_many()
            .col_expr(Column::Payload, Expr::value(serde_json::json!({})))
            .filter(Column::Id.eq(id.0))
            .exec(tx)
            .await?;
    }
    Ok(ours)
}

/// It failed: again at `again`, or never when that is `None`. False when somebody else has it in hand by now.
pub async fn failed(
    tx: &Tx,
    id: OutboxId,
    who: &str,
    now: DateTime<Utc>,
    again: Option<DateTime<Utc>>,
    why: &str,
) -> Result<bool> {
    let end = again.map_or(End::Dead(why), |at| End::Again(at, why));
    lease::end(tx, "outbox", id.0, who, now, end).await
}

/// A dead letter is tried again from the start.
pub async fn send_again(tx: &Tx, id: OutboxId, now: DateTime<Utc>) -> Result<bool> {
    let changed = again(now).filter(Column::Id.eq(id.0)).exec(tx).await?;
    Ok(changed.rows_affected == 1)
}

/// Every dead letter is tried again from the start; returns how many.
pub async fn send_all_again(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let changed = again(now).exec(tx).await?;
    Ok(changed.rows_affected)
}

fn again(now: DateTime<Utc>) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value("ready"))
        .col_expr(Column::Tries, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(At::from(now).0))
        .col_expr(Column::DoneAt, Expr::value(Option::<i64>::None))
        .filter(Column::State.eq("dead"))
}

/// A dead letter that is not to be sent after all. What it carried is emptied; false when there is no dead letter of this
/// id.
pub async fn drop_dead(tx: &Tx, id: OutboxId, now: DateTime<Utc>) -> Result<bool> {
    let changed = Entity::update_many()
        .col_expr(Column::State, Expr::value("dropped"))
        .col_expr(Column::Payload, Expr::value(serde_json::json!({})))
        .col_expr(Column::DoneAt, Expr::value(At::from(now).0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq("dead"))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// How many wait to be sent, and how many were given up.
pub async fn count(connection: &impl ConnectionTrait) -> Result<(u64, u64)> {
    let of = async |state: &str| Entity::find().filter(Column::State.eq(state)).count(connection).await;
    Ok((of("ready").await?, of("dead").await?))
}

/// When the letter was put in that waits longest.
pub async fn oldest(connection: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    let row: Option<Option<At>> = Entity::find()
        .select_only()
        .column_as(Column::CreatedAt.min(), "oldest")
        // Written out, as in the index whose condition it is.
        .filter(Expr::cust("state = 'ready'"))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(row.flatten().map(Into::into))
}

/// Dead letters, newest first.
pub async fn dead(connection: &impl ConnectionTrait, limit: u64) -> Result<Vec<Item>> {
    dead_before(connection, None, limit).await
}

/// Dead letters older than `before`, newest first.
pub async fn dead_before(connection: &impl ConnectionTrait, before: Option<OutboxId>, limit: u64) -> Result<Vec<Item>> {
    // Written out, as in the index whose condition it is.
    let mut query = Entity::find().filter(Expr::cust("state = 'dead'")).order_by_desc(Column::Id).limit(limit);
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before.0));
    }
    Ok(query.all(connection).await?.into_iter().map(Item::from).collect())
}

/// What was announced of these messages and how far it came.
pub async fn of_cases(connection: &impl ConnectionTrait, cases: &[CaseId]) -> Result<Vec<Item>> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().map(|c| c.0)))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Item::from).collect())
}
