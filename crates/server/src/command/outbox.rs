//! `lineaamica outbox`.

use anyhow::{Result, bail};
use centre::{By, Centre, outbox};
use chrono::{DateTime, SecondsFormat, Utc};
use clap::{Args, Subcommand};
use model::OutboxId;

/// Dead letters that are listed at the most.
const LIMIT: u64 = 1_000;

#[derive(Subcommand)]
pub enum Outbox {
    /// Lists the letters that were given up and the jobs that fail: number, kind, tries, when, why.
    List,
    /// Sends letters that were given up again, with as many tries as a new one.
    Retry(Retry),
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Retry {
    /// The letter's number, as the list gives it.
    id: Option<i64>,
    /// Every letter that was given up.
    #[arg(long)]
    all: bool,
}

impl Outbox {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        match self {
            Self::List => list(centre).await?,
            Self::Retry(Retry { id: Some(id), .. }) => {
                if !outbox::send_again(centre, By::System, OutboxId(id)).await? {
                    bail!("no letter that was given up has the number {id}; see: lineaamica outbox list");
                }
                println!("Letter {id} will be sent again.");
            }
            Self::Retry(Retry { id: None, .. }) => {
                println!("{} letter(s) will be sent again.", outbox::send_all_again(centre, By::System).await?);
            }
        }
        Ok(())
    }
}

async fn list(centre: &Centre) -> Result<()> {
    let figures = outbox::figures(centre).await?;
    println!(
        "{} letter(s) wait, {} were given up, {} job(s) fail.",
        figures.waiting, figures.dead, figures.failing_jobs
    );
    for letter in outbox::dead(centre, LIMIT).await? {
        row(&letter.id.to_string(), &letter.kind, letter.tries, letter.done_at, letter.error.as_deref());
    }
    for job in outbox::failing_jobs(centre).await? {
        row("job", &job.kind, job.tries, Some(job.run_at), job.error.as_deref());
    }
    Ok(())
}

/// `when` is when a letter was given up, and when a job is tried next.
fn row(id: &str, kind: &str, tries: u32, when: Option<DateTime<Utc>>, why: Option<&str>) {
    let when = when.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    println!("{id:>9}  {kind:12}  {tries:>4}  {when:20}  {}", why.unwrap_or_default());
}
