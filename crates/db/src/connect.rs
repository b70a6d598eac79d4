//! Opening the database: SQLite in the data folder, or PostgreSQL by its address.

use crate::error::is_busy;
use crate::writer::{self, Writer};
use crate::{Error, Result, Tx, migration};
use futures::future::BoxFuture;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Which database this is. Differences between the two stand side by side in this crate, one place each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where the database is and how many connections it may have.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `postgres://…`, or nothing for SQLite in `data`.
    pub url: Option<String>,
    pub data: PathBuf,
    /// Connections to PostgreSQL, half of them for writing; or readers of SQLite.
    pub connections: u32,
}

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    /// The file of an SQLite database.
    file: Option<PathBuf>,
    reader: DatabaseConnection,
    writer: Writer,
    committed: watch::Sender<u64>,
}

impl Db {
    /// Opens the database, waiting at most `patience` for it, and brings its tables up to date when `migrate` is set.
    ///
    /// # Errors
    /// When it cannot be reached, opened or migrated.
    pub async fn open(settings: &Settings, migrate: bool) -> Result<Self> {
        let (committed, _) = watch::channel(0);
        if let Some(url) = &settings.url {
            let reader = Database::connect(postgres_options(settings, url)).await?;
            if migrate {
                bring_up_to_date(&reader).await?;
                crate::event::mend_order(&reader).await?;
            }
            let mut options = postgres_options(settings, url);
            // Every transaction's first statement is such a test.
            options.test_before_acquire(false);
            let writer = Writer::Pool { pool: Database::connect(options).await?, size: half(settings.connections) };
            return Ok(Self { engine: Engine::Postgres, file: None, reader, writer, committed });
        }
        std::fs::create_dir_all(&settings.data)
            .map_err(|e| Error::Unavailable(format!("cannot make the data folder {}: {e}", settings.data.display())))?;
        let single = sqlite_options(settings, 1, WRITER_CACHE);
        let connection = opened(&single).await?;
        if migrate {
            bring_up_to_date(&connection).await?;
        }
        let readers = settings.connections.clamp(1, SQLITE_READERS);
        let reader = opened(&sqlite_options(settings, readers, READER_CACHE)).await?;
        let writer = writer::start_sqlite(connection, single, committed.clone())?;
        let file = Some(settings.data.join(SQLITE_FILE));
        Ok(Self { engine: Engine::Sqlite, file, reader, writer, committed })
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Returns when the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn answers(&self) -> Result<()> {
        Ok(self.reader.ping().await?)
    }

    /// A connection for reading.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Looks at what depends on the server that a database stands on, as it may have been moved to another.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mend(&self) -> Result<()> {
        match self.engine {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => crate::event::mend_order(&self.reader).await,
        }
    }

    /// Opens a database as a version left it that knew so many migrations only: for the stories of upgrades.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_at(settings: &Settings, migrations: u32) -> Result<Self> {
        let db = Self::open(settings, false).await?;
        migration::Migrator::up(&db.reader, Some(migrations)).await?;
        Ok(db)
    }

    /// Which migrations made its tables, and which are still to be made.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn schema(&self) -> Result<migration::Schema> {
        Ok(migration::schema(&self.reader).await?)
    }

    /// True when nobody has worked with it yet: no staff, no person, no contact, no case.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_untouched(&self) -> Result<bool> {
        if migration::applied(&self.reader).await?.is_empty() {
            return Ok(true);
        }
        for table in ["staff", "person", "contact", "cases"] {
            let sql = format!("SELECT 1 FROM {table} LIMIT 1");
            let backend = self.reader.get_database_backend();
            if self.reader.query_one_raw(Statement::from_string(backend, sql)).await?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// SQLite: writes what stands in the log into the file and empties the log, so that what was erased stands in neither.
    /// False while somebody reads what the log holds. PostgreSQL's log is its own.
    ///
    /// # Errors
    /// When the file cannot be opened or written.
    pub async fn empty_log(&self) -> Result<bool> {
        match &self.file {
            Some(file) => empty_log(file).await,
            None => Ok(true),
        }
    }

    /// Closes it.
    ///
    /// # Errors
    /// When a connection does not close.
    pub async fn close(self) -> Result<()> {
        if let Writer::Pool { pool, .. } = &self.writer {
            pool.clone().close().await?;
        }
        Ok(self.reader.close().await?)
    }

    /// Ticks after every commit of this process that appended an event.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// Runs one use case in one transaction and returns after the commit. An error undoes all that the use case did.
    ///
    /// # Errors
    /// The use case's own, or [`Error`] when the commit fails: then nothing of it is kept.
    pub async fn write<T, E, F>(&self, use_case: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        match &self.writer {
            Writer::Pool { pool, size } => writer::in_pool(pool, *size, &self.committed, use_case).await,
            Writer::Single(queue) => writer::in_queue(queue, use_case).await,
        }
    }
}

/// PostgreSQL: how many other connections of this program are open to the database, of whichever process. An SQLite
/// database is its data folder's, and whoever works on that holds a lock there.
///
/// # Errors
/// When the database does not answer.
pub async fn others_at_work(settings: &Settings) -> Result<u64> {
    const OTHERS: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND application_name = 'lineaamica' AND pid <> pg_backend_pid()";
    let Some(url) = &settings.url else { return Ok(0) };
    let mut options = postgres_options(settings, url);
    options.max_connections(1);
    let connection = Database::connect(options).await?;
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, OTHERS)).await?;
    let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    connection.close().await?;
    Ok(count.unsigned_abs())
}

/// The database in the data folder.
pub const SQLITE_FILE: &str = "lineaamica.sqlite";

/// How long another process that works with SQLite is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Readers of SQLite at the most: each holds a cache of its own, and a thread.
const SQLITE_READERS: u32 = 8;
/// `cache_size` of the one writer and of each reader, in KiB (negative, as SQLite wants it).
const WRITER_CACHE: &str = "-16000";
const READER_CACHE: &str = "-4000";

/// Opens connections to an SQLite database. While another process makes the file, or is the last to leave it, nobody else can
/// open it, and that is no lock that SQLite itself waits for.
async fn opened(options: &ConnectOptions) -> Result<DatabaseConnection> {
    let began = Instant::now();
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_busy(&error) && began.elapsed() < PATIENCE => {}
            outcome => return Ok(outcome?),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Makes and changes tables. Another process that starts at the same time may be at it too: what fails because of it
/// is found done a moment later.
async fn bring_up_to_date(connection: &DatabaseConnection) -> Result<()> {
    let mut tries = 0;
    loop {
        match migration::Migrator::up(connection, None).await {
            Err(_) if tries < 5 => tries += 1,
            outcome => return Ok(outcome?),
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

pub(crate) fn postgres_options(settings: &Settings, url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(half(settings.connections))
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|o| {
            o.options([
                ("lock_timeout", "10s"),
                ("idle_in_transaction_session_timeout", "60s"),
                ("application_name", "lineaamica"),
                // Pages ask for a few rows out of many, by an index made for each list. An index that was much larger
                // once, as after a year brought in at a stroke, looks so dear that the whole table would be read
                // instead, and by several processes for one page.
                ("random_page_cost", "1.1"),
                ("max_parallel_workers_per_gather", "0"),
            ])
        });
    options
}

/// What reading and writing each have of the connections to PostgreSQL.
fn half(connections: u32) -> u32 {
    connections.div_ceil(2).max(1)
}

fn sqlite_options(settings: &Settings, connections: u32, cache: &'static str) -> ConnectOptions {
    let file = settings.data.join(SQLITE_FILE);
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |o| {
            o.journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                // Another process (an import beside the server) may hold the one write lock for a while.
                .busy_timeout(PATIENCE)
                .statement_cache_capacity(256)
                .pragma("cache_size", cache)
                .pragma("temp_store", "memory")
                // What is erased is overwritten: not its row alone, but every page it has ever stood on.
                .pragma("secure_delete", "on")
                .pragma("wal_autocheckpoint", "4000")
                .optimize_on_close(true, Some(400))
        });
    options
}

/// A file that is filled in one go and worth nothing before it is whole.
pub(crate) fn restoring_options(file: &Path) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options.max_connections(1).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|o| {
        o.journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .pragma("cache_size", "-64000")
            .pragma("temp_store", "memory")
    });
    options
}

/// Writes what stands in an SQLite database's log into its file, so that the file alone is all of it.
pub(crate) async fn settle(file: &Path) -> Result<()> {
    let options = beside(file, SqliteJournalMode::Delete, Duration::from_secs(5));
    Ok(Database::connect(options).await?.close().await?)
}

async fn empty_log(file: &Path) -> Result<bool> {
    // Nobody writes while readers are waited for, so they are not waited for long.
    let connection = Database::connect(beside(file, SqliteJournalMode::Wal, Duration::from_millis(500))).await?;
    let checkpoint = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = connection.query_one_raw(checkpoint).await;
    connection.close().await?;
    let busy: i64 = row?.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(busy == 0)
}

/// One more connection to an SQLite database that is there.
fn beside(file: &Path, journal: SqliteJournalMode, patience: Duration) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", file.display()));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |o| o.journal_mode(journal).busy_timeout(patience));
    options
}
