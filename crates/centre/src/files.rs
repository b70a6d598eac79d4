//! Files that come with contacts and replies: taken for what their bytes are, kept before the transaction that names
//! them, and swept when none ever did.

use crate::{Centre, Chance, Clock, Error, Result, Work};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, TryStreamExt};
use hmac::{Hmac, Mac};
use model::attachment::{KINDS, SIZE_MAX, safe_name};
use model::problem::{FieldProblem, Problem};
use model::sound::NotASound;
use model::user::Staff;
use model::{AttachmentId, CaseId, ContactId, MessageId};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::sync::Arc;

/// The object that says which database the storage belongs to.
pub(crate) const OWNER: &str = "owner";
/// The secret that it is compared with.
pub(crate) const OWNER_SECRET: &str = "files-owner";
/// The kind of the sounds that callers hear.
const WAVE: &str = "audio/wav";
/// How long a kept file may wait for the transaction that names it; then it is swept.
const WAITS: TimeDelta = TimeDelta::days(1);
/// How long a form may carry it: an hour less, so that a file named just now is not swept just now.
const CARRIED: TimeDelta = TimeDelta::hours(23);

/// Where files are kept: a folder, or S3-compatible storage.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    clock: Arc<dyn Clock>,
    chance: Chance,
    seal: Hmac<Sha256>,
    owner: String,
}

/// What every process on the same database knows of its files.
pub(crate) struct Secrets {
    /// The key that files on forms are sealed with.
    pub(crate) seal: Vec<u8>,
    /// Who the storage belongs to.
    pub(crate) owner: Vec<u8>,
}

/// What is in a file, piece by piece.
pub type Contents = futures::stream::BoxStream<'static, object_store::Result<Bytes>>;

/// A file that is kept, and not yet named by any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub name: String,
    pub media_type: String,
    pub size: u64,
    stored_as: String,
    kept_at: DateTime<Utc>,
}

impl Kept {
    /// Where it is in the storage.
    pub(crate) fn stored_as(&self) -> &str {
        &self.stored_as
    }
}

impl Files {
    pub(crate) fn new(store: Arc<dyn ObjectStore>, clock: Arc<dyn Clock>, chance: Chance, secrets: &Secrets) -> Self {
        // HMAC takes a key of any length; the other arm is never taken.
        let seal = Hmac::new_from_slice(&secrets.seal).unwrap_or_else(|_| Hmac::new(&Default::default()));
        Self { store, clock, chance, seal, owner: hex(&secrets.owner) }
    }

    /// Says in the storage which database it belongs to, where nothing says so yet; true when it is this one.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub(crate) async fn claim(&self) -> Result<bool> {
        let failed = |e: object_store::Error| Error::File { key: OWNER.to_owned(), why: e.to_string() };
        let ours = self.owner.clone().into_bytes().into();
        let absent = PutOptions::from(PutMode::Create);
        match self.store.put_opts(&Path::from(OWNER), ours, absent).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => {
                let stands = self.store.get(&Path::from(OWNER)).await.map_err(failed)?.bytes().await.map_err(failed)?;
                Ok(stands == self.owner.as_bytes())
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The storage itself, for whoever copies all of it.
    #[must_use]
    pub(crate) fn store(&self) -> &dyn ObjectStore {
        &*self.store
    }

    /// True when the storage takes and gives files, and they are this database's.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ours(&self) -> Result<bool> {
        let ours = self.claim().await?;
        let tried = Path::from("check");
        let failed = |e: object_store::Error| Error::File { key: tried.to_string(), why: e.to_string() };
        self.store.put(&tried, Bytes::from_static(b"check").into()).await.map_err(failed)?;
        self.store.get(&tried).await.map_err(failed)?.bytes().await.map_err(failed)?;
        self.store.delete(&tried).await.map_err(failed)?;
        Ok(ours)
    }

    /// A kept file as a form carries it while the rest of the form is being mended: nobody can name another's file.
    #[must_use]
    pub fn seal(&self, file: &Kept) -> String {
        let json = serde_json::to_string(file).unwrap_or_default();
        let mut mac = self.seal.clone();
        mac.update(json.as_bytes());
        format!("{}{json}", hex(&mac.finalize().into_bytes()))
    }

    /// The kept file in a seal of ours, from whichever process.
    ///
    /// # Errors
    /// [`Problem::FileGone`] when the seal is not ours, or so old that the file may be gone.
    pub fn unseal(&self, sealed: &str) -> Result<Kept, FieldProblem> {
        self.opened(sealed)
            .filter(|kept| self.clock.now() - kept.kept_at <= CARRIED)
            .ok_or(FieldProblem::new("files", Problem::FileGone))
    }

    fn opened(&self, sealed: &str) -> Option<Kept> {
        let (tag, json) = sealed.split_at_checked(64)?;
        let tag: Vec<u8> = tag
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect::<Option<_>>()?;
        let mut mac = self.seal.clone();
        mac.update(json.as_bytes());
        mac.verify_slice(&tag).ok()?;
        serde_json::from_str(json).ok()
    }

    /// Keeps a file of at most [`SIZE_MAX`] bytes; its kind is found in its bytes, whatever its name says.
    ///
    /// # Errors
    /// An empty or too large file, a kind that is not taken, a full disk.
    pub async fn keep(&self, name: &str, bytes: Bytes) -> Result<Kept> {
        let size = bytes.len() as u64;
        if size == 0 {
            return Err(Error::field("files", Problem::FileEmpty));
        }
        if size > SIZE_MAX {
            return Err(FieldProblem::limited("files", Problem::FileTooLarge, SIZE_MAX).into());
        }
        let media_type = kind(&bytes).ok_or_else(|| Error::field("files", Problem::FileKindRefused))?;
        self.put(name, media_type, bytes).await
    }

    /// Keeps a sound that callers hear: a WAV file.
    ///
    /// # Errors
    /// What is no sound that can be played, of the field `sound`; a full disk.
    pub(crate) async fn keep_sound(&self, name: &str, bytes: Bytes) -> Result<Kept> {
        if bytes.len() as u64 > SIZE_MAX {
            return Err(FieldProblem::limited("sound", Problem::FileTooLarge, SIZE_MAX).into());
        }
        match model::sound::look(&bytes) {
            Ok(_) => self.put(name, WAVE, bytes).await,
            Err(NotASound::NoSound) => Err(Error::field("sound", Problem::FileEmpty)),
            Err(NotASound::TooLong { .. }) => {
                Err(FieldProblem::limited("sound", Problem::TooLong, model::sound::LONGEST_S / 60).into())
            }
            Err(_) => Err(Error::field("sound", Problem::FileKindRefused)),
        }
    }

    async fn put(&self, name: &str, media_type: &str, bytes: Bytes) -> Result<Kept> {
        let size = bytes.len() as u64;
        let random = hex(&self.chance.bytes::<16>());
        let (shard, _) = random.split_at_checked(2).unwrap_or((&random, ""));
        let stored_as = format!("{shard}/{random}");
        let name = safe_name(name);
        self.store
            .put(&Path::from(stored_as.as_str()), bytes.into())
            .await
            .map_err(|e| Error::File { key: stored_as.clone(), why: e.to_string() })?;
        Ok(Kept { name, media_type: media_type.to_owned(), size, stored_as, kept_at: self.clock.now() })
    }

    /// The bytes of an attachment, read as they are taken: whoever takes them slowly holds no memory.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn read(&self, file: &db::attachment::Attachment) -> Result<Contents> {
        let failed = |e: object_store::Error| Error::File { key: file.stored_as.clone(), why: e.to_string() };
        Ok(self.store.get(&Path::from(file.stored_as.as_str())).await.map_err(failed)?.into_stream())
    }

    /// The bytes of a sound.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) async fn read_sound(&self, sound: &db::sound::Sound) -> Result<Bytes> {
        let failed = |e: object_store::Error| Error::File { key: sound.stored_as.clone(), why: e.to_string() };
        self.store.get(&Path::from(sound.stored_as.as_str())).await.map_err(failed)?.bytes().await.map_err(failed)
    }

    /// Removes files that nothing names any more. One that cannot be removed now is swept later.
    pub(crate) async fn remove(&self, stored: &[String]) {
        if stored.is_empty() || !matches!(self.claim().await, Ok(true)) {
            return;
        }
        for name in stored {
            match self.store.delete(&Path::from(name.as_str())).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => tracing::warn!(file = %name, %error, "cannot remove a file now; it is swept later"),
            }
        }
    }

    /// Removes what was kept more than a day ago for a transaction that never came; returns how many. In a storage that
    /// belongs to another database nothing is removed: every file would be one that no case names.
    ///
    /// # Errors
    /// When the storage or the database does not answer.
    pub async fn sweep(&self, db: &db::Db, now: DateTime<Utc>) -> Result<usize> {
        let failed = |e: object_store::Error| Error::File { key: "*".to_owned(), why: e.to_string() };
        if !self.claim().await? {
            tracing::warn!("the storage belongs to another database: no file is swept");
            return Ok(0);
        }
        let mut removed = 0;
        let old = self.store.list(None).try_filter(|meta| {
            futures::future::ready(meta.last_modified < now - WAITS && meta.location.as_ref() != OWNER)
        });
        let mut chunks = old.try_chunks(200).boxed();
        while let Some(chunk) = chunks.next().await {
            let names: Vec<String> =
                chunk.map_err(|e| failed(e.1))?.into_iter().map(|m| m.location.to_string()).collect();
            let known = db::attachment::known(db.read(), &names).await?;
            let recordings = db::recording::known(db.read(), &names).await?;
            let sounds = db::sound::known(db.read(), &names).await?;
            let kept = |name: &String| known.contains(name) || recordings.contains(name) || sounds.contains(name);
            for orphan in names.iter().filter(|name| !kept(name)) {
                self.store.delete(&Path::from(orphan.as_str())).await.map_err(failed)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// What kind of file it is, when it is one of those that are taken.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    match infer::get(bytes) {
        Some(found) => KINDS.iter().copied().find(|k| *k == found.mime_type()),
        // Plain text has no mark: it is what reads as text throughout and is no markup that a browser would run.
        None => {
            let text = std::str::from_utf8(bytes).ok()?;
            let readable = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
            let markup = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('<');
            (readable && !markup).then_some("text/plain")
        }
    }
}

/// Names a kept file on its case, in the transaction of what it came with.
pub(crate) async fn attach(
    work: &Work<'_>,
    case: CaseId,
    contact: Option<ContactId>,
    message: Option<MessageId>,
    file: Kept,
) -> Result<AttachmentId> {
    let attachment = db::attachment::Attachment {
        id: AttachmentId(0),
        case,
        contact,
        message,
        name: file.name,
        media_type: file.media_type,
        size: file.size,
        stored_as: file.stored_as,
        created_at: work.now,
    };
    Ok(db::attachment::insert(work.tx, &attachment).await?)
}

/// A file of a case, or of one merged into it, with what is in it.
///
/// # Errors
/// [`Error::NotFound`] when the case is not to be seen by `staff` or the file is none of it.
pub async fn download(
    centre: &Centre,
    staff: &Staff,
    case: CaseId,
    id: AttachmentId,
) -> Result<(db::attachment::Attachment, Contents)> {
    let db = centre.db().read();
    let stored = db::case::load(db, case).await?.ok_or(Error::NotFound("case"))?;
    crate::access::visible(staff, &stored)?;
    let file = db::attachment::load(db, id).await?.ok_or(Error::NotFound("file"))?;
    if file.case != case && !db::case::merged_into(db, case).await?.contains(&file.case) {
        return Err(Error::NotFound("file"));
    }
    let contents = centre.files().read(&file).await?;
    Ok((file, contents))
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        assert_eq!(kind(b"%PDF-1.7\n..."), Some("application/pdf"));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("image/png"));
        assert_eq!(kind("Perché no?\n".as_bytes()), Some("text/plain"));
        assert_eq!(kind(b"<script>alert(1)</script>"), None);
        assert_eq!(kind(b"  <svg onload=alert(1)>"), None);
        assert_eq!(kind(b"MZ\x90\0\x03\0\0\0"), None);
        assert_eq!(kind(b"#!/bin/sh\nrm -rf /"), None);
        assert_eq!(kind(b"\0\0"), None);
    }
}
