//! Storage errors, told apart by what the caller can do about them.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached, or is too busy to answer in time: try again later.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// There is no room for what was to be written; nothing of it was kept.
    #[error("no room left to write: {0}")]
    Full(String),
    /// Something with this key is there already.
    #[error("already there: {0}")]
    Taken(String),
    /// Two transactions wanted the same rows in opposite order; the caller may try again.
    #[error("stopped by another change at the same time: {0}")]
    Conflict(String),
    /// A stored value that this version does not understand.
    #[error("column {column} holds {value:?}, which cannot be read")]
    Unreadable { column: &'static str, value: String },
    /// The transaction that held this change could not be committed.
    #[error("the change was not committed: {0}")]
    NotCommitted(String),
    #[error("database: {0}")]
    Other(String),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Taken(what);
        }
        let text = error.to_string();
        match driver_code(&error).as_deref() {
            // SQLite: SQLITE_FULL, SQLITE_IOERR_WRITE. PostgreSQL: disk_full, out of memory or too many connections.
            Some("13" | "778" | "53100") => Self::Full(text),
            Some("40001" | "40P01") => Self::Conflict(text),
            // SQLITE_BUSY and its kin; PostgreSQL lock time-out (lock_not_available), connection and shutdown classes.
            Some(
                "5" | "6" | "261" | "517" | "55P03" | "57P01" | "57P02" | "57P03" | "53300" | "08000" | "08003"
                | "08006",
            ) => Self::Unavailable(text),
            Some(_) => Self::Other(text),
            None => match error {
                DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(text),
                DbErr::Exec(ref e) | DbErr::Query(ref e) if is_connection_trouble(e) => Self::Unavailable(text),
                _ => Self::Other(text),
            },
        }
    }
}

/// Whether somebody else has an SQLite database, or a part of it, at the moment (SQLITE_BUSY, SQLITE_LOCKED and their kin).
pub(crate) fn is_busy(error: &DbErr) -> bool {
    matches!(driver_code(error).as_deref(), Some("5" | "6" | "261" | "517"))
}

fn driver_code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(e))
    | DbErr::Query(RuntimeErr::SqlxError(e))
    | DbErr::Conn(RuntimeErr::SqlxError(e))) = error
    else {
        return None;
    };
    e.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

fn is_connection_trouble(error: &RuntimeErr) -> bool {
    use sea_orm::sqlx::Error as E;
    matches!(error, RuntimeErr::SqlxError(e) if matches!(**e, E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Tls(_)))
}

/// Reads a stored word of a fixed list.
///
/// # Errors
/// [`Error::Unreadable`] when it is not in the list.
pub fn word<T: std::str::FromStr>(column: &'static str, value: &str) -> Result<T, Error> {
    value.parse().map_err(|_| Error::Unreadable { column, value: value.chars().take(80).collect() })
}
