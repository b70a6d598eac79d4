//! A year brought in, its report from a cold process. Beside them: what it costs to write the same bytes and sync them,
//! and to start a process that does nothing.

use crate::Plan;
use crate::fill::empty;
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::postgres::Postgres;
use sim::server::Place;
use sim::year::{self, Sizes};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub async fn import(plan: &Plan) -> Result<()> {
    let file = written(plan, plan.years)?;
    let raw = raw_copy(plan, &file)?;
    for engine in plan.engines.clone() {
        let postgres = if engine == "postgres" { Some(Postgres::start(plan.folder.join("postgres"))?) } else { None };
        let (mut took, mut memory, mut again) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..plan.runs {
            let place = empty(plan, postgres.as_ref(), &format!("{engine}_import_{run}"))?;
            let (seconds, mib) = measured(&place, &words(&file)?).await?;
            took.push(seconds);
            memory.push(mib);
            if run == 0 {
                again.push(measured(&place, &words(&file)?).await?.0);
            }
            std::fs::remove_dir_all(&place.data)?;
        }
        figure::print(&format!("{engine}_import"), &took, "s");
        figure::print(&format!("{engine}_import_memory"), &memory, "MiB");
        figure::print(&format!("{engine}_import_again"), &again, "s");
    }
    figure::print("raw_copy", &[raw], "s");
    Ok(())
}

pub async fn report(plan: &Plan) -> Result<()> {
    let file = written(plan, plan.years)?;
    let words = ["report", "--from", "2009-01-29", "--to", "2010-01-29"];
    for engine in plan.engines.clone() {
        let postgres = if engine == "postgres" { Some(Postgres::start(plan.folder.join("postgres"))?) } else { None };
        let name = format!("{engine}_report");
        let place = empty(plan, postgres.as_ref(), &name)?;
        measured(&place, &self::words(&file)?).await?;
        if let Some(postgres) = &postgres {
            postgres.sql(&name, "VACUUM ANALYZE")?;
        }
        let (mut took, mut nothing) = (Vec::new(), Vec::new());
        for _ in 0..plan.runs {
            let began = Instant::now();
            place.run(&["user", "list"], "").await?;
            nothing.push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            let said = place.run(&words, "").await?;
            took.push(began.elapsed().as_secs_f64());
            ensure!(said.contains("front_office_share"), "the report says nothing of the front office");
        }
        figure::print(&format!("{engine}_report"), &took, "s");
        figure::print(&format!("{engine}_process_alone"), &nothing, "s");
    }
    Ok(())
}

pub fn written(plan: &Plan, times: u64) -> Result<PathBuf> {
    let path = plan.folder.join("year.ndjson");
    let mut out = BufWriter::new(std::fs::File::create(&path)?);
    year::write(&mut out, Sizes::years(times))?;
    out.flush()?;
    Ok(path)
}

pub fn raw_copy(plan: &Plan, file: &Path) -> Result<f64> {
    let began = Instant::now();
    let copy = plan.folder.join("copy");
    std::fs::copy(file, &copy)?;
    std::fs::File::open(&copy)?.sync_all()?;
    let took = began.elapsed().as_secs_f64();
    std::fs::remove_file(copy)?;
    Ok(took)
}

fn words(file: &Path) -> Result<[&str; 2]> {
    Ok(["import", file.to_str().context("the folder has no name in UTF-8")?])
}

/// Seconds that a command takes, and the most memory it had, in MiB.
pub async fn measured(place: &Place, words: &[&str]) -> Result<(f64, f64)> {
    let began = Instant::now();
    let mut child = place.start(words)?;
    let mut most = 0.0_f64;
    let status = loop {
        if let Some(id) = child.id() {
            most = most.max(sim::server::resident(id).unwrap_or_default());
        }
        match tokio::time::timeout(Duration::from_millis(50), child.wait()).await {
            Ok(status) => break status?,
            Err(_) => continue,
        }
    };
    ensure!(status.success(), "lineaamica {} failed", words.join(" "));
    Ok((began.elapsed().as_secs_f64(), most))
}
