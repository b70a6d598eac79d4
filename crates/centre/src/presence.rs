//! Who is at the desk, and who else is looking at a case or writing on it.

use crate::{By, Centre, Result};
use chrono::TimeDelta;
use model::user::Staff;
use model::{CaseId, UserId};
use std::sync::Arc;

/// How long a sign of life counts; pages give one every third of it.
pub const LASTS: TimeDelta = TimeDelta::seconds(24);

/// A colleague on the same case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    pub id: UserId,
    pub name: String,
    pub writing: bool,
}

/// Somebody is there, `writing` or looking, or doing what they did before; returns who else is.
///
/// # Errors
/// Only those of the database.
pub async fn here(centre: &Centre, staff: &Arc<Staff>, case: CaseId, writing: Option<bool>) -> Result<Vec<Present>> {
    let now = centre.now();
    let all = db::presence::of(centre.db().read(), case, now).await?;
    // A sign of life is written only when the last one fades or says something else: a page gives many.
    let own = all.iter().find(|p| p.staff_id == staff.id.0);
    let writing = writing.unwrap_or(own.is_some_and(|p| p.writing));
    let fresh = own.is_some_and(|p| p.writing == writing && p.until > db::at::At::from(now + LASTS / 2));
    if !fresh {
        let id = staff.id;
        centre
            .work(By::Staff(staff.clone()), move |w| {
                Box::pin(async move { Ok(db::presence::save(w.tx, case, id, writing, w.now + LASTS).await?) })
            })
            .await?;
    }
    let mut others = Vec::new();
    for present in all.into_iter().filter(|p| p.staff_id != staff.id.0) {
        if let Some(colleague) = db::staff::load(centre.db().read(), UserId(present.staff_id)).await? {
            others.push(Present { id: colleague.id, name: colleague.name, writing: present.writing });
        }
    }
    Ok(others)
}

/// How long an open page of the desk counts; its stream of events gives a sign every third of it.
pub const AT_DESK: TimeDelta = TimeDelta::seconds(90);

/// Somebody has a page of the desk open, at whatever case or at none.
///
/// # Errors
/// Only those of the database.
pub async fn at_desk(centre: &Centre, staff: &Arc<Staff>) -> Result<()> {
    let id = staff.id;
    centre
        .work(By::Staff(staff.clone()), move |w| {
            Box::pin(async move { Ok(db::presence::save(w.tx, db::presence::DESK, id, false, w.now + AT_DESK).await?) })
        })
        .await
}
