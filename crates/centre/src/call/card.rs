//! What an operator sees of a call before it is answered: who calls, why, how long they waited, and what went before.

use crate::{Centre, Result};
use chrono::{DateTime, Utc};
use db::call::Call;
use db::case::Stored;
use model::contact::Contact;
use model::person::Person;
use model::user::Staff;
use model::{ContactId, UserId};

/// A call with who it is from.
#[derive(Debug, Clone)]
pub struct Card {
    pub call: Call,
    pub contact: Contact,
    pub number: Option<String>,
    pub person: Option<Person>,
    /// The person's cases that this operator may see, the latest first.
    pub cases: Vec<Stored>,
    /// Contacts of theirs in the last twelve months.
    pub contacts_in_a_year: u64,
    /// Since when the caller waits, or waited.
    pub waiting_since: DateTime<Utc>,
}

/// The calls that somebody is at: one that rings, one that is spoken on or written up.
///
/// # Errors
/// Only those of the database.
pub async fn live_of(centre: &Centre, operator: UserId) -> Result<Vec<Call>> {
    Ok(db::call::of_operator(centre.db().read(), operator).await?)
}

/// The calls that go on, those that are written up included.
///
/// # Errors
/// Only those of the database.
pub async fn live(centre: &Centre) -> Result<Vec<Call>> {
    Ok(db::call::live(centre.db().read()).await?)
}

/// Reads a call for an operator.
///
/// # Errors
/// Only those of the database.
pub async fn card(centre: &Centre, staff: &Staff, id: ContactId) -> Result<Option<Card>> {
    let db = centre.db().read();
    let (Some(call), Some(stored)) = (db::call::load(db, id).await?, db::contact::load(db, id).await?) else {
        return Ok(None);
    };
    let mut card = Card {
        waiting_since: stored.contact.queued_at.unwrap_or(stored.contact.started_at),
        call,
        contact: stored.contact,
        number: stored.words.from,
        person: None,
        cases: Vec::new(),
        contacts_in_a_year: 0,
    };
    let Some(person) = card.contact.person else { return Ok(Some(card)) };
    let Some(known) = crate::timeline::known(centre, person, None).await? else { return Ok(Some(card)) };
    card.contacts_in_a_year = known.contacts_in_a_year;
    card.cases = known.other_cases;
    card.cases.retain(|stored| crate::access::visible(staff, stored).is_ok());
    card.person = Some(known.person);
    Ok(Some(card))
}

/// The operator who has the caller's one open case in hand: they are asked first.
///
/// # Errors
/// Only those of the database.
pub async fn own_operator(centre: &Centre, contact: ContactId) -> Result<Option<UserId>> {
    let db = centre.db().read();
    let Some(stored) = db::contact::load(db, contact).await? else { return Ok(None) };
    let Some(person) = stored.contact.person else { return Ok(None) };
    let records = db::person::records(db, person).await?;
    let cases = db::case::of_persons(db, &records, 20).await?;
    let mut in_hand = cases.iter().filter(|stored| stored.case.is_active()).filter_map(|stored| stored.case.assignee);
    let first = in_hand.next();
    Ok(first.filter(|first| in_hand.all(|other| other == *first)))
}
