//! Recordings: of which contact, where they are, how long.

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::recording::{RecordingKind, RecordingState};
use model::{ContactId, RecordingId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recording")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub contact: i64,
    pub kind: String,
    pub state: String,
    /// The process in whose folder it waits.
    pub node: String,
    pub began_at: At,
    pub seconds: Option<i64>,
    pub bytes: Option<i64>,
    pub stored_as: Option<String>,
    pub removed_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    pub id: RecordingId,
    pub contact: ContactId,
    pub kind: RecordingKind,
    pub state: RecordingState,
    pub began_at: DateTime<Utc>,
    pub seconds: Option<i64>,
    pub bytes: Option<i64>,
    pub stored_as: Option<String>,
}

impl TryFrom<Model> for Recording {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: RecordingId(row.id),
            contact: ContactId(row.contact),
            kind: word("recording.kind", &row.kind)?,
            state: word("recording.state", &row.state)?,
            began_at: row.began_at.into(),
            seconds: row.seconds,
            bytes: row.bytes,
            stored_as: row.stored_as,
        })
    }
}

/// Stores one that begins.
pub async fn insert(
    tx: &Tx,
    contact: ContactId,
    kind: RecordingKind,
    node: &str,
    now: DateTime<Utc>,
) -> Result<RecordingId> {
    let row = ActiveModel {
        id: NotSet,
        contact: Set(contact.0),
        kind: Set(kind.to_string()),
        state: Set(RecordingState::Raw.to_string()),
        node: Set(node.to_owned()),
        began_at: Set(now.into()),
        seconds: Set(None),
        bytes: Set(None),
        stored_as: Set(None),
        removed_at: Set(None),
    };
    Ok(RecordingId(Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// It can be heard from now on; false when it is wanted no more, because its contact was emptied meanwhile.
pub async fn keep(tx: &Tx, id: RecordingId, seconds: i64, bytes: i64, stored_as: &str) -> Result<bool> {
    let wanted = [RecordingState::Raw, RecordingState::Failed].map(|state| state.to_string());
    let kept = Entity::update_many()
        .col_expr(Column::State, Expr::value(RecordingState::Kept.as_str()))
        .col_expr(Column::Seconds, Expr::value(seconds))
        .col_expr(Column::Bytes, Expr::value(bytes))
        .col_expr(Column::StoredAs, Expr::value(stored_as))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.is_in(wanted))
        .exec(tx)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// It came to nothing, or is kept no longer.
pub async fn end(tx: &Tx, id: RecordingId, state: RecordingState, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::StoredAs, Expr::value(None::<String>))
        .col_expr(Column::RemovedAt, Expr::value(At::from(now)))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Those that were never turned into anything and began before this come to nothing: whatever had them is lost.
pub async fn give_up(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let given_up = Entity::update_many()
        .col_expr(Column::State, Expr::value(RecordingState::Failed.as_str()))
        .filter(Column::State.eq(RecordingState::Raw.as_str()))
        .filter(Column::BeganAt.lt(At::from(before)))
        .exec(tx)
        .await?;
    Ok(given_up.rows_affected)
}

/// How many wait to be turned into what is kept.
pub async fn waiting(connection: &impl ConnectionTrait) -> Result<u64> {
    Ok(Entity::find().filter(Column::State.eq(RecordingState::Raw.as_str())).count(connection).await?)
}

pub async fn load(connection: &impl ConnectionTrait, id: RecordingId) -> Result<Option<Recording>> {
    Entity::find_by_id(id.0).one(connection).await?.map(Recording::try_from).transpose()
}

/// The recordings of these contacts, in their order.
pub async fn of_contacts(connection: &impl ConnectionTrait, contacts: &[ContactId]) -> Result<Vec<Recording>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Contact.is_in(contacts.iter().map(|c| c.0)))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(Recording::try_from).collect()
}

/// Of these names in the storage, those that are recordings.
pub async fn known(connection: &impl ConnectionTrait, names: &[String]) -> Result<Vec<String>> {
    let query = Entity::find()
        .select_only()
        .column(Column::StoredAs)
        .filter(Column::StoredAs.is_in(names.iter().map(String::as_str)));
    Ok(query.into_tuple::<Option<String>>().all(connection).await?.into_iter().flatten().collect())
}
