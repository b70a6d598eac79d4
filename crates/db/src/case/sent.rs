//! Cases that are brought in as records, and what their contacts tell of them.

use super::{ActiveModel, Case, Column, Content, Entity, columns};
use crate::at::At;
use crate::contact;
use crate::error::word;
use crate::{Result, Tx};
use model::contact::Channel;
use model::{CaseId, PersonId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value,
};
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
    pub known: Told,
    /// The person of the first contact that has one.
    pub person: Option<PersonId>,
    pub channel: Channel,
    pub subject: Option<String>,
    pub text: Option<String>,
}

/// What the first contacts tell of these cases, of those that came as records. Each question is asked of one table by its
/// ids, since a database that has just been filled knows too little of its tables to join them well.
pub async fn first_contacts(connection: &impl ConnectionTrait, ids: &[CaseId]) -> Result<Vec<First>> {
    let mut all = Vec::new();
    for some in ids.chunks(500) {
        let some: Vec<i64> = some.iter().map(|id| id.0).collect();
        all.extend(firsts(connection, &some).await?);
    }
    Ok(all)
}

/// Keeps others from changing these cases until the transaction ends, in one order. SQLite has one writer.
pub async fn hold(tx: &Tx, ids: &[CaseId]) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        for some in ids.chunks(500) {
            let query =
                Entity::find().select_only().column(Column::Id).filter(Column::Id.is_in(some.iter().map(|id| id.0)));
            let held = query.order_by_asc(Column::Id).lock(LockType::NoKeyUpdate);
            held.into_tuple::<i64>().all(tx).await?;
        }
    }
    Ok(())
}

/// What is known of those of these cases that came as records.
pub async fn told(connection: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Told>> {
    let rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Version, Column::PersonId, Column::Channel, Column::Subject])
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::External.is_not_null())
        .into_tuple::<(i64, i64, Option<i64>, String, Option<String>)>()
        .all(connection)
        .await?;
    let told = rows.into_iter().map(|(id, version, person, channel, subject)| {
        let channel = word("cases.channel", &channel)?;
        Ok(Told { id: CaseId(id), version, person: person.map(PersonId), channel, subject })
    });
    told.collect()
}

async fn firsts(connection: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<First>> {
    let cases = told(connection, ids).await?;
    let mut contacts: Vec<(i64, At, i64, Option<i64>, String)> = contact::Entity::find()
        .select_only()
        .columns([
            contact::Column::CaseId,
            contact::Column::StartedAt,
            contact::Column::Id,
            contact::Column::PersonId,
            contact::Column::Channel,
        ])
        .filter(contact::Column::CaseId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    contacts.sort_unstable_by_key(|(case, at, id, ..)| (*case, at.0, *id));
    let of = |case: i64| {
        let from = contacts.partition_point(|contact| contact.0 < case);
        contacts.iter().skip(from).take_while(move |contact| contact.0 == case)
    };
    // Words are read where a case has no title yet.
    let untitled = cases.iter().filter(|case| case.subject.is_none()).filter_map(|case| Some(of(case.id.0).next()?.2));
    let words: Vec<(i64, Option<String>, Option<String>)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::Id, contact::Column::Subject, contact::Column::Text])
        .filter(contact::Column::Id.is_in(untitled))
        .into_tuple()
        .all(connection)
        .await?;
    let mut words: HashMap<i64, (Option<String>, Option<String>)> =
        words.into_iter().map(|(id, subject, text)| (id, (subject, text))).collect();
    let mut all = Vec::new();
    for known in cases {
        let id = known.id.0;
        let Some((_, _, contact, _, first_channel)) = of(id).next() else { continue };
        let (subject, text) = words.remove(contact).unwrap_or_default();
        all.push(First {
            known,
            person: of(id).find_map(|(.., person, _)| *person).map(PersonId),
            channel: word("contact.channel", first_channel)?,
            subject,
            text,
        });
    }
    Ok(all)
}

/// What is known of a case that came as a record, by its contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub id: CaseId,
    pub version: i64,
    pub person: Option<PersonId>,
    pub channel: Channel,
    pub subject: Option<String>,
}

/// Stores what became known of cases, many at once.
pub async fn set_told(tx: &Tx, all: &[Told]) -> Result<()> {
    let backend = tx.get_database_backend();
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
                // PostgreSQL wants to know what an empty value would be. SQLite looks a name up among all of them.
                let types = ["bigint", "bigint", "bigint", "text", "text"];
                let row = (at + 1..).zip(types).map(|(n, of)| match backend {
                    DbBackend::Postgres => format!("CAST(${n} AS {of})"),
                    _ => "?".to_owned(),
                });
                format!("({})", row.collect::<Vec<_>>().join(", "))
            })
            .collect();
        let sql = format!(
            "UPDATE cases SET version = v.column2, person_id = v.column3, channel = v.column4, subject = v.column5 \
             FROM (VALUES {}) AS v WHERE cases.id = v.column1",
            rows.join(", ")
        );
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}
