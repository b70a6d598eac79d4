//! Persons. Their addresses are kept as they were written, beside the normal form they are found by.

use super::refs::{Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::{ConnectionTrait, Counted};
use model::PersonId;
use model::address::{Address, AddressKind};
use model::record::{Extra, Id, Person};

impl Noun for Person {
    type Entity = db::person::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn was_emptied(&self, row: &Row<Self>) -> bool {
        let holds = [&row.external, &row.name, &row.language, &row.region, &row.extra];
        holds.iter().all(|held| held.is_none()) && self.phones.is_none() && self.emails.is_none()
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        Vec::new()
    }

    async fn records(tag: &str, connection: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        let ids: Vec<PersonId> = rows.iter().map(|row| PersonId(row.id)).collect();
        let mut reached = db::person::addresses_of(connection, &ids).await?;
        let written = rows.into_iter().map(|row| {
            let now = reached.remove(&PersonId(row.id)).unwrap_or_default();
            let mut extra = Extra::of_stored(row.extra.as_deref());
            let is_all_of = |values: &[String], spelled: &[Address]| {
                values.iter().all(|value| spelled.iter().any(|address| address.value == *value))
            };
            let spelled = |extra: &mut Extra, key: &str, kind: AddressKind| {
                let values = now.iter().filter(|a| a.kind == kind);
                let values: Vec<String> = values.map(|a| a.value.clone()).collect();
                match extra.take::<Vec<String>>(key) {
                    // As they were written, unless others have come to be known since.
                    Some(spelled) if is_all_of(&values, &addresses(kind, &spelled)) => Some(spelled),
                    _ => (!values.is_empty()).then_some(values),
                }
            };
            Self {
                id: super::name(tag, row.external.as_deref(), row.id),
                name: row.name,
                phones: spelled(&mut extra, "phones", AddressKind::Phone),
                emails: spelled(&mut extra, "emails", AddressKind::Email),
                language: row.language,
                region: row.region,
                extra,
            }
        });
        Ok(written.collect())
    }

    async fn insert(work: &Work<'_>, _: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Person, fresh.len()).await?;
        let (mut rows, mut addresses, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for (id, person) in ids.into_iter().zip(fresh) {
            addresses.extend(reached(&person).into_iter().map(|address| (PersonId(id), address)));
            words.extend(person.name.clone().map(|name| (db::search::Source::Person(PersonId(id)), name)));
            rows.push(bulk::whole::<Self::Entity>(row(work, id, person)));
        }
        bulk::insert::<Self::Entity>(work.tx, rows).await?;
        db::person::insert_addresses(work.tx, &addresses, work.now).await?;
        db::search::insert(work.tx, &words);
        Ok(())
    }

    async fn replace(work: &Work<'_>, _: &Refs, old: Row<Self>, record: Self) -> Result<()> {
        let id = PersonId(old.id);
        let known = db::person::addresses(work.tx, &[id]).await?;
        let wanted = reached(&record);
        // What the earlier record gave and this one does not; what became known here stays.
        let mut told = Extra::of_stored(old.extra.as_deref());
        let mut given = addresses(AddressKind::Phone, &told.take::<Vec<String>>("phones").unwrap_or_default());
        given.extend(addresses(AddressKind::Email, &told.take::<Vec<String>>("emails").unwrap_or_default()));
        given.retain(|address| !wanted.contains(address));
        db::person::remove_addresses(work.tx, id, &given).await?;
        let fresh = wanted.into_iter().filter(|address| !known.contains(address));
        let fresh: Vec<_> = fresh.map(|address| (id, address)).collect();
        let name = record.name.clone().unwrap_or_default();
        db::search::replace(work.tx, &[(db::search::Source::Person(id), name)]).await?;
        let new = row(work, old.id, record);
        let row = db::person::Model {
            external: old.external,
            merged_into: old.merged_into,
            erased_at: old.erased_at,
            created_at: old.created_at,
            ..new
        };
        bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(row)).await?;
        Ok(db::person::insert_addresses(work.tx, &fresh, work.now).await?)
    }
}

fn row(work: &Work<'_>, id: i64, person: Person) -> Row<Person> {
    let Person { id: external, name, phones, emails, language, region, mut extra } = person;
    for (key, list) in [("phones", phones), ("emails", emails)] {
        if let Some(list) = list {
            extra.put(key, &list);
        }
    }
    db::person::Model {
        id,
        name,
        language,
        region,
        merged_into: None,
        erased_at: None,
        created_at: work.now.into(),
        external: Some(external.0),
        extra: extra.stored(),
    }
}

/// The addresses a person is found by; what is no address finds nobody.
fn reached(person: &Person) -> Vec<Address> {
    let mut all: Vec<Address> = Vec::new();
    for (kind, list) in [(AddressKind::Phone, &person.phones), (AddressKind::Email, &person.emails)] {
        for address in addresses(kind, list.as_deref().unwrap_or_default()) {
            if !all.contains(&address) {
                all.push(address);
            }
        }
    }
    all
}

/// Addresses as they are found, of how they were written.
fn addresses(kind: AddressKind, spelled: &[String]) -> Vec<Address> {
    let normal = |typed: &String| match kind {
        AddressKind::Phone => Address::phone("phones", typed).ok(),
        AddressKind::Email => Address::email("emails", typed).ok(),
    };
    spelled.iter().filter_map(normal).collect()
}
