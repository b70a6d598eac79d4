//! API tokens: kept as a hash, each acting as a member of the staff.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{TokenId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "token")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub staff_id: i64,
    #[sea_orm(unique)]
    pub hash: String,
    pub per_minute: Option<i64>,
    pub created_at: At,
    pub revoked_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A token that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub staff: UserId,
    /// Requests a minute, where a limit is set.
    pub per_minute: Option<u32>,
}

pub async fn insert(
    tx: &Tx,
    staff: UserId,
    hash: &str,
    per_minute: Option<u32>,
    now: DateTime<Utc>,
) -> Result<TokenId> {
    let row = ActiveModel {
        id: NotSet,
        staff_id: Set(staff.0),
        hash: Set(hash.to_owned()),
        per_minute: Set(per_minute.map(i64::from)),
        created_at: Set(now.into()),
        revoked_at: Set(None),
    };
    Ok(TokenId(Entity::insert(row).exec(tx).await?.last_insert_id))
}

pub async fn by_hash(connection: &impl ConnectionTrait, hash: &str) -> Result<Option<Token>> {
    let row = Entity::find().filter(Column::Hash.eq(hash)).filter(Column::RevokedAt.is_null()).one(connection).await?;
    Ok(row.map(|row| Token {
        id: TokenId(row.id),
        staff: UserId(row.staff_id),
        per_minute: row.per_minute.and_then(|n| u32::try_from(n).ok()),
    }))
}
