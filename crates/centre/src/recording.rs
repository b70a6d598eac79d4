//! Recordings: kept sealed, heard by whoever may, and noted whenever they are.

pub use db::recording::Recording;

use crate::{Centre, Error, Result, Work};
use bytes::Bytes;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use chrono::{DateTime, TimeDelta, Utc};
use model::access;
use model::event::Subject;
use model::recording::{RecordingKind, RecordingState};
use model::user::Staff;
use model::{ContactId, RecordingId, ServiceId};
use object_store::ObjectStoreExt;
use object_store::path::Path;

/// The secret that recordings are sealed with.
const SECRET: &str = "recordings";
/// How long a recording may wait to be turned into what is kept.
const WAITS: TimeDelta = TimeDelta::days(2);
/// Bytes by chance before what is sealed (RFC 8439 with the longer nonce of XChaCha20).
const NONCE: usize = 24;

/// Seals and opens what was recorded.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// The installation's own.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn of(centre: &Centre) -> Result<Self> {
        let key = match db::secret::get(centre.db().read(), SECRET).await? {
            Some(key) => key,
            None => {
                let fresh = centre.chance().bytes::<32>();
                let made = centre.work(crate::By::System, move |w| {
                    Box::pin(async move { Ok(db::secret::get_or_set(w.tx, SECRET, &fresh).await?) })
                });
                made.await?
            }
        };
        let key: [u8; 32] =
            key.try_into().map_err(|_| Error::File { key: SECRET.to_owned(), why: "its length".to_owned() })?;
        Ok(Self(XChaCha20Poly1305::new(&Key::from(key))))
    }

    /// Seals, with these bytes of chance, which must be new each time.
    ///
    /// # Errors
    /// Only what is longer than any recording.
    pub fn close(&self, chance: [u8; NONCE], plain: &[u8]) -> Result<Vec<u8>> {
        let sealed = self.0.encrypt(&XNonce::from(chance), plain).map_err(|_| broken("sealed"))?;
        let mut all = chance.to_vec();
        all.extend(sealed);
        Ok(all)
    }

    /// Opens what was sealed.
    ///
    /// # Errors
    /// What is not whole, or was sealed by somebody else.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(|| broken("opened"))?;
        self.0.decrypt(&XNonce::from(*nonce), sealed).map_err(|_| broken("opened"))
    }
}

fn broken(how: &str) -> Error {
    Error::File { key: SECRET.to_owned(), why: format!("it cannot be {how}") }
}

/// A recording begins.
///
/// # Errors
/// Only those of the database.
pub async fn begin(work: &Work<'_>, contact: ContactId, kind: RecordingKind) -> Result<RecordingId> {
    Ok(db::recording::insert(work.tx, contact, kind, work.centre.node(), work.now).await?)
}

/// Keeps what a recording has become; not that of a contact that was emptied meanwhile.
///
/// # Errors
/// A storage or database that does not answer: it is tried again.
pub async fn keep(centre: &Centre, seal: &Seal, id: RecordingId, seconds: i64, sound: &[u8]) -> Result<()> {
    let name: String = centre.chance().bytes::<16>().iter().map(|b| format!("{b:02x}")).collect();
    let stored_as = format!("recordings/{name}");
    let sealed = seal.close(centre.chance().bytes(), sound)?;
    let failed = |e: object_store::Error| Error::File { key: stored_as.clone(), why: e.to_string() };
    centre.files().store().put(&Path::from(stored_as.as_str()), Bytes::from(sealed).into()).await.map_err(failed)?;
    let (bytes, named) = (i64::try_from(sound.len()).unwrap_or(i64::MAX), stored_as.clone());
    let kept = centre
        .work(crate::By::System, move |w| {
            Box::pin(async move {
                let kept = db::recording::keep(w.tx, id, seconds, bytes, &named).await?;
                if kept {
                    tell(w, id, "kept", serde_json::json!({ "seconds": seconds }));
                }
                Ok(kept)
            })
        })
        .await?;
    if !kept {
        centre.files().remove(&[stored_as]).await;
    }
    Ok(())
}

fn tell(work: &Work<'_>, id: RecordingId, kind: &'static str, data: serde_json::Value) {
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Recording, &id.to_string(), kind, data);
}

/// A recording came to nothing.
///
/// # Errors
/// Only those of the database.
pub async fn fail(work: &Work<'_>, id: RecordingId) -> Result<()> {
    Ok(db::recording::end(work.tx, id, RecordingState::Failed, work.now).await?)
}

/// What somebody of the staff may hear, as [`access::listen`] says, opened. That they did is noted where it is `noted`:
/// whoever goes back and forth in one recording asks for it piece by piece.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and for what is not there.
pub async fn listen(centre: &Centre, staff: std::sync::Arc<Staff>, id: RecordingId, noted: bool) -> Result<Heard> {
    let db = centre.db().read();
    let recording = db::recording::load(db, id).await?.ok_or(Error::NotFound("recording"))?;
    let stored = db::contact::load(db, recording.contact).await?.ok_or(Error::NotFound("recording"))?;
    let case = match stored.contact.case {
        Some(case) => db::case::load(db, case).await?.map(|stored| stored.case),
        None => None,
    };
    access::listen(&staff, recording.kind, stored.contact.operator, case.as_ref())
        .map_err(|_| Error::NotFound("recording"))?;
    let sound = open(centre, &recording).await?;
    if noted {
        let by = crate::By::Staff(staff);
        let note = move |w: &Work<'_>| {
            tell(w, id, "heard", serde_json::json!({}));
            Ok(())
        };
        centre.work(by, move |w| Box::pin(async move { note(w) })).await?;
    }
    Ok(Heard { recording, sound: sound.into() })
}

/// What was recorded of a contact.
///
/// # Errors
/// Only those of the database.
pub async fn of_contact(centre: &Centre, contact: ContactId) -> Result<Vec<Recording>> {
    Ok(db::recording::of_contacts(centre.db().read(), &[contact]).await?)
}

/// How many wait to be turned into what is kept, those that are being made included.
///
/// # Errors
/// Only those of the database.
pub async fn waiting(centre: &Centre) -> Result<u64> {
    Ok(db::recording::waiting(centre.db().read()).await?)
}

/// A recording with its sound, Opus in Ogg.
pub struct Heard {
    pub recording: Recording,
    pub sound: Bytes,
}

/// The sound of a recording that is kept.
pub(crate) async fn open(centre: &Centre, recording: &Recording) -> Result<Vec<u8>> {
    let stored_as = recording.stored_as.clone().ok_or(Error::NotFound("recording"))?;
    let failed = |e: object_store::Error| Error::File { key: stored_as.clone(), why: e.to_string() };
    let sealed = centre.files().store().get(&Path::from(stored_as.as_str())).await.map_err(failed)?;
    let sealed = sealed.bytes().await.map_err(failed)?;
    let seal = Seal::of(centre).await?;
    // As long as a talk was, so is its opening.
    let opened = tokio::task::spawn_blocking(move || seal.open(&sealed)).await;
    opened.map_err(|error| Error::File { key: stored_as.clone(), why: error.to_string() })?
}

/// Removes some of the recordings that a service keeps no longer; returns how many.
pub(crate) async fn remove_over(centre: &Centre, service: ServiceId, before: DateTime<Utc>, limit: u64) -> Result<u64> {
    // Most of the time nothing is over: then nobody who writes waits for the search.
    if db::retention::recordings(centre.db().read(), &service, before, 1).await?.is_empty() {
        return Ok(0);
    }
    let removed = centre.work(crate::By::System, move |w| {
        Box::pin(async move {
            let over = db::retention::recordings(w.tx, &service, before, limit).await?;
            for (id, _) in &over {
                db::recording::end(w.tx, *id, RecordingState::Removed, w.now).await?;
                tell(w, *id, "removed", serde_json::json!({}));
            }
            Ok(over)
        })
    });
    let removed = removed.await?;
    let count = u64::try_from(removed.len()).unwrap_or(u64::MAX);
    let files: Vec<String> = removed.into_iter().filter_map(|(_, stored_as)| stored_as).collect();
    centre.files().remove(&files).await;
    Ok(count)
}

/// Says of recordings that no process has turned into anything for days that they came to nothing: what they were in is
/// lost, or was not brought along into this database. Should one turn up, it is kept all the same.
pub(crate) async fn give_up_lost(centre: &Centre) -> Result<()> {
    let before = centre.now() - WAITS;
    let given_up = centre
        .work(crate::By::System, move |w| Box::pin(async move { Ok(db::recording::give_up(w.tx, before).await?) }));
    let count = given_up.await?;
    if count > 0 {
        tracing::warn!(count, "recordings were never turned into what is kept");
    }
    Ok(())
}
