//! Writing. PostgreSQL takes a pooled transaction for each use case and groups their commits itself. SQLite has one
//! writer: it takes waiting use cases one after another into one transaction, a savepoint each, and commits when none
//! waits, so that one sync of the disk carries many. Either way a use case is acknowledged after its commit.

use crate::{Error, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot, watch};

/// Use cases that one commit carries at the most: bounds how long the first of them waits.
const BATCH: usize = 256;

/// The transaction of one use case.
///
/// Rows whose ids nobody needs may be written behind ([`Tx::later`]): on SQLite, where each statement is a trip to
/// another thread, they go there together, at the latest at the end and before anything is read or changed.
pub struct Tx {
    inner: DatabaseTransaction,
    behind: Mutex<Vec<Statement>>,
    appended: AtomicBool,
}

impl Tx {
    fn new(inner: DatabaseTransaction) -> Self {
        Self { inner, behind: Mutex::default(), appended: AtomicBool::new(false) }
    }

    /// Those who follow events are woken after the commit.
    pub(crate) fn event_appended(&self) {
        self.appended.store(true, Ordering::Relaxed);
    }

    /// Writes rows behind. Only for inserts that cannot be refused: an error shows at the end of the use case.
    pub(crate) async fn later(&self, insert: Statement) -> Result<(), DbErr> {
        if self.get_database_backend() != DbBackend::Sqlite {
            return self.inner.execute_raw(insert).await.map(drop);
        }
        self.behind().push(insert);
        Ok(())
    }

    fn behind(&self) -> MutexGuard<'_, Vec<Statement>> {
        self.behind.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what was put off, in its order, as one statement of several parts.
    async fn catch_up(&self) -> Result<(), DbErr> {
        let waiting = std::mem::take(&mut *self.behind());
        if waiting.is_empty() {
            return Ok(());
        }
        let mut sql = String::new();
        let mut values = Vec::new();
        for statement in waiting {
            sql.push_str(&statement.sql);
            sql.push(';');
            values.extend(statement.values.into_iter().flatten());
        }
        self.inner.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await.map(drop)
    }

    /// An insert may overtake others; everything else sees what was put off.
    async fn before(&self, sql: &str) -> Result<(), DbErr> {
        if sql.starts_with("INSERT") { Ok(()) } else { self.catch_up().await }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.before(&statement.sql).await?;
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.before(sql).await?;
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.before(&statement.sql).await?;
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.before(&statement.sql).await?;
        self.inner.query_all_raw(statement).await
    }
}

#[derive(Clone)]
pub(crate) enum Writer {
    Pool(DatabaseConnection),
    Single(mpsc::Sender<Box<dyn UseCase>>),
}

pub(crate) async fn in_pool<T, E, F>(
    pool: &DatabaseConnection,
    committed: &watch::Sender<u64>,
    use_case: F,
) -> Result<T, E>
where
    E: From<Error>,
    F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T, E>>,
{
    let tx = Tx::new(pool.begin().await.map_err(Error::from)?);
    match use_case(&tx).await {
        Ok(value) => {
            let appended = tx.appended.load(Ordering::Relaxed);
            tx.inner.commit().await.map_err(Error::from)?;
            if appended {
                committed.send_modify(|n| *n += 1);
            }
            Ok(value)
        }
        Err(error) => {
            // A connection that cannot roll back is closed by its pool, and the server rolls back.
            let _ = tx.inner.rollback().await;
            Err(error)
        }
    }
}

pub(crate) async fn in_queue<T, E, F>(queue: &mpsc::Sender<Box<dyn UseCase>>, use_case: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let waiting = Waiting { use_case: Some(use_case), outcome: None, answer };
    let gone = || Error::Unavailable("the writer has stopped".to_owned());
    queue.send(Box::new(waiting)).await.map_err(|_| gone())?;
    answered.await.map_err(|_| gone())?
}

/// A use case in the writer's hands: run inside its savepoint, answered after the commit.
pub(crate) trait UseCase: Send {
    /// True when it succeeded.
    fn run<'a>(&'a mut self, tx: &'a Tx) -> BoxFuture<'a, bool>;
    fn answer(self: Box<Self>, commit: Result<(), Error>);
}

struct Waiting<T, E, F> {
    use_case: Option<F>,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> UseCase for Waiting<T, E, F>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
{
    fn run<'a>(&'a mut self, tx: &'a Tx) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            if let Some(use_case) = self.use_case.take() {
                // A panic in one use case must not take the only writer down with it.
                self.outcome = AssertUnwindSafe(use_case(tx)).catch_unwind().await.ok();
                let caught_up = tx.catch_up().await;
                if let (Some(Ok(_)), Err(error)) = (&self.outcome, caught_up) {
                    self.outcome = Some(Err(Error::from(error).into()));
                }
            }
            matches!(self.outcome, Some(Ok(_)))
        })
    }

    fn answer(self: Box<Self>, commit: Result<(), Error>) {
        let outcome = match (self.outcome, commit) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(Error::NotCommitted("the use case broke off".to_owned()).into()),
        };
        // Whoever asked may have gone; the change stands all the same.
        let _ = self.answer.send(outcome);
    }
}

/// Starts the writer on a thread of its own: between two statements it waits for SQLite's thread, and waking a thread
/// costs a fraction of waking a runtime.
pub(crate) fn start_sqlite(
    connection: DatabaseConnection,
    options: ConnectOptions,
    committed: watch::Sender<u64>,
) -> Result<Writer> {
    let (sender, receiver) = mpsc::channel(1024);
    let runtime = tokio::runtime::Handle::current();
    let write = move || {
        let _timers_and_files = runtime.enter();
        futures::executor::block_on(write_in_turn(connection, options, receiver, committed));
    };
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(write)
        .map_err(|e| Error::Unavailable(format!("cannot start the writer: {e}")))?;
    Ok(Writer::Single(sender))
}

async fn write_in_turn(
    mut connection: DatabaseConnection,
    options: ConnectOptions,
    mut queue: mpsc::Receiver<Box<dyn UseCase>>,
    committed: watch::Sender<u64>,
) {
    while let Some(first) = queue.recv().await {
        let batch = write_batch(&connection, first, &mut queue).await;
        if let Err(error) = &batch.commit {
            tracing::error!(%error, use_cases = batch.done.len(), "a transaction was not committed");
            // The connection may be left inside a broken transaction: a fresh one is not.
            if let Ok(fresh) = Database::connect(options.clone()).await {
                let old = std::mem::replace(&mut connection, fresh);
                let _ = old.close().await;
            }
        } else if batch.appended {
            committed.send_modify(|n| *n += 1);
        }
        for use_case in batch.done {
            use_case.answer(batch.commit.clone());
        }
    }
}

struct Batch {
    done: Vec<Box<dyn UseCase>>,
    commit: Result<(), Error>,
    appended: bool,
}

async fn write_batch(
    connection: &DatabaseConnection,
    first: Box<dyn UseCase>,
    queue: &mut mpsc::Receiver<Box<dyn UseCase>>,
) -> Batch {
    let mut batch = Batch { done: Vec::new(), commit: Ok(()), appended: false };
    let options =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let outer = match connection.begin_with_options(options).await {
        Ok(outer) => outer,
        Err(error) => {
            batch.done.push(first);
            batch.commit = Err(error.into());
            return batch;
        }
    };
    let mut next = Some(first);
    while let Some(mut use_case) = next.take() {
        let step = in_savepoint(&outer, use_case.as_mut()).await;
        batch.done.push(use_case);
        match step {
            Ok(appended) => batch.appended |= appended,
            Err(error) => {
                batch.commit = Err(error);
                let _ = outer.rollback().await;
                return batch;
            }
        }
        if batch.done.len() < BATCH {
            next = queue.try_recv().ok();
        }
    }
    batch.commit = outer.commit().await.map_err(|e| Error::from(e).not_committed());
    batch
}

/// Runs one use case in a savepoint. An error here is the transaction's, not the use case's: SQLite has given up the
/// whole transaction (a full disk does that), so nobody in it can be told that their change stands.
async fn in_savepoint(outer: &DatabaseTransaction, use_case: &mut dyn UseCase) -> Result<bool, Error> {
    let tx = Tx::new(outer.begin().await?);
    if use_case.run(&tx).await {
        let appended = tx.appended.load(Ordering::Relaxed);
        tx.inner.commit().await?;
        Ok(appended)
    } else {
        tx.inner.rollback().await?;
        Ok(false)
    }
}

impl Error {
    fn not_committed(self) -> Self {
        match self {
            Self::Full(_) | Self::Unavailable(_) => self,
            other => Self::NotCommitted(other.to_string()),
        }
    }
}
