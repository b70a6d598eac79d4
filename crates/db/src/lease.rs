//! Work that is claimed: the same columns and the same moves for outgoing messages and for jobs. A claim is a lease, so
//! what a dead process had in hand is claimed again when the lease is over.

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DbBackend};

/// Claims due work of `kinds` for `who` until `now + lease`: the ids, oldest first.
pub(crate) async fn claim(
    tx: &Tx,
    table: &'static str,
    kinds: &[&str],
    who: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u64,
) -> Result<Vec<i64>> {
    let col = |name: &'static str| Expr::col(Alias::new(name));
    let mut due = Query::select();
    due.column(Alias::new("id"))
        .from(Alias::new(table))
        // Written out, as in the index whose condition it is.
        .and_where(Expr::cust("state = 'ready'"))
        .and_where(col("run_at").lte(At::from(now).0))
        .and_where(col("kind").is_in(kinds.iter().copied()))
        .cond_where(col("leased_until").is_null().or(col("leased_until").lt(At::from(now).0)))
        .order_by(Alias::new("run_at"), sea_orm::sea_query::Order::Asc)
        .order_by(Alias::new("id"), sea_orm::sea_query::Order::Asc)
        .limit(limit);
    if tx.get_database_backend() == DbBackend::Postgres {
        due.lock_with_behavior(sea_orm::sea_query::LockType::Update, sea_orm::sea_query::LockBehavior::SkipLocked);
    }
    let ids: Vec<i64> =
        tx.query_all(&due).await?.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(ids);
    }
    let update = Query::update()
        .table(Alias::new(table))
        .value(Alias::new("leased_until"), At::from(now + lease).0)
        .value(Alias::new("leased_by"), who)
        .value(Alias::new("tries"), col("tries").add(1))
        .and_where(col("id").is_in(ids.iter().copied()))
        .to_owned();
    tx.execute(&update).await?;
    Ok(ids)
}

/// How a claimed piece of work ended.
pub(crate) enum End<'a> {
    Done,
    /// To be tried again at this time.
    Again(DateTime<Utc>, &'a str),
    /// Given up: a dead letter, until a person sends it again.
    Dead(&'a str),
}

/// Stores how it ended and gives the lease back; nothing happens when somebody else has the lease by now.
pub(crate) async fn end(
    tx: &Tx,
    table: &'static str,
    id: i64,
    who: &str,
    now: DateTime<Utc>,
    end: End<'_>,
) -> Result<bool> {
    let col = |name: &'static str| Expr::col(Alias::new(name));
    let (state, run_at, error, done_at): (&str, Option<i64>, Option<String>, Option<i64>) = match end {
        End::Done => ("done", None, None, Some(At::from(now).0)),
        End::Again(at, why) => ("ready", Some(At::from(at).0), Some(why.chars().take(500).collect()), None),
        End::Dead(why) => ("dead", None, Some(why.chars().take(500).collect()), Some(At::from(now).0)),
    };
    let mut update = Query::update();
    update
        .table(Alias::new(table))
        .value(Alias::new("state"), state)
        .value(Alias::new("error"), error)
        .value(Alias::new("done_at"), done_at)
        .value(Alias::new("leased_until"), SimpleExpr::Keyword(sea_orm::sea_query::Keyword::Null))
        .and_where(col("id").eq(id))
        .and_where(col("leased_by").eq(who))
        .and_where(col("state").eq("ready"));
    if let Some(run_at) = run_at {
        update.value(Alias::new("run_at"), run_at);
    }
    Ok(tx.execute(&update).await?.rows_affected() == 1)
}
