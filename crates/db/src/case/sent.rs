//! Cases that are brought in as records, and what their contacts tell of them.

use super::{ActiveModel, Case, Column, Content, Entity, columns};
use crate::error::word;
use crate::{Result, Tx};
use model::contact::Channel;
use model::{CaseId, PersonId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement, Value};
use std::collections::HashMap;

/// The row of a case that came as a record; without `content`, that of the row that is there stays.
#[must_use]
pub fn sent(case: &Case, content: Option<&Content>, external: Option<String>, extra: Option<String>) -> ActiveModel {
    let mut row = columns(case);
    row.external = Set(external);
    row.extra = Set(extra);
    if let Some(content) = content {
        row.channel = Set(content.channel.to_string());
        row.subject = Set(content.subject.clone());
        row.announce_to = Set(content.announce_to.clone());
        row.announce_content = Set(content.announce_content);
    }
    row
}

/// Where each of these cases is continued in the end; those that stand for themselves are left out.
pub async fn roots(connection: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut roots: HashMap<i64, i64> = HashMap::new();
    let mut layer = ids.to_vec();
    while !layer.is_empty() {
        let mut next = Vec::new();
        for some in layer.chunks(500) {
            let query = Entity::find().select_only().column(Column::Id).column(Column::MergedInto);
            let merged = query.filter(Column::Id.is_in(some.iter().copied())).filter(Column::MergedInto.is_not_null());
            next.extend(merged.into_tuple::<(i64, i64)>().all(connection).await?);
        }
        for (id, into) in &next {
            for root in roots.values_mut().filter(|root| **root == *id) {
                *root = *into;
            }
            roots.insert(*id, *into);
        }
        layer = next.into_iter().map(|(_, into)| into).collect();
    }
    Ok(roots)
}

/// What the contacts of a case that came as a record tell of it, beside what is known.
#[derive(Debug, Clone)]
pub struct First {
    pub id: CaseId,
    pub version: i64,
    pub known_person: Option<PersonId>,
    pub known_channel: Channel,
    pub known_subject: Option<String>,
    /// The person of the first contact that has one.
    pub person: Option<PersonId>,
    pub channel: Channel,
    pub subject: Option<String>,
    pub text: Option<String>,
}

/// What the first contacts tell of these cases, of those that came as records.
pub async fn first_contacts(connection: &impl ConnectionTrait, ids: &[CaseId]) -> Result<Vec<First>> {
    const FIRST: &str = "SELECT c.id AS id, c.version AS version, c.person_id AS known_person, \
        c.channel AS known_channel, c.subject AS known_subject, k.channel AS channel, k.subject AS subject, \
        k.text AS text, (SELECT p.person_id FROM contact p WHERE p.case_id = c.id AND p.person_id IS NOT NULL \
        ORDER BY p.started_at, p.id LIMIT 1) AS person \
        FROM cases c JOIN contact k ON k.id = (SELECT f.id FROM contact f WHERE f.case_id = c.id \
        ORDER BY f.started_at, f.id LIMIT 1) WHERE c.external IS NOT NULL AND c.id IN ";
    let mut all = Vec::new();
    for some in ids.chunks(500) {
        let list: Vec<String> = some.iter().map(ToString::to_string).collect();
        let sql = format!("{FIRST}({})", list.join(", "));
        for row in connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await? {
            all.push(First {
                id: CaseId(row.try_get("", "id")?),
                version: row.try_get("", "version")?,
                known_person: row.try_get::<Option<i64>>("", "known_person")?.map(PersonId),
                known_channel: word("cases.channel", &row.try_get::<String>("", "known_channel")?)?,
                known_subject: row.try_get("", "known_subject")?,
                person: row.try_get::<Option<i64>>("", "person")?.map(PersonId),
                channel: word("contact.channel", &row.try_get::<String>("", "channel")?)?,
                subject: row.try_get("", "subject")?,
                text: row.try_get("", "text")?,
            });
        }
    }
    Ok(all)
}

/// What is now known of a case.
#[derive(Debug, Clone)]
pub struct Told {
    pub id: CaseId,
    pub version: i64,
    pub person: Option<PersonId>,
    pub channel: Channel,
    pub subject: Option<String>,
}

/// Stores what became known of cases, many at once.
pub async fn set_told(tx: &Tx, all: &[Told]) -> Result<()> {
    for some in all.chunks(500) {
        let mut values: Vec<Value> = Vec::new();
        let rows: Vec<String> = some
            .iter()
            .map(|told| {
                let at = values.len();
                values.extend([
                    told.id.0.into(),
                    told.version.into(),
                    told.person.map(|person| person.0).into(),
                    told.channel.to_string().into(),
                    told.subject.clone().into(),
                ]);
                // PostgreSQL wants to know what an empty value would be.
                let types = ["bigint", "bigint", "bigint", "text", "text"];
                let row = (at + 1..).zip(types).map(|(n, of)| format!("CAST(${n} AS {of})"));
                format!("({})", row.collect::<Vec<_>>().join(", "))
            })
            .collect();
        let sql = format!(
            "UPDATE cases SET version = v.column2, person_id = v.column3, channel = v.column4, subject = v.column5 \
             FROM (VALUES {}) AS v WHERE cases.id = v.column1",
            rows.join(", ")
        );
        tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}
