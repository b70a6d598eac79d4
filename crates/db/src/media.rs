//! The newsroom's work: news, radio, films, features.

use crate::at::At;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    pub kind: String,
    pub title: String,
    pub published_at: At,
    pub url: Option<String>,
    pub duration_s: Option<i64>,
    pub origin: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
