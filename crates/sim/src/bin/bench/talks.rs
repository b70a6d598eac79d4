//! Talks between telephones: what they cost the processor, whether every packet comes through, how soon after a call is
//! made both are heard. Beside them, the same packets through a process that does nothing but pass them on.

use crate::calls::{self, place};
use crate::raw::Relay;
use crate::{Plan, fill};
use anyhow::{Result, ensure};
use sim::figure;
use sim::server::{Place, Server};
use sim::telephone::{Callers, Operators, Sounds, Told};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TALKS: usize = 200;
const WATCHED: Duration = Duration::from_secs(15);
/// Calls one after the other, of which the time to the first sound is taken.
const TIMED: usize = 60;

/// The figures of one kind of talk.
#[derive(Default)]
struct Figures {
    busy: Vec<f64>,
    memory: Vec<f64>,
    sent: Vec<f64>,
    lost: Vec<f64>,
    twice: Vec<f64>,
    gaps: Vec<f64>,
    worst: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Figures {
    #[expect(clippy::cast_precision_loss, reason = "of some hundred thousand packets")]
    fn add(&mut self, told: &Told, busy: f64, memory: f64) {
        self.busy.push(busy);
        self.memory.push(memory);
        self.sent.push(told.sent as f64);
        self.lost.push(told.lost as f64);
        self.twice.push(told.twice as f64);
        self.gaps.push(told.gaps as f64);
        self.worst.push(told.worst_gap.as_secs_f64() * 1_000.0);
        self.p50.push(figure::quantile_ms(&told.delays, 0.5));
        self.p99.push(figure::quantile_ms(&told.delays, 0.99));
    }

    fn print(&self, name: &str) {
        figure::print(&format!("{name}_processor"), &self.busy, "% of a core");
        figure::print(&format!("{name}_memory"), &self.memory, "MiB");
        figure::print(&format!("{name}_sent"), &self.sent, "packets");
        figure::print(&format!("{name}_lost"), &self.lost, "packets");
        figure::print(&format!("{name}_twice"), &self.twice, "packets");
        figure::print(&format!("{name}_gaps_over_60_ms"), &self.gaps, "gaps");
        figure::print(&format!("{name}_worst_gap"), &self.worst, "ms");
        figure::print(&format!("{name}_through_p50"), &self.p50, "ms");
        figure::print(&format!("{name}_through_p99"), &self.p99, "ms");
    }
}

/// Watches the sound for a while; what came of it, and the share of a core that whoever carries it took.
async fn watch(sounds: &Sounds, processor_s: impl Fn() -> Result<f64>) -> Result<(Told, f64)> {
    sounds.count(true);
    let (before, began) = (processor_s()?, Instant::now());
    tokio::time::sleep(WATCHED).await;
    let busy = (processor_s()? - before) * 100.0 / began.elapsed().as_secs_f64();
    sounds.count(false);
    // What is on its way arrives.
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok((sounds.told(), busy))
}

/// A centre with so many operators who take calls.
pub async fn staffed(plan: &Plan, name: &str, service: &str, operators: usize) -> Result<(Place, u16)> {
    let (place, sip) = place(plan, name, None, service).await?;
    fill::operators(&place, operators)?;
    Ok((place, sip))
}

/// The operators' telephones, as [`fill::operators`] gives them.
pub fn accounts(count: usize) -> Vec<(String, String)> {
    (0..count).map(|n| format!("operator{n}")).map(|name| (name.clone(), name)).collect()
}

pub async fn talks(plan: &Plan) -> Result<()> {
    let (mut raw, mut plain, mut recorded) = (Figures::default(), Figures::default(), Figures::default());
    for run in 0..plan.runs {
        let sounds = Sounds::open();
        let relay = Relay::start(TALKS).await?;
        for (one, other) in &relay.pairs {
            sounds.begin(SocketAddr::from(([127, 0, 0, 1], *one)))?;
            sounds.begin(SocketAddr::from(([127, 0, 0, 1], *other)))?;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let (told, busy) = watch(&sounds, || relay.processor_s()).await?;
        raw.add(&told, busy, 0.0);
        drop((sounds, relay));
        for (kind, figures) in [("off", &mut plain), ("announced", &mut recorded)] {
            let service = calls::service(&format!("greet = false\nrecording = \"{kind}\"\n"), "");
            let (place, sip) = staffed(plan, &format!("talks_{kind}_{run}"), &service, TALKS).await?;
            let server = Server::start(&place).await?;
            let (told, busy) = bridged(&server, sip).await?;
            figures.add(&told, busy, server.memory()?);
            server.stop().await?;
        }
    }
    figure::print("talks_raw_processor", &raw.busy, "% of a core");
    figure::print("talks_raw_lost", &raw.lost, "packets");
    figure::print("talks_raw_gaps_over_60_ms", &raw.gaps, "gaps");
    figure::print("talks_raw_through_p50", &raw.p50, "ms");
    figure::print("talks_raw_through_p99", &raw.p99, "ms");
    plain.print("talks");
    recorded.print("talks_recorded");
    Ok(())
}

async fn bridged(server: &Server, sip: u16) -> Result<(Told, f64)> {
    let sounds = Sounds::open();
    let sip = SocketAddr::from(([127, 0, 0, 1], sip));
    let _operators = Operators::register(sip, &accounts(TALKS), sounds.clone()).await?;
    let callers = Arc::new(Callers::open(sip, sounds.clone()).await?);
    let mut calls = Vec::new();
    for n in 0..TALKS {
        calls.push(callers.dial(&format!("talk{n}"), &format!("+3906{n:07}")).await?);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let began = Instant::now();
    while sounds.speaking() < TALKS * 2 || calls.iter().any(|call| sounds.first_heard(call.end).is_none()) {
        ensure!(began.elapsed() < Duration::from_secs(60), "{} of {} speak", sounds.speaking(), TALKS * 2);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let watched = watch(&sounds, || server.processor_s()).await?;
    for call in &calls {
        callers.hang_up(call).await?;
    }
    Ok(watched)
}

/// From a call to an operator's voice, through a queue in which nobody waits.
pub async fn answer(plan: &Plan) -> Result<()> {
    let (mut rings, mut audio, mut audio_p99) = (vec![], vec![], vec![]);
    for run in 0..plan.runs {
        let service = calls::service("greet = false\n", "");
        let (place, sip) = staffed(plan, &format!("answer_{run}"), &service, TIMED + 5).await?;
        let server = Server::start(&place).await?;
        let sounds = Sounds::open();
        let sip = SocketAddr::from(([127, 0, 0, 1], sip));
        let operators = Operators::register(sip, &accounts(TIMED + 5), sounds.clone()).await?;
        let callers = Callers::open(sip, sounds.clone()).await?;
        let (mut rang, mut heard) = (Vec::new(), Vec::new());
        for n in 0..TIMED {
            let call = callers.dial(&format!("answer{n}"), &format!("+3906{n:07}")).await?;
            let began = Instant::now();
            let first = loop {
                if let Some(first) = sounds.first_heard(call.end) {
                    break first;
                }
                ensure!(began.elapsed() < Duration::from_secs(10), "nothing is heard of an operator");
                tokio::time::sleep(Duration::from_millis(1)).await;
            };
            heard.push(first - call.invited_at);
            rang.extend(operators.last_rung().map(|at| at.saturating_duration_since(call.invited_at)));
            callers.hang_up(&call).await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        rings.push(figure::quantile_ms(&rang, 0.5));
        audio.push(figure::quantile_ms(&heard, 0.5));
        audio_p99.push(figure::quantile_ms(&heard, 0.99));
        server.stop().await?;
    }
    figure::print("answer_rings_p50", &rings, "ms");
    figure::print("answer_heard_p50", &audio, "ms");
    figure::print("answer_heard_p99", &audio_p99, "ms");
    Ok(())
}
