//! Drafts: what an operator is writing, kept as it is typed, one a case for replies and one for notes.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{CaseId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_id: i64,
    /// `reply` or `note`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub text: String,
    pub channel: Option<String>,
    pub saved_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a draft in place of the last; an empty one removes it.
pub async fn save(tx: &Tx, case: CaseId, staff: UserId, kind: &str, text: &str, now: DateTime<Utc>) -> Result<()> {
    if text.trim().is_empty() {
        Entity::delete_by_id((case.0, staff.0, kind.to_owned())).exec(tx).await?;
        return Ok(());
    }
    let row = ActiveModel {
        case_id: Set(case.0),
        staff_id: Set(staff.0),
        kind: Set(kind.to_owned()),
        text: Set(text.to_owned()),
        channel: Set(None),
        saved_at: Set(now.into()),
    };
    let again = OnConflict::columns([Column::CaseId, Column::StaffId, Column::Kind])
        .update_columns([Column::Text, Column::SavedAt])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Somebody's drafts on a case.
pub async fn of(connection: &impl ConnectionTrait, case: CaseId, staff: UserId) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::CaseId.eq(case.0)).filter(Column::StaffId.eq(staff.0)).all(connection).await?)
}
