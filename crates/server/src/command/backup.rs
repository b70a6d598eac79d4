//! `lineaamica backup`.

use crate::config::Config;
use crate::{backup, house};
use anyhow::{Result, bail};
use clap::Args;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct Backup {
    /// The file to write (by custom NAME.tar.zst); - for standard output.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Backup {
    pub async fn run(self, config: &Config) -> Result<()> {
        let db = house::database_as_it_is(config).await?;
        if db.schema().await?.applied.is_empty() {
            bail!("there is nothing to back up: the database has no tables");
        }
        if self.file == Path::new("-") {
            if std::io::stdout().is_terminal() {
                bail!("a backup is no text to be read: name a file, or send it on (lineaamica backup - | …)");
            }
            let (manifest, _) = backup::write(config, &db, std::io::stdout()).await?;
            eprintln!("{}.", backup::told(&manifest, None));
            return Ok(());
        }
        let (manifest, bytes) = backup::to_file(config, &db, &self.file).await?;
        println!("{}: {}.", self.file.display(), backup::told(&manifest, Some(bytes)));
        for gone in &manifest.missing {
            eprintln!("Note: the file {gone} is named and not there: it was erased meanwhile, or is lost.");
        }
        Ok(())
    }
}
