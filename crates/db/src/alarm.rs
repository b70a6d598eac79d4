//! Alarms: raised, seen by somebody, over.

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::alarm::{Measure, Threshold};
use model::{AlarmId, QueueId, ServiceId, StructureId, ThresholdId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alarm")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub threshold: i64,
    pub measure: String,
    pub service: Option<String>,
    pub queue: Option<String>,
    pub scope: Option<String>,
    pub over_value: i64,
    /// As last measured.
    pub value: i64,
    pub worst: i64,
    /// How often its addresses were told.
    pub letters: i64,
    pub raised_at: At,
    pub fell_at: Option<At>,
    pub seen_at: Option<At>,
    pub seen_by: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// An alarm as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: AlarmId,
    pub threshold: ThresholdId,
    pub measure: Measure,
    pub service: Option<ServiceId>,
    pub queue: Option<QueueId>,
    pub scope: Option<StructureId>,
    pub over: i64,
    pub value: i64,
    pub worst: i64,
    pub letters: i64,
    pub raised_at: DateTime<Utc>,
    pub fell_at: Option<DateTime<Utc>>,
    pub seen_at: Option<DateTime<Utc>>,
    pub seen_by: Option<UserId>,
}

impl TryFrom<Model> for Stored {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: AlarmId(row.id),
            threshold: ThresholdId(row.threshold),
            measure: word("alarm.measure", &row.measure)?,
            service: row.service.map(ServiceId),
            queue: row.queue.map(QueueId),
            scope: row.scope.map(StructureId),
            over: row.over_value,
            value: row.value,
            worst: row.worst,
            letters: row.letters,
            raised_at: row.raised_at.into(),
            fell_at: row.fell_at.map(Into::into),
            seen_at: row.seen_at.map(Into::into),
            seen_by: row.seen_by.map(UserId),
        })
    }
}

/// Raises one. That a threshold has one that stands already is refused by the table itself.
pub async fn raise(tx: &Tx, id: ThresholdId, threshold: &Threshold, value: i64, now: DateTime<Utc>) -> Result<AlarmId> {
    let row = ActiveModel {
        id: NotSet,
        threshold: Set(id.0),
        measure: Set(threshold.measure.to_string()),
        service: Set(threshold.service.as_ref().map(|s| s.0.clone())),
        queue: Set(threshold.queue.as_ref().map(|q| q.0.clone())),
        scope: Set(threshold.scope.as_ref().map(|s| s.0.clone())),
        over_value: Set(threshold.bounds.over),
        value: Set(value),
        worst: Set(value),
        letters: Set(0),
        raised_at: Set(now.into()),
        fell_at: Set(None),
        seen_at: Set(None),
        seen_by: Set(None),
    };
    Ok(AlarmId(Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// The alarm of a threshold that stands.
pub async fn standing_of(connection: &impl ConnectionTrait, threshold: ThresholdId) -> Result<Option<Stored>> {
    let row = Entity::find()
        .filter(Column::Threshold.eq(threshold.0))
        .filter(Column::FellAt.is_null())
        .one(connection)
        .await?;
    row.map(Stored::try_from).transpose()
}

/// Stores what was measured last, and that its addresses were told once more.
pub async fn measured(tx: &Tx, alarm: &Stored, value: i64, told: bool) -> Result<()> {
    let mut update = Entity::update_many()
        .col_expr(Column::Value, Expr::value(value))
        .col_expr(Column::Worst, Expr::value(Ord::max(alarm.worst, value)));
    if told {
        update = update.col_expr(Column::Letters, Expr::col(Column::Letters).add(1));
    }
    update.filter(Column::Id.eq(alarm.id.0)).exec(tx).await?;
    Ok(())
}

/// It is over.
pub async fn fall(tx: &Tx, id: AlarmId, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::FellAt, Expr::value(At::from(now)))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Somebody says that they know of it; false when somebody had before.
pub async fn see(tx: &Tx, id: AlarmId, by: UserId, now: DateTime<Utc>) -> Result<bool> {
    let changed = Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(At::from(now)))
        .col_expr(Column::SeenBy, Expr::value(by.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::SeenAt.is_null())
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

pub async fn load(connection: &impl ConnectionTrait, id: AlarmId) -> Result<Option<Stored>> {
    Entity::find_by_id(id.0).one(connection).await?.map(Stored::try_from).transpose()
}

/// Those that stand, within a structure when one is named; the latest first.
pub async fn standing(connection: &impl ConnectionTrait, scope: Option<&StructureId>) -> Result<Vec<Stored>> {
    let mut query = Entity::find().filter(Column::FellAt.is_null()).order_by_desc(Column::Id);
    if let Some(scope) = scope {
        query = query.filter(Column::Scope.eq(scope.as_str()));
    }
    query.all(connection).await?.into_iter().map(Stored::try_from).collect()
}

/// Those that are over, within a structure when one is named, before this one; the latest first.
pub async fn past(
    connection: &impl ConnectionTrait,
    scope: Option<&StructureId>,
    before: Option<AlarmId>,
    limit: u64,
) -> Result<Vec<Stored>> {
    let mut query = Entity::find().filter(Column::FellAt.is_not_null()).order_by_desc(Column::Id).limit(limit);
    if let Some(scope) = scope {
        query = query.filter(Column::Scope.eq(scope.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before.0));
    }
    query.all(connection).await?.into_iter().map(Stored::try_from).collect()
}
