//! A queue of the telephone is closed by hand, and opened again: whoever oversees it says why, and what callers hear of it.
//! Callers who arrive hear it instead of waiting, those who wait hear it and may leave a message or ask to be called back.
//! The process that answers the telephone follows the events of this.

pub use model::closing::{Closing, Reason};

use crate::files::Kept;
use crate::{By, Catalogue, Centre, Error, Result, Work, sound, team};
use chrono::{DateTime, Utc};
use model::closing::{MESSAGE_MAX, NOTE_MAX};
use model::event::Subject;
use model::problem::{FieldProblem, Problem};
use model::queue::QueueDefinition;
use model::service::{Prompt, Said, Service, Sound};
use model::user::Staff;
use model::{ClosingId, QueueId, SoundId, access, text};
use std::collections::BTreeMap;

/// What is wanted of a queue that is to be closed.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub queue: String,
    pub reason: Option<Reason>,
    pub note: String,
    /// What is read to callers, by language.
    pub texts: BTreeMap<String, String>,
    /// A sound that was just kept, with its seconds.
    pub file: Option<(Kept, u64)>,
    /// Or one that was uploaded before.
    pub sound: Option<SoundId>,
    pub until: Option<DateTime<Utc>>,
}

/// Closes a queue; one that is closed already takes over what is said now.
///
/// # Errors
/// Nothing to say to callers (`message`), no reason, an end that is over; a queue that whoever wants it does not oversee.
pub async fn close(centre: &Centre, by: By, wanted: Wanted) -> Result<()> {
    centre.work(by, move |w| Box::pin(async move { close_in(w, wanted).await })).await?;
    centre.refresh_catalogue().await
}

async fn close_in(work: &Work<'_>, wanted: Wanted) -> Result<()> {
    let id = QueueId::new(wanted.queue.clone());
    let staff = work.staff()?;
    let service = overseen(&work.catalogue, staff, &id)?.0.clone();
    let (note, texts, reason) = checked(work, &wanted).map_err(Error::Invalid)?;
    let sound = match (&wanted.file, &wanted.sound) {
        (Some((file, seconds)), _) => Some(keep(work, file, *seconds).await?),
        (None, Some(known)) => match db::sound::load(work.tx, known).await? {
            Some(sound) => Some(sound.id),
            None => return Err(Error::field("known", Problem::NotInTheList)),
        },
        (None, None) => None,
    };
    let message = message(&service, texts, sound);
    if message.is_empty() {
        return Err(Error::field("message", Problem::Missing));
    }
    let said = if message.values().any(|said| matches!(said, Said::Sound(_))) { "sound" } else { "text" };
    db::closing::end(work.tx, &id, Some(staff.id), work.now).await?;
    let closing = Closing {
        id: ClosingId(0),
        queue: id.clone(),
        reason,
        note,
        message,
        closed_by: Some(staff.id),
        closed_at: work.now,
        until: wanted.until,
    };
    db::closing::insert(work.tx, &closing).await?;
    let data = serde_json::json!({
        "service": service.id, "reason": reason, "until": wanted.until, "message": said,
    });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Queue, id.as_str(), "closed", data);
    Ok(())
}

/// A queue that somebody oversees, with its service.
pub(crate) fn overseen<'a>(
    catalogue: &'a Catalogue,
    staff: &Staff,
    id: &QueueId,
) -> Result<(&'a Service, &'a QueueDefinition)> {
    access::supervise(staff)?;
    let mut all = catalogue.services.iter().filter_map(|service| Some((service, service.queue(id)?)));
    let found = all.next().filter(|(_, queue)| team::within(staff, queue.structure.as_ref()));
    found.ok_or(Error::NotFound("queue"))
}

type Checked = (Option<String>, BTreeMap<String, String>, Reason);

fn checked(work: &Work<'_>, wanted: &Wanted) -> Result<Checked, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if wanted.reason.is_none() {
        problems.push(FieldProblem::new("reason", Problem::NotInTheList));
    }
    if wanted.until.is_some_and(|until| until <= work.now) {
        problems.push(FieldProblem::new("until", Problem::InThePast));
    }
    let note = text::optional("note", &wanted.note, NOTE_MAX).map_err(|problem| problems.push(problem));
    let mut texts = BTreeMap::new();
    for (language, typed) in &wanted.texts {
        match text::optional("message", typed, MESSAGE_MAX) {
            Ok(Some(text)) => drop(texts.insert(language.clone(), text)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if texts.is_empty() && wanted.file.is_none() && wanted.sound.is_none() {
        problems.push(FieldProblem::new("message", Problem::Missing));
    }
    match (wanted.reason, note) {
        (Some(reason), Ok(note)) if problems.is_empty() => Ok((note, texts, reason)),
        _ => Err(problems),
    }
}

/// A sound that is recorded in an emergency has a name of its own, by which it can be chosen again.
async fn keep(work: &Work<'_>, file: &Kept, seconds: u64) -> Result<SoundId> {
    let [a, b, c] = work.centre.chance().bytes::<3>();
    let name = format!("closing-{}-{a:02x}{b:02x}{c:02x}", work.now.format("%Y-%m-%d"));
    sound::store(work, SoundId(name), file.name.clone(), file, seconds).await
}

/// The sound is heard in the first language of the service, and by everybody whose language has no text of its own.
fn message(service: &Service, texts: BTreeMap<String, String>, sound: Option<SoundId>) -> Prompt {
    let mut message: Prompt = texts.into_iter().map(|(language, text)| (language, Said::Text(text))).collect();
    let first = service.languages.first().cloned().unwrap_or_else(|| "it".to_owned());
    if let Some(sound) = sound {
        message.insert(first, Said::Sound(Sound { sound: sound.0 }));
    }
    message
}

/// Opens a queue again. One that is open is no fault: somebody was quicker.
///
/// # Errors
/// A queue that whoever wants it does not oversee.
pub async fn open(centre: &Centre, by: By, queue: QueueId) -> Result<()> {
    centre.work(by, move |w| Box::pin(async move { open_in(w, &queue).await })).await?;
    centre.refresh_catalogue().await
}

async fn open_in(work: &Work<'_>, id: &QueueId) -> Result<()> {
    let staff = work.by.staff();
    if let Some(staff) = staff {
        overseen(&work.catalogue, staff, id)?;
    }
    if db::closing::end(work.tx, id, staff.map(|staff| staff.id), work.now).await? {
        told_open(work, id);
    }
    Ok(())
}

/// A closing has come to the end that was said.
///
/// # Errors
/// Only those of the database.
pub(crate) async fn end_by_itself(work: &Work<'_>, closing: &Closing) -> Result<()> {
    if db::closing::end_by_itself(work.tx, closing.id, work.now).await? {
        told_open(work, &closing.queue);
    }
    Ok(())
}

fn told_open(work: &Work<'_>, id: &QueueId) {
    let data = serde_json::json!({});
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Queue, id.as_str(), "opened", data);
}

/// A queue that somebody oversees, with its service, and its closing where it stands.
///
/// # Errors
/// [`Error::NotFound`] for any other; [`access::Denied`] for whoever oversees nothing.
pub fn of(centre: &Centre, staff: &Staff, id: &QueueId) -> Result<(Service, QueueDefinition, Option<Closing>)> {
    let catalogue = centre.catalogue();
    let (service, queue) = overseen(&catalogue, staff, id)?;
    Ok((service.clone(), queue.clone(), catalogue.closing(id, centre.now()).cloned()))
}
