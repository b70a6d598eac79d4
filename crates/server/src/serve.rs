//! `lineaamica serve`: everything at once, until it is told to stop.

use crate::config::{Config, LogFormat};
use crate::telephone::Telephone;
use crate::{house, listen, lock, metrics, router};
use anyhow::{Context, Result, anyhow};
use channel_email::Smtp;
use gate::{Gate, Settings, Softphone};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

/// How long open requests may take to end once the program is told to stop.
const GRACE: Duration = Duration::from_secs(10);

pub async fn run(config: Config) -> Result<()> {
    log(&config);
    for name in config.without_effect() {
        tracing::warn!(name, "this setting has no effect yet: what it is for is not in this version");
    }
    let handle = metrics::install()?;
    let centre = house::open(&config).await?;
    let _serving = lock::serving(&config)?;
    let listener = TcpListener::bind(config.http.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.http.listen))?;

    let telephone = Telephone::open(&config, &centre).await?;
    let settings = Settings {
        secure: config.http.is_secure(),
        behind_proxy: config.http.behind_proxy,
        sample: crate::sample::is_sample(&config),
        mail_encrypted: config.email.smtp_host.as_ref().map(|_| config.email.is_encrypted()),
        softphone: telephone.as_ref().map(|_| Softphone { ice_servers: config.telephone.ice_servers.clone() }),
    };
    let here = telephone.as_ref().map(Telephone::here);
    crate::check::watch(&config, &centre, here.clone());
    let smtp = Smtp::new(&config.email, &config.http.public_url())?;
    let gate = Gate::new(centre.clone(), settings);
    let closing = |gate: Gate| async move { gate.closing().await };
    let mut tasks = JoinSet::new();
    tasks.spawn(named("metrics", until(closing(gate.clone()), metrics::keep_up(handle.clone()))));
    tasks.spawn(named("events", until(closing(gate.clone()), centre.clone().feed())));
    tasks.spawn(named("jobs", centre.clone().work_off_jobs(closing(gate.clone()))));
    if let Some(telephone) = telephone {
        tasks.spawn(named("telephone", telephone.run(closing(gate.clone()))));
    }
    match smtp {
        Some(smtp) => drop(tasks.spawn(named("mail", channel_email::deliver(centre, smtp, closing(gate.clone()))))),
        None => tracing::warn!("no mail server is named (email.smtp_host): letters wait in the outbox"),
    }
    let app = router::router(&gate, handle, here.clone());
    tracing::info!(address = %listener.local_addr()?, engine = ?gate.centre.db().engine(), "ready");
    let mut serving = tokio::spawn(listen::answer(listener, app, closing(gate.clone())));
    let outcome = tokio::select! {
        ended = &mut serving => return Ok(ended?),
        signal = told_to_stop() => signal.map(|signal| tracing::info!(signal, "stopping")),
        ended = first_to_end(&mut tasks) => Err(ended),
    };
    let exchange = here.and_then(|here| here.borrow().clone());
    if let (Ok(()), Some(exchange)) = (&outcome, &exchange) {
        // Whoever speaks may end the talk; whoever tells the program a second time to stop, ends it.
        tokio::select! {
            () = exchange.drain() => {}
            signal = told_to_stop() => drop(signal),
        }
    }
    gate.close();
    // Whoever is still being answered after the grace is cut off; what was acknowledged is committed all the same. A
    // letter that is on its way is noted as gone, and a job in hand gives its lease back.
    let ending = async {
        let _ = serving.await;
        while tasks.join_next().await.is_some() {}
    };
    let _ = tokio::time::timeout(GRACE, ending).await;
    outcome
}

/// A task that has nothing to end.
async fn until(closing: impl Future<Output = ()>, task: impl Future<Output = ()>) {
    tokio::select! {
        () = closing => {}
        () = task => {}
    }
}

/// A task that runs as long as the program does; its name is what it gives back.
async fn named(name: &'static str, task: impl Future<Output = ()>) -> &'static str {
    task.await;
    name
}

/// Waits until one of the tasks ends, which none should: a centre that answers but sends no letters and brings back no
/// cases would look well for days. Whoever started the program starts it again.
async fn first_to_end(tasks: &mut JoinSet<&'static str>) -> anyhow::Error {
    match tasks.join_next().await {
        Some(Ok(name)) => anyhow!("the task {name} has ended: stopping"),
        Some(Err(error)) => anyhow!(error).context("a task has broken down: stopping"),
        None => anyhow!("no task is left: stopping"),
    }
}

async fn told_to_stop() -> Result<&'static str> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok("terminate"),
        interrupt = tokio::signal::ctrl_c() => interrupt.map(|()| "interrupt").context("cannot wait for a signal"),
    }
}

fn log(config: &Config) {
    let mut filter = EnvFilter::try_new(&config.telemetry.log).unwrap_or_else(|_| EnvFilter::new("info"));
    // These write whole messages, numbers included, at levels that are read every day.
    for quiet in ["rsipstack=error", "str0m=error", "is=error", "dimpl=error"] {
        if let Ok(directive) = quiet.parse() {
            filter = filter.add_directive(directive);
        }
    }
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A logger that is there already keeps its place.
    let _ = match config.telemetry.format {
        LogFormat::Json => builder.json().try_init(),
        LogFormat::Text => builder
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()) && std::env::var_os("NO_COLOR").is_none())
            .try_init(),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_ends_or_breaks_down_is_told() {
        let mut tasks = JoinSet::new();
        tasks.spawn(named("events", std::future::pending()));
        tasks.spawn(named("jobs", async {}));
        assert!(first_to_end(&mut tasks).await.to_string().contains("jobs"));
        tasks.spawn(named("mail", async { panic!("out of paper") }));
        assert!(format!("{:#}", first_to_end(&mut tasks).await).contains("out of paper"));
    }
}
