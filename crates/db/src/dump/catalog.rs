//! What each engine says of its tables.

use super::{Column, Holds, Table, quoted};
use crate::{Engine, Error, Result};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::collections::BTreeMap;

// Neither the search nor the list of migrations is carried along: both are made where they are needed.
const SQLITE: &str = "SELECT m.name AS table_name, p.name AS column_name, lower(p.type) AS type \
    FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    AND m.name <> 'search' AND m.name NOT LIKE 'search\\_%' ESCAPE '\\' AND m.name <> 'seaql_migrations' \
    ORDER BY m.name, p.cid";
const POSTGRES: &str = "SELECT c.table_name::text AS table_name, c.column_name::text AS column_name, \
    c.udt_name::text AS type FROM information_schema.columns c JOIN information_schema.tables t \
    ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' \
    WHERE c.table_schema = current_schema() AND c.table_name NOT IN ('search', 'seaql_migrations') \
    ORDER BY c.table_name, c.ordinal_position";

pub(super) async fn tables(connection: &impl ConnectionTrait) -> Result<Vec<Table>> {
    let backend = connection.get_database_backend();
    let sql = if backend == DbBackend::Postgres { POSTGRES } else { SQLITE };
    let mut tables: Vec<Table> = Vec::new();
    for row in connection.query_all_raw(Statement::from_string(backend, sql)).await? {
        let (table, name): (String, String) = (row.try_get("", "table_name")?, row.try_get("", "column_name")?);
        let column = Column { holds: holds(&table, &name, &row.try_get::<String>("", "type")?)?, name };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

fn holds(table: &str, column: &str, of: &str) -> Result<Holds> {
    Ok(match of {
        "integer" | "bigint" | "int8" | "int4" => Holds::Integer,
        "boolean" | "bool" => Holds::Boolean,
        "text" | "varchar" => Holds::Text,
        "jsonb" => Holds::Json,
        "blob" | "bytea" => Holds::Bytes,
        other => {
            return Err(Error::Other(format!("column {table}.{column} is of a type that no backup holds: {other}")));
        }
    })
}

/// How far each counted table has counted.
pub(super) async fn counted(connection: &impl ConnectionTrait) -> Result<BTreeMap<String, i64>> {
    let backend = connection.get_database_backend();
    let mut counted = BTreeMap::new();
    if super::engine(backend) == Engine::Sqlite {
        let rows = connection.query_all_raw(Statement::from_string(backend, "SELECT name, seq FROM sqlite_sequence"));
        for row in rows.await.or_else(nothing_counted)? {
            counted.insert(row.try_get("", "name")?, row.try_get("", "seq")?);
        }
        return Ok(counted);
    }
    for (table, column) in identities(connection).await? {
        let sequence = sequence(connection, &table, &column).await?;
        let sql = format!("SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}");
        let row = connection.query_one_raw(Statement::from_string(backend, sql)).await?;
        counted.insert(table, row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default());
    }
    Ok(counted)
}

/// An SQLite database in which nothing was ever counted has no such table.
fn nothing_counted(error: sea_orm::DbErr) -> Result<Vec<sea_orm::QueryResult>> {
    if error.to_string().contains("no such table") { Ok(Vec::new()) } else { Err(error.into()) }
}

/// PostgreSQL's tables that count, with the column that is counted.
pub(super) async fn identities(connection: &impl ConnectionTrait) -> Result<Vec<(String, String)>> {
    const SQL: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
        WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name";
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Postgres, SQL)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// The name of the sequence that counts a column, as SQL takes it.
pub(super) async fn sequence(connection: &impl ConnectionTrait, table: &str, column: &str) -> Result<String> {
    let values = [quoted(table).into(), column.into()];
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, "SELECT pg_get_serial_sequence($1, $2)", values);
    let found: Option<String> =
        connection.query_one_raw(asked).await?.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    found.ok_or_else(|| Error::Other(format!("column {table}.{column} has no sequence")))
}
