//! What was recorded of a contact: a player where somebody may hear it, else a word on why there is none, and the sound
//! itself. Whoever begins to listen is noted.

use super::fault::Answer;
use super::seat::Seat;
use crate::download;
use axum::extract::Path;
use centre::recording::Recording as Read;
use chrono::TimeDelta;
use http::{HeaderMap, header};
use language::Tr;
use model::access;
use model::case::Case;
use model::contact::Contact;
use model::recording::{RecordingKind, RecordingState};
use model::user::Staff;
use model::{CaseId, RecordingId};

/// The recordings that a session has begun to hear.
const HEARD: &str = "heard";
/// How many of them it remembers.
const HEARD_MAX: usize = 50;
/// Opus in Ogg (RFC 7845, 9).
const MEDIA_TYPE: &str = "audio/ogg; codecs=opus";

/// A recording as a page shows it.
#[derive(Debug, Clone)]
pub struct Recording {
    /// `Registrazione della telefonata, 3 minuti`
    pub title: String,
    /// Where its sound is, for whoever may hear it.
    pub href: Option<String>,
    /// Why there is nothing to be heard.
    pub word: Option<String>,
}

impl Recording {
    pub(super) fn of(tr: Tr, me: &Staff, read: &Read, contact: &Contact, case: Option<&Case>) -> Self {
        let title = match read.kind {
            RecordingKind::Talk => tr.text("recording-talk"),
            RecordingKind::Message => tr.text("recording-message"),
        };
        let title = match read.seconds {
            Some(seconds) => format!("{title}, {}", tr.duration(TimeDelta::seconds(seconds))),
            None => title.into_owned(),
        };
        let may = access::listen(me, read.kind, contact.operator, case).is_ok();
        let word = match (read.state, may) {
            (RecordingState::Kept, true) => None,
            (RecordingState::Kept, false) => Some(language::key!("recording-not-yours")),
            (RecordingState::Raw, _) => Some(language::key!("recording-raw")),
            (RecordingState::Failed, _) => Some(language::key!("recording-failed")),
            (RecordingState::Removed, _) => Some(language::key!("recording-removed")),
        };
        let href = word.is_none().then(|| format!("/desk/registrazione/{}", read.id));
        Self { title, href, word: word.map(|key| tr.text(key).into_owned()) }
    }

    pub(super) fn samples(tr: Tr) -> Vec<Self> {
        let titled =
            |key: &str, seconds: i64| format!("{}, {}", tr.text(key), tr.duration(TimeDelta::seconds(seconds)));
        let word = |key: &str| Some(tr.text(key).into_owned());
        let href = || Some("/desk/registrazione/7".to_owned());
        vec![
            Self { title: titled("recording-talk", 192), href: href(), word: None },
            Self { title: titled("recording-talk", 41), href: None, word: word("recording-not-yours") },
            Self { title: titled("recording-message", 38), href: href(), word: None },
            Self { title: tr.text("recording-talk").into_owned(), href: None, word: word("recording-raw") },
        ]
    }
}

/// The recordings of a contact, as a page shows them.
pub(super) async fn of_contact(seat: &Seat, contact: &Contact) -> centre::Result<Vec<Recording>> {
    let centre = &seat.gate.centre;
    let case = match contact.case {
        Some(id) => case_of(seat, id).await?,
        None => None,
    };
    let read = centre::recording::of_contact(centre, contact.id).await?;
    Ok(read.iter().map(|one| Recording::of(seat.tr, &seat.me, one, contact, case.as_ref())).collect())
}

/// The case, where whoever sits here may see it.
async fn case_of(seat: &Seat, id: CaseId) -> centre::Result<Option<Case>> {
    match centre::timeline::head(&seat.gate.centre, &seat.me, id).await {
        Ok(stored) => Ok(Some(stored.case)),
        Err(centre::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `GET /desk/registrazione/{id}`: the sound, or a piece of it.
pub(super) async fn sound(seat: Seat, Path(id): Path<i64>, headers: HeaderMap) -> Answer {
    let id = RecordingId(id);
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok()).map(str::to_owned);
    let goes_on = range.as_deref().is_some_and(|range| !range.starts_with("bytes=0-"));
    let mut heard: Vec<RecordingId> = seat.session.get(HEARD).await.ok().flatten().unwrap_or_default();
    let noted = !goes_on || !heard.contains(&id);
    let recorded = centre::recording::listen(&seat.gate.centre, seat.me.clone(), id, noted).await?;
    if noted && !heard.contains(&id) {
        heard.truncate(HEARD_MAX - 1);
        heard.insert(0, id);
        // Without it whoever goes back and forth is noted more than once.
        if let Err(error) = seat.session.insert(HEARD, heard).await {
            tracing::debug!(%error, "cannot keep what a session has heard");
        }
    }
    Ok(download::piece(MEDIA_TYPE, recorded.sound, range.as_deref()))
}

/// `GET /desk/registrazione/{id}/file`: the whole of it, to be kept.
pub(super) async fn file(seat: Seat, Path(id): Path<i64>) -> Answer {
    let recorded = centre::recording::listen(&seat.gate.centre, seat.me.clone(), RecordingId(id), true).await?;
    let began = seat.tr.local_day(recorded.recording.began_at);
    let name = format!("{}-{began}-{id}.ogg", seat.tr.text("recording-file"));
    Ok(download::made(MEDIA_TYPE, &name, recorded.sound.into()))
}
