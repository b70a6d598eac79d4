//! Rows brought back into tables that are made for them. The new database takes its place only when all of it stands:
//! on PostgreSQL everything is one transaction; on SQLite it is made as a file beside the one that is there.

use super::{Column, Holds, Shape, Table, catalog, quoted};
use crate::migration::Migrator;
use crate::secret::INSTALLATION;
use crate::to_erase::Erased;
use crate::{Engine, Error, Result, Settings, connect};
use sea_orm::{AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement};
use sea_orm::{Database, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the new file of an SQLite database is called until it takes its place.
const UNFINISHED: &str = "lineaamica.sqlite.restoring";

/// A database that is being filled.
pub struct Restoring {
    tx: DatabaseTransaction,
    connection: DatabaseConnection,
    engine: Engine,
    /// PostgreSQL: the references between tables, put back when every row is there.
    references: Vec<Reference>,
    /// The tables as they are made here.
    made: Vec<Table>,
    data: PathBuf,
}

struct Reference {
    table: String,
    name: String,
    definition: String,
}

impl Restoring {
    /// Makes the tables as those migrations left them, all of which must be known here.
    ///
    /// # Errors
    /// When the database does not answer or a table cannot be made.
    pub async fn begin(settings: &Settings, shape: &Shape) -> Result<Self> {
        let engine = if settings.url.is_some() { Engine::Postgres } else { Engine::Sqlite };
        if engine == Engine::Sqlite {
            std::fs::create_dir_all(&settings.data).map_err(|e| unavailable(&settings.data, &e))?;
            discard(settings)?;
        }
        let connection = match &settings.url {
            Some(url) => Database::connect(connect::postgres_options(settings, url)).await?,
            None => Database::connect(connect::restoring_options(&settings.data.join(UNFINISHED))).await?,
        };
        let tx = connection.begin_with_config(None, Some(AccessMode::ReadWrite)).await?;
        let mut this =
            Self { tx, connection, engine, references: Vec::new(), made: Vec::new(), data: settings.data.clone() };
        if engine == Engine::Postgres {
            this.drop_what_is_there().await?;
        }
        let steps = u32::try_from(shape.migrations.len()).unwrap_or(u32::MAX);
        Migrator::up(&this.tx, Some(steps)).await?;
        if engine == Engine::Postgres {
            this.put_references_aside().await?;
        }
        let made = catalog::tables(&this.tx).await?;
        for table in &shape.tables {
            let there = made.iter().find(|made| made.name == table.name);
            let lacks = |column: &&Column| !there.is_some_and(|t| t.columns.iter().any(|c| c.name == column.name));
            if let Some(column) = table.columns.iter().find(lacks) {
                return Err(Error::Other(format!("there is no column {}.{} to restore", table.name, column.name)));
            }
        }
        for table in &made {
            this.tx.execute_unprepared(&format!("DELETE FROM {}", quoted(&table.name))).await?;
        }
        this.made = made;
        Ok(this)
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Stores rows, which are a JSON array of arrays.
    ///
    /// # Errors
    /// When one of them cannot be stored.
    pub async fn rows(&self, table: &Table, rows: String) -> Result<()> {
        let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let backend = self.tx.get_database_backend();
        let there = self.made.iter().find(|made| made.name == table.name);
        // What a column holds is what it holds here: JSON is text to SQLite.
        let here = |column: &Column| {
            let made = there.and_then(|table| table.columns.iter().find(|made| made.name == column.name));
            made.map_or(column.holds, |made| made.holds)
        };
        let made: Vec<Holds> = table.columns.iter().map(here).collect();
        let values: Vec<String> = made.iter().enumerate().map(|(at, holds)| read(backend, at, *holds)).collect();
        let from = match backend {
            DbBackend::Postgres => "jsonb_array_elements($1::jsonb) AS row (value)",
            _ => "json_each($1) AS row",
        };
        let sql = format!(
            "INSERT INTO {} ({}) SELECT {} FROM {from}",
            quoted(&table.name),
            names.join(", "),
            values.join(", ")
        );
        self.tx.execute_raw(Statement::from_sql_and_values(backend, sql, [rows.into()])).await?;
        Ok(())
    }

    /// Brings the tables up to date, puts references and counts in order, and makes the search anew.
    ///
    /// # Errors
    /// When something refers to what is not there.
    pub async fn complete(&self, counted: &BTreeMap<String, i64>) -> Result<()> {
        for Reference { table, name, definition } in &self.references {
            let sql = format!("ALTER TABLE {} ADD CONSTRAINT {} {definition}", quoted(table), quoted(name));
            self.tx.execute_unprepared(&sql).await?;
        }
        Migrator::up(&self.tx, None).await?;
        match self.engine {
            Engine::Sqlite => self.count_on_sqlite(counted).await?,
            Engine::Postgres => self.count_on_postgres(counted).await?,
        }
        crate::search::rebuild(&self.tx).await?;
        if self.engine == Engine::Sqlite {
            // Positions in the log are counted by rows alone here.
            self.tx.execute_unprepared("UPDATE event SET tx = 0 WHERE tx <> 0").await?;
            let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check");
            if let Some(row) = self.tx.query_one_raw(check).await? {
                let table: String = row.try_get_by_index(0)?;
                return Err(Error::Other(format!("a row of {table} refers to what is not there")));
            }
        } else {
            crate::event::mend_order(&self.tx).await?;
        }
        self.tx.execute_unprepared("ANALYZE").await?;
        Ok(())
    }

    /// Notes who was erased since in the database that this one replaces, where that is of the same installation: persons
    /// of another are others, whatever their numbers.
    ///
    /// # Errors
    /// When they cannot be noted.
    pub async fn note_erased(&self, installation: &[u8], erased: &Erased) -> Result<()> {
        match crate::secret::get(&self.tx, INSTALLATION).await? {
            Some(ours) if ours == installation => crate::to_erase::put(&self.tx, erased).await,
            _ => Ok(()),
        }
    }

    async fn count_on_sqlite(&self, counted: &BTreeMap<String, i64>) -> Result<()> {
        for (table, last) in counted {
            for sql in [
                "INSERT INTO sqlite_sequence (name, seq) SELECT $1, $2 \
                 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)",
                "UPDATE sqlite_sequence SET seq = $2 WHERE name = $1 AND seq < $2",
            ] {
                let values = [table.as_str().into(), (*last).into()];
                self.tx.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await?;
            }
        }
        Ok(())
    }

    async fn count_on_postgres(&self, counted: &BTreeMap<String, i64>) -> Result<()> {
        for (table, column) in catalog::identities(&self.tx).await? {
            let sequence = catalog::sequence(&self.tx, &table, &column).await?;
            let last = counted.get(&table).copied().unwrap_or_default();
            let sql = format!(
                "SELECT setval('{}', GREATEST({last}, COALESCE(MAX({column}), 0), 1), \
                 GREATEST({last}, COALESCE(MAX({column}), 0)) > 0) FROM {}",
                sequence.replace('\'', "''"),
                quoted(&table),
                column = quoted(&column),
            );
            self.tx.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        }
        Ok(())
    }

    /// Lets the new database take the place of the one that is there. On SQLite the old one's file stands aside under
    /// the name that is returned; on PostgreSQL it is gone.
    ///
    /// # Errors
    /// When it cannot: then the old one stands.
    pub async fn take_place(self, aside: &str) -> Result<Option<PathBuf>> {
        let Self { tx, connection, engine, data, .. } = self;
        tx.commit().await?;
        connection.close().await?;
        if engine == Engine::Postgres {
            return Ok(None);
        }
        let (fresh, place) = (data.join(UNFINISHED), data.join(connect::SQLITE_FILE));
        let failed = |e: std::io::Error| unavailable(&place, &e);
        std::fs::File::open(&fresh).and_then(|file| file.sync_all()).map_err(failed)?;
        let mut old = None;
        if place.is_file() {
            // Its log is written into it first; where it cannot be read, the log stands aside with it.
            if let Err(error) = connect::settle(&place).await {
                tracing::debug!(%error, "the database that is replaced does not take its log");
            }
            let kept = data.join(aside);
            std::fs::hard_link(&place, &kept).map_err(failed)?;
            old = Some(kept);
        }
        // Beside another database a log would be taken for that one's.
        for end in ["-wal", "-shm", "-journal"] {
            let log = ended(&place, end);
            let gone = match &old {
                Some(kept) => std::fs::rename(&log, ended(kept, end)),
                None => std::fs::remove_file(&log),
            };
            gone.or_else(|e| if e.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(failed(e)) })?;
        }
        std::fs::rename(&fresh, &place).map_err(failed)?;
        std::fs::File::open(&data).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(old)
    }

    /// Leaves everything as it was.
    pub async fn give_up(self) {
        let Self { tx, connection, engine, data, .. } = self;
        // A transaction that is not committed is undone, whether it can be told so or not.
        let _ = tx.rollback().await;
        let _ = connection.close().await;
        if engine == Engine::Sqlite {
            let _ = std::fs::remove_file(data.join(UNFINISHED));
        }
    }

    async fn drop_what_is_there(&self) -> Result<()> {
        const TABLES: &str = "SELECT table_name::text FROM information_schema.tables \
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
        for row in self.tx.query_all_raw(Statement::from_string(DbBackend::Postgres, TABLES)).await? {
            let table: String = row.try_get_by_index(0)?;
            self.tx.execute_unprepared(&format!("DROP TABLE {} CASCADE", quoted(&table))).await?;
        }
        Ok(())
    }

    async fn put_references_aside(&mut self) -> Result<()> {
        const REFERENCES: &str = "SELECT r.relname::text, c.conname::text, pg_get_constraintdef(c.oid) \
            FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid \
            WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace";
        for row in self.tx.query_all_raw(Statement::from_string(DbBackend::Postgres, REFERENCES)).await? {
            let (table, name): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let sql = format!("ALTER TABLE {} DROP CONSTRAINT {}", quoted(&table), quoted(&name));
            self.tx.execute_unprepared(&sql).await?;
            self.references.push(Reference { table, name, definition: row.try_get_by_index(2)? });
        }
        Ok(())
    }
}

fn ended(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Takes away what a restore that broke off has left.
///
/// # Errors
/// When it cannot be removed.
fn discard(settings: &Settings) -> Result<()> {
    match std::fs::remove_file(settings.data.join(UNFINISHED)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unavailable(&settings.data, &error)),
        _ => Ok(()),
    }
}

/// The value at a place of a row's array.
fn read(backend: DbBackend, at: usize, holds: Holds) -> String {
    let value = format!("row.value ->> {at}");
    match (backend, holds) {
        (DbBackend::Postgres, Holds::Integer) => format!("({value})::bigint"),
        (DbBackend::Postgres, Holds::Boolean) => format!("({value})::boolean"),
        (DbBackend::Postgres, Holds::Json) => format!("({value})::jsonb"),
        (DbBackend::Postgres, Holds::Bytes) => format!("decode({value}, 'hex')"),
        (DbBackend::Postgres, Holds::Text) => format!("({value})"),
        (_, Holds::Bytes) => format!("unhex({value})"),
        (_, _) => value,
    }
}

fn unavailable(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full(format!("{}: {error}", path.display())),
        _ => Error::Unavailable(format!("{}: {error}", path.display())),
    }
}
