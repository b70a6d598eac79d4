//! Services: one document each.

use crate::at::At;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use model::service::Service;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub position: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub definition: Json,
    /// True until somebody defines it: an empty data folder's service, replaced by whatever comes.
    pub built_in: bool,
    pub updated_at: At,
    /// What its record held as the definition does not hold it, as JSON.
    pub record: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Stores a service, new or in place of the one with its id; a new one comes last. `record` is what its record held, when
/// it came as one.
///
/// # Errors
/// [`Error::Unreadable`] for a definition that could not be read again: one in the table would keep every process from
/// starting.
pub async fn save(
    tx: &Tx,
    service: &Service,
    built_in: bool,
    record: Option<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let count = Entity::find().count(tx).await?;
    let definition = serde_json::to_value(service).map_err(|e| Error::Other(format!("service {}: {e}", service.id)))?;
    read(service.id.as_str(), definition.clone())?;
    let row = ActiveModel {
        id: Set(service.id.0.clone()),
        position: Set(i64::try_from(count).unwrap_or(i64::MAX)),
        definition: Set(definition),
        built_in: Set(built_in),
        updated_at: Set(now.into()),
        record: Set(record),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([Column::Definition, Column::BuiltIn, Column::UpdatedAt, Column::Record])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// All services in their order.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Service>> {
    Ok(with_records(connection).await?.into_iter().map(|sent| sent.service).collect())
}

/// A service with what is known of where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub service: Service,
    /// Nobody has defined it: an empty data folder's service.
    pub built_in: bool,
    /// What its record held, while nobody has defined it otherwise.
    pub record: Option<String>,
}

/// All services in their order, with their records.
pub async fn with_records(connection: &impl ConnectionTrait) -> Result<Vec<Sent>> {
    let rows = Entity::find().order_by_asc(Column::Position).order_by_asc(Column::Id).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let service = read(&row.id, row.definition)?;
            Ok(Sent { service, built_in: row.built_in, record: row.record })
        })
        .collect()
}

fn read(id: &str, definition: Json) -> Result<Service> {
    serde_json::from_value(definition)
        .map_err(|e| Error::Unreadable { column: "service.definition", value: format!("{id}: {e}") })
}

/// All services, of which one is about to change: nobody else changes any until the transaction ends, so that no two
/// come to have the same queue.
pub async fn for_change(tx: &Tx) -> Result<Vec<Sent>> {
    tx.ahead(&[], &["services"]).await?;
    with_records(tx).await
}
