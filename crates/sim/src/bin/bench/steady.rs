//! Steady load for a long time: whether memory, sockets or calls grow that should not. Every call waits in the queue, is
//! answered, recorded, and ended by the caller.

use crate::talks::{accounts, staffed};
use crate::{Plan, calls};
use anyhow::{Result, ensure};
use sim::figure;
use sim::server::Server;
use sim::telephone::{Callers, Operators, Sounds};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const OPERATORS: usize = 50;
/// A call every so often, each of this length.
const EVERY: Duration = Duration::from_millis(500);
const TALK: Duration = Duration::from_secs(15);

pub async fn run(plan: &Plan) -> Result<()> {
    let service = calls::service("greet = false\nrecording = \"announced\"\n", "wrap_up_s = 0\n");
    let (place, sip) = staffed(plan, "steady", &service, OPERATORS).await?;
    let server = Server::start(&place).await?;
    let sounds = Sounds::open();
    let sip = SocketAddr::from(([127, 0, 0, 1], sip));
    let _operators = Operators::register(sip, &accounts(OPERATORS), sounds.clone()).await?;
    let callers = Arc::new(Callers::open(sip, sounds.clone()).await?);
    let (ended, failed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (began, whole) = (Instant::now(), Duration::from_secs(60) * plan.minutes);
    let (mut memory, mut sockets, mut minute, mut n) = (Vec::new(), Vec::new(), 0, 0_u64);
    let mut every = tokio::time::interval(EVERY);
    while began.elapsed() < whole {
        every.tick().await;
        n += 1;
        let outcome = (ended.clone(), failed.clone());
        tokio::spawn(count_talk(callers.clone(), sounds.clone(), n, outcome));
        if began.elapsed().as_secs() / 60 > minute {
            minute = began.elapsed().as_secs() / 60;
            memory.push(server.memory()?);
            sockets.push(server.sockets()?);
            println!(
                "after {minute} min: {} calls ended, {} failed, {:.1} MiB, {} open files",
                ended.load(Ordering::Relaxed),
                failed.load(Ordering::Relaxed),
                memory.last().copied().unwrap_or_default(),
                sockets.last().copied().unwrap_or_default(),
            );
        }
    }
    tokio::time::sleep(TALK + Duration::from_secs(5)).await;
    #[expect(clippy::cast_precision_loss, reason = "of some thousand calls")]
    let count = |what: &AtomicU64| what.load(Ordering::Relaxed) as f64;
    figure::print("steady_calls", &[count(&ended)], "calls");
    figure::print("steady_failed", &[count(&failed)], "calls");
    // The first minutes fill what is kept; after them nothing may grow.
    let sixth = (memory.len() / 6).max(1);
    figure::print("steady_memory_early", memory.get(sixth..(sixth * 2).min(memory.len())).unwrap_or_default(), "MiB");
    figure::print("steady_memory_late", memory.get(memory.len().saturating_sub(sixth)..).unwrap_or_default(), "MiB");
    figure::print(
        "steady_files_early",
        sockets.get(sixth..(sixth * 2).min(sockets.len())).unwrap_or_default(),
        "open files",
    );
    figure::print(
        "steady_files_late",
        sockets.get(sockets.len().saturating_sub(sixth)..).unwrap_or_default(),
        "open files",
    );
    figure::print("steady_files_at_rest", &[server.sockets()?], "open files");
    server.stop().await
}

async fn count_talk(
    callers: Arc<Callers>,
    sounds: Arc<Sounds>,
    n: u64,
    (ended, failed): (Arc<AtomicU64>, Arc<AtomicU64>),
) {
    match talk(&callers, &sounds, n).await {
        Ok(()) => ended.fetch_add(1, Ordering::Relaxed),
        Err(error) => {
            eprintln!("call {n}: {error:#}");
            failed.fetch_add(1, Ordering::Relaxed)
        }
    };
}

async fn talk(callers: &Callers, sounds: &Sounds, n: u64) -> Result<()> {
    let call = callers.dial(&format!("steady{n}"), &format!("+3906{n:07}")).await?;
    tokio::time::sleep(TALK).await;
    let heard = sounds.first_heard(call.end).is_some();
    callers.hang_up(&call).await?;
    ensure!(heard, "no operator was heard");
    Ok(())
}
