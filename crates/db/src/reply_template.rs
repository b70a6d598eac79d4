//! Templates of replies, in the order of their names.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::reply_template::ReplyTemplate;
use model::{ServiceId, TemplateId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_template")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Counts its changes: whoever changes it says which one they saw.
    pub version: i64,
    pub name: String,
    /// Whose it is; everybody's when there is none.
    pub service: Option<String>,
    pub language: String,
    pub text: String,
    pub changed_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for ReplyTemplate {
    fn from(row: Model) -> Self {
        Self {
            id: TemplateId(row.id),
            version: row.version,
            name: row.name,
            service: row.service.map(ServiceId),
            language: row.language,
            text: row.text,
        }
    }
}

fn columns(template: &ReplyTemplate, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        version: Set(template.version),
        name: Set(template.name.clone()),
        service: Set(template.service.as_ref().map(|id| id.0.clone())),
        language: Set(template.language.clone()),
        text: Set(template.text.clone()),
        changed_at: Set(now.into()),
    }
}

/// Stores a new one; its id is given here.
pub async fn insert(tx: &Tx, template: &ReplyTemplate, now: DateTime<Utc>) -> Result<TemplateId> {
    Ok(TemplateId(Entity::insert(columns(template, now)).exec(tx).await?.last_insert_id))
}

/// Stores a changed one; false when it is not at this version any more, or gone.
pub async fn update(tx: &Tx, template: &ReplyTemplate, seen: i64, now: DateTime<Utc>) -> Result<bool> {
    let changed = Entity::update_many()
        .set(columns(template, now))
        .filter(Column::Id.eq(template.id.0))
        .filter(Column::Version.eq(seen))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes one; false when it is gone already.
pub async fn delete(tx: &Tx, id: TemplateId) -> Result<bool> {
    Ok(Entity::delete_by_id(id.0).exec(tx).await?.rows_affected == 1)
}

pub async fn load(connection: &impl ConnectionTrait, id: TemplateId) -> Result<Option<ReplyTemplate>> {
    Ok(Entity::find_by_id(id.0).one(connection).await?.map(Into::into))
}

/// All of them, by name; there are as many as people write by hand, and no more than `limit` are read.
pub async fn all(connection: &impl ConnectionTrait, limit: u64) -> Result<Vec<ReplyTemplate>> {
    let rows = Entity::find()
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Language)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Those for cases of a service, in a language or in any, by name.
pub async fn of_service(
    connection: &impl ConnectionTrait,
    service: &ServiceId,
    limit: u64,
) -> Result<Vec<ReplyTemplate>> {
    let rows = Entity::find()
        .filter(Column::Service.is_null().or(Column::Service.eq(service.as_str())))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}
