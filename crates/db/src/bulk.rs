//! Many rows at once, as records come and go: looked up by the sender's ids, written in a few statements, read page by
//! page. The same for every table that records are kept in.

use crate::{Counted, Result, Tx};
pub use sea_orm::EntityTrait;
use sea_orm::{ActiveModelTrait, DbBackend, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

/// Ids that one statement asks for.
const IDS: usize = 500;
/// Rows that one statement writes: while the database works on them the next are put together. Both engines bound the
/// values of a statement (SQLite 32,766).
const ROWS: usize = 200;

/// A table whose rows have an id of their own and may have the sender's.
pub trait Sent: EntityTrait {
    const ID: Self::Column;
    const EXTERNAL: Self::Column;
    const COUNTED: Counted;
    fn id(row: &Self::Model) -> i64;
    fn external(row: &Self::Model) -> Option<&str>;
    /// A case that is continued in another is no record of its own.
    fn is_written_out(row: &Self::Model) -> bool {
        let _ = row;
        true
    }
}

macro_rules! sent {
    ($($module:ident = $counted:ident $(if $written:expr)?),+ $(,)?) => {$(
        impl Sent for crate::$module::Entity {
            const ID: Self::Column = crate::$module::Column::Id;
            const EXTERNAL: Self::Column = crate::$module::Column::External;
            const COUNTED: Counted = Counted::$counted;
            fn id(row: &Self::Model) -> i64 {
                row.id
            }
            fn external(row: &Self::Model) -> Option<&str> {
                row.external.as_deref()
            }
            $(fn is_written_out(row: &Self::Model) -> bool {
                let written: fn(&Self::Model) -> bool = $written;
                written(row)
            })?
        }
    )+};
}

sent!(
    case = Case if |row| row.merged_into.is_none(),
    contact = Contact,
    media = Media,
    message = Message,
    person = Person,
    staff = Staff,
    survey = Survey,
    training = Training,
);

/// The rows that have one of these ids of the sender's, or came into being here under one of these own ids.
pub async fn known<E: Sent>(
    connection: &impl ConnectionTrait,
    external: &[&str],
    own: &[i64],
) -> Result<Vec<E::Model>> {
    let mut rows = Vec::new();
    for some in external.chunks(IDS) {
        rows.extend(E::find().filter(E::EXTERNAL.is_in(some.iter().copied())).all(connection).await?);
    }
    if !own.is_empty() {
        let own = E::find().filter(E::ID.is_in(own.iter().copied())).filter(E::EXTERNAL.is_null());
        rows.extend(own.all(connection).await?);
    }
    Ok(rows)
}

/// The ids under which these are known here, as [`known`] finds them, without reading the rows.
pub async fn ids<E: Sent>(
    connection: &impl ConnectionTrait,
    external: &[&str],
    own: &[i64],
) -> Result<Vec<(Option<String>, i64)>> {
    let mut found: Vec<(Option<String>, i64)> = Vec::new();
    for some in external.chunks(IDS) {
        let query = E::find().select_only().column(E::EXTERNAL).column(E::ID);
        found.extend(query.filter(E::EXTERNAL.is_in(some.iter().copied())).into_tuple().all(connection).await?);
    }
    if !own.is_empty() {
        let query = E::find().select_only().column(E::EXTERNAL).column(E::ID).filter(E::EXTERNAL.is_null());
        found.extend(query.filter(E::ID.is_in(own.iter().copied())).into_tuple().all(connection).await?);
    }
    Ok(found)
}

/// The sender's ids of these rows, where they have one.
pub async fn externals<E: Sent>(
    connection: &impl ConnectionTrait,
    of: impl IntoIterator<Item = i64>,
) -> Result<Vec<(i64, Option<String>)>> {
    let mut of: Vec<i64> = of.into_iter().collect();
    of.sort_unstable();
    of.dedup();
    let mut found = Vec::new();
    for some in of.chunks(IDS) {
        let query = E::find().select_only().column(E::ID).column(E::EXTERNAL);
        found.extend(query.filter(E::ID.is_in(some.iter().copied())).into_tuple().all(connection).await?);
    }
    Ok(found)
}

/// A row of which every column is written.
pub fn whole<E>(row: E::Model) -> E::ActiveModel
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    row.into_active_model().reset_all()
}

/// Writes new rows.
pub async fn insert<E: EntityTrait>(tx: &Tx, rows: Vec<E::ActiveModel>) -> Result<()> {
    let backend = tx.get_database_backend();
    let mut rows = rows.into_iter();
    let mut next = || {
        let some: Vec<E::ActiveModel> = rows.by_ref().take(ROWS).collect();
        (!some.is_empty()).then(|| backend.build(&E::insert_many(some).into_query()))
    };
    let mut statement = next();
    while let Some(ready) = statement {
        let (written, then) = futures::join!(tx.execute_raw(ready), async { next() });
        written?;
        statement = then;
    }
    Ok(())
}

/// Hurries this process's bulk of writing along. PostgreSQL: the commit of this transaction is not waited for on the disk,
/// the next one that is takes it along; for whoever tells nobody before that that anything is kept. SQLite: more pages stay
/// at hand, and the log is brought home less often.
pub async fn hurry(tx: &Tx) -> Result<()> {
    tx.execute_unprepared(match tx.get_database_backend() {
        DbBackend::Postgres => "SET LOCAL synchronous_commit = off; SET LOCAL gin_pending_list_limit = '32MB'",
        _ => "PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 16000",
    })
    .await?;
    Ok(())
}

/// What was put off in a hurry is put in its place.
pub async fn settle(tx: &Tx) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT gin_clean_pending_list('search_words')").await?;
    }
    Ok(())
}

/// Writes a row in place of the one with its key.
pub async fn replace<E: EntityTrait>(tx: &Tx, row: E::ActiveModel) -> Result<()> {
    E::update(row).validate().map_err(crate::Error::from)?.exec_without_returning(tx).await?;
    Ok(())
}

/// Rows after `after` in the order of their ids, at most `limit`.
pub async fn page<E: Sent>(connection: &impl ConnectionTrait, after: i64, limit: u64) -> Result<Vec<E::Model>> {
    Ok(E::find().filter(E::ID.gt(after)).order_by_asc(E::ID).limit(limit).all(connection).await?)
}
