//! First answers by `Idempotency-Key`: kept in the transaction of what they answer, so that a request sent again gets
//! the same answer and does nothing twice.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub fingerprint: String,
    pub status: i64,
    pub body: String,
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Hash of the request it answered.
    pub fingerprint: String,
    pub status: u16,
    pub body: String,
}

/// The answer given to this key, if there was one.
pub async fn find(connection: &impl ConnectionTrait, scope: &str, key: &str) -> Result<Option<Answer>> {
    let row = Entity::find_by_id((scope.to_owned(), key.to_owned())).one(connection).await?;
    Ok(row.map(|row| Answer {
        fingerprint: row.fingerprint,
        status: u16::try_from(row.status).unwrap_or(500),
        body: row.body,
    }))
}

/// Keeps the answer given to this key.
///
/// # Errors
/// [`crate::Error::Taken`] when another request with the key was answered in the meantime.
pub async fn keep(tx: &Tx, scope: &str, key: &str, answer: &Answer, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        scope: Set(scope.to_owned()),
        key: Set(key.to_owned()),
        fingerprint: Set(answer.fingerprint.clone()),
        status: Set(i64::from(answer.status)),
        body: Set(answer.body.clone()),
        created_at: Set(now.into()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Forgets answers given before `before`; returns how many.
pub async fn sweep(tx: &Tx, before: DateTime<Utc>, limit: u64) -> Result<u64> {
    crate::sweep::some::<Entity>(tx, &[Column::Scope, Column::Key], Column::CreatedAt.lt(At::from(before)), limit).await
}
