//! Whether somebody takes work at the moment. A person says what they wish; how they then stand is decided by routing,
//! and written here so that every page shows it, whichever process serves it.

pub use db::availability::Availability;

use crate::{Centre, Error, Result, Work};
use model::UserId;
use model::availability::{Standing, Wish, Wished};
use model::event::Subject;
use model::problem::Problem;

/// Somebody says whether they take work. Whoever says that they are ready as they write something up, and has said so before,
/// is done with it.
///
/// # Errors
/// A pause without a reason.
pub async fn wish(work: &Work<'_>, wished: Wished) -> Result<()> {
    let staff = work.staff()?.id;
    if wished.wish == Wish::Pause && wished.reason.is_none() {
        return Err(Error::field("reason", Problem::Missing));
    }
    let one = stands(work, staff).await?;
    let is_done = one.wished == wished && wished.wish == Wish::Ready && one.standing == Standing::WrapUp;
    if is_done {
        tell(work, staff, wished);
        return Ok(());
    }
    take(work, one, wished).await
}

/// The centre says so for somebody: their telephone was lost, they let an offer pass.
///
/// # Errors
/// Only those of the database.
pub async fn wish_for(work: &Work<'_>, staff: UserId, wished: Wished) -> Result<()> {
    let one = stands(work, staff).await?;
    take(work, one, wished).await
}

async fn take(work: &Work<'_>, mut one: Availability, wished: Wished) -> Result<()> {
    let reason = wished.reason.filter(|_| wished.wish == Wish::Pause);
    let wished = Wished { reason, ..wished };
    if one.wished == wished {
        return Ok(());
    }
    (one.wished, one.wished_at) = (wished, work.now);
    db::availability::save(work.tx, &one).await?;
    tell(work, one.staff, wished);
    Ok(())
}

fn tell(work: &Work<'_>, staff: UserId, wished: Wished) {
    let data = serde_json::to_value(wished).unwrap_or_default();
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Availability, &staff.to_string(), "wished", data);
}

async fn stands(work: &Work<'_>, staff: UserId) -> Result<Availability> {
    let stored = db::availability::load(work.tx, staff).await?;
    Ok(stored.unwrap_or_else(|| Availability::off(staff, work.now)))
}

/// Stores how somebody stands.
///
/// # Errors
/// Only those of the database.
pub async fn stand(work: &Work<'_>, now: &Availability) -> Result<()> {
    let mut one = stands(work, now.staff).await?;
    let before = (one.standing, one.device);
    (one.standing, one.since, one.device, one.until) = (now.standing, now.since, now.device, now.until);
    db::availability::save(work.tx, &one).await?;
    if before != (one.standing, one.device) {
        let data = serde_json::json!({ "standing": one.standing, "device": one.device });
        let staff = now.staff.to_string();
        db::event::append(work.tx, work.by.actor(), work.now, Subject::Availability, &staff, "stood", data);
    }
    Ok(())
}

/// How somebody stands.
///
/// # Errors
/// Only those of the database.
pub async fn of(centre: &Centre, staff: UserId) -> Result<Availability> {
    let stored = db::availability::load(centre.db().read(), staff).await?;
    Ok(stored.unwrap_or_else(|| Availability::off(staff, centre.now())))
}

/// How everybody stands who has ever taken work.
///
/// # Errors
/// Only those of the database.
pub async fn all(centre: &Centre) -> Result<Vec<Availability>> {
    Ok(db::availability::all(centre.db().read()).await?)
}
