//! Queues that are closed by hand: at most one standing closing each, by an index of the table.

use crate::at::At;
use crate::error::word;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use model::closing::Closing;
use model::{ClosingId, QueueId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closing")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub queue: String,
    pub reason: String,
    pub note: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub message: Json,
    pub closed_by: Option<i64>,
    pub closed_at: At,
    pub until: Option<At>,
    pub opened_by: Option<i64>,
    pub opened_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Closing {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let id = row.id;
        let message = serde_json::from_value(row.message)
            .map_err(|e| Error::Unreadable { column: "closing.message", value: format!("{id}: {e}") })?;
        Ok(Self {
            id: ClosingId(id),
            queue: QueueId(row.queue),
            reason: word("closing.reason", &row.reason)?,
            note: row.note,
            message,
            closed_by: row.closed_by.map(UserId),
            closed_at: row.closed_at.into(),
            until: row.until.map(Into::into),
        })
    }
}

/// Stores a closing that begins; its id is the table's.
pub async fn insert(tx: &Tx, closing: &Closing) -> Result<ClosingId> {
    let queue = &closing.queue;
    let message = serde_json::to_value(&closing.message).map_err(|e| Error::Other(format!("closing {queue}: {e}")))?;
    let row = ActiveModel {
        id: NotSet,
        queue: Set(queue.0.clone()),
        reason: Set(closing.reason.to_string()),
        note: Set(closing.note.clone()),
        message: Set(message),
        closed_by: Set(closing.closed_by.map(|by| by.0)),
        closed_at: Set(closing.closed_at.into()),
        until: Set(closing.until.map(At::from)),
        opened_by: Set(None),
        opened_at: Set(None),
    };
    Ok(ClosingId(Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// The queue is open again; true when it was closed. Closings come one after another, so that of two who close a queue at
/// once the one sees the other's.
pub async fn end(tx: &Tx, queue: &QueueId, by: Option<UserId>, now: DateTime<Utc>) -> Result<bool> {
    tx.ahead(&[], &["closings"]).await?;
    let ended = Entity::update_many()
        .col_expr(Column::OpenedBy, Expr::value(by.map(|by| by.0)))
        .col_expr(Column::OpenedAt, Expr::value(At::from(now)))
        .filter(Column::Queue.eq(queue.as_str()))
        .filter(Column::OpenedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// A closing is over by its own time; true when nobody was quicker.
pub async fn end_by_itself(tx: &Tx, id: ClosingId, now: DateTime<Utc>) -> Result<bool> {
    let ended = Entity::update_many()
        .col_expr(Column::OpenedAt, Expr::value(At::from(now)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::OpenedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Those that stand, by their queues.
pub async fn standing(connection: &impl ConnectionTrait) -> Result<Vec<Closing>> {
    let rows = Entity::find().filter(Column::OpenedAt.is_null()).order_by_asc(Column::Queue).all(connection).await?;
    rows.into_iter().map(Closing::try_from).collect()
}
