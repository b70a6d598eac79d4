//! What is older than its service keeps it.

use crate::at::At;
use crate::erasure::WRITTEN;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{CaseId, RecordingId, ServiceId};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

// Written out, as in the index whose condition it is.
const CASES: &str = "FROM cases WHERE state = 'closed' AND emptied_at IS NULL AND service = $1 \
    AND COALESCE(closed_at, solved_at, last_at) < $2";

fn contacts() -> String {
    format!("FROM contact WHERE case_id IS NULL AND {WRITTEN} AND service = $1 AND started_at < $2")
}

/// How much is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Over {
    pub cases: u64,
    /// Contacts that came to no case.
    pub contacts: u64,
}

/// How many cases of a service were closed before this and still hold what was written in them.
pub async fn count(connection: &impl ConnectionTrait, service: &ServiceId, before: DateTime<Utc>) -> Result<Over> {
    let count = async |from: &str| -> Result<u64> {
        let row = connection.query_one_raw(asked(connection, &format!("SELECT COUNT(*) {from}"), service, before));
        let count: i64 = row.await?.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(count.unsigned_abs())
    };
    Ok(Over { cases: count(CASES).await?, contacts: count(&contacts()).await? })
}

/// Some of those cases, the oldest first: nobody else changes them until the transaction ends. One that somebody is
/// changing at this moment is left for another time, since it may be over no more. SQLite has one writer anyway.
pub async fn cases(tx: &Tx, service: &ServiceId, before: DateTime<Utc>, limit: u64) -> Result<Vec<CaseId>> {
    let held = if tx.get_database_backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!("SELECT id {CASES} ORDER BY COALESCE(closed_at, solved_at, last_at) LIMIT {limit} {held}");
    let rows = tx.query_all_raw(asked(tx, &sql, service, before)).await?;
    rows.iter().map(|row| Ok(CaseId(row.try_get_by_index(0)?))).collect()
}

/// Some of those contacts, the oldest first, with whose they are.
pub async fn contacts_alone(
    connection: &impl ConnectionTrait,
    service: &ServiceId,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(i64, Option<i64>)>> {
    let sql = format!("SELECT id, person_id {} ORDER BY started_at LIMIT {limit}", contacts());
    let rows = connection.query_all_raw(asked(connection, &sql, service, before)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Some of the recordings that a service keeps no longer, with the names under which they are stored: of cases that were
/// closed before this, and of contacts that came to no case. What was merged is as old as what it was merged into.
/// No recording is older than its case was when it was closed, so that those which began later are not looked at.
pub async fn recordings(
    connection: &impl ConnectionTrait,
    service: &ServiceId,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(RecordingId, Option<String>)>> {
    let sql = format!(
        "SELECT recording.id, recording.stored_as FROM recording JOIN contact ON contact.id = recording.contact \
         LEFT JOIN cases own ON own.id = contact.case_id LEFT JOIN cases ON cases.id = COALESCE(own.merged_into, own.id) \
         WHERE recording.state = 'kept' AND recording.began_at < $2 AND ((own.id IS NULL AND contact.service = $1 AND contact.started_at < $2) \
         OR (cases.service = $1 AND cases.state = 'closed' \
         AND COALESCE(cases.closed_at, cases.solved_at, cases.last_at) < $2)) ORDER BY recording.began_at, recording.id LIMIT {limit}"
    );
    let rows = connection.query_all_raw(asked(connection, &sql, service, before)).await?;
    rows.iter().map(|row| Ok((RecordingId(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
}

fn asked(connection: &impl ConnectionTrait, sql: &str, service: &ServiceId, before: DateTime<Utc>) -> Statement {
    let values = [service.as_str().into(), At::from(before).0.into()];
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}
