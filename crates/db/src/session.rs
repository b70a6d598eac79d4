//! Sessions of pages: an opaque record each, so that any process serves any request.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub staff_id: Option<i64>,
    pub data: String,
    pub expires_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a new session under `id`.
pub async fn insert(tx: &Tx, id: &str, staff: Option<UserId>, data: &str, expires_at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.to_owned()),
        staff_id: Set(staff.map(|s| s.0)),
        data: Set(data.to_owned()),
        expires_at: Set(expires_at.into()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores what the session under `id` now holds; false when it has ended in the meantime, and then it stays so.
pub async fn update(tx: &Tx, id: &str, staff: Option<UserId>, data: &str, expires_at: DateTime<Utc>) -> Result<bool> {
    let updated = Entity::update_many()
        .col_expr(Column::StaffId, Expr::value(staff.map(|s| s.0)))
        .col_expr(Column::Data, Expr::value(data))
        .col_expr(Column::ExpiresAt, Expr::value(At::from(expires_at)))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(updated.rows_affected > 0)
}

/// What a session holds, while it has not expired.
pub async fn load(
    connection: &impl ConnectionTrait,
    id: &str,
    now: DateTime<Utc>,
) -> Result<Option<(String, DateTime<Utc>)>> {
    let row = Entity::find_by_id(id).filter(Column::ExpiresAt.gt(At::from(now))).one(connection).await?;
    Ok(row.map(|row| (row.data, row.expires_at.into())))
}

/// Ends all of somebody's.
pub async fn end_all(tx: &Tx, staff: UserId) -> Result<()> {
    Entity::delete_many().filter(Column::StaffId.eq(staff.0)).exec(tx).await?;
    Ok(())
}

pub async fn delete(tx: &Tx, id: &str) -> Result<()> {
    Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Removes what has expired; returns how many.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>, limit: u64) -> Result<u64> {
    crate::sweep::some::<Entity>(tx, &[Column::Id], Column::ExpiresAt.lte(At::from(now)), limit).await
}
