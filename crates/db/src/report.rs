//! What a report is reckoned from, counted by the database in one view of it. Every question is asked of the index that
//! holds all it needs (`contact_hour`, `case_slice`), so the rows with their words are not read.
//!
//! `as_of`: what lies later is not known. A time after it is as if it were not there, and how a contact ended is known
//! once it has.

mod began;
pub mod behind;
mod cases;
mod contacts;
pub mod day;
mod operators;
mod packed;
mod rest;

pub use cases::{Cases, Grouped, Solved, at_first_contact, cases, grouped_cases, solved_cases};
pub use contacts::{Calls, Hour, calls, hours};
pub use operators::{Done, operators};
pub use rest::{Produced, Survey, Volume, media, survey, trained, volumes};

use crate::at::At;
use crate::{Result, View};
use began::Began;
use chrono::{DateTime, Utc};
use futures::Stream;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, StreamTrait, Value};

/// What is counted: what began in this time, of one service or all, as it was known at `as_of`.
#[derive(Debug, Clone)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub service: Option<String>,
    pub as_of: DateTime<Utc>,
}

impl Span {
    fn as_of(&self) -> i64 {
        At::from(self.as_of).0
    }

    fn to(&self) -> i64 {
        At::from(self.to).0
    }

    /// That a record of this kind began in the span and is known, of the service that is asked for.
    fn within(&self, began: Began) -> String {
        let service = if self.service.is_some() { " AND service = $1" } else { "" };
        format!("{}{service}", began.within(self))
    }

    fn statement(&self, backend: DbBackend, sql: &str) -> Statement {
        let values: Vec<Value> =
            self.service.iter().filter(|_| sql.contains("$1")).map(|id| id.clone().into()).collect();
        Statement::from_sql_and_values(backend, sql, values)
    }

    async fn one(&self, view: &impl ConnectionTrait, sql: &str) -> Result<Option<QueryResult>> {
        Ok(view.query_one_raw(self.statement(view.get_database_backend(), sql)).await?)
    }

    /// Rows one by one: as many as there are, and never all in memory.
    async fn stream<'a>(
        &self,
        view: &'a View,
        sql: &str,
    ) -> Result<impl Stream<Item = std::result::Result<QueryResult, DbErr>> + Send + 'a> {
        Ok(view.stream_raw(self.statement(ConnectionTrait::get_database_backend(view), sql)).await?)
    }

    async fn all(&self, view: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>> {
        Ok(view.query_all_raw(self.statement(view.get_database_backend(), sql)).await?)
    }
}

/// That a contact began at this time or later, by the index that stands in this order.
pub(crate) fn contact_began_since(since: DateTime<Utc>) -> String {
    let later = since + chrono::TimeDelta::days(400);
    began::CONTACT.within(&Span { from: since, to: later, service: None, as_of: later })
}
