//! Limits that hold on every process: counts within a window of time, by key.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::Statement;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttle")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub count: i64,
    pub until: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// How far a count has come in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub count: u64,
    /// When the window ends and the count begins again.
    pub until: DateTime<Utc>,
}

/// Counts one more under `key`; a window that is over begins anew and lasts `window`.
pub async fn count(tx: &Tx, key: &str, now: DateTime<Utc>, window: TimeDelta) -> Result<Count> {
    let (now, until) = (At::from(now).0, At::from(now + window).0);
    let sql = "INSERT INTO throttle (key, count, until) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET \
               count = CASE WHEN throttle.until <= $3 THEN 1 ELSE throttle.count + 1 END, \
               until = CASE WHEN throttle.until <= $3 THEN $2 ELSE throttle.until END RETURNING count, until";
    let statement =
        Statement::from_sql_and_values(tx.get_database_backend(), sql, [key.into(), until.into(), now.into()]);
    let row =
        tx.query_one_raw(statement).await?.ok_or_else(|| crate::Error::Other("a count returned no row".to_owned()))?;
    let count: i64 = row.try_get_by_index(0)?;
    let until: i64 = row.try_get_by_index(1)?;
    Ok(Count { count: count.unsigned_abs(), until: At(until).into() })
}

/// Takes one back that turned out to need no counting.
pub async fn give_back(tx: &Tx, key: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Count, Expr::col(Column::Count).sub(1))
        .filter(Column::Key.eq(key))
        .filter(Column::Count.gt(0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets a count: whoever proved to be right begins anew.
pub async fn forget(tx: &Tx, key: &str) -> Result<()> {
    Entity::delete_by_id(key).exec(tx).await?;
    Ok(())
}

/// Removes windows that are over; returns how many.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>, limit: u64) -> Result<u64> {
    crate::sweep::some::<Entity>(tx, &[Column::Key], Column::Until.lte(At::from(now)), limit).await
}
