//! Alarms for supervisors: the thresholds that they set up, the alarms that are raised over them, and who has seen these.
//! What is measured, and what follows, is in [`check`].

mod check;

pub use check::check;
pub use db::alarm::Stored as Alarm;

use crate::{Centre, Error, Result, Work, team};
use db::threshold::Stored;
use model::access;
use model::address::Address;
use model::alarm::{Bounds, MAIL_MAX, Measure, Threshold};
use model::event::{Record, Subject};
use model::problem::{FieldProblem, Problem};
use model::user::Staff;
use model::{AlarmId, QueueId, ServiceId, StructureId, ThresholdId};

/// A threshold as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub measure: String,
    /// `queue:ID`, `service:ID`, or nothing for the whole centre.
    pub place: String,
    pub over: String,
    pub back: String,
    /// In minutes.
    pub pause: String,
    /// E-mail addresses, apart by blanks, commas or lines.
    pub mail: String,
    /// The language of letters.
    pub language: String,
}

impl Draft {
    /// A stored one, as it is typed.
    #[must_use]
    pub fn of(threshold: &Threshold) -> Self {
        let place = match (&threshold.queue, &threshold.service) {
            (Some(queue), _) => format!("queue:{queue}"),
            (None, Some(service)) => format!("service:{service}"),
            (None, None) => String::new(),
        };
        Self {
            measure: threshold.measure.to_string(),
            place,
            over: threshold.bounds.over.to_string(),
            back: threshold.bounds.back.to_string(),
            pause: threshold.bounds.pause.num_minutes().to_string(),
            mail: threshold.mail.join("\n"),
            language: threshold.language.clone(),
        }
    }

    /// What was typed, for whoever typed it.
    fn read(&self, work: &Work<'_>, staff: &Staff) -> Result<Threshold> {
        let mut problems = Vec::new();
        let wrong = |field, problem| FieldProblem::new(field, problem);
        let measure: Option<Measure> = self.measure.trim().parse().ok();
        // What is the whole centre's is not one structure's to watch.
        let measure = measure.filter(|measure| staff.scope.is_none() || measure.is_of_cases());
        if measure.is_none() {
            problems.push(wrong("measure", Problem::NotInTheList));
        }
        let (service, queue) = self.place(work, measure).unwrap_or_else(|problem| {
            problems.push(problem);
            (None, None)
        });
        let bounds = self.bounds(&mut problems);
        let mail = addresses(&self.mail, &mut problems);
        let (Some(measure), Some(bounds), true) = (measure, bounds, problems.is_empty()) else {
            return Err(Error::Invalid(problems));
        };
        let (scope, language) = (staff.scope.clone(), self.language.clone());
        Ok(Threshold { measure, service, queue, scope, bounds, mail, language })
    }

    fn place(
        &self,
        work: &Work<'_>,
        measure: Option<Measure>,
    ) -> Result<(Option<ServiceId>, Option<QueueId>), FieldProblem> {
        let refused = || Err(FieldProblem::new("place", Problem::NotInTheList));
        let of_cases = measure.is_none_or(Measure::is_of_cases);
        let of_a_service = measure.is_none_or(Measure::is_of_a_service);
        match self.place.trim().split_once(':') {
            None if self.place.trim().is_empty() => Ok((None, None)),
            Some(("service", id)) => {
                let id = ServiceId::new(id);
                let known = work.catalogue.service(&id).is_some() && of_a_service;
                if known { Ok((Some(id), None)) } else { refused() }
            }
            Some(("queue", id)) => {
                let id = QueueId::new(id);
                let known = work.catalogue.queue(&id).is_some() && of_cases;
                if known { Ok((None, Some(id))) } else { refused() }
            }
            _ => refused(),
        }
    }

    fn bounds(&self, problems: &mut Vec<FieldProblem>) -> Option<Bounds> {
        let number = |typed: &str| typed.trim().parse::<i64>().ok();
        let is_blank = |typed: &str| typed.trim().is_empty();
        let back_is_no_number = !is_blank(&self.back) && number(&self.back).is_none();
        let read = Bounds::new(number(&self.over), number(&self.back), number(&self.pause));
        let mut own: Vec<FieldProblem> = read.as_ref().err().cloned().unwrap_or_default();
        for (field, typed) in [("over", &self.over), ("pause", &self.pause)] {
            if is_blank(typed) {
                own.retain(|problem| problem.field != field);
                own.push(FieldProblem::new(field, Problem::Missing));
            }
        }
        if back_is_no_number {
            own.push(FieldProblem::new("back", Problem::NotANumber));
        }
        let whole = own.is_empty();
        problems.extend(own);
        read.ok().filter(|_| whole)
    }
}

fn addresses(typed: &str, problems: &mut Vec<FieldProblem>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in typed.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|word| !word.is_empty()) {
        match Address::email("mail", word) {
            Ok(address) if all.contains(&address.value) => {}
            Ok(address) => all.push(address.value),
            Err(problem) => problems.push(problem),
        }
    }
    if all.len() > MAIL_MAX {
        problems.push(FieldProblem::limited("mail", Problem::TooMuch, MAIL_MAX as u64));
    }
    all
}

fn overseer<'a>(work: &'a Work<'_>) -> Result<&'a Staff> {
    let staff = work.staff()?;
    access::supervise(staff)?;
    Ok(staff)
}

/// Sets up a threshold.
///
/// # Errors
/// Every field that cannot be taken; [`model::access::Denied`] for whoever oversees nothing.
pub async fn add(work: &Work<'_>, draft: &Draft) -> Result<ThresholdId> {
    let threshold = draft.read(work, overseer(work)?)?;
    let id = db::threshold::insert(work.tx, &threshold, work.now).await?;
    told(work, id, "added", &threshold);
    Ok(id)
}

/// A threshold becomes another. An alarm that stands over something else than what is watched now is over; one that stands
/// over the same is judged by the new bounds when it is measured next.
///
/// # Errors
/// As [`add`]; [`Error::NotFound`] when there is none, or it is another structure's.
pub async fn change(work: &Work<'_>, id: ThresholdId, draft: &Draft) -> Result<()> {
    let staff = overseer(work)?;
    let stored = own(work, staff, id).await?;
    let scope = stored.threshold.scope.clone();
    let threshold = Threshold { scope, ..draft.read(work, staff)? };
    let before = &stored.threshold;
    let same =
        (before.measure, &before.service, &before.queue) == (threshold.measure, &threshold.service, &threshold.queue);
    if !same {
        end_standing(work, id).await?;
    }
    db::threshold::update(work.tx, id, &threshold).await?;
    told(work, id, "changed", &threshold);
    Ok(())
}

/// A threshold is watched no more; an alarm that stands over it is over.
///
/// # Errors
/// As [`change`].
pub async fn remove(work: &Work<'_>, id: ThresholdId) -> Result<()> {
    let stored = own(work, overseer(work)?, id).await?;
    end_standing(work, id).await?;
    db::threshold::remove(work.tx, id, work.now).await?;
    told(work, id, "removed", &stored.threshold);
    Ok(())
}

async fn own(work: &Work<'_>, staff: &Staff, id: ThresholdId) -> Result<Stored> {
    let stored = db::threshold::load_for_change(work.tx, id).await?;
    stored.filter(|stored| team::within(staff, stored.threshold.scope.as_ref())).ok_or(Error::NotFound("threshold"))
}

async fn end_standing(work: &Work<'_>, id: ThresholdId) -> Result<()> {
    if let Some(alarm) = db::alarm::standing_of(work.tx, id).await? {
        db::alarm::fall(work.tx, alarm.id, work.now).await?;
        check::told(work, &alarm, "fell", alarm.value);
    }
    Ok(())
}

/// Whoever is at work has seen an alarm. That somebody else was quicker is no fault.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is another structure's.
pub async fn see(work: &Work<'_>, id: AlarmId) -> Result<()> {
    let staff = overseer(work)?;
    let alarm = db::alarm::load(work.tx, id).await?;
    let alarm = alarm.filter(|alarm| team::within(staff, alarm.scope.as_ref())).ok_or(Error::NotFound("alarm"))?;
    if db::alarm::see(work.tx, id, staff.id, work.now).await? {
        check::told(work, &alarm, "seen", alarm.value);
    }
    Ok(())
}

// Addresses are not told: events hold nothing personal.
fn told(work: &Work<'_>, id: ThresholdId, kind: &str, threshold: &Threshold) {
    let data = serde_json::json!({
        "measure": threshold.measure, "service": threshold.service, "queue": threshold.queue,
        "scope": threshold.scope, "over": threshold.bounds.over, "back": threshold.bounds.back,
        "pause_s": threshold.bounds.pause.num_seconds(), "addresses": threshold.mail.len(),
    });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Threshold, &id.to_string(), kind, data);
}

/// Whether an event of an alarm is for this member of the staff.
#[must_use]
pub fn is_told(staff: &Staff, record: &Record) -> bool {
    let scope = record.data.get("scope").and_then(|scope| scope.as_str()).map(StructureId::new);
    access::supervise(staff).is_ok() && team::within(staff, scope.as_ref())
}

/// The thresholds that somebody oversees.
///
/// # Errors
/// [`model::access::Denied`] for whoever oversees nothing; those of the database.
pub async fn thresholds(centre: &Centre, staff: &Staff) -> Result<Vec<Stored>> {
    access::supervise(staff)?;
    Ok(db::threshold::all(centre.db().read(), staff.scope.as_ref()).await?)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is another structure's.
pub async fn threshold(centre: &Centre, staff: &Staff, id: ThresholdId) -> Result<Stored> {
    access::supervise(staff)?;
    let stored = db::threshold::load(centre.db().read(), id).await?;
    stored.filter(|stored| team::within(staff, stored.threshold.scope.as_ref())).ok_or(Error::NotFound("threshold"))
}

/// The alarms that stand.
///
/// # Errors
/// As [`thresholds`].
pub async fn standing(centre: &Centre, staff: &Staff) -> Result<Vec<db::alarm::Stored>> {
    access::supervise(staff)?;
    Ok(db::alarm::standing(centre.db().read(), staff.scope.as_ref()).await?)
}

/// Alarms that are over, the latest first, before this one.
///
/// # Errors
/// As [`thresholds`].
pub async fn past(
    centre: &Centre,
    staff: &Staff,
    before: Option<AlarmId>,
    limit: u64,
) -> Result<Vec<db::alarm::Stored>> {
    access::supervise(staff)?;
    Ok(db::alarm::past(centre.db().read(), staff.scope.as_ref(), before, limit).await?)
}
