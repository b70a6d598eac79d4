//! Removes what has run out: sessions, limits, signs of life, first answers after two days, invitations after a month.

use crate::{By, Centre, Result};
use chrono::{DateTime, TimeDelta, Utc};
use db::Tx;
use futures::future::BoxFuture;

/// Rows that one use case removes: whoever writes meanwhile waits for no more than these.
const CHUNK: u64 = 1_000;

/// Removes at most so many rows of a table that are over at this time.
type Sweep = for<'a> fn(&'a Tx, DateTime<Utc>, u64) -> BoxFuture<'a, db::Result<u64>>;

pub(super) async fn run(centre: &Centre) -> Result<()> {
    let tables: [Sweep; 5] = [
        |tx, now, limit| Box::pin(db::session::sweep(tx, now, limit)),
        |tx, now, limit| Box::pin(db::throttle::sweep(tx, now, limit)),
        |tx, now, limit| Box::pin(db::presence::sweep(tx, now, limit)),
        |tx, now, limit| Box::pin(db::invitation::sweep(tx, now - TimeDelta::days(30), limit)),
        |tx, now, limit| Box::pin(db::idempotency::sweep(tx, now - TimeDelta::days(2), limit)),
    ];
    for sweep in tables {
        while centre.work(By::System, move |w| Box::pin(async move { Ok(sweep(w.tx, w.now, CHUNK).await?) })).await?
            == CHUNK
        {}
    }
    Ok(())
}
