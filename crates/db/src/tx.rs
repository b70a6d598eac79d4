//! The transaction of one use case. Each statement is a trip to the database, a thread or a server away, and trips are
//! what writing costs; so rows may be written behind ([`Tx::later`]): they travel together, at the latest at the end,
//! and before anything is read or changed. Their ids are known at once ([`Tx::id`]).

use crate::count::{Counted, Counts};
use crate::{Error, Result};
use sea_orm::sea_query::{CommonTableExpression, InsertStatement, WithClause};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub struct Tx {
    inner: DatabaseTransaction,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    behind: Vec<Behind>,
    /// SQLite: this use case is in a savepoint.
    inside: bool,
    /// SQLite: its savepoint has been sent.
    begun: bool,
    /// A statement failed: part of what was put off may be written and part not.
    failed: bool,
    appended: bool,
    counts: Counts,
}

/// What was put off.
enum Behind {
    /// A row of this table.
    Row(&'static str, Box<InsertStatement>),
    /// SQLite: the beginning or the end of a savepoint.
    Savepoint(&'static str),
}

const SAVEPOINT: &str = "SAVEPOINT use_case";
const RELEASE: &str = "RELEASE use_case";
const ROLL_BACK: &str = "ROLLBACK TO use_case; RELEASE use_case";

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction) -> Self {
        Self { inner, state: Mutex::default() }
    }

    /// Those who follow events are woken after the commit.
    pub(crate) fn event_appended(&self) {
        self.state().appended = true;
    }

    pub(crate) fn has_appended(&self) -> bool {
        self.state().appended
    }

    /// Writes a row behind. Only what cannot be refused: an error shows at the end of the use case.
    pub(crate) fn later(&self, table: &'static str, insert: InsertStatement) {
        self.state().behind.push(Behind::Row(table, Box::new(insert)));
    }

    /// The id of a row that is about to be written.
    pub(crate) async fn id(&self, of: Counted) -> Result<i64> {
        self.ahead(&[of], &[]).await?;
        self.state().counts.take(of).ok_or_else(|| Error::Other(format!("the ids of {} have run out", of.table())))
    }

    /// The ids of many rows that are about to be written.
    pub async fn block(&self, of: Counted, count: usize) -> Result<Vec<i64>> {
        if self.get_database_backend() == DbBackend::Postgres {
            let question = crate::count::block(of, count);
            let rows = self.query_all_raw(question).await?;
            return rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect();
        }
        let mut ids = Vec::with_capacity(count);
        for _ in 0..count {
            ids.push(self.id(of).await?);
        }
        Ok(ids)
    }

    /// Gets the ids that will be asked for, and locks that last as long as the transaction, in one trip.
    pub(crate) async fn ahead(&self, wanted: &[Counted], locks: &[&str]) -> Result<()> {
        let missing = self.state().counts.missing(wanted);
        if let Some(question) = crate::count::question(self.get_database_backend(), &missing, locks) {
            let rows = self.query_all_raw(question).await?;
            self.state().counts.learn(&missing, &rows)?;
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.inner.commit().await
    }

    pub(crate) async fn roll_back(self) -> Result<(), DbErr> {
        self.inner.rollback().await
    }

    /// SQLite: one transaction carries several use cases, each after the first in a savepoint. It is sent with the first
    /// statement.
    pub(crate) fn begin_use_case(&self, first: bool) {
        let mut state = self.state();
        state.behind = if first { Vec::new() } else { vec![Behind::Savepoint(SAVEPOINT)] };
        state.inside = !first;
        state.begun = false;
        state.failed = false;
    }

    /// Writes what is still put off. A use case that went on after a statement had failed is refused: nobody can say
    /// what it did.
    pub(crate) async fn finish(&self) -> Result<(), DbErr> {
        self.catch_up().await?;
        self.whole()
    }

    fn whole(&self) -> Result<(), DbErr> {
        if self.state().failed { Err(DbErr::Custom("a statement failed before".to_owned())) } else { Ok(()) }
    }

    /// Ends the use case, and its savepoint if it has one, with what was put off.
    pub(crate) async fn release(&self) -> Result<(), DbErr> {
        self.whole()?;
        if self.state().inside {
            let mut state = self.state();
            if !state.begun && state.behind.len() == 1 {
                state.behind.clear();
                return Ok(());
            }
            state.behind.push(Behind::Savepoint(RELEASE));
        }
        self.catch_up().await
    }

    /// Undoes what the use case did. An error here is the transaction's: SQLite has given up the whole of it (a full
    /// disk does that), so nobody in it can be told that their change stands.
    pub(crate) async fn roll_back_savepoint(&self) -> Result<(), DbErr> {
        self.state().behind.clear();
        if self.state().begun {
            self.inner.execute_unprepared(ROLL_BACK).await?;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what was put off, in its order.
    async fn catch_up(&self) -> Result<(), DbErr> {
        for statement in self.put_off() {
            self.noted(self.inner.execute_raw(statement).await)?;
        }
        Ok(())
    }

    /// Remembers that a statement failed.
    fn noted<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        if outcome.is_err() {
            self.state().failed = true;
        }
        outcome
    }

    /// Takes what was put off.
    fn take_behind(&self) -> Vec<Behind> {
        let mut state = self.state();
        state.begun |= !state.behind.is_empty();
        std::mem::take(&mut state.behind)
    }

    /// Takes what was put off, in as few statements as the engine allows.
    fn put_off(&self) -> Vec<Statement> {
        let behind = self.take_behind();
        match self.get_database_backend() {
            DbBackend::Sqlite => in_a_row(behind).into_iter().collect(),
            backend => in_one(backend, behind),
        }
    }

    /// A question that changes nothing else takes along what was put off, where it can.
    async fn before(&self, question: Statement) -> Result<Statement, DbErr> {
        // Numbered parameters count from the beginning of all that is sent.
        if self.get_database_backend() != DbBackend::Sqlite || question.sql.contains('$') {
            self.catch_up().await?;
            return Ok(question);
        }
        match in_a_row(self.take_behind()) {
            Some(before) => Ok(followed_by(before, question)),
            None => Ok(question),
        }
    }
}

/// SQLite takes several statements at once.
fn in_a_row(behind: Vec<Behind>) -> Option<Statement> {
    let parts = behind.into_iter().map(|part| match part {
        Behind::Row(_, insert) => DbBackend::Sqlite.build(&*insert),
        Behind::Savepoint(word) => Statement::from_string(DbBackend::Sqlite, word),
    });
    parts.reduce(followed_by)
}

fn followed_by(mut all: Statement, part: Statement) -> Statement {
    all.sql.push(';');
    all.sql.push_str(&part.sql);
    if let Some(values) = part.values {
        all.values.get_or_insert_with(|| sea_orm::Values(Vec::new())).0.extend(values);
    }
    all
}

/// PostgreSQL takes one, whose parts may each write a table. In which order the parts are done it does not say, so that
/// a table's second part waits for the next statement.
fn in_one(backend: DbBackend, behind: Vec<Behind>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut group: Vec<(&'static str, InsertStatement)> = Vec::new();
    for part in behind {
        let Behind::Row(table, insert) = part else { continue };
        if group.iter().any(|(other, _)| *other == table) {
            statements.extend(together(backend, std::mem::take(&mut group)));
        }
        group.push((table, *insert));
    }
    statements.extend(together(backend, group));
    statements
}

fn together(backend: DbBackend, mut group: Vec<(&'static str, InsertStatement)>) -> Option<Statement> {
    let (_, last) = group.pop()?;
    if group.is_empty() {
        return Some(backend.build(&last));
    }
    let mut with = WithClause::new();
    for (table, insert) in group {
        with.cte(CommonTableExpression::new().table_name(format!("put_{table}")).query(insert).to_owned());
    }
    Some(backend.build(&last.with(with)))
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    // What says how many rows it changed must be alone: SQLite would count in those that came before.
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.catch_up().await?;
        self.noted(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.catch_up().await?;
        self.noted(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let statement = self.before(statement).await?;
        self.noted(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let statement = self.before(statement).await?;
        self.noted(self.inner.query_all_raw(statement).await)
    }
}
