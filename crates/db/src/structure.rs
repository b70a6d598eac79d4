//! Structures of the Network.

use crate::error::word;
use crate::{Result, Tx};
use model::StructureId;
use model::structure::Structure;
use sea_orm::ActiveValue::{NotSet, Set};
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
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a structure, new or in place of the one with its id; what its record held beside stays.
pub async fn save(tx: &Tx, structure: &Structure) -> Result<()> {
    let row = ActiveModel {
        id: Set(structure.id.0.clone()),
        name: Set(structure.name.clone()),
        kind: Set(structure.kind.to_string()),
        ipa_code: Set(structure.ipa_code.clone()),
        region: Set(structure.region.clone()),
        administration: Set(structure.administration.clone()),
        extra: NotSet,
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([Column::Name, Column::Kind, Column::IpaCode, Column::Region, Column::Administration])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores what a structure's record held beside.
pub async fn set_extra(tx: &Tx, id: &StructureId, extra: Option<String>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Extra, Expr::value(extra))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// All structures, by name.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Structure>> {
    Ok(with_extra(connection).await?.into_iter().map(|(structure, _)| structure).collect())
}

/// All structures, by name, with what their records held beside.
pub async fn with_extra(connection: &impl ConnectionTrait) -> Result<Vec<(Structure, Option<String>)>> {
    let rows = Entity::find().order_by_asc(Column::Name).order_by_asc(Column::Id).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let extra = row.extra;
            let structure = Structure {
                id: StructureId(row.id),
                name: row.name,
                kind: word("structure.kind", &row.kind)?,
                ipa_code: row.ipa_code,
                region: row.region,
                administration: row.administration,
            };
            Ok((structure, extra))
        })
        .collect()
}
