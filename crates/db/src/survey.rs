//! Surveys: whether a citizen found the answer efficient and effective.

use crate::at::At;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    pub case_id: i64,
    pub channel: String,
    pub asked_at: At,
    pub answered_at: Option<At>,
    pub efficient: Option<bool>,
    pub effective: Option<bool>,
    pub comment: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
