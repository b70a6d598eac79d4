//! Every row of a database, table by table, as whoever looks into it from beside finds them.

use db::Db;
use std::collections::BTreeMap;

/// The rows of each table, each as a line, in the order of the lines.
pub type Rows = BTreeMap<String, Vec<String>>;

/// All rows of a database; nothing in it is changed.
pub async fn rows(database: &db::Settings) -> Rows {
    let db = Db::open(database, false).await.unwrap();
    let all = rows_of(&db).await;
    db.close().await.unwrap();
    all
}

/// All rows of a database that is open.
pub async fn rows_of(db: &Db) -> Rows {
    let view = db.view().await.unwrap();
    let mut all = Rows::new();
    for table in db::dump::shape(&view).await.unwrap().tables {
        let mut lines = Vec::new();
        db::dump::rows::<db::Error>(&view, &table, |line| {
            lines.push(line.to_owned());
            Ok(())
        })
        .await
        .unwrap();
        lines.sort_unstable();
        all.insert(table.name, lines);
    }
    all
}
