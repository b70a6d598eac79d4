//! The desk's search: by case number, by telephone or address, by name, by words.

use crate::{Centre, Result};
use db::case::Stored;
use db::search::Source;
use model::number::CaseNumber;
use model::user::Staff;
use model::{CaseId, PersonId};

/// Cases shown for one search.
pub const MOST: usize = 50;

/// The cases that answer to what was typed, within what `staff` may see: the latest first.
///
/// # Errors
/// Only those of the database.
pub async fn find(centre: &Centre, staff: &Staff, typed: &str) -> Result<Vec<Stored>> {
    let db = centre.db().read();
    let typed: String = typed.chars().take(200).collect();
    let mut cases: Vec<CaseId> = Vec::new();
    let mut persons: Vec<PersonId> = Vec::new();

    // A bare number may be a case's, and a telephone's as well.
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let number = typed.parse::<CaseNumber>().ok();
    if let Some(number) = number {
        cases.push(number.id);
    } else if !digits.is_empty() && typed.trim().trim_start_matches('#').chars().all(|c| c.is_ascii_digit()) {
        cases.extend(digits.parse().ok().map(CaseId));
    }
    if number.is_none() && (typed.contains('@') || digits.len() >= 5) {
        persons.extend(db::person::by_address_part(db, typed.trim(), 100).await?);
    }
    // Who is bound to a structure sees few of all that is found, so more is looked at for them.
    let hits = if staff.scope.is_some() { 5_000 } else { 500 };
    let found = db::search::find(db, &typed, hits).await?;
    let of = |pick: fn(&Source) -> Option<i64>| found.iter().filter_map(pick).collect::<Vec<i64>>();
    cases.extend(of(|s| if let Source::Case(id) = s { Some(id.0) } else { None }).into_iter().map(CaseId));
    persons.extend(of(|s| if let Source::Person(id) = s { Some(id.0) } else { None }).into_iter().map(PersonId));
    let contacts = of(|s| if let Source::Contact(id) = s { Some(id.0) } else { None });
    let messages = of(|s| if let Source::Message(id) = s { Some(id.0) } else { None });
    cases.extend(db::search::cases_of(db, &contacts, &messages).await?);
    if !persons.is_empty() {
        let records = db::person::all_records(db, &persons).await?;
        cases.extend(db::case::of_persons(db, &records, hits).await?.into_iter().map(|s| s.case.id));
    }
    cases.sort_unstable();
    cases.dedup();
    let mut stored = db::case::latest(db, &cases, staff.scope.as_ref(), MOST as u64).await?;
    stored.retain(|s| crate::access::visible(staff, s).is_ok());
    Ok(stored)
}

/// Cases in the order they were opened in, within what `staff` may see: for programs that read all of them.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    centre: &Centre,
    staff: &Staff,
    mut narrow: db::case::Narrow,
    after: Option<CaseId>,
    limit: u64,
) -> Result<Vec<Stored>> {
    narrow.scope.clone_from(&staff.scope);
    Ok(db::case::page(centre.db().read(), &narrow, after, limit).await?)
}

/// The case of this number, if `staff` may see it.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none, or its year is another.
pub async fn by_number(centre: &Centre, staff: &Staff, number: CaseNumber) -> Result<Stored> {
    let stored =
        db::case::load(centre.db().read(), number.id).await?.filter(|s| number.fits(s.case.id, s.case.opened_at));
    let stored = stored.ok_or(crate::Error::NotFound("case"))?;
    crate::access::visible(staff, &stored)?;
    Ok(stored)
}
