//! Sessions of pages: a cookie that only we read, a record in the database that any process finds.

use crate::Gate;
use async_trait::async_trait;
use centre::Centre;
use centre::session::Kept;
use chrono::{DateTime, Utc};
use model::UserId;
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// A long shift: after it, whoever is still there signs in again.
const LASTS: Duration = Duration::hours(12);
const STAFF: &str = "staff";

#[derive(Clone)]
pub struct Store(Centre);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// The layer that gives handlers a [`Session`]; nothing is stored until something is put into it.
#[must_use]
pub fn layer(gate: &Gate) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store(gate.centre.clone()))
        .with_name("la_session")
        .with_http_only(true)
        .with_secure(gate.settings().secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(LASTS))
}

#[async_trait]
impl SessionStore for Store {
    // Ids are 128 bits from the system's randomness: that two are the same is not looked for.
    async fn create(&self, record: &mut Record) -> Result<()> {
        centre::session::begin(&self.0, &record.id.to_string(), kept(record)?).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // One that ended while its page was on its way is gone, and that is no fault of the page.
        let _still_there =
            centre::session::save(&self.0, &record.id.to_string(), kept(record)?).await.map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some((data, expires)) = centre::session::load(&self.0, &id.to_string()).await.map_err(backend)? else {
            return Ok(None);
        };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&data).map_err(|e| Error::Decode(e.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(expires.timestamp()).map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        centre::session::end(&self.0, &id.to_string()).await.map_err(backend)
    }
}

fn kept(record: &Record) -> Result<Kept> {
    Ok(Kept {
        staff: record.data.get(STAFF).and_then(serde_json::Value::as_i64).map(UserId),
        data: serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?,
        expires_at: DateTime::<Utc>::from_timestamp(record.expiry_date.unix_timestamp(), 0).unwrap_or_default(),
    })
}

fn backend(error: centre::Error) -> Error {
    Error::Backend(error.to_string())
}

/// Somebody has signed in: under a new id, so that one known from before is worth nothing.
///
/// # Errors
/// When the session cannot be stored.
pub async fn begin(session: &Session, staff: UserId) -> std::result::Result<(), tower_sessions::session::Error> {
    session.cycle_id().await?;
    session.insert(STAFF, staff.0).await
}

/// Somebody has signed out: nothing of the session is left.
///
/// # Errors
/// When the session cannot be removed.
pub async fn end(session: &Session) -> std::result::Result<(), tower_sessions::session::Error> {
    session.flush().await
}

/// Who is signed in, as the session says. That it cannot be read does not mean that nobody is.
pub(crate) async fn staff(session: &Session) -> std::result::Result<Option<UserId>, tower_sessions::session::Error> {
    Ok(session.get::<i64>(STAFF).await?.map(UserId))
}
