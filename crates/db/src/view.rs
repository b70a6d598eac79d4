//! Views of the database as it was at one moment, whatever is written meanwhile. Several views of the same moment let the
//! questions of one report be asked at the same time.

use crate::{Db, Engine, Error, Result};
use sea_orm::sqlx::{self, SqliteConnection};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, Statement, TransactionTrait,
};
use std::time::Duration;

/// One view; it ends when it is dropped.
pub type View = DatabaseTransaction;

/// How long a connection is waited for that a report can do without: others may be holding theirs for the same, or the
/// server may have no more of them.
const PATIENCE: Duration = Duration::from_millis(200);
/// How often views are tried that no commit falls between.
const TRIES: usize = 5;

impl Db {
    /// One view of the database as it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view(&self) -> Result<View> {
        // A reader's transaction is such a view in SQLite as it comes.
        let (isolation, access) = match self.engine() {
            Engine::Sqlite => (None, None),
            Engine::Postgres => (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)),
        };
        Ok(self.read().begin_with_config(isolation, access).await?)
    }

    /// Views of one moment: as many as are wanted and connections are free, half of all at the most, so that others can
    /// read meanwhile, and one at the least.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn views(&self, wanted: usize) -> Result<Vec<View>> {
        let readers = match self.engine() {
            Engine::Sqlite => self.read().get_sqlite_connection_pool().options().get_max_connections(),
            Engine::Postgres => self.read().get_postgres_connection_pool().options().get_max_connections(),
        };
        let wanted = wanted.min(usize::try_from(readers / 2).unwrap_or(usize::MAX));
        match self.engine() {
            _ if wanted < 2 => Ok(vec![self.view().await?]),
            Engine::Sqlite => self.sqlite_views(wanted).await,
            Engine::Postgres => self.postgres_views(wanted).await,
        }
    }

    async fn free_view(&self) -> Option<View> {
        tokio::time::timeout(PATIENCE, self.view()).await.ok()?.ok()
    }

    async fn postgres_views(&self, wanted: usize) -> Result<Vec<View>> {
        let statement = |sql: String| Statement::from_string(DbBackend::Postgres, sql);
        let first = self.view().await?;
        let row = first.query_one_raw(statement("SELECT pg_export_snapshot()".to_owned())).await?;
        let moment: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        let mut views = vec![first];
        let Some(moment) = moment else { return Ok(views) };
        while views.len() < wanted
            && let Some(view) = self.free_view().await
        {
            view.execute_raw(statement(format!("SET TRANSACTION SNAPSHOT '{moment}'"))).await?;
            views.push(view);
        }
        Ok(views)
    }

    /// SQLite shares no view, but says to a witness whether anything was committed while the views began.
    async fn sqlite_views(&self, wanted: usize) -> Result<Vec<View>> {
        let pool = self.read().get_sqlite_connection_pool();
        let mut witness = pool.acquire().await.map_err(unanswered)?;
        for _ in 0..TRIES {
            let before = version(&mut witness).await?;
            let mut views = Vec::with_capacity(wanted);
            while views.len() < wanted
                && let Some(view) = self.free_view().await
            {
                // A view begins with what is first read in it.
                view.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT 1 FROM sqlite_schema LIMIT 1"))
                    .await?;
                views.push(view);
            }
            if views.len() < 2 {
                break;
            }
            if version(&mut witness).await? == before {
                return Ok(views);
            }
        }
        drop(witness);
        Ok(vec![self.view().await?])
    }
}

/// A number that changes with every commit of any other connection, of whichever process.
async fn version(witness: &mut SqliteConnection) -> Result<i64> {
    sqlx::query_scalar("PRAGMA data_version").fetch_one(witness).await.map_err(unanswered)
}

fn unanswered(error: sqlx::Error) -> Error {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())).into()
}
