//! Sessions of pages, in the database so that any process serves any request. What is stored is found by a hash of the
//! cookie: whoever reads the table cannot sign in with it.

use crate::{By, Centre, Error, Result, Work};
use chrono::{DateTime, TimeDelta, Utc};
use db::session::Mark;
pub use db::session::{Held, Open};
use model::UserId;
use model::event::Subject;
use sha2::{Digest, Sha256};

/// Seen within this time is seen now: it is not written at every page.
pub const SEEN_WITHIN: TimeDelta = TimeDelta::minutes(5);

/// Under what a session is kept: a hash of what its cookie holds. Whoever has it can end the session and not come in.
#[must_use]
pub fn row(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// What a session is kept as: `staff` once somebody has brought the right password, `inside` once they are in.
#[derive(Debug, Clone)]
pub struct Kept {
    pub staff: Option<UserId>,
    pub inside: bool,
    /// What it runs on, in two words: `firefox linux`.
    pub device: Option<String>,
    pub data: String,
    pub expires_at: DateTime<Utc>,
}

impl Kept {
    fn mark(&self) -> Mark {
        Mark { staff: self.staff, inside: self.inside, device: self.device.clone() }
    }
}

/// Begins a session.
///
/// # Errors
/// Only those of the database.
pub async fn begin(centre: &Centre, id: &str, kept: Kept) -> Result<()> {
    let id = row(id);
    centre
        .work(By::System, move |w| {
            Box::pin(async move {
                Ok(db::session::insert(w.tx, &id, &kept.mark(), &kept.data, kept.expires_at, w.now).await?)
            })
        })
        .await
}

/// Keeps what a session now holds. False when it has ended in the meantime: a page that was on its way while somebody
/// signed out does not sign them in again.
///
/// # Errors
/// Only those of the database.
pub async fn save(centre: &Centre, id: &str, kept: Kept) -> Result<bool> {
    let id = row(id);
    centre
        .work(By::System, move |w| {
            Box::pin(
                async move { Ok(db::session::update(w.tx, &id, &kept.mark(), &kept.data, kept.expires_at).await?) },
            )
        })
        .await
}

/// What a session holds, until when, and when it was last seen.
///
/// # Errors
/// Only those of the database.
pub async fn load(centre: &Centre, id: &str) -> Result<Option<Held>> {
    Ok(db::session::load(centre.db().read(), &row(id), centre.now()).await?)
}

/// Ends a session.
///
/// # Errors
/// Only those of the database.
pub async fn end(centre: &Centre, id: &str) -> Result<()> {
    let id = row(id);
    centre.work(By::System, move |w| Box::pin(async move { Ok(db::session::delete(w.tx, &id).await?) })).await
}

/// Somebody is at their session: noted once in [`SEEN_WITHIN`].
///
/// # Errors
/// Only those of the database.
pub async fn see(centre: &Centre, id: &str) -> Result<()> {
    let id = row(id);
    centre
        .work(By::System, move |w| {
            Box::pin(async move { Ok(db::session::see(w.tx, &id, w.now - SEEN_WITHIN, w.now).await?) })
        })
        .await
}

/// Somebody's sessions, the one seen last first.
///
/// # Errors
/// Only those of the database.
pub async fn of(centre: &Centre, staff: UserId) -> Result<Vec<Open>> {
    Ok(db::session::of_staff(centre.db().read(), staff, centre.now()).await?)
}

/// One of one's own sessions ends, wherever it is: it is out at its next request.
///
/// # Errors
/// [`Error::NotFound`] when it is none of theirs, or has ended.
pub async fn end_own(work: &Work<'_>, row: &str) -> Result<()> {
    let me = work.staff()?.id;
    if !db::session::end_of(work.tx, me, row).await? {
        return Err(Error::NotFound("session"));
    }
    tell(work, me, 1);
    Ok(())
}

/// All of one's own sessions end but this one, which is named by what its cookie holds.
///
/// # Errors
/// Only those of the database.
pub async fn end_others(work: &Work<'_>, this: &str) -> Result<u64> {
    let me = work.staff()?.id;
    let ended = db::session::end_others(work.tx, me, Some(&row(this))).await?;
    if ended > 0 {
        tell(work, me, ended);
    }
    Ok(ended)
}

/// All of somebody's sessions end, at an administrator's word.
///
/// # Errors
/// [`Error::Denied`].
pub async fn end_all(work: &Work<'_>, staff: UserId) -> Result<u64> {
    work.must_administer()?;
    let ended = db::session::end_others(work.tx, staff, None).await?;
    if ended > 0 {
        tell(work, staff, ended);
    }
    Ok(ended)
}

fn tell(work: &Work<'_>, staff: UserId, count: u64) {
    let data = serde_json::json!({ "count": count });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Session, &staff.to_string(), "ended", data);
}
