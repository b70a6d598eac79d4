//! Secrets of the installation: made at the first start, the same for every process.

use crate::{Error, Result, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secret")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub value: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The secret by which an installation is told from others.
pub const INSTALLATION: &str = "installation";

/// The secret of this name, when there is one.
pub async fn get(connection: &impl ConnectionTrait, name: &str) -> Result<Option<Vec<u8>>> {
    Ok(Entity::find_by_id(name).one(connection).await?.map(|row| row.value))
}

/// The secret of this name; `fresh` becomes it when there is none yet.
pub async fn get_or_set(tx: &Tx, name: &str, fresh: &[u8]) -> Result<Vec<u8>> {
    let row = ActiveModel { name: Set(name.to_owned()), value: Set(fresh.to_vec()) };
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let kept = Entity::find_by_id(name).one(tx).await?;
    kept.map(|row| row.value).ok_or_else(|| Error::Other(format!("the secret {name} was not kept")))
}
