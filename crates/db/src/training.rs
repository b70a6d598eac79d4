//! Trainings: who completed which course. A trainee who is no operator here is known by a word of their own.

use crate::at::At;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    pub operator: Option<i64>,
    pub trainee: Option<String>,
    pub structure: Option<String>,
    pub course: String,
    pub completed_at: At,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
