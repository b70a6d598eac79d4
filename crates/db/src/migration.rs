//! The tables, version by version. A migration is never changed once it is released; the next one changes the tables.

/// A version of the tables: its name, and how they come to it, all of it or nothing.
macro_rules! version {
    ($name:literal, $up:ident) => {
        pub struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &str {
                $name
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $up(manager).await
            }
        }
    };
}
use version;

mod m0001_office;
mod m0002_indexes;
mod m0003_records;
mod m0004_staff;
mod m0005_privacy;
mod m0006_services;
mod m0007_team;
mod m0008_solution;
mod m0009_erasure;
mod m0010_slice;
mod m0011_calls;
mod m0012_leader;
mod m0013_closing;
mod m0014_beside;
mod m0015_recordings;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager};

/// The tables as they are written, for tests that look at their indexes.
#[cfg(test)]
pub(crate) fn tables() -> String {
    let all = [
        m0001_office::TABLES,
        m0002_indexes::INDEXES,
        m0003_records::TABLES,
        m0003_records::INDEXES,
        m0004_staff::TABLES,
        m0005_privacy::TABLES,
        m0005_privacy::INDEXES,
        m0006_services::TABLES,
        m0007_team::TABLES,
        m0008_solution::TABLES,
        m0009_erasure::TABLES,
        m0010_slice::INDEXES,
        m0011_calls::TABLES,
        m0012_leader::TABLES,
        m0013_closing::TABLES,
        m0014_beside::TABLES,
        m0015_recordings::INDEXES,
    ];
    all.join(";")
}

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_office::Migration),
            Box::new(m0002_indexes::Migration),
            Box::new(m0003_records::Migration),
            Box::new(m0004_staff::Migration),
            Box::new(m0005_privacy::Migration),
            Box::new(m0006_services::Migration),
            Box::new(m0007_team::Migration),
            Box::new(m0008_solution::Migration),
            Box::new(m0009_erasure::Migration),
            Box::new(m0010_slice::Migration),
            Box::new(m0011_calls::Migration),
            Box::new(m0012_leader::Migration),
            Box::new(m0013_closing::Migration),
            Box::new(m0014_beside::Migration),
            Box::new(m0015_recordings::Migration),
        ]
    }
}

/// Which migrations made the tables of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    pub applied: Vec<String>,
    /// Those that this version knows and the database has not.
    pub pending: Vec<String>,
    /// Those that the database has and this version does not know: a newer one made them.
    pub unknown: Vec<String>,
}

/// The migrations that this version knows, in their order.
#[must_use]
pub fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// What has been made of a database; nothing is made by asking.
pub async fn schema(connection: &impl ConnectionTrait) -> Result<Schema, DbErr> {
    let (known, applied) = (known(), applied(connection).await?);
    let pending = known.iter().filter(|name| !applied.contains(name)).cloned().collect();
    let unknown = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
    Ok(Schema { applied, pending, unknown })
}

/// The migrations that a database has had, in their order; none where there is not even their list.
pub(crate) async fn applied(connection: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = connection.get_database_backend();
    let there = match backend {
        DbBackend::Postgres => "SELECT to_regclass('seaql_migrations') IS NOT NULL AS there",
        _ => "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations') AS there",
    };
    let row = connection.query_one_raw(Statement::from_string(backend, there)).await?;
    if !row.map(|row| row.try_get::<bool>("", "there")).transpose()?.unwrap_or_default() {
        return Ok(Vec::new());
    }
    let list = "SELECT version FROM seaql_migrations ORDER BY version";
    let rows = connection.query_all_raw(Statement::from_string(backend, list)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()
}

/// Runs statements that are written once for both engines: `{pk}`, `{json}`, `{bytes}` stand for what each calls its
/// counting key, its JSON and its bytes.
async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let words: [(&str, &str); 3] = match connection.get_database_backend() {
        DbBackend::Postgres => {
            [("{pk}", "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"), ("{json}", "jsonb"), ("{bytes}", "bytea")]
        }
        _ => [("{pk}", "integer PRIMARY KEY AUTOINCREMENT"), ("{json}", "text"), ("{bytes}", "blob")],
    };
    for statement in statements.split(';').map(str::trim).filter(|s| !s.is_empty()) {
        let sql = words.iter().fold(statement.to_owned(), |sql, (mark, word)| sql.replace(mark, word));
        connection.execute_unprepared(&sql).await?;
    }
    Ok(())
}
