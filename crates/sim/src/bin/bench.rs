//! Measures the program: `bench intake|serve|import|report|backup|calls|queue|talks|answer|screen|steady`. Started by `cargo xtask bench`, which builds what it needs.

#[path = "bench/backup.rs"]
mod backup;
#[path = "bench/calls.rs"]
mod calls;
#[path = "bench/disk.rs"]
mod disk;
#[path = "bench/fill.rs"]
mod fill;
#[path = "bench/import.rs"]
mod import;
#[path = "bench/intake.rs"]
mod intake;
#[path = "bench/raw.rs"]
mod raw;
#[path = "bench/screen.rs"]
mod screen;
#[path = "bench/serve.rs"]
mod serve;
#[path = "bench/steady.rs"]
mod steady;
#[path = "bench/talks.rs"]
mod talks;

use anyhow::{Result, bail};
use clap::Parser;
use std::path::PathBuf;

#[derive(Parser)]
struct Line {
    name: String,
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// sqlite or postgres; both when absent.
    #[arg(long)]
    engine: Option<String>,
    /// Contacts stored in the large database.
    #[arg(long, default_value_t = 1_000_000)]
    large: u64,
    /// Cases in the year's database.
    #[arg(long, default_value_t = 110_000)]
    cases: u64,
    /// How many first years the imported year is as large as.
    #[arg(long, default_value_t = 1)]
    years: u64,
    /// How long steady load lasts.
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// Pairs of ports of the relay.
    #[arg(long, default_value_t = 200)]
    pairs: usize,
}

/// What every measurement is told.
pub struct Plan {
    runs: usize,
    engines: Vec<&'static str>,
    large: u64,
    cases: u64,
    years: u64,
    minutes: u32,
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let line = Line::parse();
    if line.name == "relay" {
        return raw::relay(line.pairs);
    }
    let engines = match line.engine.as_deref() {
        None => vec!["sqlite", "postgres"],
        Some("sqlite") => vec!["sqlite"],
        Some("postgres") => vec!["postgres"],
        Some(other) => bail!("{other:?} is neither sqlite nor postgres"),
    };
    let folder = PathBuf::from(std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned()))
        .join("bench")
        .join(std::process::id().to_string());
    std::fs::create_dir_all(&folder)?;
    let plan = Plan {
        runs: line.runs.max(1),
        engines,
        large: line.large,
        cases: line.cases,
        years: line.years.max(1),
        minutes: line.minutes.max(1),
        folder: std::path::absolute(&folder)?,
    };
    let outcome = match line.name.as_str() {
        "intake" => intake::run(&plan).await,
        "serve" => serve::run(&plan).await,
        "import" => import::import(&plan).await,
        "report" => import::report(&plan).await,
        "backup" => backup::run(&plan).await,
        "calls" => calls::calls(&plan).await,
        "queue" => calls::queue(&plan).await,
        "talks" => talks::talks(&plan).await,
        "answer" => talks::answer(&plan).await,
        "screen" => screen::run(&plan).await,
        "steady" => steady::run(&plan).await,
        other => bail!(
            "there is no measurement {other:?}: intake, serve, import, report, backup, calls, queue, talks, answer, screen or steady"
        ),
    };
    std::fs::remove_dir_all(&plan.folder)?;
    outcome
}
