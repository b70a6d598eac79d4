//! Structures of the Network.

use crate::error::word;
use crate::{Result, Tx};
use model::StructureId;
use model::structure::Structure;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "structure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub name: String,
    pub kind: String,
    pub ipa_code: Option<String>,
    pub region: Option<String>,
    pub administration: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a structure, new or in place of the one with its id.
pub async fn save(tx: &Tx, structure: &Structure) -> Result<()> {
    let row = ActiveModel {
        id: Set(structure.id.0.clone()),
        name: Set(structure.name.clone()),
        kind: Set(structure.kind.to_string()),
        ipa_code: Set(structure.ipa_code.clone()),
        region: Set(structure.region.clone()),
        administration: Set(structure.administration.clone()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([Column::Name, Column::Kind, Column::IpaCode, Column::Region, Column::Administration])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// All structures, by name.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Structure>> {
    let rows = Entity::find().order_by_asc(Column::Name).order_by_asc(Column::Id).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Structure {
                id: StructureId(row.id),
                name: row.name,
                kind: word("structure.kind", &row.kind)?,
                ipa_code: row.ipa_code,
                region: row.region,
                administration: row.administration,
            })
        })
        .collect()
}
