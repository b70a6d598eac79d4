//! Emptying: what was written goes, in every table that holds it; what happened and what is counted stays.

use crate::at::At;
use crate::emptied::{Keyed, keep};
use crate::to_erase::NAMELESS;
use crate::{Result, Tx, attachment, contact, training};
use chrono::{DateTime, Utc};
use model::address::Address;
use model::number::CaseNumber;
use model::{CaseId, PersonId};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, QueryOrder, QuerySelect, Statement, Value};

/// What was emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emptied {
    pub contacts: u64,
    pub messages: u64,
    /// The names under which its files were stored: nothing names them any more.
    pub files: Vec<String>,
}

impl Emptied {
    pub fn add(&mut self, other: Self) {
        self.contacts += other.contacts;
        self.messages += other.messages;
        self.files.extend(other.files);
    }
}

/// Cases that one statement names: their ids are written out.
const SOME: usize = 500;

/// Empties everything that was written in these cases, or held for them.
pub async fn cases(tx: &Tx, all: &[(CaseId, CaseNumber)], keyed: Keyed<'_>, now: DateTime<Utc>) -> Result<Emptied> {
    let mut emptied = Emptied::default();
    for some in all.chunks(SOME) {
        let ids: Vec<i64> = some.iter().map(|(case, _)| case.0).collect();
        let list = list(&ids);
        forget_words(tx, &format!("SELECT id * 4 FROM contact WHERE case_id IN ({list})")).await?;
        forget_words(tx, &format!("SELECT id * 4 + 1 FROM message WHERE case_id IN ({list})")).await?;
        forget_words(tx, &format!("SELECT id * 4 + 3 FROM cases WHERE id IN ({list})")).await?;
        emptied.files.extend(recordings(tx, &format!("case_id IN ({list})"), now).await?);
        emptied.contacts += contacts(tx, keyed, &format!("case_id IN ({list})")).await?;
        for noun in ["message", "survey"] {
            keep(tx, keyed, noun, &format!("case_id IN ({list})")).await?;
        }
        keep(tx, keyed, "cases", &format!("id IN ({list})")).await?;
        let messages = "UPDATE message SET text = NULL, extra = NULL, external = NULL WHERE case_id IN";
        emptied.messages += run(tx, &format!("{messages} ({list})"), []).await?;
        let files = attachment::Entity::find().select_only().column(attachment::Column::StoredAs);
        let files = files.filter(attachment::Column::CaseId.is_in(ids.iter().copied()));
        emptied.files.extend(files.into_tuple::<String>().all(tx).await?);
        for sql in [
            format!("DELETE FROM attachment WHERE case_id IN ({list})"),
            format!("DELETE FROM draft WHERE case_id IN ({list})"),
            format!("UPDATE survey SET comment = NULL, extra = NULL, external = NULL WHERE case_id IN ({list})"),
            letters(tx.get_database_backend(), &format!("case_id IN ({list})")),
        ] {
            run(tx, &sql, []).await?;
        }
        let cases = "UPDATE cases SET subject = NULL, announce_to = NULL, announce_content = FALSE, extra = NULL, \
                     external = NULL, emptied_at = $1 WHERE id IN";
        run(tx, &format!("{cases} ({list})"), [At::from(now).0.into()]).await?;
        // First answers, which are kept for two days, speak of a case by its number.
        for (_, number) in some {
            run(tx, "DELETE FROM idempotency WHERE body LIKE $1", [format!("%{number}%").into()]).await?;
        }
    }
    Ok(emptied)
}

/// Empties these contacts, which belong to no case or to somebody else's.
pub async fn contacts_alone(tx: &Tx, ids: &[i64], keyed: Keyed<'_>, now: DateTime<Utc>) -> Result<Emptied> {
    let mut emptied = Emptied::default();
    for some in ids.chunks(SOME) {
        let list = list(some);
        forget_words(tx, &format!("SELECT id * 4 FROM contact WHERE id IN ({list})")).await?;
        emptied.files.extend(recordings(tx, &format!("id IN ({list})"), now).await?);
        emptied.contacts += contacts(tx, keyed, &format!("id IN ({list})")).await?;
    }
    Ok(emptied)
}

/// Removes what was recorded of these contacts; the names under which it was stored.
async fn recordings(tx: &Tx, contacts: &str, now: DateTime<Utc>) -> Result<Vec<String>> {
    let which = format!("contact IN (SELECT id FROM contact WHERE {contacts}) AND state <> 'removed'");
    let stored = format!("SELECT stored_as FROM recording WHERE {which} AND stored_as IS NOT NULL");
    let rows = tx.query_all_raw(Statement::from_string(tx.get_database_backend(), stored)).await?;
    let names = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let remove = "UPDATE recording SET state = 'removed', stored_as = NULL, bytes = NULL, removed_at = $1 WHERE";
    run(tx, &format!("{remove} {which}"), [At::from(now).0.into()]).await?;
    Ok(names)
}

/// The contacts of these persons that stand elsewhere than in their own cases.
pub async fn contacts_elsewhere(
    connection: &impl ConnectionTrait,
    records: &[PersonId],
    cases: &[CaseId],
) -> Result<Vec<i64>> {
    let all = contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .column(contact::Column::CaseId)
        .filter(contact::Column::PersonId.is_in(records.iter().map(|id| id.0)));
    let all: Vec<(i64, Option<i64>)> = all.into_tuple().all(connection).await?;
    Ok(all
        .into_iter()
        .filter(|(_, case)| !case.is_some_and(|c| cases.contains(&CaseId(c))))
        .map(|(id, _)| id)
        .collect())
}

/// Takes everything from these records that tells whose they are. `asked_at` is when somebody asked for it: those who
/// were asked for are erased again after a restore.
pub async fn persons(tx: &Tx, records: &[PersonId], asked_at: Option<DateTime<Utc>>, keyed: Keyed<'_>) -> Result<()> {
    let ids: Vec<i64> = records.iter().map(|id| id.0).collect();
    let asked_at = asked_at.map(|at| At::from(at).0);
    for some in ids.chunks(SOME) {
        let list = list(some);
        forget_words(tx, &format!("SELECT id * 4 + 2 FROM person WHERE id IN ({list})")).await?;
        keep(tx, keyed, "person", &format!("id IN ({list})")).await?;
        let persons = "UPDATE person SET name = NULL, language = NULL, region = NULL, extra = NULL, external = NULL, \
                       erased_at = COALESCE($1, erased_at) WHERE id IN";
        run(tx, &format!("{persons} ({list})"), [asked_at.into()]).await?;
        run(tx, &format!("DELETE FROM person_address WHERE person_id IN ({list})"), []).await?;
    }
    Ok(())
}

/// Nothing goes to these addresses any more, whosever case it is about.
pub async fn addresses(tx: &Tx, all: &[Address]) -> Result<()> {
    for address in all {
        let elsewhere = "UPDATE cases SET announce_to = NULL, announce_content = FALSE WHERE announce_to = $1";
        run(tx, elsewhere, [address.value.clone().into()]).await?;
        // Letters with the codes of several cases name none of them. Written out, as in the indexes of which they are the
        // condition: those that went hold no address.
        for state in ["ready", "dead"] {
            let which = format!("state = '{state}' AND payload ->> 'to' = $1");
            run(tx, &letters(tx.get_database_backend(), &which), [address.value.clone().into()]).await?;
        }
    }
    Ok(())
}

/// Gives a trainee who is no operator here another word that tells nothing: the same in all their trainings, so that
/// they are counted once as before. Returns how many trainings they had.
pub async fn trainee(tx: &Tx, word: &str, keyed: Keyed<'_>) -> Result<u64> {
    let query = training::Entity::find().select_only().column(training::Column::Id).order_by_asc(training::Column::Id);
    let ids: Vec<i64> = query.filter(training::Column::Trainee.eq(word)).into_tuple().all(tx).await?;
    let mut count = 0;
    for some in ids.chunks(SOME) {
        let list = list(some);
        keep(tx, keyed, "training", &format!("id IN ({list})")).await?;
        let nameless = "UPDATE training SET extra = NULL, external = NULL, trainee = $1 WHERE id IN";
        let word = ids.first().map(|first| format!("{NAMELESS}{first}"));
        count += run(tx, &format!("{nameless} ({list})"), [word.into()]).await?;
    }
    Ok(count)
}

/// True when nothing is held any more of what these persons wrote: every case of theirs is emptied, and every contact,
/// and none that is kept is announced to an address of theirs.
pub async fn nothing_is_left(
    connection: &impl ConnectionTrait,
    records: &[PersonId],
    addresses: &[Address],
) -> Result<bool> {
    let list = list(&records.iter().map(|id| id.0).collect::<Vec<_>>());
    let mut sql = format!(
        "SELECT 1 FROM cases WHERE person_id IN ({list}) AND emptied_at IS NULL UNION ALL \
         SELECT 1 FROM contact WHERE person_id IN ({list}) AND {WRITTEN}"
    );
    for place in 1..=addresses.len() {
        sql += &format!(" UNION ALL SELECT 1 FROM cases WHERE announce_to = ${place} AND emptied_at IS NULL");
    }
    let values = addresses.iter().map(|address| Value::from(address.value.clone()));
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, format!("{sql} LIMIT 1"), values);
    Ok(connection.query_one_raw(statement).await?.is_none())
}

/// A contact that still holds something. Written as in the index whose condition it is.
pub(crate) const WRITTEN: &str = "(from_address IS NOT NULL OR subject IS NOT NULL OR text IS NOT NULL \
    OR extra IS NOT NULL OR external IS NOT NULL)";

async fn contacts(tx: &Tx, keyed: Keyed<'_>, which: &str) -> Result<u64> {
    keep(tx, keyed, "contact", which).await?;
    const EMPTY: &str = "UPDATE contact SET from_address = NULL, subject = NULL, text = NULL, extra = NULL, \
                         external = NULL WHERE";
    run(tx, &format!("{EMPTY} {which}"), []).await
}

/// Letters hold an address until they are sent. One that waits is sent no more.
fn letters(backend: DbBackend, which: &str) -> String {
    let nothing = if backend == DbBackend::Postgres { "'{}'::jsonb" } else { "'{}'" };
    format!(
        "UPDATE outbox SET payload = {nothing}, error = NULL, \
         state = CASE WHEN state IN ('ready', 'dead') THEN 'erased' ELSE state END WHERE {which}"
    )
}

/// Makes what these ids of search rows stand for findable no more.
async fn forget_words(tx: &Tx, rows: &str) -> Result<()> {
    let sql = match tx.get_database_backend() {
        DbBackend::Postgres => format!("DELETE FROM search WHERE id IN ({rows})"),
        _ => format!("DELETE FROM search WHERE rowid IN ({rows})"),
    };
    run(tx, &sql, []).await.map(drop)
}

async fn run(tx: &Tx, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}

pub(crate) fn list(ids: &[i64]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
