//! Opens the centre as the configuration says.

use crate::config::Config;
use crate::system::{self, SystemClock};
use crate::{backup, lock};
use anyhow::{Context, Result, bail};
use centre::erasure::Again;
use centre::{Centre, Clock, Parts};
use db::migration::Schema;
use db::{Db, Settings};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use std::path::PathBuf;
use std::sync::Arc;

/// Opens database and files, bringing the tables up to date.
pub async fn open(config: &Config) -> Result<Centre> {
    open_at(config, Arc::new(SystemClock)).await
}

/// Opens them as they are, for whoever only looks.
pub async fn open_as_it_is(config: &Config) -> Result<Centre> {
    opened(config, Arc::new(SystemClock), false).await
}

/// As [`open`], under another clock.
pub async fn open_at(config: &Config, clock: Arc<dyn Clock>) -> Result<Centre> {
    opened(config, clock, true).await
}

async fn opened(config: &Config, clock: Arc<dyn Clock>, up_to_date: bool) -> Result<Centre> {
    let db = if up_to_date {
        let prepared = prepare(config, Keep::InFolder).await?;
        if let Some((file, told)) = &prepared.backup {
            tracing::info!(file = %file.display(), holds = %told, "made a backup before changing the tables");
        }
        if !prepared.done.is_empty() {
            tracing::info!(migrations = %prepared.done.join(", "), "the tables are up to date");
        }
        prepared.db
    } else {
        database_as_it_is(config).await?
    };
    let centre = on(config, db, clock).await?;
    if up_to_date {
        erase_again(&centre).await?;
    }
    Ok(centre)
}

/// Erases whom a restore that broke off has left to be erased again, before anything is done with them.
async fn erase_again(centre: &Centre) -> Result<()> {
    let again = centre.erase_again().await.context("cannot read who is to be erased again")?;
    if again.persons + again.trainings > 0 {
        let Again { persons, trainings, .. } = again;
        tracing::info!(persons, trainings, "erased again who was erased since the backup that was restored");
    }
    for (who, error) in again.failed {
        tracing::error!(who, %error, "cannot erase again who was erased since the backup that was restored");
    }
    Ok(())
}

/// Opens the centre on a database that is open and up to date.
pub async fn on(config: &Config, db: Db, clock: Arc<dyn Clock>) -> Result<Centre> {
    let store = store(config)?;
    let chance = system::chance()?;
    let node: String = chance.bytes::<8>().iter().map(|b| format!("{b:02x}")).collect();
    let operator_figures = config.privacy.operator_figures;
    let public_url = config.http.public_url();
    let parts = Parts { db, store, clock, chance, public_url, node, operator_figures };
    Centre::open(parts).await.context("cannot open the centre")
}

/// What becomes of the rows before their tables are changed.
pub enum Keep {
    /// A backup in the data folder's `backups`.
    InFolder,
    As(PathBuf),
    Nothing,
}

/// A database whose tables are up to date.
pub struct Prepared {
    pub db: Db,
    /// The migrations that were made just now.
    pub done: Vec<String>,
    /// The backup that was made first, and what it holds.
    pub backup: Option<(PathBuf, String)>,
}

/// Opens the database and brings its tables up to date, after a backup when somebody has worked with it.
pub async fn prepare(config: &Config, keep: Keep) -> Result<Prepared> {
    lock::work(config)?;
    let cannot = || format!("cannot open the database ({})", place(config));
    let settings = settings(config);
    let db = Db::open(&settings, false).await.with_context(cannot)?;
    let schema = db.schema().await.with_context(cannot)?;
    known_here(&schema)?;
    if schema.pending.is_empty() {
        db.mend().await.with_context(cannot)?;
        return Ok(Prepared { db, done: Vec::new(), backup: None });
    }
    let _one_at_a_time = lock::migrating(config)?;
    let pending = db.schema().await?.pending;
    let mut backup = None;
    if let Some(first) = pending.first()
        && !schema.applied.is_empty()
        && !db.is_untouched().await?
    {
        let file = match keep {
            Keep::InFolder => Some(backup::before_migrating(config, first)?),
            Keep::As(file) => Some(file),
            Keep::Nothing => None,
        };
        if let Some(file) = file {
            let made = backup::to_file(config, &db, &file).await;
            let (manifest, bytes) =
                made.context("the tables are not changed, because no backup could be made first")?;
            backup = Some((file, backup::told(&manifest, Some(bytes))));
        }
    }
    db.close().await?;
    let db = Db::open(&settings, true).await.with_context(cannot)?;
    Ok(Prepared { db, done: pending, backup })
}

/// Refuses a database that a newer version has changed.
pub fn known_here(schema: &Schema) -> Result<()> {
    if schema.unknown.is_empty() {
        return Ok(());
    }
    bail!(
        "a newer version of lineaamica has changed this database ({}): run that version, or restore a backup made before",
        schema.unknown.join(", ")
    )
}

/// Opens the database as it is. Nothing is made where none is.
pub async fn database_as_it_is(config: &Config) -> Result<Db> {
    let data = &config.storage.data;
    if config.database.url.is_none() && !data.join(db::SQLITE_FILE).is_file() {
        bail!("there is no database in {}: serve or migrate makes one", data.display());
    }
    lock::work(config)?;
    Db::open(&settings(config), false).await.with_context(|| format!("cannot open the database ({})", place(config)))
}

/// Where files are.
pub fn store(config: &Config) -> Result<Arc<dyn ObjectStore>> {
    let folder = config.storage.data.join("files");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let store = LocalFileSystem::new_with_prefix(&folder)
        .with_context(|| format!("cannot use the folder {}", folder.display()))?
        .with_fsync(true);
    Ok(Arc::new(store))
}

/// What the database is called in a message: its address may hold a password.
fn place(config: &Config) -> String {
    let data = config.storage.data.display();
    config.database.url.as_ref().map_or_else(|| data.to_string(), |_| "database.url".to_owned())
}

pub fn settings(config: &Config) -> Settings {
    Settings {
        url: config.database.url.clone(),
        data: config.storage.data.clone(),
        connections: config.database.connections,
    }
}
