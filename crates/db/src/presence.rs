//! Presence: who is at the desk, looking at a case or writing on it, for a few seconds at a time.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{CaseId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_id: i64,
    pub writing: bool,
    pub until: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// No case: who has a page of the desk open is there.
pub const DESK: CaseId = CaseId(0);

/// Somebody is there until `until`.
pub async fn save(tx: &Tx, case: CaseId, staff: UserId, writing: bool, until: DateTime<Utc>) -> Result<()> {
    let row =
        ActiveModel { case_id: Set(case.0), staff_id: Set(staff.0), writing: Set(writing), until: Set(until.into()) };
    let again = OnConflict::columns([Column::CaseId, Column::StaffId])
        .update_columns([Column::Writing, Column::Until])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Who is there now.
pub async fn of(connection: &impl ConnectionTrait, case: CaseId, now: DateTime<Utc>) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::CaseId.eq(case.0)).filter(Column::Until.gt(At::from(now))).all(connection).await?)
}

/// Everyone who is anywhere now.
pub async fn all(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::Until.gt(At::from(now))).all(connection).await?)
}

/// Removes those who left; returns how many.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>, limit: u64) -> Result<u64> {
    crate::sweep::some::<Entity>(tx, &[Column::CaseId, Column::StaffId], Column::Until.lte(At::from(now)), limit).await
}
