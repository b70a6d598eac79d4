//! Jobs: work that the centre does by itself, one row a key. A recurring job puts itself in again for its next time.

use crate::at::At;
use crate::lease::{self, End};
use crate::{Result, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use model::JobId;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key: String,
    pub kind: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    pub state: String,
    pub tries: i64,
    pub run_at: At,
    pub leased_until: Option<At>,
    pub leased_by: Option<String>,
    pub error: Option<String>,
    pub created_at: At,
    pub done_at: Option<At>,
    /// When it was last done or tried.
    pub ran_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A job in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub key: String,
    pub kind: String,
    pub payload: serde_json::Value,
    pub state: String,
    pub tries: u32,
    pub error: Option<String>,
    pub run_at: DateTime<Utc>,
    pub ran_at: Option<DateTime<Utc>>,
    /// Somebody has it in hand until then.
    pub leased_until: Option<DateTime<Utc>>,
}

impl From<Model> for Job {
    fn from(row: Model) -> Self {
        Self {
            id: JobId(row.id),
            key: row.key,
            kind: row.kind,
            payload: row.payload,
            state: row.state,
            tries: u32::try_from(row.tries).unwrap_or(u32::MAX),
            error: row.error,
            run_at: row.run_at.into(),
            ran_at: row.ran_at.map(Into::into),
            leased_until: row.leased_until.map(Into::into),
        }
    }
}

/// Puts a job in; one with the same key that is there already stays as it is, unless it was given up: then it begins
/// again.
pub async fn put(
    tx: &Tx,
    key: &str,
    kind: &str,
    payload: serde_json::Value,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = ActiveModel {
        id: NotSet,
        key: Set(key.to_owned()),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        state: Set("ready".to_owned()),
        tries: Set(0),
        run_at: Set(run_at.into()),
        leased_until: Set(None),
        leased_by: Set(None),
        error: Set(None),
        created_at: Set(now.into()),
        done_at: Set(None),
        ran_at: NotSet,
    };
    let again = OnConflict::column(Column::Key)
        .update_columns([Column::State, Column::Tries, Column::RunAt, Column::DoneAt])
        .action_and_where(Column::State.eq("dead"))
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    tx.event_appended();
    Ok(())
}

/// Claims what is due, oldest first.
pub async fn claim(
    tx: &Tx,
    kinds: &[&str],
    who: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u64,
) -> Result<Vec<Job>> {
    let ids = lease::claim(tx, "job", kinds, who, now, lease, limit).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// It is done for good.
pub async fn done(tx: &Tx, id: JobId, who: &str, now: DateTime<Utc>) -> Result<()> {
    lease::end(tx, "job", id.0, who, now, End::Done).await?;
    Ok(())
}

/// It is done for this time, and due again at `next`.
pub async fn done_until(tx: &Tx, id: JobId, who: &str, now: DateTime<Utc>, next: DateTime<Utc>) -> Result<()> {
    if lease::end(tx, "job", id.0, who, now, End::Again(next, "")).await? {
        Entity::update_many()
            .col_expr(Column::Tries, Expr::value(0))
            .col_expr(Column::RanAt, Expr::value(At::from(now).0))
            .col_expr(Column::Error, Expr::value(Option::<String>::None))
            .filter(Column::Id.eq(id.0))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// It failed: again at `again`, or never when that is `None`.
pub async fn failed(
    tx: &Tx,
    id: JobId,
    who: &str,
    now: DateTime<Utc>,
    again: Option<DateTime<Utc>>,
    why: &str,
) -> Result<()> {
    let end = again.map_or(End::Dead(why), |at| End::Again(at, why));
    if lease::end(tx, "job", id.0, who, now, end).await? {
        let ran = Expr::value(At::from(now).0);
        Entity::update_many().col_expr(Column::RanAt, ran).filter(Column::Id.eq(id.0)).exec(tx).await?;
    }
    Ok(())
}

/// Every recurring job, in the order of their kinds.
pub async fn recurring(connection: &impl ConnectionTrait, kinds: &[&str]) -> Result<Vec<Job>> {
    let rows = Entity::find()
        .filter(Column::Key.is_in(kinds.iter().copied()))
        .order_by_asc(Column::Kind)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Makes a job due now, also one that was given up; false when somebody has it in hand at this moment, or it is not there.
pub async fn run_now(tx: &Tx, key: &str, now: DateTime<Utc>) -> Result<bool> {
    let due = At::from(now).0;
    let changed = Entity::update_many()
        .col_expr(Column::State, Expr::value("ready"))
        .col_expr(Column::RunAt, Expr::value(due))
        .col_expr(Column::DoneAt, Expr::value(Option::<i64>::None))
        .filter(Column::Key.eq(key))
        .filter(Column::LeasedUntil.is_null().or(Column::LeasedUntil.lt(At::from(now))))
        .exec(tx)
        .await?;
    if changed.rows_affected == 1 {
        tx.event_appended();
    }
    Ok(changed.rows_affected == 1)
}

/// Jobs whose last run failed, given up or not, newest first.
pub async fn failing(connection: &impl ConnectionTrait, limit: u64) -> Result<Vec<Job>> {
    let rows = Entity::find()
        .filter(Column::State.eq("dead").or(Column::State.eq("ready").and(Column::Error.ne(""))))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}
