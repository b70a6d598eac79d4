//! Volumes: how many contacts a structure of the Network had in a month, on one channel.

use crate::Result;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "volume")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub structure: String,
    /// `2009-05`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: String,
    pub contacts: i64,
    pub with_operator: i64,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A volume's key: structure, month and channel.
pub type Key = (String, String, String);

/// The volumes under these keys; at most 500 keys at a time.
pub async fn known(connection: &impl ConnectionTrait, keys: &[Key]) -> Result<Vec<Model>> {
    let mut rows = Vec::new();
    for some in keys.chunks(500) {
        let one_of = some.iter().fold(Condition::any(), |any, (structure, month, channel)| {
            any.add(
                Condition::all()
                    .add(Column::Structure.eq(structure))
                    .add(Column::Month.eq(month))
                    .add(Column::Channel.eq(channel)),
            )
        });
        rows.extend(Entity::find().filter(one_of).all(connection).await?);
    }
    Ok(rows)
}

/// Volumes after this key in order, at most `limit`.
pub async fn page(connection: &impl ConnectionTrait, after: Option<&Key>, limit: u64) -> Result<Vec<Model>> {
    let mut query = Entity::find()
        .order_by_asc(Column::Structure)
        .order_by_asc(Column::Month)
        .order_by_asc(Column::Channel)
        .limit(limit);
    if let Some((structure, month, channel)) = after {
        let later = Condition::any()
            .add(Column::Structure.gt(structure))
            .add(Condition::all().add(Column::Structure.eq(structure)).add(Column::Month.gt(month)))
            .add(
                Condition::all()
                    .add(Column::Structure.eq(structure))
                    .add(Column::Month.eq(month))
                    .add(Column::Channel.gt(channel)),
            );
        query = query.filter(later);
    }
    Ok(query.all(connection).await?)
}
