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
    pub files: u64,
    /// Bytes of the files.
    pub size: u64,
    /// Records of the same addresses that nobody has merged with this one: they are left as they are.
    pub others: Vec<PersonId>,
    /// They were erased already.
    pub erased: bool,
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
        files: count(rows.files.len()),
        size: rows.files.iter().map(|file| file.size.unsigned_abs()).sum(),
        erased: rows.records.iter().any(|record| record.id == root.id.0 && record.erased_at.is_some()),
        others: others.into_iter().filter(|other| !records.contains(other)).collect(),
    })
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
}

/// Erases a trainee who is no operator here and is known by this word: their trainings are counted as before, under a word
/// that tells nothing.
///
/// # Errors
/// [`Error::NotFound`] when nobody was trained under this word.
pub async fn erase_trainee(work: &Work<'_>, word: &str) -> Result<u64> {
    work.must_be(MAY)?;
    let trainings = db::erasure::trainee(work.tx, word).await?;
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
    Ok(())
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
    let elsewhere = db::erasure::contacts_elsewhere(work.tx, &records, &cases).await?;
    emptied.contacts += db::erasure::contacts_alone(work.tx, &elsewhere).await?;
    db::erasure::persons(work.tx, &records, &addresses, work.now).await?;
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
    Ok(db::erasure::cases(work.tx, &named, work.now).await?)
}
