//! `lineaamica import`: goes through the files once for each rank of records, so that references may point forward and
//! no more than a few batches are ever in memory.

mod lines;

use crate::config::Config;
use crate::{house, lock};
use anyhow::{Context, Result};
use centre::record::{self, Line, Taken, Totals};
use centre::{By, Centre};
use clap::Args;
use db::Engine;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lines::Batch;
use model::record::{Kind, Refused};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Args)]
pub struct Import {
    /// A record that is there already with other contents gives way to the one that is brought.
    #[arg(long)]
    replace: bool,
    /// Files of records, one JSON object a line; .gz and .zst are understood.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Records that one transaction takes.
const BATCH: usize = 2_000;
/// The same while citizens are served beside: others who write wait no longer than these take.
const BATCH_BESIDE: usize = 500;

/// Exit status when some lines were refused.
const SOME_REFUSED: u8 = 2;

impl Import {
    pub async fn run(self, config: &Config) -> Result<ExitCode> {
        let mut bytes = 0;
        for file in &self.files {
            bytes += lines::size(file)?;
        }
        let centre = house::open(config).await?;
        let bar = bar(bytes * u64::from(Kind::RANKS));
        let mut run = Run { config, centre, replace: self.replace, bar, totals: Totals::default() };
        for rank in 0..Kind::RANKS {
            for file in &self.files {
                run.file(file, rank).await?;
            }
            // What the next rank refers to.
            run.centre.refresh_catalogue().await?;
        }
        run.bar.finish_and_clear();
        let totals = run.totals;
        run.centre
            .work(By::System, move |w| {
                Box::pin(async move {
                    record::tell(w, totals);
                    Ok(())
                })
            })
            .await?;
        let Totals { new, same, replaced, refused } = totals;
        println!("{new} new, {same} there already, {replaced} replaced, {refused} refused.");
        Ok(if refused > 0 { ExitCode::from(SOME_REFUSED) } else { ExitCode::SUCCESS })
    }
}

/// Shown to people only.
fn bar(bytes: u64) -> ProgressBar {
    let target = match std::io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(bytes), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3}%  {elapsed} (left: {eta})  {msg}") {
        bar.set_style(style.progress_chars("━━ "));
    }
    bar
}

struct Run<'a> {
    config: &'a Config,
    centre: Centre,
    replace: bool,
    bar: ProgressBar,
    totals: Totals,
}

impl Run<'_> {
    async fn file(&mut self, file: &Path, rank: u8) -> Result<()> {
        let batch = if self.gives_way()? { BATCH_BESIDE } else { BATCH };
        let mut batches = lines::read(file.to_owned(), rank, batch);
        while let Some(batch) = batches.recv().await {
            let Batch { lines, refused, bytes } = batch;
            for (place, why) in refused {
                self.refuse(file, place, &why);
            }
            if !lines.is_empty() {
                self.take(file, lines).await?;
            }
            self.bar.inc(bytes);
        }
        Ok(())
    }

    async fn take(&mut self, file: &Path, lines: Vec<Line>) -> Result<()> {
        let began = Instant::now();
        let first = lines.first().map_or(0, |line| line.place);
        let replace = self.replace;
        let taken: Taken = self
            .centre
            .work(By::System, move |w| Box::pin(async move { record::take(w, lines, replace).await }))
            .await
            .with_context(|| format!("cannot take the records from line {first} of {}", file.display()))?;
        self.totals.add(&taken);
        for (place, why) in &taken.refused {
            self.say(file, *place, why);
        }
        for service in &taken.unknown_hours {
            self.bar.suspend(|| {
                eprintln!(
                    "Note: the calendar of service {service:?} is not understood: it has the usual hours (weekdays 9 to \
                     18) until it is defined (lineaamica service apply)."
                );
            });
        }
        self.bar.set_message(format!("{} records", self.totals.new + self.totals.same + self.totals.replaced));
        if self.gives_way()? {
            tokio::time::sleep(began.elapsed() / 8).await;
        }
        Ok(())
    }

    /// SQLite lets one write at a time and keeps no queue: whoever serves citizens beside this gets a turn.
    fn gives_way(&self) -> Result<bool> {
        Ok(self.centre.db().engine() == Engine::Sqlite && lock::is_served(self.config)?)
    }

    fn refuse(&mut self, file: &Path, place: u64, why: &str) {
        self.totals.refused += 1;
        self.bar.suspend(|| eprintln!("{}:{place}: {why}", file.display()));
    }

    fn say(&self, file: &Path, place: u64, why: &Refused) {
        self.bar.suspend(|| eprintln!("{}:{place}: {why}", file.display()));
    }
}
