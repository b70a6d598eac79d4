//! The health of the centre: a list of checks, each with what it found and, where something is wrong, what to do. The
//! command line and the page run the same ones. None of them takes longer than [`PATIENCE`].

use crate::{Centre, outbox, staff};
use futures::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long one check may take.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// What a check found. In the messages it is `health-{check}-{word}`, told the values; what to do about something wrong is
/// `health-{check}-{word}-do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub check: &'static str,
    pub ok: bool,
    pub word: &'static str,
    pub values: BTreeMap<&'static str, String>,
}

impl Finding {
    #[must_use]
    pub fn ok(check: &'static str, word: &'static str) -> Self {
        Self { check, ok: true, word, values: BTreeMap::new() }
    }

    #[must_use]
    pub fn wrong(check: &'static str, word: &'static str) -> Self {
        Self { check, ok: false, word, values: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.insert(name, value.to_string());
        self
    }

    /// An error of ours, which names no person.
    fn failed(check: &'static str, error: &impl ToString) -> Self {
        Self::wrong(check, "failed").with("why", error.to_string())
    }
}

/// Something outside that the centre depends on, as whoever knows it checks it: the mail server, the carriers.
pub trait Peer: Send + Sync {
    /// Its name among the checks.
    fn name(&self) -> &'static str;
    /// What it found; several where it is more than one thing.
    fn check(&self) -> BoxFuture<'_, Vec<Finding>>;
}

impl Centre {
    /// Checks this as well, whenever the centre's health is asked for.
    pub fn watch(&self, peer: Arc<dyn Peer>) {
        let mut peers = self.inner().peers.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        peers.push(peer);
    }

    fn peers(&self) -> Vec<Arc<dyn Peer>> {
        self.inner().peers.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

/// Runs every check, beside one another.
pub async fn check(centre: &Centre) -> Vec<Finding> {
    let peers = centre.peers();
    let ours: Vec<(&'static str, BoxFuture<'_, Vec<Finding>>)> = vec![
        ("database", Box::pin(async { vec![database(centre).await] })),
        ("staff", Box::pin(async { vec![people(centre).await] })),
        ("files", Box::pin(async { vec![files(centre).await] })),
        ("outbox", Box::pin(async { vec![letters(centre).await] })),
        ("jobs", Box::pin(async { vec![jobs(centre).await] })),
    ];
    let all = ours.into_iter().chain(peers.iter().map(|peer| (peer.name(), peer.check())));
    let each = all.map(async |(name, check)| {
        let found = timeout(PATIENCE, check).await;
        found.unwrap_or_else(|_| vec![Finding::wrong(name, "slow").with("seconds", PATIENCE.as_secs())])
    });
    futures::future::join_all(each).await.into_iter().flatten().collect()
}

async fn database(centre: &Centre) -> Finding {
    match centre.answers().await {
        Ok(()) => Finding::ok("database", "answers")
            .with("engine", format!("{:?}", centre.db().engine()))
            .with("services", centre.catalogue().services.len()),
        Err(error) => Finding::failed("database", &error),
    }
}

async fn people(centre: &Centre) -> Finding {
    match staff::all(centre).await {
        Ok(all) if all.is_empty() => Finding::wrong("staff", "nobody"),
        Ok(all) => Finding::ok("staff", "some").with("count", all.len()),
        Err(error) => Finding::failed("staff", &error),
    }
}

async fn files(centre: &Centre) -> Finding {
    match centre.files().ours().await {
        Ok(true) => Finding::ok("files", "ours"),
        Ok(false) => Finding::wrong("files", "strangers"),
        Err(error) => Finding::failed("files", &error),
    }
}

/// Letters that were given up want a person, and harm nobody else.
async fn letters(centre: &Centre) -> Finding {
    match outbox::figures(centre).await {
        Ok(figures) => {
            let word = if figures.dead > 0 { "given-up" } else { "well" };
            Finding::ok("outbox", word).with("waiting", figures.waiting).with("dead", figures.dead)
        }
        Err(error) => Finding::failed("outbox", &error),
    }
}

async fn jobs(centre: &Centre) -> Finding {
    match outbox::failing_jobs(centre).await {
        Ok(failing) if failing.is_empty() => Finding::ok("jobs", "well"),
        Ok(failing) => {
            let kinds: Vec<&str> = failing.iter().map(|job| job.kind.as_str()).collect();
            Finding::wrong("jobs", "fail").with("count", failing.len()).with("kinds", kinds.join(", "))
        }
        Err(error) => Finding::failed("jobs", &error),
    }
}
