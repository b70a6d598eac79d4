//! Who may no longer sign in, and what becomes of the cases they have.

use super::{profile, tell};
use crate::{By, Centre, Error, Result, Work};
use db::case::Stored;
use model::access::{self, Action};
use model::user::Role;
use model::{CaseId, UserId};

/// Cases that one use case puts back: whoever writes meanwhile waits for no more than these.
const CHUNK: u64 = 100;
/// Cases of somebody that are shown.
pub const HELD_SHOWN: u64 = 20;

/// Active cases that somebody has.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// The first, by when they are due.
    pub cases: Vec<Stored>,
    pub count: u64,
}

/// Somebody may no longer sign in: sessions end, tokens and invitations open no more, now or later. Their cases stay theirs until they
/// are put back ([`put_back_cases`]).
///
/// # Errors
/// [`model::problem::Problem::LastAdmin`] when nobody could administer after it.
pub async fn disable(work: &Work<'_>, id: UserId) -> Result<()> {
    work.must_administer()?;
    db::staff::hold_administration(work.tx).await?;
    let member = db::staff::member(work.tx, id).await?.ok_or(Error::NotFound("user"))?;
    if member.disabled_at.is_some() {
        return Ok(());
    }
    profile::keeps_an_administrator(work, &member, "person").await?;
    db::staff::set_disabled(work.tx, id, Some(work.now)).await?;
    db::session::end_all(work.tx, id).await?;
    db::invitation::withdraw_all(work.tx, id, work.now).await?;
    crate::token::revoke_all(work, id).await?;
    tell(work, id, "disabled", serde_json::json!({}));
    Ok(())
}

/// Somebody may sign in again, with the password they had. Their tokens are made anew.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn enable(work: &Work<'_>, id: UserId) -> Result<()> {
    work.must_administer()?;
    let member = db::staff::member(work.tx, id).await?.ok_or(Error::NotFound("user"))?;
    if member.disabled_at.is_some() {
        // Earlier versions left those of whoever was disabled in force.
        crate::token::revoke_all(work, id).await?;
        db::staff::set_disabled(work.tx, id, None).await?;
        tell(work, id, "enabled", serde_json::json!({}));
    }
    Ok(())
}

/// The active cases that somebody has.
///
/// # Errors
/// Only those of the database.
pub async fn held(centre: &Centre, id: UserId) -> Result<Held> {
    let db = centre.db().read();
    let cases = db::case::active_of(db, id, HELD_SHOWN).await?;
    let count = db::case::count_active_of(db, id).await?;
    Ok(Held { cases, count })
}

/// Puts the active cases that somebody has back among those to take, in their queues; how many. By whoever administers,
/// and by a supervisor, of a structure within that structure.
///
/// # Errors
/// [`Error::Denied`] for others. What was put back before an error stays put back.
pub async fn put_back_cases(centre: &Centre, by: By, id: UserId) -> Result<u64> {
    let mut all = 0;
    let mut after = CaseId(0);
    loop {
        let some = centre.work(by.clone(), move |w| Box::pin(async move { put_back_some(w, id, after).await })).await?;
        all += some.put_back;
        match some.last {
            Some(last) => after = last,
            None => break,
        }
    }
    if all > 0 {
        let told = move |w: &Work<'_>| tell(w, id, "cases-put-back", serde_json::json!({ "count": all }));
        centre
            .work(by, move |w| {
                Box::pin(async move {
                    told(w);
                    Ok(())
                })
            })
            .await?;
    }
    Ok(all)
}

struct Batch {
    put_back: u64,
    /// The last that was looked at; nothing when there are no more.
    last: Option<CaseId>,
}

async fn put_back_some(work: &Work<'_>, id: UserId, after: CaseId) -> Result<Batch> {
    may_put_back(work)?;
    let ids = db::case::active_ids_of(work.tx, id, after, CHUNK).await?;
    let mut put_back = 0;
    for case in &ids {
        let Some(mut stored) = db::case::load_for_change(work.tx, *case).await? else { continue };
        // A colleague may have been quicker.
        let theirs = stored.case.is_active() && stored.case.assignee == Some(id);
        let mine = work.by.staff().is_none_or(|me| access::in_scope(me.scope.as_ref(), &stored.case));
        if theirs && mine {
            let event = stored.case.assign(None, work.now)?;
            crate::case::settle(work, &mut stored.case, vec![event]).await?;
            put_back += 1;
        }
    }
    Ok(Batch { put_back, last: ids.last().copied() })
}

fn may_put_back(work: &Work<'_>) -> Result<()> {
    match work.by.staff() {
        Some(me) if !me.roles.has(Role::Supervisor) && access::admin(me).is_err() => {
            Err(access::Denied::Role(Action::Assign).into())
        }
        Some(_) => Ok(()),
        None => work.must_administer(),
    }
}
