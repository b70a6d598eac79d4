//! Jobs: what the centre does by itself. Each is idempotent and reads the state rather than being told it; a lease makes
//! sure that one process at a time does it.

mod alarms;
mod bring_back;
mod bring_home;
mod close;
mod open_again;
mod retain;
mod sweep;
mod sweep_files;

use crate::{By, Centre, Error, Result, Work};
use chrono::{DateTime, TimeDelta, Utc};
use db::Tx;
use db::job::Job;
use model::CaseId;
use model::event::Subject;
use model::retry::Retry;
use std::time::Duration;

/// A recurring job: its kind, and how long after one run the next is due.
const RECURRING: &[(&str, TimeDelta)] = &[
    ("alarms", TimeDelta::seconds(30)),
    ("bring-back", TimeDelta::seconds(20)),
    ("bring-home", TimeDelta::minutes(10)),
    ("close", TimeDelta::minutes(30)),
    ("open-again", TimeDelta::seconds(20)),
    ("retain", TimeDelta::hours(1)),
    ("sweep", TimeDelta::minutes(15)),
    ("sweep-files", TimeDelta::days(1)),
];
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// A recurring job is never given up: what stands in its way is mended one day, and nobody would think of the job then.
const RETRY: Retry = Retry { first: TimeDelta::seconds(10), longest: TimeDelta::minutes(45), tries: u32::MAX };

/// A recurring job as it stands.
#[derive(Debug, Clone)]
pub struct Standing {
    pub kind: String,
    pub every: TimeDelta,
    /// None before its first run.
    pub last: Option<DateTime<Utc>>,
    pub next: DateTime<Utc>,
    /// Somebody is at it just now.
    pub running: bool,
    pub tries: u32,
    /// Why its last run failed, if it did.
    pub error: Option<String>,
}

/// Every recurring job as it stands.
///
/// # Errors
/// Only those of the database.
pub async fn standing(centre: &Centre) -> Result<Vec<Standing>> {
    let kinds: Vec<&str> = RECURRING.iter().map(|(kind, _)| *kind).collect();
    let now = centre.now();
    let jobs = db::job::recurring(centre.db().read(), &kinds).await?;
    let standing = |job: Job| Standing {
        every: every(&job.kind),
        kind: job.kind,
        last: job.ran_at,
        next: job.run_at,
        running: job.leased_until.is_some_and(|until| until > now),
        tries: job.tries,
        error: job.error.filter(|why| !why.is_empty()),
    };
    Ok(jobs.into_iter().map(standing).collect())
}

fn every(kind: &str) -> TimeDelta {
    RECURRING.iter().find(|(own, _)| *own == kind).map_or(TimeDelta::hours(1), |(_, every)| *every)
}

/// Makes a recurring job due at once; false when it is in hand at this moment.
///
/// # Errors
/// [`Error::NotFound`] for a kind that there is not.
pub async fn run_now(work: &Work<'_>, kind: &str) -> Result<bool> {
    work.must_be(&[model::user::Role::Admin])?;
    let (kind, _) = RECURRING.iter().find(|(own, _)| *own == kind).ok_or(Error::NotFound("job"))?;
    let due = db::job::run_now(work.tx, kind, work.now).await?;
    if due {
        let data = serde_json::json!({});
        db::event::append(work.tx, work.by.actor(), work.now, Subject::Job, kind, "asked-for", data);
    }
    Ok(due)
}

/// Puts in the recurring jobs that are not there yet or were given up by an earlier version.
pub(crate) async fn put_recurring(tx: &Tx, now: DateTime<Utc>) -> Result<(), db::Error> {
    for (kind, _) in RECURRING {
        db::job::put(tx, kind, kind, serde_json::json!({}), now, now).await?;
    }
    Ok(())
}

/// One case that cannot be dealt with does not keep the others from it; a database that is away or full does.
fn go_on(case: CaseId, done: Result<()>) -> Result<()> {
    match done {
        Err(Error::Storage(error @ (db::Error::Unavailable(_) | db::Error::Full(_)))) => Err(error.into()),
        Err(error) => {
            tracing::error!(case.id = %case, %error, "a job cannot deal with a case and goes on with the next");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

impl Centre {
    /// Does due jobs until `closing`; those in hand are ended first, so that no lease is left behind. One task a process.
    pub async fn work_off_jobs(self, closing: impl Future<Output = ()>) {
        let mut closing = std::pin::pin!(closing);
        loop {
            match self.do_due_jobs().await {
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "cannot look for jobs; trying again"),
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(5)) => {}
                () = &mut closing => return,
            }
        }
    }

    /// Does the jobs that are due now; returns how many.
    ///
    /// # Errors
    /// When the database does not answer. A job that fails is put off, not an error.
    pub async fn do_due_jobs(&self) -> Result<usize> {
        let kinds: Vec<&'static str> = RECURRING.iter().map(|(kind, _)| *kind).collect();
        let jobs = self
            .work(By::System, move |w| {
                Box::pin(
                    async move { Ok(db::job::claim(w.tx, &kinds, &w.centre.inner().node, w.now, LEASE, 10).await?) },
                )
            })
            .await?;
        let count = jobs.len();
        // Beside one another: a reminder does not wait until every file has been looked at, and one that cannot be noted
        // breaks off no other.
        let done = jobs.into_iter().map(async |job| {
            let outcome = self.do_job(&job).await;
            self.end_job(job, outcome).await
        });
        futures::future::join_all(done).await.into_iter().collect::<Result<()>>()?;
        Ok(count)
    }

    async fn do_job(&self, job: &Job) -> Result<()> {
        match job.kind.as_str() {
            "alarms" => alarms::run(self).await,
            "bring-back" => bring_back::run(self).await,
            "bring-home" => bring_home::run(self).await,
            "close" => close::run(self).await,
            "open-again" => open_again::run(self).await,
            "retain" => retain::run(self).await,
            "sweep-files" => sweep_files::run(self).await,
            _ => sweep::run(self).await,
        }
    }

    async fn end_job(&self, job: Job, outcome: Result<()>) -> Result<()> {
        let every = every(&job.kind);
        let chance = self.inner().chance.permille();
        if let Err(error) = &outcome {
            tracing::error!(job.kind = %job.kind, job.tries = job.tries, %error, "a job failed");
        }
        self.work(By::System, move |w| {
            Box::pin(async move {
                let node = &w.centre.inner().node;
                match outcome {
                    Ok(()) => db::job::done_until(w.tx, job.id, node, w.now, w.now + every).await?,
                    Err(error) => {
                        let again = RETRY.after(job.tries, chance).map(|wait| w.now + wait);
                        db::job::failed(w.tx, job.id, node, w.now, again, &error.to_string()).await?;
                    }
                }
                Ok(())
            })
        })
        .await
    }
}
