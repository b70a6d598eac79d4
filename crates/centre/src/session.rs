//! Sessions of pages, in the database so that any process serves any request. What is stored is found by a hash of the
//! cookie: whoever reads the table cannot sign in with it.

use crate::{By, Centre, Result};
use chrono::{DateTime, Utc};
use model::UserId;
use sha2::{Digest, Sha256};

fn row(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// What a session is kept as: `staff` once somebody has signed in.
#[derive(Debug, Clone)]
pub struct Kept {
    pub staff: Option<UserId>,
    pub data: String,
    pub expires_at: DateTime<Utc>,
}

/// Begins a session.
///
/// # Errors
/// Only those of the database.
pub async fn begin(centre: &Centre, id: &str, kept: Kept) -> Result<()> {
    let id = row(id);
    centre
        .work(By::System, move |w| {
            Box::pin(async move { Ok(db::session::insert(w.tx, &id, kept.staff, &kept.data, kept.expires_at).await?) })
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
            Box::pin(async move { Ok(db::session::update(w.tx, &id, kept.staff, &kept.data, kept.expires_at).await?) })
        })
        .await
}

/// What a session holds, and until when.
///
/// # Errors
/// Only those of the database.
pub async fn load(centre: &Centre, id: &str) -> Result<Option<(String, DateTime<Utc>)>> {
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
