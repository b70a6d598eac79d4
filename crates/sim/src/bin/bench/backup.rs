//! A backup of a year, made while contacts come in: how many are refused (none may be), how long they take with and
//! without it, how long it takes and how large it is; and its restore, which must be equal. Beside it: what it costs to
//! copy the same database and sync it.

use crate::Plan;
use crate::fill::empty;
use crate::import::{raw_copy, written};
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::http::Connection;
use sim::postgres::Postgres;
use sim::server::{Place, Server};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Contacts that come in a second: five hundred times what the first year had on a working day.
const PER_SECOND: u64 = 50;
const CONNECTIONS: u64 = 10;
/// How long contacts come in before and after the backup.
const QUIET: Duration = Duration::from_secs(8);

pub async fn run(plan: &Plan) -> Result<()> {
    let year = written(plan, plan.years)?;
    for engine in plan.engines.clone() {
        let postgres = if engine == "postgres" { Some(Postgres::start(plan.folder.join("postgres"))?) } else { None };
        let place = empty(plan, postgres.as_ref(), &format!("{engine}_backup"))?;
        place.run(&["import", word(&year)?], "").await?;
        if let Some(postgres) = &postgres {
            postgres.sql(&format!("{engine}_backup"), "VACUUM ANALYZE")?;
        }
        place.run(&["user", "add", "bench", "--role", "front"], "").await?;
        let said = place.run(&["token", "create", "--user", "bench"], "").await?;
        let token = said.lines().last().context("no token")?.to_owned();
        let file = plan.folder.join(format!("{engine}.tar.zst"));
        let (mut took, mut memory, mut size, mut alone, mut beside, mut refused, mut raw) =
            (vec![], vec![], vec![], vec![], vec![], vec![], vec![]);
        for _ in 0..plan.runs {
            let server = Server::start(&place).await?;
            let quiet = Load::start(server.address, &token);
            tokio::time::sleep(QUIET).await;
            let quiet = quiet.end().await?;
            let busy = Load::start(server.address, &token);
            let (seconds, mib) = crate::import::measured(&place, &["backup", word(&file)?]).await?;
            let busy = busy.end().await?;
            server.stop().await?;
            took.push(seconds);
            memory.push(mib);
            size.push(mega(&file)?);
            alone.push(figure::quantile_ms(&quiet.times, 0.99));
            beside.push(figure::quantile_ms(&busy.times, 0.99));
            refused.push(f64::from(quiet.refused + busy.refused));
            let database = place.data.join("lineaamica.sqlite");
            raw.push(raw_copy(plan, if database.exists() { &database } else { &file })?);
        }
        figure::print(&format!("{engine}_backup_refused"), &refused, "contacts");
        figure::print(&format!("{engine}_backup_contact_p99_without"), &alone, "ms");
        figure::print(&format!("{engine}_backup_contact_p99_with"), &beside, "ms");
        figure::print(&format!("{engine}_backup"), &took, "s");
        figure::print(&format!("{engine}_backup_memory"), &memory, "MiB");
        figure::print(&format!("{engine}_backup_size"), &size, "MB");
        figure::print(&format!("{engine}_raw_copy"), &raw, "s");
        restored(plan, postgres.as_ref(), &place, engine).await?;
    }
    Ok(())
}

/// Restores a backup of a centre at rest, and compares every record.
async fn restored(plan: &Plan, postgres: Option<&Postgres>, place: &Place, engine: &str) -> Result<()> {
    let file = plan.folder.join(format!("{engine}_rest.tar.zst"));
    place.run(&["backup", word(&file)?], "").await?;
    let other = empty(plan, postgres, &format!("{engine}_restored"))?;
    let (seconds, mib) = crate::import::measured(&other, &["restore", word(&file)?]).await?;
    figure::print(&format!("{engine}_restore"), &[seconds], "s");
    figure::print(&format!("{engine}_restore_memory"), &[mib], "MiB");
    let mut records = Vec::new();
    for one in [place, &other] {
        let path = one.data.join("records.ndjson");
        one.run(&["export", "--output", word(&path)?], "").await?;
        records.push(std::fs::read(&path)?);
    }
    let equal = matches!(&records[..], [a, b] if a == b);
    figure::print(&format!("{engine}_restored_equal"), &[if equal { 1.0 } else { 0.0 }], "1");
    ensure!(equal, "the restored copy is not equal");
    std::fs::remove_dir_all(&other.data)?;
    Ok(())
}

/// Contacts that come in at a steady pace until it is ended.
struct Load {
    end: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<Result<Measured>>>,
}

#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    refused: u32,
}

impl Load {
    fn start(to: SocketAddr, token: &str) -> Self {
        let (end, next) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let headers: Arc<str> = format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n").into();
        let tasks = (0..CONNECTIONS)
            .map(|_| tokio::spawn(send(to, headers.clone(), next.clone(), end.clone(), Instant::now())))
            .collect();
        Self { end, tasks }
    }

    async fn end(self) -> Result<Measured> {
        self.end.store(true, Ordering::Relaxed);
        let mut all = Measured::default();
        for task in self.tasks {
            let one = task.await??;
            all.times.extend(one.times);
            all.refused += one.refused;
        }
        Ok(all)
    }
}

async fn send(
    to: SocketAddr,
    headers: Arc<str>,
    next: Arc<AtomicU64>,
    end: Arc<AtomicBool>,
    began: Instant,
) -> Result<Measured> {
    let mut connection = Connection::open(to).await?;
    let mut measured = Measured::default();
    while !end.load(Ordering::Relaxed) {
        let n = next.fetch_add(1, Ordering::Relaxed);
        // Each has its moment, whether those before it were answered or not: a wait is counted, not skipped.
        let moment = began + Duration::from_millis(n * 1000 / PER_SECOND);
        tokio::time::sleep_until(moment.into()).await;
        let contact = serde_json::json!({
            "service": "linea-amica", "channel": "web", "email": format!("durante{n}@posta.example"),
            "text": "Buongiorno, lo sconto in bolletta non compare. Che cosa devo fare?",
        });
        match connection.ask("POST", "/api/v1/contacts", &headers, contact.to_string().as_bytes()).await {
            Ok(answer) if answer.status == 201 => measured.times.push(moment.elapsed()),
            Ok(_) => measured.refused += 1,
            Err(_) => {
                measured.refused += 1;
                connection = Connection::open(to).await?;
            }
        }
    }
    Ok(measured)
}

fn word(path: &Path) -> Result<&str> {
    path.to_str().context("the folder has no name in UTF-8")
}

fn mega(file: &Path) -> Result<f64> {
    Ok(f64::from(u32::try_from(std::fs::metadata(file)?.len() / 1_000)?) / 1_000.0)
}
