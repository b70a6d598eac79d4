//! A year brought in, its report from a cold process. Beside them: what it costs to write the same bytes and sync them,
//! and to start a process that does nothing.

use crate::Plan;
use crate::fill::empty;
use crate::serve::{PASSWORD, sign_in};
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::http::Connection;
use sim::postgres::Postgres;
use sim::server::{Place, Server};
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
        let opened = opened(&place, plan.runs).await?;
        for (name, times) in [("figure_records", opened.records), ("figure_page", opened.pages)] {
            figure::print(&format!("{engine}_{name}_p50"), &[figure::quantile_ms(&times, 0.5)], "ms");
            figure::print(&format!("{engine}_{name}_p99"), &[figure::quantile_ms(&times, 0.99)], "ms");
        }
    }
    Ok(())
}

/// How long it takes until a figure is open.
struct Opened {
    /// The first page of its records, as programs read it.
    records: Vec<Duration>,
    /// The page at the desk: the figure reckoned anew, and the first of its records.
    pages: Vec<Duration>,
}

/// Opens every figure of the year, so many times, one after the other.
async fn opened(place: &Place, times: usize) -> Result<Opened> {
    place.run(&["user", "add", "bench", "--role", "supervisor", "--password-stdin"], PASSWORD).await?;
    let token = place.run(&["token", "create", "--user", "bench"], "").await?;
    let token = format!("authorization: Bearer {}\r\n", token.lines().last().context("no token")?);
    let server = Server::start(place).await?;
    let cookie = sign_in(server.address).await?;
    let mut connection = Connection::open(server.address).await?;
    let summary = "/api/v1/reports/summary?from=2009-01-29&to=2010-01-29&as_of=2011-01-01T00:00:00Z";
    let report: serde_json::Value = serde_json::from_slice(&connection.ask("GET", summary, &token, b"").await?.body)?;
    let mut opened = Opened { records: Vec::new(), pages: Vec::new() };
    for (key, definition) in
        report.get("definitions").and_then(serde_json::Value::as_object).context("the report defines nothing")?
    {
        let page = definition.get("records").and_then(serde_json::Value::as_str).context("a figure does not open")?;
        let (_, query) = page.split_once('?').context("a figure says nothing of its period")?;
        let records = format!("/api/v1/reports/records?figure={key}&{query}");
        for (path, headers, into) in
            [(records.as_str(), &token, &mut opened.records), (page, &cookie, &mut opened.pages)]
        {
            for _ in 0..times {
                let began = Instant::now();
                let answer = connection.ask("GET", path, headers, b"").await?;
                ensure!(answer.status == 200, "{path} answered {}", answer.status);
                into.push(began.elapsed());
            }
        }
    }
    server.stop().await?;
    Ok(opened)
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
