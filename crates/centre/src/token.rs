//! API tokens: shown once, kept as a hash.

use crate::{By, Centre, Error, Result, Work};
use chrono::{DateTime, Utc};
use db::token::Token;
use model::event::Subject;
use model::user::Staff;
use model::{TokenId, UserId};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Marks a token as ours, so that a scanner for leaked secrets can know it.
const PREFIX: &str = "la_";

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Makes a token that acts as the member of the staff with this login; returns the token, which is not kept.
///
/// # Errors
/// [`Error::NotFound`] when there is nobody of that login.
pub async fn create(centre: &Centre, by: By, login: &str, per_minute: Option<u32>) -> Result<String> {
    let (staff, _) =
        db::staff::by_login(centre.db().read(), &login.to_lowercase()).await?.ok_or(Error::NotFound("user"))?;
    let random: String = centre.inner().chance.bytes::<32>().iter().map(|b| format!("{b:02x}")).collect();
    let token = format!("{PREFIX}{random}");
    let kept = hash(&token);
    centre
        .work(by, move |w| {
            Box::pin(async move {
                let id = db::token::insert(w.tx, staff.id, &kept, per_minute, w.now).await?;
                tell(w, id, staff.id, "created");
                Ok(())
            })
        })
        .await?;
    Ok(token)
}

fn tell(work: &Work<'_>, id: TokenId, staff: UserId, kind: &str) {
    let data = serde_json::json!({ "user": staff });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Token, &id.to_string(), kind, data);
}

/// The tokens that are in force, of one of the staff or of all, each with when it was made.
///
/// # Errors
/// Only those of the database.
pub async fn in_force(centre: &Centre, staff: Option<UserId>) -> Result<Vec<(Token, DateTime<Utc>)>> {
    Ok(db::token::in_force(centre.db().read(), staff).await?)
}

/// A token opens no more.
///
/// # Errors
/// [`Error::NotFound`] when it is not in force; [`Error::Denied`].
pub async fn revoke(work: &Work<'_>, id: TokenId) -> Result<()> {
    work.must_administer()?;
    let token = db::token::load(work.tx, id).await?.ok_or(Error::NotFound("token"))?;
    if db::token::revoke(work.tx, id, work.now).await? {
        tell(work, id, token.staff, "revoked");
    }
    Ok(())
}

/// Every token of somebody opens no more.
pub(crate) async fn revoke_all(work: &Work<'_>, staff: UserId) -> Result<()> {
    for (token, _) in db::token::in_force(work.tx, Some(staff)).await? {
        revoke(work, token.id).await?;
    }
    Ok(())
}

/// Is this token still in force, and whoever holds it still who they were? What lasts longer than a request asks now and
/// then.
///
/// # Errors
/// Only those of the database.
pub async fn goes_on(centre: &Centre, holder: &Holder) -> Result<bool> {
    let is_in_force = db::token::load(centre.db().read(), holder.token.id).await?.is_some();
    Ok(is_in_force && crate::staff::load(centre, holder.staff.id).await?.is_some_and(|now| now == holder.staff))
}

/// Whoever holds a token.
#[derive(Debug, Clone)]
pub struct Holder {
    pub token: Token,
    pub staff: Arc<Staff>,
}

/// Holders of tokens that came lately, by the token's hash. Whatever happens to staff or tokens, on whichever process, is
/// an event, and events empty it.
#[derive(Default)]
pub(crate) struct Holders {
    known: Mutex<HashMap<String, Holder>>,
    /// Counts how often all was forgotten: what was read before that is not remembered after it.
    forgotten: AtomicU64,
}

/// Holders remembered at the most.
const REMEMBERED: usize = 1_000;

impl Holders {
    fn with<T>(&self, run: impl FnOnce(&mut HashMap<String, Holder>) -> T) -> T {
        run(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn forget(&self) {
        self.with(|all| {
            self.forgotten.fetch_add(1, Ordering::SeqCst);
            all.clear();
        });
    }
}

/// Who holds this token, while it is in force.
///
/// # Errors
/// Only those of the database.
pub async fn holder(centre: &Centre, token: &str) -> Result<Option<Holder>> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let hash = hash(token);
    let holders = &centre.inner().holders;
    if let Some(known) = holders.with(|all| all.get(&hash).cloned()) {
        return Ok(Some(known));
    }
    let forgotten = holders.forgotten.load(Ordering::SeqCst);
    let Some(found) = db::token::by_hash(centre.db().read(), &hash).await? else { return Ok(None) };
    let holder = crate::staff::load(centre, found.staff).await?.map(|staff| Holder { token: found, staff });
    if let Some(holder) = &holder {
        holders.with(|all| {
            if holders.forgotten.load(Ordering::SeqCst) != forgotten {
                return;
            }
            if all.len() >= REMEMBERED {
                all.clear();
            }
            all.insert(hash, holder.clone());
        });
    }
    Ok(holder)
}
