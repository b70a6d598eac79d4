//! Trunks: one document each.

use crate::at::At;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use model::TrunkId;
use model::trunk::Trunk;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trunk")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub definition: Json,
    pub updated_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a trunk, new or in place of the one with its id.
pub async fn save(tx: &Tx, trunk: &Trunk, now: DateTime<Utc>) -> Result<()> {
    let definition = serde_json::to_value(trunk).map_err(|e| Error::Other(format!("trunk {}: {e}", trunk.id)))?;
    let row = ActiveModel { id: Set(trunk.id.0.clone()), definition: Set(definition), updated_at: Set(now.into()) };
    let again = OnConflict::column(Column::Id).update_columns([Column::Definition, Column::UpdatedAt]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Removes a trunk; true when there was one.
pub async fn remove(tx: &Tx, id: &TrunkId) -> Result<bool> {
    Ok(Entity::delete_by_id(id.0.clone()).exec(tx).await?.rows_affected > 0)
}

/// All of them, by their ids.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Trunk>> {
    let rows = Entity::find().order_by_asc(Column::Id).all(connection).await?;
    let read = |row: Model| {
        let id = row.id;
        serde_json::from_value(row.definition).map_err(|e| Error::Other(format!("trunk {id}: {e}")))
    };
    rows.into_iter().map(read).collect()
}
