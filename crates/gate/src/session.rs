//! Sessions of pages: a cookie that only we read, a record in the database that any process finds.

use crate::Gate;
use async_trait::async_trait;
use centre::Centre;
use centre::session::Kept;
use chrono::{DateTime, TimeDelta, Utc};
use model::UserId;
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// A long shift: after it, whoever is still there signs in again.
const LASTS: Duration = Duration::hours(12);
/// How long whoever has brought the right password may take to bring what else is asked for.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Who is in.
const STAFF: &str = "staff";
/// Who has brought the right password, and since when: another key, so that nobody is let in by it.
const AT_THE_DOOR: &str = "at-the-door";
const DEVICE: &str = "device";
/// A secret that nobody has confirmed yet.
const ENROLLING: &str = "enrolling";
/// When the session was last seen, as its row says: read with it, never written with it.
const SEEN: &str = "seen";

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
        let Some(held) = centre::session::load(&self.0, &id.to_string()).await.map_err(backend)? else {
            return Ok(None);
        };
        let mut data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&held.data).map_err(|e| Error::Decode(e.to_string()))?;
        data.extend(held.seen_at.map(|at| (SEEN.to_owned(), at.timestamp().into())));
        let expiry_date = OffsetDateTime::from_unix_timestamp(held.expires_at.timestamp())
            .map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        centre::session::end(&self.0, &id.to_string()).await.map_err(backend)
    }
}

fn kept(record: &Record) -> Result<Kept> {
    let inside = record.data.get(STAFF).and_then(serde_json::Value::as_i64);
    let at_the_door = record.data.get(AT_THE_DOOR).and_then(|v| v.get(0)).and_then(serde_json::Value::as_i64);
    let data: HashMap<&str, &serde_json::Value> =
        record.data.iter().filter(|(key, _)| *key != SEEN).map(|(key, value)| (key.as_str(), value)).collect();
    Ok(Kept {
        staff: inside.or(at_the_door).map(UserId),
        inside: inside.is_some(),
        device: record.data.get(DEVICE).and_then(|v| v.as_str()).map(str::to_owned),
        data: serde_json::to_string(&data).map_err(|e| Error::Encode(e.to_string()))?,
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
pub async fn begin(
    session: &Session,
    staff: UserId,
    device: &str,
) -> std::result::Result<(), tower_sessions::session::Error> {
    session.cycle_id().await?;
    session.remove_value(AT_THE_DOOR).await?;
    session.remove_value(ENROLLING).await?;
    session.insert(DEVICE, device).await?;
    session.insert(STAFF, staff.0).await
}

/// Somebody has brought the right password and is asked for something else as well: they are not in.
///
/// # Errors
/// When the session cannot be stored.
pub async fn knock(
    session: &Session,
    staff: UserId,
    now: DateTime<Utc>,
) -> std::result::Result<(), tower_sessions::session::Error> {
    session.cycle_id().await?;
    session.remove_value(STAFF).await?;
    // What whoever was here before began to set up is not theirs.
    session.remove_value(ENROLLING).await?;
    session.insert(AT_THE_DOOR, (staff.0, now.timestamp())).await
}

/// Who has brought the right password, a moment ago.
///
/// # Errors
/// When the session cannot be read.
pub async fn at_the_door(
    session: &Session,
    now: DateTime<Utc>,
) -> std::result::Result<Option<UserId>, tower_sessions::session::Error> {
    let knocked: Option<(i64, i64)> = session.get(AT_THE_DOOR).await?;
    Ok(knocked.filter(|(_, at)| now.timestamp() - at < PATIENCE.num_seconds()).map(|(staff, _)| UserId(staff)))
}

/// Notes that somebody is at their session, once in a few minutes and behind the page: that it cannot be noted hinders
/// nobody.
pub(crate) async fn see(gate: &Gate, session: &Session) {
    let seen: Option<i64> = session.get(SEEN).await.ok().flatten();
    let lately = |at: i64| gate.centre.now().timestamp() - at < centre::session::SEEN_WITHIN.num_seconds();
    let (Some(id), false) = (session.id(), seen.is_some_and(lately)) else { return };
    let centre = gate.centre.clone();
    tokio::spawn(async move {
        if let Err(error) = centre::session::see(&centre, &id.to_string()).await {
            tracing::debug!(%error, "cannot note that a session is in use");
        }
    });
}

/// Is this session still there, and somebody's? What lasts longer than a request asks now and then.
pub async fn goes_on(gate: &Gate, session: &Session) -> bool {
    let Some(id) = session.id() else { return false };
    // That it cannot be read does not mean that it has ended.
    centre::session::load(&gate.centre, &id.to_string()).await.map_or(true, |held| held.is_some())
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

/// The secret of a second factor that is being set up in this session.
///
/// # Errors
/// When the session cannot be read.
pub async fn enrolling(session: &Session) -> std::result::Result<Option<String>, tower_sessions::session::Error> {
    session.get(ENROLLING).await
}

/// Holds such a secret, or holds it no more.
///
/// # Errors
/// When the session cannot be stored.
pub async fn hold_enrolling(
    session: &Session,
    secret: Option<&str>,
) -> std::result::Result<(), tower_sessions::session::Error> {
    match secret {
        Some(secret) => session.insert(ENROLLING, secret).await,
        None => session.remove_value(ENROLLING).await.map(drop),
    }
}
