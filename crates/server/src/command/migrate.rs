//! `lineaamica migrate`.

use crate::config::Config;
use crate::house::{self, Keep};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Migrate {
    /// Only says what is to be done; exit status 2 when something is.
    #[arg(long, conflicts_with_all = ["backup", "no_backup"])]
    check: bool,
    /// Where the backup goes that is made first; a file in DATA/backups when not given.
    #[arg(long, value_name = "FILE", conflicts_with = "no_backup")]
    backup: Option<PathBuf>,
    /// Makes no backup first.
    #[arg(long)]
    no_backup: bool,
}

/// Exit status of a check that found something to do.
const TO_DO: u8 = 2;

impl Migrate {
    pub async fn run(self, config: &Config) -> Result<ExitCode> {
        if self.check {
            let schema = house::database_as_it_is(config).await?.schema().await?;
            house::known_here(&schema)?;
            if schema.pending.is_empty() {
                println!("The database is up to date.");
                return Ok(ExitCode::SUCCESS);
            }
            println!("To be done: {}.", schema.pending.join(", "));
            return Ok(ExitCode::from(TO_DO));
        }
        let keep = match (self.backup, self.no_backup) {
            (Some(file), _) => Keep::As(file),
            (None, true) => Keep::Nothing,
            (None, false) => Keep::InFolder,
        };
        let prepared = house::prepare(config, keep).await?;
        prepared.db.close().await?;
        if let Some((file, told)) = &prepared.backup {
            println!("First, a backup: {} ({told}).", file.display());
        }
        if !prepared.done.is_empty() {
            println!("Done: {}.", prepared.done.join(", "));
        }
        // What a new database lacks beside its tables.
        house::open(config).await?;
        println!("The database is up to date.");
        Ok(ExitCode::SUCCESS)
    }
}
