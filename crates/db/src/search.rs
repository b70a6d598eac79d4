//! The desk's search: words of contacts, messages, titles and names, folded in the same way on both engines (SQLite's
//! FTS5, PostgreSQL's tsvector). Written in the transaction of what is found, and emptied with it.

use crate::{Result, Tx};
use model::{CaseId, ContactId, MessageId, PersonId, text};
use sea_orm::sea_query::{Expr, InsertStatement, OnConflict, Query};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Words of one text that are looked at; more than anybody types into a form.
const WORDS_MAX: usize = 4_000;

/// Whose words they are. The row's id is the thing's own id with its kind in the last two bits, so no table in between
/// is needed to find the thing again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Contact(ContactId),
    Message(MessageId),
    Person(PersonId),
    Case(CaseId),
}

impl Source {
    fn row(self) -> i64 {
        match self {
            Self::Contact(id) => id.0 * 4,
            Self::Message(id) => id.0 * 4 + 1,
            Self::Person(id) => id.0 * 4 + 2,
            Self::Case(id) => id.0 * 4 + 3,
        }
    }

    fn of_row(row: i64) -> Self {
        let id = row.div_euclid(4);
        match row.rem_euclid(4) {
            0 => Self::Contact(ContactId(id)),
            1 => Self::Message(MessageId(id)),
            2 => Self::Person(PersonId(id)),
            _ => Self::Case(CaseId(id)),
        }
    }
}

/// Makes texts findable; those without a word leave nothing behind.
pub fn insert(tx: &Tx, texts: &[(Source, String)]) {
    let folded = texts.iter().map(|(source, text)| (source.row(), text::words(text, WORDS_MAX).join(" ")));
    let rows: Vec<(i64, String)> = folded.filter(|(_, words)| !words.is_empty()).collect();
    if rows.is_empty() {
        return;
    }
    tx.later("search", insertion(tx.get_database_backend(), rows));
}

fn insertion(backend: DbBackend, rows: Vec<(i64, String)>) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table("search");
    match backend {
        DbBackend::Postgres => {
            // The words are words already: PostgreSQL's own parser has nothing to find.
            const WORDS: &str = "array_to_tsvector(string_to_array($1, ' '))";
            insert.columns(["id", "words"]);
            for (row, words) in rows {
                insert.values_panic([row.into(), Expr::cust_with_values(WORDS, [words])]);
            }
            insert.on_conflict(OnConflict::column("id").update_column("words").to_owned());
        }
        _ => {
            insert.replace().columns(["rowid", "words"]);
            for (row, words) in rows {
                insert.values_panic([row.into(), words.into()]);
            }
        }
    }
    insert
}

/// Pages of the index that one use case works through: whoever writes meanwhile waits for no more than these.
const PAGES: i64 = 300;

/// SQLite's index keeps the words of what was deleted, pointing nowhere, until its parts are merged: so they are, a
/// step at a time. False when nothing is left to be done. PostgreSQL's words went with their row.
pub async fn forget(tx: &Tx, first: bool) -> Result<bool> {
    const MERGE: &str = "INSERT INTO search (search, rank) VALUES ('merge', $1)";
    const CHANGES: &str = "SELECT total_changes()";
    if tx.get_database_backend() != DbBackend::Sqlite {
        return Ok(false);
    }
    let changes = async || -> Result<i64> {
        let row = tx.query_one_raw(Statement::from_string(DbBackend::Sqlite, CHANGES)).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    };
    // The first step takes every part in, however few they are.
    let pages = if first { -PAGES } else { PAGES };
    let before = changes().await?;
    tx.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, MERGE, [pages.into()])).await?;
    Ok(changes().await? - before >= 2)
}

// What each thing is found by, in the order of its id, after the one that was read last.
const CONTACTS: &str = "SELECT k.id, p.name, COALESCE(k.subject, CASE WHEN k.id = (SELECT MIN(f.id) FROM contact f \
    WHERE f.case_id = k.case_id) THEN c.subject END), k.text, k.from_address FROM contact k \
    LEFT JOIN person p ON p.id = k.person_id LEFT JOIN cases c ON c.id = k.case_id \
    WHERE k.id > $1 AND (k.subject IS NOT NULL OR k.text IS NOT NULL OR k.from_address IS NOT NULL) \
    ORDER BY k.id LIMIT 1000";
const MESSAGES: &str = "SELECT id, text FROM message WHERE id > $1 AND text IS NOT NULL ORDER BY id LIMIT 1000";
const PERSONS: &str = "SELECT id, name FROM person WHERE id > $1 AND name IS NOT NULL ORDER BY id LIMIT 1000";
// A title that a contact has is found by the contact.
const CASES: &str = "SELECT c.id, c.subject FROM cases c WHERE c.id > $1 AND c.subject IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.case_id = c.id AND k.subject = c.subject) \
    ORDER BY c.id LIMIT 1000";

/// Makes everything findable that has words, where nothing is findable yet.
pub(crate) async fn rebuild(connection: &impl ConnectionTrait) -> Result<()> {
    let backend = connection.get_database_backend();
    // Each with how many columns hold words, and with what makes a row's place of its id.
    let (contact, message) = (Source::Contact(ContactId(0)).row(), Source::Message(MessageId(0)).row());
    let (person, case) = (Source::Person(PersonId(0)).row(), Source::Case(CaseId(0)).row());
    for (sql, columns, kind) in [(CONTACTS, 4, contact), (MESSAGES, 1, message), (PERSONS, 1, person), (CASES, 1, case)]
    {
        let mut after = 0_i64;
        loop {
            let found = connection.query_all_raw(Statement::from_sql_and_values(backend, sql, [after.into()])).await?;
            let Some(last) = found.last() else { break };
            after = last.try_get_by_index(0)?;
            let mut rows = Vec::with_capacity(found.len());
            for row in &found {
                let mut words = Vec::new();
                for column in 1..=columns {
                    words.extend(row.try_get_by_index::<Option<String>>(column)?);
                }
                rows.push((
                    row.try_get_by_index::<i64>(0)? * 4 + kind,
                    text::words(&words.join(" "), WORDS_MAX).join(" "),
                ));
            }
            rows.retain(|(_, words)| !words.is_empty());
            if !rows.is_empty() {
                connection.execute(&insertion(backend, rows)).await?;
            }
        }
    }
    Ok(())
}

/// Makes texts findable in place of what these were found by before.
pub async fn replace(tx: &Tx, texts: &[(Source, String)]) -> Result<()> {
    for (source, _) in texts {
        delete(tx, *source).await?;
    }
    insert(tx, texts);
    Ok(())
}

/// Makes it findable no more.
pub async fn delete(tx: &Tx, source: Source) -> Result<()> {
    let backend = tx.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => "DELETE FROM search WHERE id = $1",
        _ => "DELETE FROM search WHERE rowid = $1",
    };
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, [source.row().into()])).await?;
    Ok(())
}

/// Letters from which on a last word may be unfinished: what begins with one or two is half of all there is.
const UNFINISHED_MIN: usize = 3;

/// What holds every word of `typed` (the last may be unfinished), the latest first.
pub async fn find(connection: &impl ConnectionTrait, typed: &str, limit: u64) -> Result<Vec<Source>> {
    let words = text::words(typed, 12);
    let Some((last, whole)) = words.split_last() else { return Ok(Vec::new()) };
    let backend = connection.get_database_backend();
    let unfinished = last.chars().count() >= UNFINISHED_MIN;
    // Words are letters and digits only, so nothing in them is syntax of either engine.
    let (sql, query) = match backend {
        DbBackend::Postgres => {
            let mut query: Vec<String> = whole.iter().map(|w| format!("'{w}'")).collect();
            query.push(format!("'{last}'{}", if unfinished { ":*" } else { "" }));
            ("SELECT id FROM search WHERE words @@ $1::tsquery ORDER BY id DESC LIMIT $2", query.join(" & "))
        }
        _ => {
            let mut query: Vec<String> = whole.iter().map(|w| format!("\"{w}\"")).collect();
            query.push(format!("\"{last}\"{}", if unfinished { "*" } else { "" }));
            ("SELECT rowid FROM search WHERE search MATCH $1 ORDER BY rowid DESC LIMIT $2", query.join(" "))
        }
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows =
        connection.query_all_raw(Statement::from_sql_and_values(backend, sql, [query.into(), limit.into()])).await?;
    rows.iter().map(|row| Ok(Source::of_row(row.try_get_by_index(0)?))).collect()
}

/// The cases that these contacts and messages belong to.
pub async fn cases_of(connection: &impl ConnectionTrait, contacts: &[i64], messages: &[i64]) -> Result<Vec<CaseId>> {
    use crate::{contact, message};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
    let mut cases: Vec<i64> = Vec::new();
    if !contacts.is_empty() {
        let of = contact::Entity::find()
            .select_only()
            .column(contact::Column::CaseId)
            .filter(contact::Column::Id.is_in(contacts.iter().copied()));
        cases.extend(of.into_tuple::<i64>().all(connection).await?);
    }
    if !messages.is_empty() {
        let of = message::Entity::find()
            .select_only()
            .column(message::Column::CaseId)
            .filter(message::Column::Id.is_in(messages.iter().copied()));
        cases.extend(of.into_tuple::<i64>().all(connection).await?);
    }
    Ok(cases.into_iter().map(CaseId).collect())
}
