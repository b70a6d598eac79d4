//! Opens the centre as the configuration says.

use crate::config::Config;
use crate::system::{self, SystemClock};
use anyhow::{Context, Result};
use centre::{Centre, Clock, Parts};
use db::{Db, Settings};
use object_store::local::LocalFileSystem;
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
    let settings = settings(config);
    let place = config
        .database
        .url
        .as_ref()
        .map_or_else(|| config.storage.data.display().to_string(), |_| "database.url".to_owned());
    let db = Db::open(&settings, up_to_date).await.with_context(|| format!("cannot open the database ({place})"))?;
    let folder = config.storage.data.join("files");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let store = LocalFileSystem::new_with_prefix(&folder)
        .with_context(|| format!("cannot use the folder {}", folder.display()))?
        .with_fsync(true);
    let chance = system::chance()?;
    let node: String = chance.bytes::<8>().iter().map(|b| format!("{b:02x}")).collect();
    let operator_figures = config.privacy.operator_figures;
    let public_url = config.http.public_url();
    let parts = Parts { db, store: Arc::new(store), clock, chance, public_url, node, operator_figures };
    Centre::open(parts).await.context("cannot open the centre")
}

pub fn settings(config: &Config) -> Settings {
    Settings {
        url: config.database.url.clone(),
        data: config.storage.data.clone(),
        connections: config.database.connections,
    }
}
