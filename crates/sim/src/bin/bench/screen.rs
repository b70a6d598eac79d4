//! The screen of whoever is called: how long after the call was made it shows who calls, and what they had to do with us
//! before. What the browser does with the page is not in it; that it waits a moment, so that events come together, is.

use crate::calls::{self, place};
use crate::serve::{PASSWORD, sign_in};
use crate::{Plan, fill};
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::http::Connection;
use sim::server::Server;
use sim::telephone::{Callers, Operators, Sounds};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Cases that are there before.
const CASES: u64 = 20_000;
const CALLS: usize = 60;
/// How long the page waits for more events before it has its part again.
const GATHERS: Duration = Duration::from_millis(20);
/// Who calls, again and again.
const NUMBER: &str = "+390612345678";

pub async fn run(plan: &Plan) -> Result<()> {
    let (mut p50, mut p99) = (vec![], vec![]);
    for run in 0..plan.runs {
        let service = calls::service("greet = false\n", "wrap_up_s = 0\n");
        let (place, sip) = place(plan, &format!("screen_{run}"), None, &service).await?;
        fill::cases(&place, CASES)?;
        place.run(&["user", "add", "bench", "--role", "front", "--password-stdin"], PASSWORD).await?;
        place.run(&["telephone", "account", "bench", "--password-stdin"], TELEPHONE).await?;
        let server = Server::start(&place).await?;
        let cookie = sign_in(server.address).await?;
        let mut desk = Connection::open(server.address).await?;
        let sip = SocketAddr::from(([127, 0, 0, 1], sip));
        let sounds = Sounds::open();
        let _telephone =
            Operators::register(sip, &[("bench".to_owned(), TELEPHONE.to_owned())], sounds.clone()).await?;
        post(&mut desk, "/desk/stato", &cookie, "wish=ready").await?;
        let callers = Callers::open(sip, sounds).await?;
        let mut times = Vec::new();
        for n in 0..=CALLS {
            let mut events = Connection::open(server.address).await?;
            events.follow("/part/desk/events", &cookie).await?;
            ensure!(events.next_event().await? == "ready", "the stream does not begin");
            let began = Instant::now();
            let name = format!("screen{n}");
            let (call, shown) =
                tokio::join!(callers.dial(&name, NUMBER), shows(&mut events, &mut desk, &cookie, n > 0));
            let (call, contact) = (call?, shown?);
            if n == 0 {
                // The first call has no history: it becomes the case that the others show.
                post(&mut desk, &format!("/desk/chiamata/{contact}/caso"), &cookie, "case=new&key=bench").await?;
            } else {
                times.push(began.elapsed());
            }
            callers.hang_up(&call).await?;
            while !is_ready(&mut desk, &cookie).await? {
                tokio::time::sleep(GATHERS).await;
            }
        }
        p50.push(figure::quantile_ms(&times, 0.5));
        p99.push(figure::quantile_ms(&times, 0.99));
        server.stop().await?;
    }
    figure::print("screen_p50", &p50, "ms");
    figure::print("screen_p99", &p99, "ms");
    Ok(())
}

const TELEPHONE: &str = "una-parola-lunga";

/// Waits until the part of the page shows the call, with its history where it has one; the contact that it is.
async fn shows(events: &mut Connection, desk: &mut Connection, cookie: &str, has_history: bool) -> Result<i64> {
    loop {
        if events.next_event().await? != "call" {
            continue;
        }
        tokio::time::sleep(GATHERS).await;
        let answer = desk.ask("GET", "/part/desk/chiamata", cookie, b"").await?;
        let part = String::from_utf8_lossy(&answer.body);
        let contact = part.split_once("data-contact=\"").and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
        if let Some(contact) = contact.filter(|_| !has_history || part.contains("/desk/case/")) {
            return Ok(contact);
        }
    }
}

/// Whether the page says that its operator can be called.
async fn is_ready(desk: &mut Connection, cookie: &str) -> Result<bool> {
    let answer = desk.ask("GET", "/part/desk/stato", cookie, b"").await?;
    let part = String::from_utf8_lossy(&answer.body);
    let said = part.split_once("<summary").and_then(|(_, rest)| rest.split_once("</summary>"));
    Ok(said.is_some_and(|(said, _)| said.contains("Disponibile")))
}

async fn post(desk: &mut Connection, path: &str, cookie: &str, form: &str) -> Result<()> {
    let headers = format!("{cookie}content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n");
    let answer = desk.ask("POST", path, &headers, form.as_bytes()).await.context("the desk does not answer")?;
    ensure!(answer.status < 400, "{path} answered {}", answer.status);
    Ok(())
}
