//! All that is held on a person, row by row.

use crate::{Result, attachment, case, contact, draft, event, message, outbox, person, recording, survey};
use model::event::Record;
use model::{CaseId, PersonId};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

/// The rows of a person.
#[derive(Debug, Clone)]
pub struct Rows {
    pub records: Vec<person::Model>,
    pub addresses: Vec<person::address::Model>,
    pub cases: Vec<case::Model>,
    /// Of their cases, and theirs beside them.
    pub contacts: Vec<contact::Model>,
    pub messages: Vec<message::Model>,
    pub files: Vec<attachment::Model>,
    /// What was recorded of their contacts and is kept still.
    pub recordings: Vec<recording::Model>,
    /// What operators were writing and have not sent.
    pub drafts: Vec<draft::Model>,
    pub surveys: Vec<survey::Model>,
    pub letters: Vec<outbox::Model>,
    pub history: Vec<Record>,
}

impl Rows {
    /// True when none of them holds a word, a file, or anything by which somebody is known.
    #[must_use]
    pub fn hold_nothing(&self) -> bool {
        let any = |of: &[&Option<String>]| of.iter().any(|text| text.is_some());
        let known = |r: &person::Model| any(&[&r.name, &r.language, &r.region, &r.external, &r.extra]);
        let written = |r: &case::Model| any(&[&r.subject, &r.announce_to, &r.external, &r.extra]);
        let said = |r: &contact::Model| any(&[&r.from_address, &r.subject, &r.text, &r.external, &r.extra]);
        let told = |r: &message::Model| any(&[&r.text, &r.external, &r.extra]);
        let thought = |r: &survey::Model| any(&[&r.comment, &r.external, &r.extra]);
        self.addresses.is_empty()
            && self.files.is_empty()
            && self.recordings.is_empty()
            && self.drafts.is_empty()
            && !self.records.iter().any(known)
            && !self.cases.iter().any(written)
            && !self.contacts.iter().any(said)
            && !self.messages.iter().any(told)
            && !self.surveys.iter().any(thought)
            && !self.letters.iter().any(|letter| letter.payload.get("to").is_some())
    }
}

/// Ids that one statement names: both engines bound the values of a statement.
const SOME: usize = 1_000;

/// Reads the rows of these records: what has their numbers and addresses and is nobody else's is theirs.
pub async fn read(connection: &impl ConnectionTrait, records: &[PersonId]) -> Result<Rows> {
    let ids: Vec<i64> = records.iter().map(|id| id.0).collect();
    let mut cases = Vec::new();
    for some in case::ids_of_persons(connection, records).await?.chunks(SOME) {
        let some = case::Entity::find().filter(case::Column::Id.is_in(some.iter().map(|id| id.0)));
        cases.extend(some.order_by_asc(case::Column::Id).all(connection).await?);
    }
    let mut rows = Rows {
        records: person::Entity::find()
            .filter(person::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(person::Column::Id)
            .all(connection)
            .await?,
        addresses: person::address::Entity::find()
            .filter(person::address::Column::PersonId.is_in(ids.iter().copied()))
            .order_by_asc(person::address::Column::Id)
            .all(connection)
            .await?,
        contacts: contact::Entity::find()
            .filter(contact::Column::PersonId.is_in(ids.iter().copied()))
            .order_by_asc(contact::Column::Id)
            .all(connection)
            .await?,
        messages: Vec::new(),
        files: Vec::new(),
        recordings: Vec::new(),
        drafts: Vec::new(),
        surveys: Vec::new(),
        letters: Vec::new(),
        history: Vec::new(),
        cases,
    };
    let reached = person::addresses(connection, records).await?;
    rows.contacts.extend(contact::of_nobody(connection, &reached).await?);
    // Those of their cases come with the cases, whoever they are from.
    rows.contacts.retain(|contact| !contact.case_id.is_some_and(|id| rows.cases.iter().any(|case| case.id == id)));
    let of: Vec<i64> = rows.cases.iter().map(|case| case.id).collect();
    for some in of.chunks(SOME) {
        let some = || some.iter().copied();
        let of_cases = contact::Entity::find().filter(contact::Column::CaseId.is_in(some()));
        rows.contacts.extend(of_cases.order_by_asc(contact::Column::Id).all(connection).await?);
        let of_cases = message::Entity::find().filter(message::Column::CaseId.is_in(some()));
        rows.messages.extend(of_cases.order_by_asc(message::Column::Id).all(connection).await?);
        let of_cases = attachment::Entity::find().filter(attachment::Column::CaseId.is_in(some()));
        rows.files.extend(of_cases.order_by_asc(attachment::Column::Id).all(connection).await?);
        let of_cases = draft::Entity::find().filter(draft::Column::CaseId.is_in(some()));
        rows.drafts.extend(of_cases.order_by_asc(draft::Column::SavedAt).all(connection).await?);
        let of_cases = survey::Entity::find().filter(survey::Column::CaseId.is_in(some()));
        rows.surveys.extend(of_cases.order_by_asc(survey::Column::Id).all(connection).await?);
        let of_cases = outbox::Entity::find().filter(outbox::Column::CaseId.is_in(some()));
        rows.letters.extend(of_cases.order_by_asc(outbox::Column::Id).all(connection).await?);
        rows.history.extend(event::of_cases(connection, &some().map(CaseId).collect::<Vec<_>>()).await?);
    }
    let contacts: Vec<i64> = rows.contacts.iter().map(|contact| contact.id).collect();
    for some in contacts.chunks(SOME) {
        let of_contacts = recording::Entity::find().filter(recording::Column::Contact.is_in(some.iter().copied()));
        let kept = of_contacts.filter(recording::Column::StoredAs.is_not_null());
        rows.recordings.extend(kept.order_by_asc(recording::Column::Id).all(connection).await?);
    }
    Ok(rows)
}
