//! Contacts, with or without a case. A case learns from them whose it is.

use super::refs::{Names, Refs, To};
use super::{Noun, Row, case};
use crate::{Result, Work};
use db::bulk;
use db::search::Source;
use db::{ConnectionTrait, Counted};
use model::record::{Contact, Extra, Id};
use model::{CaseId, ContactId, PersonId};
use std::collections::HashMap;

impl Noun for Contact {
    type Entity = db::contact::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn was_emptied(&self, row: &Row<Self>) -> bool {
        let holds = [&row.external, &row.from_address, &row.subject, &row.text, &row.extra];
        holds.iter().all(|held| held.is_none())
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        let operator = self.operator.iter().map(|id| ("operator", To::Operator, id));
        let case = self.case.iter().map(|id| ("case", To::Case, id));
        let person = self.person.iter().map(|id| ("person", To::Person, id));
        std::iter::once(("service", To::Service, &self.service)).chain(operator).chain(case).chain(person).collect()
    }

    async fn records(tag: &str, connection: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        let names = Names::new(tag)
            .with_cases(connection, rows.iter().filter_map(|row| row.case_id))
            .await?
            .with_operators(connection, rows.iter().filter_map(|row| row.operator))
            .await?
            .with_persons(connection, rows.iter().filter_map(|row| row.person_id))
            .await?;
        rows.into_iter()
            .map(|row| {
                let extra = Extra::of_stored(row.extra.as_deref());
                let id = super::name(tag, row.external.as_deref(), row.id);
                let (case, person) = (names.case(row.case_id), names.person(row.person_id));
                let operator = names.operator(row.operator);
                let db::contact::Stored { contact, words } = row.try_into()?;
                Ok(Self {
                    id,
                    service: Id(contact.service.0),
                    channel: contact.channel,
                    direction: contact.direction,
                    started_at: contact.started_at,
                    entry_point: contact.entry_point,
                    from: words.from,
                    queued_at: contact.queued_at,
                    answered_at: contact.answered_at,
                    ended_at: contact.ended_at,
                    outcome: contact.outcome,
                    operator,
                    case,
                    person,
                    language: contact.language,
                    topic: contact.topic.map(|topic| topic.0),
                    subject: words.subject,
                    text: words.text,
                    extra,
                })
            })
            .collect()
    }

    async fn insert(work: &Work<'_>, refs: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Contact, fresh.len()).await?;
        let rows: Vec<_> = ids.into_iter().zip(fresh).map(|(id, contact)| row(refs, id, contact)).collect();
        let cases: Vec<CaseId> = rows.iter().filter_map(|row| row.case_id).map(CaseId).collect();
        findable(work, &rows).await?;
        db::case::write_in(work.tx, &cases).await?;
        let rows = rows.into_iter().map(bulk::whole::<Self::Entity>).collect();
        bulk::insert::<Self::Entity>(work.tx, rows).await?;
        case::complete(work, cases).await
    }

    async fn replace(work: &Work<'_>, refs: &Refs, old: Row<Self>, record: Self) -> Result<()> {
        let cases = [old.case_id, refs.case(record.case.as_ref()).map(|case| case.0)];
        let (case, person, title) = (old.case_id, old.person_id, title(&old));
        let new = db::contact::Model { external: old.external, ..row(refs, old.id, record) };
        let moved = case != new.case_id;
        let person = person.filter(|person| moved || new.person_id != Some(*person)).map(PersonId);
        let title = title.filter(|title| moved || self::title(&new).as_ref() != Some(title));
        db::search::delete(work.tx, Source::Contact(ContactId(old.id))).await?;
        findable(work, std::slice::from_ref(&new)).await?;
        let cases: Vec<CaseId> = cases.into_iter().flatten().map(CaseId).collect();
        db::case::write_in(work.tx, &cases).await?;
        bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(new)).await?;
        case::untell(work, &cases, person, title.as_deref()).await?;
        case::complete(work, cases).await
    }
}

fn row(refs: &Refs, id: i64, contact: Contact) -> Row<Contact> {
    db::contact::Model {
        id,
        case_id: refs.case(contact.case.as_ref()).map(|case| case.0),
        person_id: refs.person(contact.person.as_ref()).map(|person| person.0),
        service: contact.service.0,
        channel: contact.channel.to_string(),
        direction: contact.direction.to_string(),
        entry_point: contact.entry_point,
        from_address: contact.from,
        started_at: contact.started_at.into(),
        queued_at: contact.queued_at.map(Into::into),
        answered_at: contact.answered_at.map(Into::into),
        ended_at: contact.ended_at.map(Into::into),
        outcome: contact.outcome.map(|outcome| outcome.to_string()),
        operator: refs.operator(contact.operator.as_ref()).map(|user| user.0),
        language: contact.language,
        topic: contact.topic,
        subject: contact.subject,
        text: contact.text,
        external: Some(contact.id.0),
        extra: contact.extra.stored(),
    }
}

/// The title that a case has of it, where it is its first.
fn title(row: &Row<Contact>) -> Option<String> {
    let of_text = || row.text.as_deref().map(|text| model::text::first_line(text, 80));
    row.subject.clone().or_else(of_text).filter(|title| !title.is_empty())
}

/// Contacts are found by their words together with the name of whose they are, as those that come in live.
async fn findable(work: &Work<'_>, rows: &[Row<Contact>]) -> Result<()> {
    let with_words = || rows.iter().filter(|r| r.subject.is_some() || r.text.is_some() || r.from_address.is_some());
    let mut persons: Vec<PersonId> = with_words().filter_map(|row| row.person_id).map(PersonId).collect();
    persons.sort_unstable();
    persons.dedup();
    let known = db::person::with_ids(work.tx, &persons).await?;
    let names: HashMap<i64, String> = known.into_iter().filter_map(|p| Some((p.id.0, p.name?))).collect();
    let texts = with_words().map(|row| {
        let name = row.person_id.and_then(|id| names.get(&id)).map(String::as_str);
        let words = [name, row.subject.as_deref(), row.text.as_deref(), row.from_address.as_deref()];
        (Source::Contact(ContactId(row.id)), words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    });
    db::search::insert(work.tx, &texts.collect::<Vec<_>>());
    Ok(())
}
