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
use futures::StreamExt;
use futures::future::LocalBoxFuture;
use futures::stream::FuturesOrdered;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use lines::Batch;
use model::record::Kind;
use std::collections::{HashSet, VecDeque};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(Args)]
pub struct Import {
    /// A record that is there already with other contents gives way to the one that is brought.
    #[arg(long)]
    replace: bool,
    /// Files of records, one JSON object a line; .gz and .zst are understood.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Batches that PostgreSQL takes at the same time.
const AT_ONCE: usize = 2;
/// Records that one transaction takes.
const BATCH: usize = 1_000;
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
        let (busy, keys, totals) = (FuturesOrdered::new(), VecDeque::new(), Totals::default());
        let mut run = Run { config, centre, replace: self.replace, bar, busy, keys, totals };
        for rank in 0..Kind::RANKS {
            for file in &self.files {
                run.file(file, rank).await?;
            }
            run.end(0).await?;
            // What the next rank refers to.
            run.centre.refresh_catalogue().await?;
        }
        run.bar.finish_and_clear();
        let totals = run.totals;
        run.centre.work(By::System, move |w| Box::pin(async move { record::finish(w, totals).await })).await?;
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
    /// Batches that are being taken, and which records are in each of them.
    busy: FuturesOrdered<LocalBoxFuture<'static, Result<Ended>>>,
    keys: VecDeque<HashSet<(Kind, String)>>,
    totals: Totals,
}

/// A batch that was taken.
struct Ended {
    file: PathBuf,
    took: Duration,
    taken: Taken,
}

impl Run<'_> {
    async fn file(&mut self, file: &Path, rank: u8) -> Result<()> {
        let batch = if self.gives_way()? { BATCH_BESIDE } else { BATCH };
        let mut batches = lines::read(file.to_owned(), rank, batch);
        loop {
            let batch = tokio::select! {
                batch = batches.recv() => batch,
                // A transaction is never left standing while the file is read on: others may wait for its rows.
                Some(ended) = self.busy.next() => {
                    self.ended(ended?).await?;
                    continue;
                }
            };
            let Some(batch) = batch else { return Ok(()) };
            let Batch { lines, refused, bytes } = batch;
            for (place, why) in refused {
                self.refuse(file, place, &why);
            }
            if !lines.is_empty() {
                self.take(file, lines).await?;
            }
            self.bar.inc(bytes);
        }
    }

    /// Begins to take a batch. Two are never at it at the same time when one holds a record of the other, so that the line
    /// that comes later is the later one; nor when there are services in it, since those are looked at together, nor when
    /// records give way, since two would wait for the rows of one another.
    async fn take(&mut self, file: &Path, lines: Vec<Line>) -> Result<()> {
        let keys: HashSet<_> = lines.iter().map(|line| line.record.key()).collect();
        let alone = self.replace
            || self.centre.db().engine() == Engine::Sqlite
            || keys.iter().any(|(kind, _)| *kind == Kind::Service);
        self.end(if alone { 0 } else { AT_ONCE - 1 }).await?;
        if self.keys.iter().any(|busy| !busy.is_disjoint(&keys)) {
            self.end(0).await?;
        }
        let (centre, replace, file) = (self.centre.clone(), self.replace, file.to_owned());
        let first = lines.first().map_or(0, |line| line.place);
        self.keys.push_back(keys);
        self.busy.push_back(Box::pin(async move {
            let began = Instant::now();
            let taken = centre
                .work(By::System, move |w| Box::pin(async move { record::take(w, lines, replace).await }))
                .await
                .with_context(|| format!("cannot take the records from line {first} of {}", file.display()))?;
            Ok(Ended { file, took: began.elapsed(), taken })
        }));
        if alone { self.end(0).await } else { Ok(()) }
    }

    /// Waits until no more batches than these are being taken, and tells what became of the others.
    async fn end(&mut self, left: usize) -> Result<()> {
        while self.busy.len() > left
            && let Some(ended) = self.busy.next().await
        {
            self.ended(ended?).await?;
        }
        Ok(())
    }

    /// Tells what became of the batch that was begun first.
    async fn ended(&mut self, Ended { file, took, taken }: Ended) -> Result<()> {
        self.keys.pop_front();
        self.totals.add(&taken);
        for (place, why) in &taken.refused {
            self.bar.suspend(|| eprintln!("{}:{place}: {why}", file.display()));
        }
        for service in &taken.unknown_hours {
            self.bar.suspend(|| {
                eprintln!(
                    "Note: the calendar of service {service:?} is not understood: it has the usual hours (weekdays 9 to \
                     18) until it is defined (lineaamica service apply)."
                );
            });
        }
        self.bar
            .set_message(format!("{} records", HumanCount(self.totals.new + self.totals.same + self.totals.replaced)));
        if self.gives_way()? {
            tokio::time::sleep(took / 8).await;
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
}
