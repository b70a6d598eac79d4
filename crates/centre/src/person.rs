//! Persons: two records that are one person are merged by an operator who knows it, and parted again.

use crate::{Error, Result, Work};
use model::PersonId;
use model::event::{PersonEvent, Subject};
use model::user::Role;

/// Roles that may say that two records are one person.
const MAY: &[Role] = &[Role::Front, Role::Back, Role::Supervisor];

/// The record `id` is the person `into`: cases and addresses of both are shown together.
///
/// # Errors
/// When they are one already, or either is not there.
pub async fn merge(work: &Work<'_>, id: PersonId, into: PersonId) -> Result<()> {
    work.must_be(MAY)?;
    let from = db::person::root(&**work.tx, id).await?.ok_or(Error::NotFound("person"))?;
    let to = db::person::root(&**work.tx, into).await?.ok_or(Error::NotFound("person"))?;
    if from.id == to.id {
        return Err(Error::field("into", model::problem::Problem::AlreadyTaken));
    }
    db::person::set_merged(work.tx, from.id, Some(to.id)).await?;
    tell(work, from.id, &PersonEvent::Merged { into: to.id }).await
}

/// Parts a record from the person it was merged into.
///
/// # Errors
/// When it is not merged.
pub async fn unmerge(work: &Work<'_>, id: PersonId) -> Result<()> {
    work.must_be(MAY)?;
    let record = db::person::load(&**work.tx, id).await?.ok_or(Error::NotFound("person"))?;
    let from = record.merged_into.ok_or(Error::NotFound("merge"))?;
    db::person::set_merged(work.tx, id, None).await?;
    tell(work, id, &PersonEvent::Unmerged { from }).await
}

async fn tell(work: &Work<'_>, id: PersonId, event: &PersonEvent) -> Result<()> {
    let data = serde_json::to_value(event).unwrap_or_default();
    Ok(db::event::append(work.tx, work.by.actor(), work.now, Subject::Person, &id.to_string(), event.kind(), data).await?)
}
