//! Sessions of pages: an opaque record each, so that any process serves any request.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub staff_id: Option<i64>,
    pub data: String,
    pub expires_at: At,
    /// None for one of somebody who has not brought all that is asked for.
    pub begun_at: Option<At>,
    /// Within a few minutes.
    pub seen_at: Option<At>,
    /// What it runs on, in two words: `firefox linux`.
    pub device: Option<String>,
}

/// What is kept of a session beside its data.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    /// Whose it is, or will be once they have brought all that is asked for.
    pub staff: Option<UserId>,
    /// They are in.
    pub inside: bool,
    pub device: Option<String>,
}

/// A session as whoever ends it sees it.
#[derive(Debug, Clone)]
pub struct Open {
    /// The hash under which it is kept: nobody comes in with it.
    pub id: String,
    pub begun_at: Option<DateTime<Utc>>,
    pub seen_at: Option<DateTime<Utc>>,
    pub device: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a new session under `id`.
pub async fn insert(
    tx: &Tx,
    id: &str,
    mark: &Mark,
    data: &str,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.to_owned()),
        staff_id: Set(mark.staff.map(|s| s.0)),
        data: Set(data.to_owned()),
        expires_at: Set(expires_at.into()),
        begun_at: Set(mark.inside.then_some(now.into())),
        seen_at: Set(Some(now.into())),
        device: Set(mark.device.clone()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores what the session under `id` now holds; false when it has ended in the meantime, and then it stays so.
pub async fn update(tx: &Tx, id: &str, mark: &Mark, data: &str, expires_at: DateTime<Utc>) -> Result<bool> {
    let updated = Entity::update_many()
        .col_expr(Column::StaffId, Expr::value(mark.staff.map(|s| s.0)))
        .col_expr(Column::Device, Expr::value(mark.device.clone()))
        .col_expr(Column::Data, Expr::value(data))
        .col_expr(Column::ExpiresAt, Expr::value(At::from(expires_at)))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(updated.rows_affected > 0)
}

/// What a session holds.
#[derive(Debug, Clone)]
pub struct Held {
    pub data: String,
    pub expires_at: DateTime<Utc>,
    pub seen_at: Option<DateTime<Utc>>,
}

/// What a session holds, while it has not expired.
pub async fn load(connection: &impl ConnectionTrait, id: &str, now: DateTime<Utc>) -> Result<Option<Held>> {
    let row = Entity::find_by_id(id).filter(Column::ExpiresAt.gt(At::from(now))).one(connection).await?;
    let held =
        |row: Model| Held { data: row.data, expires_at: row.expires_at.into(), seen_at: row.seen_at.map(Into::into) };
    Ok(row.map(held))
}

/// Somebody was seen: it is noted where the last time is before `before`.
pub async fn see(tx: &Tx, id: &str, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(At::from(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::SeenAt.is_null().or(Column::SeenAt.lt(At::from(before))))
        .exec(tx)
        .await?;
    Ok(())
}

/// Somebody's that have not expired, the one seen last first.
pub async fn of_staff(connection: &impl ConnectionTrait, staff: UserId, now: DateTime<Utc>) -> Result<Vec<Open>> {
    let rows = Entity::find()
        .filter(Column::StaffId.eq(staff.0))
        .filter(Column::BegunAt.is_not_null())
        .filter(Column::ExpiresAt.gt(At::from(now)))
        .order_by_desc(Column::SeenAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let open = |row: Model| Open {
        id: row.id,
        begun_at: row.begun_at.map(Into::into),
        seen_at: row.seen_at.map(Into::into),
        device: row.device,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// Ends one of somebody's; false when it is none of theirs or has ended.
pub async fn end_of(tx: &Tx, staff: UserId, id: &str) -> Result<bool> {
    let ended = Entity::delete_many().filter(Column::StaffId.eq(staff.0)).filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(ended.rows_affected == 1)
}

/// Ends all of somebody's but this one; how many there were.
pub async fn end_others(tx: &Tx, staff: UserId, but: Option<&str>) -> Result<u64> {
    let mut ending = Entity::delete_many().filter(Column::StaffId.eq(staff.0));
    if let Some(but) = but {
        ending = ending.filter(Column::Id.ne(but));
    }
    Ok(ending.exec(tx).await?.rows_affected)
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
