//! Recordings: kept sealed, heard by whoever may, and noted whenever they are.

pub use db::recording::Recording;

use crate::{Centre, Error, Result, Work};
use bytes::Bytes;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use model::event::Subject;
use model::recording::{RecordingKind, RecordingState};
use model::user::Staff;
use model::{CaseId, ContactId, RecordingId};
use object_store::ObjectStoreExt;
use object_store::path::Path;

/// The secret that recordings are sealed with.
const SECRET: &str = "recordings";
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
        let fresh = centre.chance().bytes::<32>();
        let key = centre
            .work(crate::By::System, move |w| {
                Box::pin(async move { Ok(db::secret::get_or_set(w.tx, SECRET, &fresh).await?) })
            })
            .await?;
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

/// Keeps what a recording has become.
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
    centre
        .work(crate::By::System, move |w| {
            Box::pin(async move {
                db::recording::keep(w.tx, id, seconds, bytes, &named).await?;
                let data = serde_json::json!({ "seconds": seconds });
                db::event::append(w.tx, w.by.actor(), w.now, Subject::Recording, &id.to_string(), "kept", data);
                Ok(())
            })
        })
        .await
}

/// A recording came to nothing.
///
/// # Errors
/// Only those of the database.
pub async fn fail(work: &Work<'_>, id: RecordingId) -> Result<()> {
    Ok(db::recording::end(work.tx, id, RecordingState::Failed, work.now).await?)
}

/// What somebody of the staff hears: who may see the case may hear the message that opened it; talks are for those who
/// oversee, and for the operator who spoke. That they did is noted.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and for what is not there.
pub async fn listen(centre: &Centre, seal: &Seal, staff: std::sync::Arc<Staff>, id: RecordingId) -> Result<Vec<u8>> {
    let db = centre.db().read();
    let recording = db::recording::load(db, id).await?.ok_or(Error::NotFound("recording"))?;
    let stored = db::contact::load(db, recording.contact).await?.ok_or(Error::NotFound("recording"))?;
    let case = match stored.contact.case {
        Some(case) => Some(crate::timeline::head(centre, &staff, case).await?),
        None => None,
    };
    let oversees = model::access::supervise(&staff).is_ok();
    let own = stored.contact.operator == Some(staff.id);
    let message = recording.kind == RecordingKind::Message && case.is_some();
    if !(oversees || own || message) {
        return Err(Error::NotFound("recording"));
    }
    let stored_as = recording.stored_as.ok_or(Error::NotFound("recording"))?;
    let failed = |e: object_store::Error| Error::File { key: stored_as.clone(), why: e.to_string() };
    let sealed = centre.files().store().get(&Path::from(stored_as.as_str())).await.map_err(failed)?;
    let sealed = sealed.bytes().await.map_err(failed)?;
    let sound = seal.open(&sealed)?;
    let by = crate::By::Staff(staff);
    centre
        .work(by, move |w| {
            Box::pin(async move {
                let data = serde_json::json!({});
                db::event::append(w.tx, w.by.actor(), w.now, Subject::Recording, &id.to_string(), "heard", data);
                Ok(())
            })
        })
        .await?;
    Ok(sound)
}

/// The recordings of a case's contacts.
///
/// # Errors
/// Only those of the database.
pub async fn of_case(centre: &Centre, case: CaseId) -> Result<Vec<Recording>> {
    let db = centre.db().read();
    let contacts = db::contact::of_cases(db, &[case]).await?;
    let ids: Vec<ContactId> = contacts.iter().map(|stored| stored.contact.id).collect();
    Ok(db::recording::of_contacts(db, &ids).await?)
}
