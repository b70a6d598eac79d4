//! Sounds that were uploaded: what each is called, and where its file is kept.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::SoundId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sound")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub title: String,
    pub stored_as: String,
    pub bytes: i64,
    pub seconds: i64,
    pub added_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    pub id: SoundId,
    /// As people know it.
    pub title: String,
    pub stored_as: String,
    pub bytes: u64,
    pub seconds: u64,
    pub added_at: DateTime<Utc>,
}

impl From<Model> for Sound {
    fn from(row: Model) -> Self {
        Self {
            id: SoundId(row.name),
            title: row.title,
            stored_as: row.stored_as,
            bytes: row.bytes.unsigned_abs(),
            seconds: row.seconds.unsigned_abs(),
            added_at: row.added_at.into(),
        }
    }
}

/// Stores a sound, new or in place of the one of its name.
pub async fn save(tx: &Tx, sound: &Sound) -> Result<()> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let row = ActiveModel {
        name: Set(sound.id.0.clone()),
        title: Set(sound.title.clone()),
        stored_as: Set(sound.stored_as.clone()),
        bytes: Set(number(sound.bytes)),
        seconds: Set(number(sound.seconds)),
        added_at: Set(sound.added_at.into()),
    };
    let again = OnConflict::column(Column::Name)
        .update_columns([Column::Title, Column::StoredAs, Column::Bytes, Column::Seconds, Column::AddedAt])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Removes a sound; true when there was one.
pub async fn remove(tx: &Tx, id: &SoundId) -> Result<bool> {
    Ok(Entity::delete_by_id(id.0.clone()).exec(tx).await?.rows_affected > 0)
}

pub async fn load(connection: &impl ConnectionTrait, id: &SoundId) -> Result<Option<Sound>> {
    Ok(Entity::find_by_id(id.0.clone()).one(connection).await?.map(Sound::from))
}

/// All of them, by their names.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Sound>> {
    Ok(Entity::find().order_by_asc(Column::Name).all(connection).await?.into_iter().map(Sound::from).collect())
}

/// Of these names in the storage, those that are sounds.
pub async fn known(connection: &impl ConnectionTrait, names: &[String]) -> Result<Vec<String>> {
    let query = Entity::find()
        .select_only()
        .column(Column::StoredAs)
        .filter(Column::StoredAs.is_in(names.iter().map(String::as_str)));
    Ok(query.into_tuple::<String>().all(connection).await?)
}
