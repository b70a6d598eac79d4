//! `POST /api/v1/contacts` from 64 connections, every one durable before its answer; with few and with many contacts
//! stored, in turn. Beside it: how often the disk syncs, and how many requests the same server answers that store nothing.

use crate::{Plan, disk, fill};
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::http::Connection;
use sim::postgres::Postgres;
use sim::server::{Place, Server};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const CONNECTIONS: u64 = 64;
const LASTS: Duration = Duration::from_secs(8);

pub async fn run(plan: &Plan) -> Result<()> {
    let engines = plan.engines.clone();
    for engine in engines {
        let postgres = if engine == "postgres" { Some(Postgres::start(plan.folder.join("postgres"))?) } else { None };
        let small = fill::filled(plan, postgres.as_ref(), &format!("{engine}_small"), 10_000, false)?;
        let large = fill::filled(plan, postgres.as_ref(), &format!("{engine}_large"), plan.large, false)?;
        let (mut syncs, mut raw, mut rates, mut p99s, mut large_rates, mut ratios) =
            (vec![], vec![], vec![], vec![], vec![], vec![]);
        let (mut token_small, mut token_large) = (String::new(), String::new());
        for _ in 0..plan.runs {
            syncs.push(disk::syncs_per_second(&plan.folder)?);
            let few = measure(&small, &mut token_small).await?;
            let many = measure(&large, &mut token_large).await?;
            raw.push(few.raw);
            rates.push(few.rate);
            p99s.push(few.p99);
            large_rates.push(many.rate);
            ratios.push(many.rate / few.rate);
        }
        let per_sync: Vec<f64> = rates.iter().zip(&syncs).map(|(r, s)| r / s).collect();
        figure::print(&format!("{engine}_disk_syncs"), &syncs, "1/s");
        figure::print(&format!("{engine}_requests_that_store_nothing"), &raw, "1/s");
        figure::print(&format!("{engine}_contacts"), &rates, "1/s");
        figure::print(&format!("{engine}_contacts_per_sync"), &per_sync, "1");
        figure::print(&format!("{engine}_contact_p99"), &p99s, "ms");
        figure::print(&format!("{engine}_contacts_with_{}_stored", plan.large), &large_rates, "1/s");
        figure::print(&format!("{engine}_rate_many_to_few"), &ratios, "1");
    }
    Ok(())
}

struct Measured {
    raw: f64,
    rate: f64,
    p99: f64,
}

async fn measure(place: &Place, token: &mut String) -> Result<Measured> {
    if token.is_empty() {
        place.run(&["user", "add", "bench", "--role", "front"], "").await?;
        *token = place
            .run(&["token", "create", "--user", "bench"], "")
            .await?
            .lines()
            .last()
            .context("no token")?
            .to_owned();
    }
    let server = Server::start(place).await?;
    let (raw, _) =
        load(server.address, Duration::from_secs(2), |_| ("GET", "/healthz", String::new(), String::new())).await?;
    let header = format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n");
    let (rate, times) =
        load(server.address, LASTS, move |n| ("POST", "/api/v1/contacts", header.clone(), contact(n))).await?;
    server.stop().await?;
    Ok(Measured { raw, rate, p99: figure::quantile_ms(&times, 0.99) })
}

/// A citizen's letter: every third writes again from an address that is known.
fn contact(n: u64) -> String {
    let who = if n.is_multiple_of(3) { n % 3000 } else { n };
    serde_json::json!({
        "service": "linea-amica", "channel": "web", "name": format!("Cittadina Inventata {who}"), "email": format!("cittadina{who}@posta.example"),
        "topic": "bonus-sociale", "subject": "Il bonus sociale non compare in bolletta",
        "text": format!("Buongiorno, ho un ISEE valido ma nella bolletta del gas numero {n} lo sconto non compare. Che cosa devo fare per averlo, e da quando decorre? Grazie."),
    })
    .to_string()
}

/// Keeps every connection busy for `lasts`; requests a second, and how long each took.
async fn load<F>(to: SocketAddr, lasts: Duration, request: F) -> Result<(f64, Vec<Duration>)>
where
    F: Fn(u64) -> (&'static str, &'static str, String, String) + Send + Sync + 'static,
{
    let request = Arc::new(request);
    let began = Instant::now();
    // Different in every run, so that a database that was measured before meets new people again.
    let first = u64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?.wrapping_mul(1000);
    let next = Arc::new(AtomicU64::new(first));
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (request, next) = (request.clone(), next.clone());
        tasks.push(tokio::spawn(async move {
            let mut connection = Connection::open(to).await?;
            let mut times = Vec::new();
            while began.elapsed() < lasts {
                let (method, path, headers, body) = request(next.fetch_add(1, Ordering::Relaxed));
                let asked = Instant::now();
                let answer = connection.ask(method, path, &headers, body.as_bytes()).await?;
                ensure!(
                    answer.status < 300,
                    "{path} answered {}: {}",
                    answer.status,
                    String::from_utf8_lossy(&answer.body)
                );
                times.push(asked.elapsed());
            }
            Ok(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    let count = f64::from(u32::try_from(times.len())?);
    Ok((count / began.elapsed().as_secs_f64(), times))
}
