//! Thresholds: what supervisors watch, and where each stands since it was last measured.

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use model::alarm::{Bounds, Threshold};
use model::{QueueId, ServiceId, StructureId, ThresholdId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "threshold")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub measure: String,
    pub service: Option<String>,
    pub queue: Option<String>,
    pub scope: Option<String>,
    pub over_value: i64,
    pub back_value: i64,
    pub pause_s: i64,
    /// The addresses that are told, one a line.
    pub mail: String,
    pub language: String,
    /// When its addresses were last told of an alarm.
    pub told_at: Option<At>,
    /// What was last measured.
    pub value: Option<i64>,
    pub measured_at: Option<At>,
    pub created_at: At,
    pub removed_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A threshold with what was last measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: ThresholdId,
    pub threshold: Threshold,
    pub told_at: Option<DateTime<Utc>>,
    pub value: Option<i64>,
    pub measured_at: Option<DateTime<Utc>>,
    /// Set when it is watched no more.
    pub removed: bool,
}

impl TryFrom<Model> for Stored {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        let time = |at: Option<At>| at.map(DateTime::<Utc>::from);
        let bounds = Bounds { over: row.over_value, back: row.back_value, pause: TimeDelta::seconds(row.pause_s) };
        Ok(Self {
            id: ThresholdId(row.id),
            threshold: Threshold {
                measure: word("threshold.measure", &row.measure)?,
                service: row.service.map(ServiceId),
                queue: row.queue.map(QueueId),
                scope: row.scope.map(StructureId),
                bounds,
                mail: row.mail.lines().map(str::to_owned).collect(),
                language: row.language,
            },
            told_at: time(row.told_at),
            value: row.value,
            measured_at: time(row.measured_at),
            removed: row.removed_at.is_some(),
        })
    }
}

fn columns(threshold: &Threshold) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        measure: Set(threshold.measure.to_string()),
        service: Set(threshold.service.as_ref().map(|s| s.0.clone())),
        queue: Set(threshold.queue.as_ref().map(|q| q.0.clone())),
        scope: Set(threshold.scope.as_ref().map(|s| s.0.clone())),
        over_value: Set(threshold.bounds.over),
        back_value: Set(threshold.bounds.back),
        pause_s: Set(threshold.bounds.pause.num_seconds()),
        mail: Set(threshold.mail.join("\n")),
        language: Set(threshold.language.clone()),
        told_at: NotSet,
        value: NotSet,
        measured_at: NotSet,
        created_at: NotSet,
        removed_at: NotSet,
    }
}

pub async fn insert(tx: &Tx, threshold: &Threshold, now: DateTime<Utc>) -> Result<ThresholdId> {
    let row = ActiveModel { created_at: Set(now.into()), ..columns(threshold) };
    Ok(ThresholdId(Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// Stores it as it is now meant. What was measured for what it was before says nothing any more.
pub async fn update(tx: &Tx, id: ThresholdId, threshold: &Threshold) -> Result<()> {
    let row = ActiveModel { id: Set(id.0), value: Set(None), measured_at: Set(None), ..columns(threshold) };
    Entity::update(row).validate().map_err(crate::Error::from)?.exec_without_returning(tx).await?;
    Ok(())
}

/// It is watched no more; past alarms still name it.
pub async fn remove(tx: &Tx, id: ThresholdId, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(At::from(now)))
        .col_expr(Column::Mail, Expr::value(""))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Loads one that is about to change: nobody else changes it until the transaction ends.
pub async fn load_for_change(tx: &Tx, id: ThresholdId) -> Result<Option<Stored>> {
    let row = Entity::find_by_id(id.0).filter(Column::RemovedAt.is_null()).lock_exclusive().one(tx).await?;
    row.map(Stored::try_from).transpose()
}

pub async fn load(connection: &impl ConnectionTrait, id: ThresholdId) -> Result<Option<Stored>> {
    let row = Entity::find_by_id(id.0).filter(Column::RemovedAt.is_null()).one(connection).await?;
    row.map(Stored::try_from).transpose()
}

/// All that are watched, within a structure when one is named.
pub async fn all(connection: &impl ConnectionTrait, scope: Option<&StructureId>) -> Result<Vec<Stored>> {
    let mut query = Entity::find().filter(Column::RemovedAt.is_null()).order_by_asc(Column::Id);
    if let Some(scope) = scope {
        query = query.filter(Column::Scope.eq(scope.as_str()));
    }
    query.all(connection).await?.into_iter().map(Stored::try_from).collect()
}

/// Stores what was measured, and when its addresses were last told.
pub async fn measured(
    tx: &Tx,
    id: ThresholdId,
    value: i64,
    at: DateTime<Utc>,
    told_at: Option<DateTime<Utc>>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Value, Expr::value(value))
        .col_expr(Column::MeasuredAt, Expr::value(At::from(at)))
        .col_expr(Column::ToldAt, Expr::value(told_at.map(At::from)))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}
