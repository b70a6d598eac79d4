//! `lineaamica service`.

use anyhow::{Context, Result, bail};
use centre::{By, Centre, service};
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Service {
    /// Creates or changes a service from one TOML file.
    Apply { file: PathBuf },
}

impl Service {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        let Self::Apply { file } = self;
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let service: model::service::Service =
            toml::from_str(&text).with_context(|| format!("cannot take {}", file.display()))?;
        service.well_named().with_context(|| format!("cannot take {}", file.display()))?;
        if let Some((queue, other)) = service::queue_elsewhere(&centre.catalogue(), &service) {
            bail!("cannot take {}: the queue {:?} is the service {other}'s already", file.display(), queue.as_str());
        }
        let (id, name) = (service.id.clone(), service.name.clone());
        service::apply(centre, By::System, service).await?;
        println!("Applied {id} ({name}).");
        Ok(())
    }
}
