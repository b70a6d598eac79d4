//! `lineaamica serve`: everything at once, until it is told to stop.

use crate::config::{Config, LogFormat};
use crate::{house, metrics, router};
use anyhow::{Context, Result, bail};
use channel_email::Smtp;
use gate::{Gate, Settings};
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// How long open requests may take to end once the program is told to stop.
const GRACE: Duration = Duration::from_secs(10);

pub async fn run(config: Config) -> Result<()> {
    log(&config);
    if config.events.url.is_some() {
        bail!(
            "events.url is set, but this version does not speak NATS yet: leave it out, and each process reads the database by itself"
        );
    }
    for (name, set) in [
        ("telephone.listen", config.telephone.listen.is_some()),
        ("email.lmtp_listen", config.email.lmtp_listen.is_some()),
    ] {
        if set {
            tracing::warn!(name, "this setting has no effect yet: the channel is not in this version");
        }
    }
    let handle = metrics::install()?;
    let centre = house::open(&config).await?;
    let listener = TcpListener::bind(config.http.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.http.listen))?;

    tokio::spawn(centre.clone().feed());
    tokio::spawn(centre.clone().work_off_jobs());
    match Smtp::new(&config.email, &config.http.public_url())? {
        Some(smtp) => drop(tokio::spawn(channel_email::deliver(centre.clone(), smtp))),
        None => tracing::warn!("no mail server is named (email.smtp_host): letters wait in the outbox"),
    }

    let settings = Settings {
        secure: config.http.is_secure(),
        behind_proxy: config.http.behind_proxy,
        sample: crate::sample::is_sample(&config),
    };
    let gate = Gate::new(centre, settings);
    let app = router::router(&gate, handle).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(address = %listener.local_addr()?, engine = ?gate.centre.db().engine(), "ready");
    let closing = gate.clone();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move { closing.closing().await });
    let mut serving = tokio::spawn(serving.into_future());
    tokio::select! {
        ended = &mut serving => return Ok(ended??),
        signal = told_to_stop() => tracing::info!(signal = signal?, "stopping"),
    }
    gate.close();
    // Whoever is still being answered after the grace is cut off; what was acknowledged is committed all the same.
    let _ = tokio::time::timeout(GRACE, serving).await;
    Ok(())
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
    let filter = EnvFilter::try_new(&config.telemetry.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A logger that is there already keeps its place.
    let _ = match config.telemetry.format {
        LogFormat::Json => builder.json().try_init(),
        LogFormat::Text => builder
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()) && std::env::var_os("NO_COLOR").is_none())
            .try_init(),
    };
}
