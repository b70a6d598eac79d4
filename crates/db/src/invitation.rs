//! Invitations: kept as the hash of what stands in the link.

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::invitation::Kind;
use model::{InvitationId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Select};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub staff_id: i64,
    pub kind: String,
    #[sea_orm(unique)]
    pub hash: String,
    pub by_letter: bool,
    pub created_by: Option<i64>,
    pub created_at: At,
    pub expires_at: At,
    pub used_at: Option<At>,
    pub withdrawn_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A link that opens.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub staff: UserId,
    pub kind: Kind,
    pub by_letter: bool,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

fn open(now: DateTime<Utc>) -> Select<Entity> {
    Entity::find()
        .filter(Column::UsedAt.is_null())
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ExpiresAt.gt(At::from(now)))
}

fn read(row: Model) -> Result<Invitation> {
    Ok(Invitation {
        id: InvitationId(row.id),
        staff: UserId(row.staff_id),
        kind: word("invitation.kind", &row.kind)?,
        by_letter: row.by_letter,
        created_at: row.created_at.into(),
        expires_at: row.expires_at.into(),
    })
}

/// Stores a new one.
pub async fn insert(
    tx: &Tx,
    staff: UserId,
    kind: Kind,
    hash: &str,
    by_letter: bool,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<InvitationId> {
    let row = ActiveModel {
        id: NotSet,
        staff_id: Set(staff.0),
        kind: Set(kind.to_string()),
        hash: Set(hash.to_owned()),
        by_letter: Set(by_letter),
        created_by: Set(by.map(|b| b.0)),
        created_at: Set(now.into()),
        expires_at: Set((now + kind.lasts()).into()),
        used_at: Set(None),
        withdrawn_at: Set(None),
    };
    Ok(InvitationId(Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// The one of this hash, while it opens.
pub async fn by_hash(connection: &impl ConnectionTrait, hash: &str, now: DateTime<Utc>) -> Result<Option<Invitation>> {
    open(now).filter(Column::Hash.eq(hash)).one(connection).await?.map(read).transpose()
}

/// All that open, the latest first.
pub async fn all_open(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Invitation>> {
    let rows = open(now).order_by_desc(Column::Id).all(connection).await?;
    rows.into_iter().map(read).collect()
}

/// Somebody's that open, the latest first.
pub async fn open_of(connection: &impl ConnectionTrait, staff: UserId, now: DateTime<Utc>) -> Result<Vec<Invitation>> {
    let rows = open(now).filter(Column::StaffId.eq(staff.0)).order_by_desc(Column::Id).all(connection).await?;
    rows.into_iter().map(read).collect()
}

/// Uses it up. False when somebody was quicker, or it opens no more: of two who use it at once one alone is told true.
pub async fn use_up(tx: &Tx, hash: &str, now: DateTime<Utc>) -> Result<bool> {
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(At::from(now)))
        .filter(Column::Hash.eq(hash))
        .filter(Column::UsedAt.is_null())
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ExpiresAt.gt(At::from(now)))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Somebody's open no more; true when one did.
pub async fn withdraw_all(tx: &Tx, staff: UserId, now: DateTime<Utc>) -> Result<bool> {
    let withdrawn = Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(At::from(now)))
        .filter(Column::StaffId.eq(staff.0))
        .filter(Column::UsedAt.is_null())
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ExpiresAt.gt(At::from(now)))
        .exec(tx)
        .await?;
    Ok(withdrawn.rows_affected > 0)
}

/// Removes those that ran out; returns how many.
pub async fn sweep(tx: &Tx, before: DateTime<Utc>, limit: u64) -> Result<u64> {
    crate::sweep::some::<Entity>(tx, &[Column::Id], Column::ExpiresAt.lte(At::from(before)), limit).await
}
