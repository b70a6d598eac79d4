//! Sounds that callers hear: uploaded as WAV files, named in the prompts of services and in closings. The file is kept
//! before the transaction that names it, as every file; one that nobody names any more is swept.

pub use db::sound::Sound;

use crate::files::Kept;
use crate::{Catalogue, Centre, Error, Result, Work};
use bytes::Bytes;
use model::SoundId;
use model::event::Subject;
use model::problem::Problem;
use model::service::{Prompt, Said, Service};
use model::sound::is_name;
use model::text::{self, NAME_MAX};

/// Keeps the file of a sound that is not named yet.
///
/// # Errors
/// What is no sound that can be played, of the field `sound`; a storage that does not take it.
pub async fn keep(centre: &Centre, name: &str, bytes: Bytes) -> Result<(Kept, u64)> {
    let seconds = model::sound::look(&bytes).map(|wave| wave.seconds()).unwrap_or_default();
    Ok((centre.files().keep_sound(name, bytes).await?, seconds))
}

/// Names a sound, new or in place of the one of its name.
///
/// # Errors
/// A name that cannot be one; [`Error::Denied`] for whoever does not administer.
pub async fn add(work: &Work<'_>, name: &str, title: &str, file: &Kept, seconds: u64) -> Result<SoundId> {
    work.must_administer()?;
    let mut problems = Vec::new();
    if !is_name(name) {
        let problem = if name.is_empty() { Problem::Missing } else { Problem::NotALogin };
        problems.push(model::problem::FieldProblem::new("name", problem));
    }
    let title = text::optional("title", title, NAME_MAX).map_err(|problem| problems.push(problem)).unwrap_or_default();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let title = title.map_or_else(|| file.name.clone(), |title| text::clean_line(&title));
    store(work, SoundId::new(name), title, file, seconds).await
}

/// Stores a sound of whoever may bring one here.
pub(crate) async fn store(work: &Work<'_>, id: SoundId, title: String, file: &Kept, seconds: u64) -> Result<SoundId> {
    let before = db::sound::load(work.tx, &id).await?;
    let stored_as = file.stored_as().to_owned();
    let sound = Sound { id: id.clone(), title, stored_as, bytes: file.size, seconds, added_at: work.now };
    db::sound::save(work.tx, &sound).await?;
    tell(work, &id, if before.is_some() { "changed" } else { "added" });
    Ok(id)
}

/// Removes a sound that nothing names.
///
/// # Errors
/// [`Problem::InUse`] where a service or a closing names it; one that is not there.
pub async fn remove(work: &Work<'_>, id: &SoundId) -> Result<()> {
    work.must_administer()?;
    if !used_by(&work.catalogue, id).is_empty() {
        return Err(Error::field("sound", Problem::InUse));
    }
    if !db::sound::remove(work.tx, id).await? {
        return Err(Error::NotFound("sound"));
    }
    tell(work, id, "removed");
    Ok(())
}

fn tell(work: &Work<'_>, id: &SoundId, kind: &'static str) {
    let data = serde_json::json!({});
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Sound, id.as_str(), kind, data);
}

/// All sounds, by their names.
///
/// # Errors
/// Only those of the database.
pub async fn all(centre: &Centre) -> Result<Vec<Sound>> {
    Ok(db::sound::all(centre.db().read()).await?)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] when there is none of this name.
pub async fn find(centre: &Centre, id: &SoundId) -> Result<Sound> {
    db::sound::load(centre.db().read(), id).await?.ok_or(Error::NotFound("sound"))
}

/// The file of a sound.
///
/// # Errors
/// A storage that does not give it.
pub async fn read(centre: &Centre, sound: &Sound) -> Result<Bytes> {
    centre.files().read_sound(sound).await
}

/// The names of the services whose callers hear a sound, and of the queues that are closed with it.
#[must_use]
pub fn used_by(catalogue: &Catalogue, id: &SoundId) -> Vec<String> {
    let names = |prompt: &Prompt| prompt.values().any(|said| matches!(said, Said::Sound(s) if s.sound == id.0));
    let by_service = |service: &&Service| {
        let telephone = &service.telephone;
        let asks = telephone.menus.iter().any(|menu| names(&menu.ask));
        asks || telephone.prompts.values().any(names) || telephone.music.as_deref() == Some(id.as_str())
    };
    let services = catalogue.services.iter().filter(by_service).map(|service| service.name.clone());
    let closings = catalogue.closings.iter().filter(|closing| names(&closing.message));
    let queues = closings.filter_map(|closing| catalogue.queue(&closing.queue)).map(|queue| queue.name.clone());
    services.chain(queues).collect()
}
