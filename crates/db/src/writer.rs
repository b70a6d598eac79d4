//! Writing. PostgreSQL takes a pooled transaction for each use case and groups their commits itself. SQLite has one
//! writer: it takes waiting use cases one after another into one transaction, each after the first in a savepoint (which
//! costs a copy of every page it touches), and commits when none waits, so that one sync of the disk carries many. Either
//! way a use case is acknowledged after its commit.

use crate::{Error, Result, Tx};
use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::{
    ConnAcquireErr, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

/// Use cases that one commit carries at the most: bounds how long the first of them waits.
const BATCH: usize = 256;

#[derive(Clone)]
pub(crate) enum Writer {
    Pool { pool: DatabaseConnection, size: u32 },
    Single(mpsc::Sender<Box<dyn UseCase>>),
}

pub(crate) async fn in_pool<T, E, F>(
    pool: &DatabaseConnection,
    size: u32,
    committed: &watch::Sender<u64>,
    use_case: F,
) -> Result<T, E>
where
    E: From<Error>,
    F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T, E>>,
{
    let tx = Tx::new(begin(pool, size).await?);
    let outcome = match use_case(&tx).await {
        Ok(value) => tx.finish().await.map(|()| value).map_err(|e| Error::from(e).into()),
        Err(error) => Err(error),
    };
    match outcome {
        Ok(value) => {
            let appended = tx.has_appended();
            tx.commit().await.map_err(Error::from)?;
            if appended {
                committed.send_modify(|n| *n += 1);
            }
            Ok(value)
        }
        Err(error) => {
            // A connection that cannot roll back is closed by its pool, and the server rolls back.
            let _ = tx.roll_back().await;
            Err(error)
        }
    }
}

/// How long a server that says nothing is waited for: longer than it takes to get a connection.
const PATIENCE: Duration = Duration::from_secs(8);

/// Begins a transaction. After a restart of the server every pooled connection turns out dead on its first use, and is
/// dropped; nothing was asked of it yet, so the next one is tried.
async fn begin(pool: &DatabaseConnection, size: u32) -> Result<DatabaseTransaction, Error> {
    let mut dead = 0;
    loop {
        let begun = tokio::time::timeout(PATIENCE, pool.begin()).await;
        match begun.unwrap_or_else(|_| Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))) {
            Err(error @ (DbErr::ConnectionAcquire(_) | DbErr::Conn(_))) => return Err(error.into()),
            outcome => match outcome.map_err(Error::from) {
                Err(Error::Unavailable(_)) if dead < size => dead += 1,
                outcome => return outcome,
            },
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

/// A use case in the writer's hands: answered after the commit.
pub(crate) trait UseCase: Send {
    /// True when it succeeded, with all that it had put off.
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
                if let Some(Ok(_)) = self.outcome
                    && let Err(error) = tx.release().await
                {
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
    let tx = match connection.begin_with_options(options).await {
        Ok(transaction) => Tx::new(transaction),
        Err(error) => {
            batch.done.push(first);
            batch.commit = Err(error.into());
            return batch;
        }
    };
    let mut next = Some(first);
    while let Some(mut use_case) = next.take() {
        let first = batch.done.is_empty();
        tx.begin_use_case(first);
        let succeeded = use_case.run(&tx).await;
        batch.done.push(use_case);
        // Nothing else is in the transaction yet.
        if !succeeded && first {
            batch.commit = tx.roll_back().await.map_err(|e| Error::from(e).not_committed());
            return batch;
        }
        if !succeeded && let Err(error) = tx.roll_back_savepoint().await {
            batch.commit = Err(Error::from(error).not_committed());
            let _ = tx.roll_back().await;
            return batch;
        }
        if batch.done.len() < BATCH {
            next = queue.try_recv().ok();
        }
    }
    batch.appended = tx.has_appended();
    batch.commit = tx.commit().await.map_err(|e| Error::from(e).not_committed());
    batch
}

impl Error {
    fn not_committed(self) -> Self {
        match self {
            Self::Full(_) | Self::Unavailable(_) => self,
            other => Self::NotCommitted(other.to_string()),
        }
    }
}
