//! All that has happened, as the log has it.

use crate::eventually;
use db::Db;
use model::event::{Position, Record};

/// Every event that is written by now. On PostgreSQL one is to be seen once no older transaction is open, and other stories
/// have theirs in the same server.
pub async fn log(db: &Db) -> Vec<Record> {
    let view = db.view().await.unwrap();
    let tables = db::dump::shape(&view).await.unwrap().tables;
    let events = tables.iter().find(|table| table.name == "event").unwrap();
    let written = db::dump::count(&view, events).await.unwrap();
    // An open view would keep others from seeing what was written since.
    drop(view);
    eventually("all that was written is to be seen", async || {
        let all = db::event::after(db.read(), Position::default(), 10_000).await.unwrap();
        (all.len() as u64 >= written).then_some(all)
    })
    .await
}
