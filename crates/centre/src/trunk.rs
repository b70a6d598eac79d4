//! Trunks: set up, changed, removed. The process that answers the telephone follows what is said here.

use crate::{Centre, Error, Result, Work};
use model::TrunkId;
use model::event::Subject;
use model::trunk::Trunk;
use model::user::Role;

/// All trunks, with what only the telephone may know of them.
///
/// # Errors
/// Only those of the database.
pub async fn all(centre: &Centre) -> Result<Vec<Trunk>> {
    Ok(db::trunk::all(centre.db().read()).await?)
}

/// Stores a trunk, new or in place of the one with its id. A password that is not given stays.
///
/// # Errors
/// Every field that cannot be taken.
pub async fn save(work: &Work<'_>, mut trunk: Trunk) -> Result<()> {
    administers(work)?;
    let before = db::trunk::all(work.tx).await?.into_iter().find(|known| known.id == trunk.id);
    if trunk.password.is_none() {
        trunk.password = before.as_ref().and_then(|known| known.password.clone());
    }
    trunk.check().map_err(Error::Invalid)?;
    if before.as_ref() == Some(&trunk) {
        return Ok(());
    }
    db::trunk::save(work.tx, &trunk, work.now).await?;
    let kind = if before.is_some() { "changed" } else { "added" };
    tell(work, &trunk.id, kind);
    Ok(())
}

/// Removes a trunk.
///
/// # Errors
/// One that is not there.
pub async fn remove(work: &Work<'_>, id: &TrunkId) -> Result<()> {
    administers(work)?;
    if !db::trunk::remove(work.tx, id).await? {
        return Err(Error::NotFound("trunk"));
    }
    tell(work, id, "removed");
    Ok(())
}

fn tell(work: &Work<'_>, id: &TrunkId, kind: &'static str) {
    let data = serde_json::json!({});
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Trunk, id.as_str(), kind, data);
}

fn administers(work: &Work<'_>) -> Result<()> {
    match work.by.staff() {
        Some(_) => work.must_be(&[Role::Admin]),
        None => Ok(()),
    }
}
