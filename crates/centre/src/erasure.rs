//! Erasure: nothing is held any more of what a person wrote or by what they are known; what happened stands in the history
//! as before, and every figure is as it was. It cannot be taken back.

use crate::{By, Centre, Error, Result, Work};
use db::erasure::Emptied;
use model::address::Address;
use model::event::{PersonEvent, Subject};
use model::number::CaseNumber;
use model::user::Role;
use model::{CaseId, PersonId};

/// Who may erase, and write out what is held.
pub(crate) const MAY: &[Role] = &[Role::Admin];

/// What is held on a person, counted: what an erasure would take away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub person: PersonId,
    pub name: Option<String>,
    pub addresses: Vec<Address>,
    /// Records that were merged into one, this one included.
    pub records: u64,
    pub cases: u64,
    /// Cases that are still to be solved: whoever solves them will not know what they were about.
    pub open: u64,
    pub contacts: u64,
    pub messages: u64,
    /// Recordings included.
    pub files: u64,
    /// Bytes of the files.
    pub size: u64,
    /// Records of the same addresses that nobody has merged with this one: they are left as they are.
    pub others: Vec<PersonId>,
    /// Not a word is held, no file, nothing by which they are known: they were erased, or anonymised.
    pub nothing: bool,
}

/// Counts what is held on a person, all their merged records together.
///
/// # Errors
/// [`Error::NotFound`] when there is no such person.
pub async fn held(centre: &Centre, id: PersonId) -> Result<Held> {
    let db = centre.db().read();
    let root = db::person::root(db, id).await?.ok_or(Error::NotFound("person"))?;
    let records = db::person::records(db, root.id).await?;
    let addresses = db::person::addresses(db, &records).await?;
    let rows = db::dossier::read(db, &records).await?;
    let others = db::person::with_addresses(db, &addresses).await?;
    let is_open = |state: &str| !matches!(state, "solved" | "closed" | "merged");
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Ok(Held {
        person: root.id,
        name: root.name,
        addresses,
        records: count(records.len()),
        cases: count(rows.cases.len()),
        open: count(rows.cases.iter().filter(|case| is_open(&case.state)).count()),
        contacts: count(rows.contacts.len()),
        messages: count(rows.messages.len()),
        files: count(rows.files.len() + rows.recordings.len()),
        size: size(&rows),
        nothing: rows.hold_nothing(),
        others: others.into_iter().filter(|other| !records.contains(other)).collect(),
    })
}

fn size(rows: &db::dossier::Rows) -> u64 {
    let files = rows.files.iter().map(|file| file.size);
    files.chain(rows.recordings.iter().filter_map(|one| one.bytes)).map(i64::unsigned_abs).sum()
}

/// What an erasure took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    pub cases: u64,
    pub contacts: u64,
    pub files: u64,
}

impl Centre {
    /// Erases a person: all their records, cases and files. The files go after the commit; those that a process which
    /// ends in between leaves behind are swept, because nothing names them any more.
    ///
    /// # Errors
    /// [`Error::NotFound`]; those of the database, and then nothing was erased.
    pub async fn erase_person(&self, by: By, id: PersonId) -> Result<Erased> {
        let (erased, files) = self.work(by, move |w| Box::pin(async move { erase(w, id).await })).await?;
        self.files().remove(&files).await;
        forget_words(self).await?;
        Ok(erased)
    }

    /// Erases a trainee who is no operator here and is known by this word: their trainings are counted as before, under a
    /// word that tells nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody was trained under this word.
    pub async fn erase_trainee(&self, by: By, word: &str) -> Result<u64> {
        let word = word.to_owned();
        let trainings = self.work(by, move |w| Box::pin(async move { erase_trainee(w, &word).await })).await?;
        empty_log(self).await;
        Ok(trainings)
    }

    /// Erases again those whom a restored backup has brought back. One that fails keeps none of the others from it, and is
    /// noted still.
    ///
    /// # Errors
    /// When it cannot be read who they are.
    pub async fn erase_again(&self) -> Result<Again> {
        let noted = db::to_erase::all(self.db().read()).await?;
        let mut again = Again::default();
        let mut files = Vec::new();
        for id in noted.persons {
            let erased = self.work(By::System, move |w| Box::pin(async move { person_again(w, id).await })).await;
            match erased {
                Ok(theirs) => {
                    files.extend(theirs);
                    again.persons += 1;
                }
                Err(error) => again.failed.push((format!("person {id}"), error)),
            }
        }
        for id in noted.trainings {
            let erased = self.work(By::System, move |w| Box::pin(async move { trainee_again(w, id).await })).await;
            match erased {
                Ok(count) => again.trainings += count,
                Err(error) => again.failed.push((format!("the trainee of training {id}"), error)),
            }
        }
        self.files().remove(&files).await;
        if again.persons + again.trainings > 0 {
            forget_words(self).await?;
        }
        Ok(again)
    }
}

/// Who was erased again after a restore.
#[derive(Debug, Default)]
pub struct Again {
    pub persons: u64,
    pub trainings: u64,
    /// Whoever could not be, and why.
    pub failed: Vec<(String, Error)>,
}

async fn person_again(work: &Work<'_>, id: PersonId) -> Result<Vec<String>> {
    let (_, files) = erase(work, id).await?;
    db::to_erase::person_done(work.tx, id).await?;
    Ok(files)
}

/// Returns in how many trainings.
async fn trainee_again(work: &Work<'_>, training: i64) -> Result<u64> {
    let word = db::to_erase::trainee(work.tx, training).await?;
    db::to_erase::training_done(work.tx, training).await?;
    // One trainee of several trainings is erased with the first.
    match word {
        Some(word) => erase_trainee(work, &word).await,
        None => Ok(0),
    }
}

async fn erase_trainee(work: &Work<'_>, word: &str) -> Result<u64> {
    work.must_be(MAY)?;
    let trainings = db::erasure::trainee(work.tx, word, &keyed(work)).await?;
    if trainings == 0 {
        return Err(Error::NotFound("trainee"));
    }
    let data = serde_json::json!({ "trainings": trainings });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Trainee, "*", "erased", data);
    Ok(trainings)
}

/// Steps after which the search's index is left to itself: more than the largest has.
const STEPS: usize = 10_000;

/// Takes the words of what was erased out of the search's index, in steps that let others write in between.
pub(crate) async fn forget_words(centre: &Centre) -> Result<()> {
    for step in 0..STEPS {
        let more = centre
            .work(By::System, move |w| Box::pin(async move { Ok(db::search::forget(w.tx, step == 0).await?) }))
            .await?;
        if !more {
            break;
        }
    }
    empty_log(centre).await;
    Ok(())
}

/// Takes what was erased out of the database's log. What somebody reads at this moment goes with the next run of retention.
pub(crate) async fn empty_log(centre: &Centre) {
    match centre.db().empty_log().await {
        Ok(true) => {}
        Ok(false) => tracing::info!("the log of the database is read: what was erased leaves it within the hour"),
        Err(error) => tracing::warn!(%error, "cannot empty the log of the database of what was erased"),
    }
}

/// Makes hashes of the ids that senders gave.
pub(crate) fn keyed<'a>(work: &'a Work<'_>) -> impl Fn(&str, &str) -> String + Sync + 'a {
    move |noun, id| work.centre.inner().senders.hash(noun, id)
}

/// Erases in the transaction at work; the files are to be removed after its commit.
async fn erase(work: &Work<'_>, id: PersonId) -> Result<(Erased, Vec<String>)> {
    work.must_be(MAY)?;
    let root = db::person::root(work.tx, id).await?.ok_or(Error::NotFound("person"))?;
    let records = db::person::records(work.tx, root.id).await?;
    let addresses = db::person::addresses(work.tx, &records).await?;
    // A letter of theirs that comes in at this moment is either in what is erased, or somebody's who is not known yet.
    db::person::reserve(work.tx, &addresses, &[]).await?;
    db::person::lock(work.tx, &records).await?;
    let cases = db::case::ids_of_persons(work.tx, &records).await?;
    let mut emptied = empty(work, &cases).await?;
    let mut elsewhere = db::erasure::contacts_elsewhere(work.tx, &records, &cases).await?;
    elsewhere.extend(db::contact::of_nobody(work.tx, &addresses).await?.iter().map(|contact| contact.id));
    emptied.add(db::erasure::contacts_alone(work.tx, &elsewhere, &keyed(work), work.now).await?);
    db::erasure::persons(work.tx, &records, Some(work.now), &keyed(work)).await?;
    db::erasure::addresses(work.tx, &addresses).await?;
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let erased = Erased { cases: count(cases.len()), contacts: emptied.contacts, files: count(emptied.files.len()) };
    let Erased { cases, contacts, files } = erased;
    crate::person::tell(work, root.id, &PersonEvent::Erased { cases, contacts, files });
    Ok((erased, emptied.files))
}

/// Empties these cases, and says so in their history.
pub(crate) async fn empty(work: &Work<'_>, ids: &[CaseId]) -> Result<Emptied> {
    let mut named = Vec::with_capacity(ids.len());
    // In one order, so that two who want the same do not wait for one another for ever.
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    for id in &ids {
        let mut stored = db::case::load_for_change(work.tx, *id).await?.ok_or(Error::NotFound("case"))?;
        named.push((*id, CaseNumber::new(*id, stored.case.opened_at)));
        let event = stored.case.empty(work.now);
        db::case::update(work.tx, &stored.case).await?;
        db::event::append_case(work.tx, work.by.actor(), work.now, *id, &[event]);
    }
    Ok(db::erasure::cases(work.tx, &named, &keyed(work), work.now).await?)
}
