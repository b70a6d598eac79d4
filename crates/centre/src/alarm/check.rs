//! Measuring, and what follows. However many processes measure at once, one transaction after the other decides on the
//! state that it finds, so that one alarm is raised and one letter goes to each address.

use crate::{By, Centre, Error, Result, Work, mail};
use chrono::{DateTime, TimeDelta, Utc};
use db::alarm::Stored as Alarm;
use db::report::{Span, day};
use db::team::{Clocks, Due, Narrow};
use db::threshold::Stored;
use model::alarm::{Measure, Standing, Step, Threshold, Watch};
use model::case::State;
use model::event::Subject;

/// Measures everything that is watched, and raises or ends alarms. One threshold that cannot be measured does not keep the
/// others from it; a database that is away does.
///
/// # Errors
/// When the database does not answer.
pub async fn check(centre: &Centre) -> Result<()> {
    for stored in db::threshold::all(centre.db().read(), None).await? {
        let id = stored.id;
        match check_one(centre, stored).await {
            Ok(()) => {}
            Err(Error::Storage(error @ (db::Error::Unavailable(_) | db::Error::Full(_)))) => return Err(error.into()),
            Err(error) => {
                tracing::error!(threshold.id = %id, %error, "a threshold cannot be measured; the next are");
            }
        }
    }
    Ok(())
}

async fn check_one(centre: &Centre, stored: Stored) -> Result<()> {
    let measured_at = centre.now();
    let value = measure(centre, &stored.threshold, measured_at).await?;
    centre.work(By::System, move |w| Box::pin(async move { decide(w, &stored, value, measured_at).await })).await
}

async fn measure(centre: &Centre, threshold: &Threshold, now: DateTime<Utc>) -> Result<i64> {
    let db = centre.db().read();
    let clocks = Clocks { now, soon: Vec::new() };
    let narrow = Narrow {
        scope: threshold.scope.clone(),
        service: threshold.service.clone(),
        queue: threshold.queue.clone(),
        ..Narrow::default()
    };
    let new = || Narrow { state: Some(State::New), ..narrow.clone() };
    let minutes = |since: Option<DateTime<Utc>>| since.map_or(0, |since| (now - since).num_minutes().max(0));
    Ok(match threshold.measure {
        Measure::Overdue => db::team::count_all(db, &Narrow { due: Some(Due::Over), ..narrow }, &clocks).await?,
        Measure::New => db::team::count_all(db, &new(), &clocks).await?,
        Measure::OldestNew => {
            let catalogue = centre.catalogue();
            let oldest = db::team::oldest(db, &new(), &clocks).await?;
            let waited = oldest.into_iter().map(|(service, since)| match catalogue.service(&service) {
                Some(service) => service.calendar.working_between(since, now).num_minutes(),
                None => minutes(Some(since)),
            });
            waited.max().unwrap_or_default()
        }
        Measure::Contacts => {
            let service = threshold.service.as_ref().map(|id| id.0.clone());
            let from = now - TimeDelta::minutes(30) + TimeDelta::microseconds(1);
            day::inbound(db, &Span { from, to: now + TimeDelta::microseconds(1), service, as_of: now }).await?
        }
        Measure::LettersWaiting => minutes(db::outbox::oldest(db).await?),
        Measure::LettersGivenUp => i64::try_from(db::outbox::count(db).await?.1).unwrap_or(i64::MAX),
    })
}

/// Decides on what was measured, on the state that now stands.
async fn decide(work: &Work<'_>, measured: &Stored, value: i64, measured_at: DateTime<Utc>) -> Result<()> {
    let Some(stored) = db::threshold::load_for_change(work.tx, measured.id).await? else { return Ok(()) };
    // What was measured for something else, or before what somebody else measured, says nothing.
    if stored.threshold != measured.threshold || stored.measured_at.is_some_and(|at| at > measured_at) {
        return Ok(());
    }
    let standing = db::alarm::standing_of(work.tx, stored.id).await?;
    let watch = Watch {
        standing: standing.as_ref().map(|alarm| Standing { seen: alarm.seen_by.is_some(), told: alarm.letters > 0 }),
        told_at: stored.told_at,
    };
    let step = watch.step(stored.threshold.bounds, value, work.now);
    let alarm = match (step, standing) {
        (Step::Raise { .. }, None) => {
            let id = db::alarm::raise(work.tx, stored.id, &stored.threshold, value, work.now).await?;
            let alarm = db::alarm::load(work.tx, id).await?.ok_or(Error::NotFound("alarm"))?;
            tracing::warn!(alarm.id = %id, threshold.id = %stored.id, value, "an alarm is raised");
            told(work, &alarm, "raised", value);
            Some(alarm)
        }
        (_, standing) => standing,
    };
    if let Some(alarm) = alarm {
        let letters = matches!(step, Step::Raise { tell: true } | Step::Tell) && !stored.threshold.mail.is_empty();
        let over = matches!(step, Step::Fall { tell: true });
        if letters || over {
            mail::announce_alarm(work, &alarm, &stored.threshold, over);
        }
        if letters && step == Step::Tell {
            told(work, &alarm, "told", value);
        }
        db::alarm::measured(work.tx, &alarm, value, letters).await?;
        if let Step::Fall { .. } = step {
            db::alarm::fall(work.tx, alarm.id, work.now).await?;
            told(work, &alarm, "fell", value);
        }
    }
    let told_at = watch.after(step, work.now).told_at;
    db::threshold::measured(work.tx, stored.id, value, measured_at, told_at).await?;
    Ok(())
}

pub(super) fn told(work: &Work<'_>, alarm: &Alarm, kind: &str, value: i64) {
    let data = serde_json::json!({
        "threshold": alarm.threshold, "measure": alarm.measure, "service": alarm.service, "queue": alarm.queue,
        "scope": alarm.scope, "over": alarm.over, "value": value,
    });
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Alarm, &alarm.id.to_string(), kind, data);
}
