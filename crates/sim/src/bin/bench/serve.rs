//! The desk with a year of cases: how soon the server is ready, how much memory it takes, how long lists and cases take
//! at 50 requests a second. Beside it: the same requests' rhythm on an address that does nothing.

use crate::{Plan, fill};
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::http::Connection;
use sim::postgres::Postgres;
use sim::server::Server;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

const PER_SECOND: u32 = 50;
const LASTS: Duration = Duration::from_secs(10);
pub const PASSWORD: &str = "una password di prova";

pub async fn run(plan: &Plan) -> Result<()> {
    let engines = plan.engines.clone();
    for engine in engines {
        let postgres = if engine == "postgres" { Some(Postgres::start(plan.folder.join("postgres"))?) } else { None };
        let place = fill::filled(plan, postgres.as_ref(), &format!("{engine}_year"), plan.cases, true)?;
        place.run(&["user", "add", "bench", "--role", "supervisor", "--password-stdin"], PASSWORD).await?;
        let (mut ready, mut memory_idle, mut memory, mut raw, mut list, mut case) =
            (vec![], vec![], vec![], vec![], vec![], vec![]);
        for _ in 0..plan.runs {
            let server = Server::start(&place).await?;
            ready.push(server.ready_after.as_secs_f64());
            memory_idle.push(server.memory()?);
            let cookie = sign_in(server.address).await?;
            let cases = numbers(server.address, &cookie).await?;
            raw.push(figure::quantile_ms(&steady(server.address, |_| "/healthz".to_owned(), "").await?, 0.99));
            let lists = ["team", "unassigned", "waiting", "back-office", "overdue", "solved"];
            list.push(figure::quantile_ms(
                &steady(
                    server.address,
                    |n| format!("/desk/list/{}", lists.get(n % lists.len()).copied().unwrap_or("team")),
                    &cookie,
                )
                .await?,
                0.99,
            ));
            case.push(figure::quantile_ms(
                &steady(
                    server.address,
                    |n| format!("/desk/case/{}", cases.get(n % cases.len()).map_or("", String::as_str)),
                    &cookie,
                )
                .await?,
                0.99,
            ));
            memory.push(server.memory()?);
            server.stop().await?;
        }
        figure::print(&format!("{engine}_ready"), &ready, "s");
        figure::print(&format!("{engine}_memory_idle"), &memory_idle, "MiB");
        figure::print(&format!("{engine}_memory_after_load"), &memory, "MiB");
        figure::print(&format!("{engine}_nothing_p99"), &raw, "ms");
        figure::print(&format!("{engine}_desk_list_p99"), &list, "ms");
        figure::print(&format!("{engine}_desk_case_p99"), &case, "ms");
    }
    Ok(())
}

/// Signs `bench` in; the header by which they are known.
pub async fn sign_in(to: SocketAddr) -> Result<String> {
    let body = format!("login=bench&password={}&next=/desk", PASSWORD.replace(' ', "+"));
    let headers = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
    let answer = Connection::open(to).await?.ask("POST", "/login", headers, body.as_bytes()).await?;
    let cookie = answer.header("set-cookie").and_then(|c| c.split(';').next()).context("signing in gave no session")?;
    Ok(format!("cookie: {cookie}\r\n"))
}

/// Numbers of cases to open, as the first list shows them.
async fn numbers(to: SocketAddr, cookie: &str) -> Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    for list in ["team", "solved"] {
        let answer = Connection::open(to).await?.ask("GET", &format!("/desk/list/{list}"), cookie, b"").await?;
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        all.extend(
            html.split("/desk/case/")
                .skip(1)
                .filter_map(|rest| rest.split(['"', '?', '/', '&']).next())
                .map(str::to_owned),
        );
    }
    all.sort();
    all.dedup();
    ensure!(!all.is_empty(), "the lists show no case");
    Ok(all)
}

/// Asks at a steady rhythm, whether or not the last answer has come: how long each took from when it was due.
async fn steady(to: SocketAddr, path: impl Fn(usize) -> String, headers: &str) -> Result<Vec<Duration>> {
    let count = PER_SECOND * u32::try_from(LASTS.as_secs())?;
    let began = Instant::now();
    let mut tasks = Vec::new();
    for n in 0..count {
        let due = began + Duration::from_secs(1) * n / PER_SECOND;
        tokio::time::sleep_until(due.into()).await;
        let (path, headers) = (path(usize::try_from(n)?), headers.to_owned());
        tasks.push(tokio::spawn(async move {
            let answer = Connection::open(to).await?.ask("GET", &path, &headers, b"").await?;
            ensure!(answer.status == 200, "{path} answered {}", answer.status);
            Ok(due.elapsed())
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.push(task.await??);
    }
    Ok(times)
}
