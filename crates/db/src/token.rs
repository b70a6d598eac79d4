//! API tokens: kept as a hash, each acting as a member of the staff.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{TokenId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::QueryOrder;
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
    Ok(row.as_ref().map(token))
}

fn token(row: &Model) -> Token {
    let per_minute = row.per_minute.and_then(|n| u32::try_from(n).ok());
    Token { id: TokenId(row.id), staff: UserId(row.staff_id), per_minute }
}

/// A token that is in force, by its id.
pub async fn load(connection: &impl ConnectionTrait, id: TokenId) -> Result<Option<Token>> {
    let row = Entity::find_by_id(id.0).filter(Column::RevokedAt.is_null()).one(connection).await?;
    Ok(row.as_ref().map(token))
}

/// The tokens that are in force, of one of the staff or of all, each with when it was made.
pub async fn in_force(connection: &impl ConnectionTrait, staff: Option<UserId>) -> Result<Vec<(Token, DateTime<Utc>)>> {
    let mut query = Entity::find().filter(Column::RevokedAt.is_null()).order_by_asc(Column::Id);
    if let Some(staff) = staff {
        query = query.filter(Column::StaffId.eq(staff.0));
    }
    let rows = query.all(connection).await?;
    Ok(rows.into_iter().map(|row| (token(&row), row.created_at.into())).collect())
}

/// A token is in force no more; false when it was not.
pub async fn revoke(tx: &Tx, id: TokenId, now: DateTime<Utc>) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(At::from(now)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
