//! Persons: two records that are one person are merged by an operator who knows it, and parted again.

use crate::{Centre, Error, Result, Work};
use db::case::Stored;
use model::PersonId;
use model::address::Address;
use model::event::{PersonEvent, Subject};
use model::person::Person;
use model::user::{Role, Staff};
use std::collections::HashMap;

/// Roles that may say that two records are one person.
const MAY: &[Role] = &[Role::Front, Role::Back, Role::Supervisor];

/// Cases of one person that are looked at, to see whether a structure has one of them.
const CASES_LOOKED_AT: u64 = 1_000;

/// The record `id` is the person `into`: cases and addresses of both are shown together.
///
/// # Errors
/// When they are one already, or either is not there.
pub async fn merge(work: &Work<'_>, id: PersonId, into: PersonId) -> Result<()> {
    work.must_be(MAY)?;
    let from = db::person::root(work.tx, id).await?.ok_or(Error::NotFound("person"))?;
    let to = db::person::root(work.tx, into).await?.ok_or(Error::NotFound("person"))?;
    known_to(work, from.id).await?;
    known_to(work, to.id).await?;
    // Somebody else may have merged one of them meanwhile: two opposite merges would make a ring.
    let still_apart = db::person::lock(work.tx, &[from.id, to.id]).await?.iter().all(|p| p.merged_into.is_none());
    if from.id == to.id || !still_apart {
        return Err(Error::field("into", model::problem::Problem::AlreadyTaken));
    }
    db::person::set_merged(work.tx, from.id, Some(to.id)).await?;
    tell(work, from.id, &PersonEvent::Merged { into: to.id });
    Ok(())
}

/// Parts a record from the person it was merged into.
///
/// # Errors
/// When it is not merged.
pub async fn unmerge(work: &Work<'_>, id: PersonId) -> Result<()> {
    work.must_be(MAY)?;
    let record = db::person::lock(work.tx, &[id]).await?.pop().ok_or(Error::NotFound("person"))?;
    let from = record.merged_into.ok_or(Error::NotFound("merge"))?;
    known_to(work, from).await?;
    db::person::set_merged(work.tx, id, None).await?;
    tell(work, id, &PersonEvent::Unmerged { from });
    Ok(())
}

/// Whoever is bound to a structure knows the persons of its cases and no others.
async fn known_to(work: &Work<'_>, id: PersonId) -> Result<()> {
    let Some(staff) = work.by.staff().filter(|staff| staff.scope.is_some()) else { return Ok(()) };
    let root = db::person::root(work.tx, id).await?.ok_or(Error::NotFound("person"))?;
    let records = db::person::records(work.tx, root.id).await?;
    let cases = db::case::of_persons(work.tx, &records, CASES_LOOKED_AT).await?;
    let one_is_theirs = cases.iter().any(|stored| crate::access::visible(staff, stored).is_ok());
    if one_is_theirs { Ok(()) } else { Err(Error::NotFound("person")) }
}

/// Says in the audit what became of a person's record.
pub(crate) fn tell(work: &Work<'_>, id: PersonId, event: &PersonEvent) {
    let data = serde_json::to_value(event).unwrap_or_default();
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Person, &id.to_string(), event.kind(), data);
}

/// Somebody who is already known, with their cases that are still to be solved.
#[derive(Debug, Clone)]
pub struct Suggestion {
    pub person: Person,
    pub addresses: Vec<Address>,
    pub open: Vec<Stored>,
}

/// Who may be meant by what is being typed, a telephone or an e-mail address: at most five, with the cases that `staff`
/// may see.
///
/// # Errors
/// Only those of the database.
pub async fn suggest(centre: &Centre, staff: &Staff, typed: &str) -> Result<Vec<Suggestion>> {
    let db = centre.db().read();
    let typed = typed.trim();
    if typed.chars().filter(|c| c.is_alphanumeric()).count() < 5 {
        return Ok(Vec::new());
    }
    let mut found: Vec<Suggestion> = Vec::new();
    for id in db::person::by_address_part(db, typed, 20).await? {
        let Some(person) = db::person::root(db, id).await? else { continue };
        if found.len() == 5 || found.iter().any(|s| s.person.id == person.id) {
            continue;
        }
        let records = db::person::records(db, person.id).await?;
        let mut open = db::case::of_persons(db, &records, 50).await?;
        open.retain(|s| s.case.is_active() && crate::access::visible(staff, s).is_ok());
        // Whoever is bound to a structure knows the persons of its cases and no others.
        if staff.scope.is_some() && open.is_empty() {
            continue;
        }
        open.truncate(5);
        found.push(Suggestion { addresses: db::person::addresses(db, &records).await?, person, open });
    }
    Ok(found)
}

/// Somebody who was looked for, with how many cases are theirs.
#[derive(Debug, Clone)]
pub struct Found {
    pub person: Person,
    pub addresses: Vec<Address>,
    pub cases: u64,
}

/// Persons who are looked at for one search.
const LOOKED_AT: u64 = 200;

/// Whoever administers the centre looks for a person: by a word of the name, an address or its beginning, the number of
/// a case, or their own. At most `most`.
///
/// # Errors
/// Only those of the database.
pub async fn look_up(centre: &Centre, typed: &str, most: usize) -> Result<Vec<Found>> {
    let db = centre.db().read();
    let typed: String = typed.trim().chars().take(200).collect();
    let mut ids: Vec<PersonId> = Vec::new();
    if let Ok(number) = typed.parse::<model::number::CaseNumber>() {
        let stored = db::case::load(db, number.id).await?.filter(|s| number.fits(s.case.id, s.case.opened_at));
        ids.extend(stored.and_then(|stored| stored.case.person));
    } else {
        ids.extend(typed.parse::<PersonId>().ok());
        if typed.contains('@') || typed.chars().filter(char::is_ascii_digit).count() >= 5 {
            ids.extend(db::person::by_address_part(db, &typed, LOOKED_AT).await?);
        }
        for source in db::search::find(db, &typed, LOOKED_AT).await? {
            if let db::search::Source::Person(id) = source {
                ids.push(id);
            }
        }
    }
    let mut found: Vec<Found> = Vec::new();
    for id in ids {
        let Some(person) = db::person::root(db, id).await? else { continue };
        if found.iter().any(|known| known.person.id == person.id) {
            continue;
        }
        let records = db::person::records(db, person.id).await?;
        let cases = db::case::ids_of_persons(db, &records).await?.len();
        let addresses = db::person::addresses(db, &records).await?;
        found.push(Found { person, addresses, cases: u64::try_from(cases).unwrap_or(u64::MAX) });
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

/// The names of these persons, as far as they are known.
///
/// # Errors
/// Only those of the database.
pub async fn names(centre: &Centre, ids: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let persons = db::person::with_ids(centre.db().read(), ids).await?;
    Ok(persons.into_iter().filter_map(|p| Some((p.id, p.name?))).collect())
}

/// The address that each of these persons was first known by.
///
/// # Errors
/// Only those of the database.
pub async fn first_addresses(centre: &Centre, ids: &[PersonId]) -> Result<HashMap<PersonId, Address>> {
    Ok(db::person::first_addresses(centre.db().read(), ids).await?.into_iter().collect())
}
