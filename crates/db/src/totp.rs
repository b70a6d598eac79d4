//! Second factors: a shared secret, the last step of time that was accepted, and codes for when the telephone is lost.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;
use model::user::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_id: i64,
    /// In base32 (RFC 4648), as authenticator programs take it.
    pub secret: String,
    pub confirmed_at: At,
    pub last_step: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Codes that are each good once.
pub mod recovery {
    use crate::at::At;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub staff_id: i64,
        pub used_at: Option<At>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Roles of which a second factor is asked.
pub mod asked {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "totp_role")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Somebody's second factor.
#[derive(Debug, Clone)]
pub struct Factor {
    pub secret: String,
    pub confirmed_at: DateTime<Utc>,
    pub last_step: u64,
}

pub async fn load(connection: &impl ConnectionTrait, staff: UserId) -> Result<Option<Factor>> {
    let row = Entity::find_by_id(staff.0).one(connection).await?;
    Ok(row.map(|row| Factor {
        secret: row.secret,
        confirmed_at: row.confirmed_at.into(),
        last_step: row.last_step.unsigned_abs(),
    }))
}

/// Stores a secret whose first code, of this step, was accepted. False when there is one already.
pub async fn insert(tx: &Tx, staff: UserId, secret: &str, step: u64, now: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel {
        staff_id: Set(staff.0),
        secret: Set(secret.to_owned()),
        confirmed_at: Set(now.into()),
        last_step: Set(i64::try_from(step).unwrap_or(i64::MAX)),
    };
    let kept = OnConflict::column(Column::StaffId).do_nothing().to_owned();
    let added = Entity::insert(row).on_conflict(kept).exec_without_returning(tx).await?;
    Ok(added == 1)
}

/// Remembers that a code of this step was accepted. False when one of this step or a later one was before: of two who
/// bring the same code at once one alone is told true (RFC 6238, 5.2: a code is accepted once).
pub async fn accept(tx: &Tx, staff: UserId, step: u64) -> Result<bool> {
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    let accepted = Entity::update_many()
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::StaffId.eq(staff.0))
        .filter(Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(accepted.rows_affected == 1)
}

/// Nothing is left of somebody's second factor; true when there was one.
pub async fn remove(tx: &Tx, staff: UserId) -> Result<bool> {
    recovery::Entity::delete_many().filter(recovery::Column::StaffId.eq(staff.0)).exec(tx).await?;
    Ok(Entity::delete_by_id(staff.0).exec(tx).await?.rows_affected == 1)
}

/// Those who have one.
pub async fn all(connection: &impl ConnectionTrait) -> Result<std::collections::HashSet<UserId>> {
    let rows = Entity::find().all(connection).await?;
    Ok(rows.into_iter().map(|row| UserId(row.staff_id)).collect())
}

/// Stores other codes for when the telephone is lost, in the place of those before.
pub async fn set_recovery(tx: &Tx, staff: UserId, hashes: &[String]) -> Result<()> {
    recovery::Entity::delete_many().filter(recovery::Column::StaffId.eq(staff.0)).exec(tx).await?;
    let rows = hashes.iter().map(|hash| recovery::ActiveModel {
        hash: Set(hash.clone()),
        staff_id: Set(staff.0),
        used_at: Set(None),
    });
    recovery::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Uses one up; false when it is none of theirs or was used.
pub async fn use_recovery(tx: &Tx, staff: UserId, hash: &str, now: DateTime<Utc>) -> Result<bool> {
    let used = recovery::Entity::update_many()
        .col_expr(recovery::Column::UsedAt, Expr::value(At::from(now)))
        .filter(recovery::Column::Hash.eq(hash))
        .filter(recovery::Column::StaffId.eq(staff.0))
        .filter(recovery::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many are left.
pub async fn recovery_left(connection: &impl ConnectionTrait, staff: UserId) -> Result<u64> {
    let left = recovery::Entity::find()
        .filter(recovery::Column::StaffId.eq(staff.0))
        .filter(recovery::Column::UsedAt.is_null());
    Ok(left.count(connection).await?)
}

/// The roles of which a second factor is asked.
pub async fn asked_of(connection: &impl ConnectionTrait) -> Result<Vec<Role>> {
    let rows = asked::Entity::find().all(connection).await?;
    Ok(rows.iter().filter_map(|row| row.role.parse().ok()).collect())
}

pub async fn ask_of(tx: &Tx, roles: &[Role]) -> Result<()> {
    asked::Entity::delete_many().exec(tx).await?;
    if !roles.is_empty() {
        let rows = roles.iter().map(|role| asked::ActiveModel { role: Set(role.to_string()) });
        asked::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}
