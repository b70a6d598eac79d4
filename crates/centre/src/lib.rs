//! What the office does: one use case a function, one transaction a use case. Channels, pages and REST call these
//! functions and decide nothing themselves; what they want to know afterwards they follow in [`events`].
//!
//! A use case takes a [`Work`]: the transaction it happens in, who wants it, and the time. [`Centre::work`] opens the
//! transaction, runs the use case and returns when it is committed.

mod catalogue;
mod clock;
pub mod closing;
mod code;
mod error;
mod revision;
mod work;
mod zip;

pub mod access;
pub mod alarm;
pub mod audit;
pub mod availability;
pub mod backup;
pub mod call;
pub mod case;
pub mod citizen;
pub mod desk;
pub mod dossier;
pub mod draft;
pub mod erasure;
pub mod events;
pub mod files;
pub mod floor;
pub mod health;
pub mod intake;
pub mod invitation;
pub mod jobs;
pub mod leader;
pub mod limits;
pub mod mail;
pub mod manual;
pub mod once;
pub mod outbox;
pub mod password;
pub mod person;
pub mod presence;
pub mod processing;
pub mod record;
pub mod recording;
pub mod reply_template;
pub mod report;
pub mod retention;
pub mod routing;
pub mod search;
pub mod service;
pub mod session;
pub mod sip_account;
pub mod sound;
pub mod staff;
pub mod switchboard;
pub mod team;
pub mod timeline;
pub mod token;
pub mod topic;
pub mod totp;
pub mod trunk;

pub use catalogue::Catalogue;
pub use clock::{Chance, Clock};
pub use error::{Error, Result};
pub use work::{By, Work};

use db::Db;
use std::sync::Arc;

/// What the centre is built with; only the server knows where each comes from.
pub struct Parts {
    pub db: Db,
    /// Where files are kept: a folder, or S3-compatible storage.
    pub store: Arc<dyn object_store::ObjectStore>,
    pub clock: Arc<dyn Clock>,
    pub chance: Chance,
    /// The address under which citizens reach the portal, without a slash at its end: it stands in e-mails.
    pub public_url: String,
    /// This process among others on the same database: leases carry it.
    pub node: String,
    /// Whether supervisors see figures of individual operators.
    pub operator_figures: bool,
}

/// The whole office; cheap to clone.
#[derive(Clone)]
pub struct Centre(Arc<Inner>);

struct Inner {
    db: Db,
    files: files::Files,
    clock: Arc<dyn Clock>,
    chance: Chance,
    public_url: String,
    node: String,
    operator_figures: bool,
    codes: code::Codes,
    catalogue: std::sync::RwLock<Arc<Catalogue>>,
    feed: events::Feed,
    passwords: password::Passwords,
    holders: token::Holders,
    /// What lies outside and is checked with the rest.
    peers: std::sync::RwLock<Vec<Arc<dyn health::Peer>>>,
    /// Begins the ids of records that came into being here.
    installation: String,
    senders: record::Senders,
}

impl Centre {
    /// Opens the office: makes what a new database lacks (secrets, the built-in service), reads the catalogue, and
    /// finds the end of the event log, from where it is followed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(parts: Parts) -> Result<Self> {
        let Parts { db, store, clock, chance, public_url, node, operator_figures } = parts;
        let fresh = [chance.bytes::<32>(), chance.bytes::<32>(), chance.bytes::<32>(), chance.bytes::<32>()];
        let now = clock.now();
        let (codes, secrets, installation) = db
            .write(move |tx| {
                Box::pin(async move {
                    if db::service::all(tx).await?.is_empty() {
                        db::service::save(tx, &model::service::Service::built_in(), true, None, now).await?;
                    }
                    jobs::put_recurring(tx, now).await?;
                    let [codes, seal, owner, installation] = &fresh;
                    let codes = db::secret::get_or_set(tx, "citizen-codes", codes).await?;
                    let seal = db::secret::get_or_set(tx, "kept-files", seal).await?;
                    let owner = db::secret::get_or_set(tx, files::OWNER_SECRET, owner).await?;
                    let installation = db::secret::get_or_set(tx, db::secret::INSTALLATION, installation).await?;
                    Ok::<_, db::Error>((codes, files::Secrets { seal, owner }, installation))
                })
            })
            .await?;
        let files = files::Files::new(store, clock.clone(), chance.clone(), &secrets);
        // A storage that cannot be written just now hinders only those who bring files.
        match files.claim().await {
            Ok(true) => {}
            Ok(false) => tracing::warn!("the storage belongs to another database: its files are those of other cases"),
            Err(error) => tracing::warn!(%error, "cannot say in the storage whose it is"),
        }
        let catalogue = Catalogue::read(&db).await?;
        let feed = events::Feed::open(&db).await?;
        let passwords = password::Passwords::new(&chance);
        Ok(Self(Arc::new(Inner {
            db,
            files,
            clock,
            chance,
            public_url,
            node,
            operator_figures,
            codes: code::Codes::new(codes),
            catalogue: std::sync::RwLock::new(Arc::new(catalogue)),
            feed,
            passwords,
            holders: token::Holders::default(),
            peers: std::sync::RwLock::default(),
            senders: record::Senders::new(&installation),
            installation: record::tag(&installation),
        })))
    }

    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    #[must_use]
    pub fn files(&self) -> &files::Files {
        &self.0.files
    }

    /// The time now, with the precision that is stored.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        db::at::stored(self.0.clock.now())
    }

    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// Chance, for what must not be guessed.
    #[must_use]
    pub fn chance(&self) -> &Chance {
        &self.0.chance
    }

    /// This process among others on the same database.
    #[must_use]
    pub fn node(&self) -> &str {
        &self.0.node
    }

    /// Whether the administration has turned on figures of individual operators.
    #[must_use]
    pub fn operator_figures(&self) -> bool {
        self.0.operator_figures
    }

    /// Services, topics and structures as they now stand.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.0.catalogue.read().map_or_else(|poisoned| poisoned.into_inner().clone(), |guard| guard.clone())
    }

    /// Reads the catalogue anew: after a change here, or when another process tells of one.
    ///
    /// # Errors
    /// When the database does not answer; the catalogue then stays as it was.
    pub async fn refresh_catalogue(&self) -> Result<()> {
        let fresh = Arc::new(Catalogue::read(&self.0.db).await?);
        match self.0.catalogue.write() {
            Ok(mut kept) => *kept = fresh,
            Err(poisoned) => *poisoned.into_inner() = fresh,
        }
        Ok(())
    }

    /// Returns when the database answers readers, and a use case that does nothing has had its turn.
    ///
    /// # Errors
    /// When it does not.
    pub async fn answers(&self) -> Result<()> {
        self.0.db.answers().await?;
        self.work(By::System, |_| Box::pin(async { Ok(()) })).await
    }

    /// A fresh nonce for a page's scripts, in hexadecimal.
    #[must_use]
    pub fn nonce(&self) -> String {
        self.0.chance.bytes::<16>().iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The citizen's code of a case.
    #[must_use]
    pub fn code(&self, case: model::CaseId) -> model::code::Code {
        self.0.codes.of(case)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}
