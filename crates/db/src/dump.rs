//! The whole database as lines of JSON, one array a row, the same for both engines: what one writes the other reads.
//! Which tables and columns there are is read from the database itself, so that a table that is new is carried along.
//! The desk's search is not: it is made anew from what it finds.

mod catalog;
mod load;

pub use load::Restoring;

use crate::{Engine, Result, View};
use futures::TryStreamExt;
use sea_orm::{ConnectionTrait, DbBackend, Statement, StreamTrait};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column holds, as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    Integer,
    Boolean,
    Text,
    /// JSON, written as the text that it is.
    Json,
    /// Bytes, written in hexadecimal.
    Bytes,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub holds: Holds,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// What stands in a database beside its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// The migrations that made its tables, in their order.
    pub migrations: Vec<String>,
    pub tables: Vec<Table>,
    /// How far each counted table has counted; more than its last row where rows were removed.
    pub counted: BTreeMap<String, i64>,
}

/// What is in the database of this view.
pub async fn shape(view: &View) -> Result<Shape> {
    Ok(Shape {
        migrations: crate::migration::applied(view).await?,
        tables: catalog::tables(view).await?,
        counted: catalog::counted(view).await?,
    })
}

/// How many rows a table has.
pub async fn count(connection: &impl ConnectionTrait, table: &Table) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM {}", quoted(&table.name));
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

/// The names under which files are stored: of attachments, recordings and sounds; an older database has not all of these.
pub async fn files(view: &View, shape: &Shape) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for table in ["attachment", "recording", "sound"] {
        if !shape.tables.iter().any(|known| known.name == table) {
            continue;
        }
        let sql = format!("SELECT DISTINCT stored_as FROM {table} WHERE stored_as IS NOT NULL ORDER BY stored_as");
        let rows = view.query_all_raw(Statement::from_string(ConnectionTrait::get_database_backend(view), sql)).await?;
        for row in rows {
            names.push(row.try_get_by_index(0)?);
        }
    }
    Ok(names)
}

/// Gives every row of a table to `take`, as a JSON array without a line break, in no order.
pub async fn rows<E: From<crate::Error>>(
    view: &View,
    table: &Table,
    mut take: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let backend = ConnectionTrait::get_database_backend(view);
    let columns: Vec<String> = table.columns.iter().map(|column| written(backend, column)).collect();
    let array = match backend {
        DbBackend::Postgres => format!("json_build_array({})::text", columns.join(", ")),
        _ => format!("json_array({})", columns.join(", ")),
    };
    let sql = format!("SELECT {array} FROM {}", quoted(&table.name));
    let mut stream =
        view.stream_raw(Statement::from_string(backend, sql)).await.map_err(|e| E::from(crate::Error::from(e)))?;
    while let Some(row) = stream.try_next().await.map_err(|e| E::from(crate::Error::from(e)))? {
        let line: String = row.try_get_by_index(0).map_err(|e| E::from(crate::Error::from(e)))?;
        take(&line)?;
    }
    Ok(())
}

/// A column as it is written into an array.
fn written(backend: DbBackend, column: &Column) -> String {
    let name = quoted(&column.name);
    match (backend, column.holds) {
        (DbBackend::Postgres, Holds::Json) => format!("{name}::text"),
        (DbBackend::Postgres, Holds::Bytes) => format!("encode({name}, 'hex')"),
        (DbBackend::Postgres, _) | (_, Holds::Integer | Holds::Text | Holds::Json) => name,
        (_, Holds::Boolean) => format!("json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"),
        (_, Holds::Bytes) => format!("CASE WHEN {name} IS NOT NULL THEN hex({name}) END"),
    }
}

/// A name as both engines take it, whatever it is.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn engine(backend: DbBackend) -> Engine {
    if backend == DbBackend::Postgres { Engine::Postgres } else { Engine::Sqlite }
}
