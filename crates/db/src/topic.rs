//! Topics of the taxonomy that somebody has declared, with their names.

use crate::{Error, Result, Tx};
use model::TopicId;
use model::topic::Topic;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub parent: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub names: Json,
    pub position: i64,
    pub retired: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a topic at a place in the order, new or in place of the one with its id.
pub async fn save(tx: &Tx, topic: &Topic, position: i64) -> Result<()> {
    let names = serde_json::to_value(&topic.names).map_err(|e| Error::Other(format!("topic {}: {e}", topic.id)))?;
    let row = ActiveModel {
        id: Set(topic.id.0.clone()),
        parent: Set(topic.parent.as_ref().map(|p| p.0.clone())),
        names: Set(names),
        position: Set(position),
        retired: Set(topic.retired),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([Column::Parent, Column::Names, Column::Position, Column::Retired])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores what became of a topic, in the place in the order that it has.
pub async fn update(tx: &Tx, topic: &Topic) -> Result<()> {
    let names = serde_json::to_value(&topic.names).map_err(|e| Error::Other(format!("topic {}: {e}", topic.id)))?;
    Entity::update_many()
        .col_expr(Column::Parent, Expr::value(topic.parent.as_ref().map(|p| p.0.clone())))
        .col_expr(Column::Names, Expr::value(names))
        .col_expr(Column::Retired, Expr::value(topic.retired))
        .filter(Column::Id.eq(topic.id.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// All topics in their order, of which one is about to change: nobody else changes any until the transaction ends.
pub async fn for_change(tx: &Tx) -> Result<Vec<Topic>> {
    tx.ahead(&[], &["topics"]).await?;
    all(tx).await
}

/// All topics in their order.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Topic>> {
    let rows = Entity::find().order_by_asc(Column::Position).order_by_asc(Column::Id).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let names = serde_json::from_value(row.names)
                .map_err(|e| Error::Unreadable { column: "topic.names", value: format!("{}: {e}", row.id) })?;
            Ok(Topic { id: TopicId(row.id), parent: row.parent.map(TopicId), names, retired: row.retired })
        })
        .collect()
}
