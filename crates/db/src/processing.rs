//! The processing register's texts, which the administration writes.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "processing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    pub text: String,
    pub updated_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Every text that is there.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Model>> {
    Ok(Entity::find().order_by_asc(Column::Field).all(connection).await?)
}

/// Stores a text in place of the last; an empty one removes it.
pub async fn save(tx: &Tx, field: &str, text: &str, now: DateTime<Utc>) -> Result<()> {
    if text.is_empty() {
        Entity::delete_by_id(field.to_owned()).exec(tx).await?;
        return Ok(());
    }
    let row = ActiveModel { field: Set(field.to_owned()), text: Set(text.to_owned()), updated_at: Set(now.into()) };
    let again = OnConflict::column(Column::Field).update_columns([Column::Text, Column::UpdatedAt]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}
