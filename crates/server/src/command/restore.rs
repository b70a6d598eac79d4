//! `lineaamica restore`: reads all of a backup before anything is touched, fills a new database beside the one that is
//! there, and lets it take that one's place when it is whole.

use crate::config::Config;
use crate::system::SystemClock;
use crate::{backup, house, lock};
use anyhow::{Context, Result, bail};
use centre::backup::Found;
use centre::erasure::Again;
use clap::Args;
use db::dump::Restoring;
use db::secret::INSTALLATION;
use db::to_erase::Erased;
use db::{Db, Engine, Settings};
use indicatif::ProgressBar;
use object_store::ObjectStore;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[derive(Args)]
pub struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Takes the place of what is there already.
    #[arg(long)]
    replace: bool,
}

impl Restore {
    pub async fn run(self, config: &Config) -> Result<()> {
        let _alone = lock::alone(config)?;
        let settings = house::settings(config);
        nobody_at_work(&settings).await?;
        let found = self.verified()?;
        println!(
            "{} is whole: {}, of {}.",
            self.file.display(),
            backup::told(&found.manifest, None),
            found.manifest.made_at.format("%Y-%m-%d %H:%M:%SZ")
        );
        let there = self.there(&settings).await?;
        if !there.untouched && !self.replace {
            bail!(
                "there is a centre with people or cases already: nothing was done. --replace puts the backup in its place"
            );
        }
        let store = house::store(config)?;
        let restoring = Restoring::begin(&settings, &found.manifest.shape).await.context("cannot make the tables")?;
        if let Err(error) = self.fill(&found, &restoring, &*store, &there).await {
            restoring.give_up().await;
            return Err(error.context("nothing was restored, and what was there stands"));
        }
        let engine = restoring.engine();
        let aside = format!("replaced-{}.sqlite", backup::stamp());
        let old = restoring.take_place(&aside).await.context("cannot put the restored database in its place")?;
        let db = Db::open(&settings, false).await.context("cannot open the restored database")?;
        centre::backup::hand_over(&db, &*store).await?;
        println!("Restored.");
        // Nobody else works with those who are to be erased before they are.
        let again = erase_again(config, db).await?;
        match old {
            Some(old) if there.untouched => drop(std::fs::remove_file(old)),
            Some(old) => println!(
                "What was there before is {}; remove it when it is needed no more, for it holds what citizens wrote.",
                old.display()
            ),
            None if engine == Engine::Postgres && !there.untouched => println!("What was there before is gone."),
            None => {}
        }
        for gone in &found.manifest.missing {
            eprintln!("Note: the file {gone} was not there when the backup was made.");
        }
        tell(&again)
    }

    /// What a restore would take the place of.
    async fn there(&self, settings: &Settings) -> Result<There> {
        let place = settings.data.join(db::SQLITE_FILE);
        if settings.url.is_none() && !place.is_file() {
            return Ok(There::default());
        }
        match look(settings).await {
            Err(error @ (db::Error::Other(_) | db::Error::Unreadable { .. })) if settings.url.is_none() => {
                let cannot = format!("the database that is there cannot be read ({})", place.display());
                if !self.replace {
                    return Err(error).context(format!("{cannot}: nothing was done. --replace sets it aside"));
                }
                eprintln!(
                    "Note: {cannot}: {error}. It is set aside. Who was erased since the backup was made is not known: \
                     erase them again before anybody works with what is restored."
                );
                Ok(There { untouched: false, ..There::default() })
            }
            looked => looked.context("cannot open the database that is there"),
        }
    }

    fn verified(&self) -> Result<Found> {
        let bar = backup::bar("bytes");
        let found = centre::backup::verify(&mut open(&self.file, &bar)?);
        bar.finish_and_clear();
        let found = found.with_context(|| format!("cannot restore {}", self.file.display()))?;
        if newer(&found.manifest.program, env!("CARGO_PKG_VERSION")) {
            eprintln!(
                "Note: the backup was made by version {}, newer than this one ({}).",
                found.manifest.program,
                env!("CARGO_PKG_VERSION")
            );
        }
        Ok(found)
    }

    async fn fill(&self, found: &Found, into: &Restoring, store: &dyn ObjectStore, there: &There) -> Result<()> {
        let bar = backup::bar("rows and files");
        let quiet = ProgressBar::hidden();
        let mut from = open(&self.file, &quiet)?;
        let loaded = centre::backup::load(&mut from, found, into, store, &mut |p| backup::show(&bar, p)).await;
        bar.finish_and_clear();
        loaded?;
        into.complete(&found.manifest.shape.counted).await.context("cannot complete the restored database")?;
        let Some(installation) = &there.installation else { return Ok(()) };
        into.note_erased(installation, &there.erased).await.context("cannot note who is to be erased again")
    }
}

/// PostgreSQL: whoever has just stopped is shown for a moment more.
async fn nobody_at_work(settings: &Settings) -> Result<()> {
    for _ in 0..10 {
        if db::others_at_work(settings).await? == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    bail!("lineaamica is at work on this database (serve, on this machine or another): stop it first")
}

/// What a restore would take the place of.
struct There {
    untouched: bool,
    /// Which installation it is: persons of another are others, whatever their numbers.
    installation: Option<Vec<u8>>,
    /// Who was erased until now.
    erased: Erased,
}

impl Default for There {
    fn default() -> Self {
        Self { untouched: true, installation: None, erased: Erased::default() }
    }
}

async fn look(settings: &Settings) -> db::Result<There> {
    let db = Db::open(settings, false).await?;
    let there = match db.is_untouched().await? {
        true => There::default(),
        false => There {
            untouched: false,
            installation: db::secret::get(db.read(), INSTALLATION).await?,
            erased: db::to_erase::erased(db.read()).await?,
        },
    };
    db.close().await?;
    Ok(there)
}

/// Erases who was erased after the backup was made, and is there again.
async fn erase_again(config: &Config, db: Db) -> Result<Again> {
    if db::to_erase::all(db.read()).await? == Erased::default() {
        db.close().await?;
        return Ok(Again::default());
    }
    let centre = house::on(config, db, Arc::new(SystemClock)).await?;
    let again = centre.erase_again().await.context("cannot erase again who was erased since the backup was made")?;
    centre.db().clone().close().await?;
    Ok(again)
}

fn tell(again: &Again) -> Result<()> {
    let Again { persons, trainings, failed } = again;
    if *persons > 0 {
        println!("{persons} person(s) who were erased since the backup was made are erased again.");
    }
    if *trainings > 0 {
        println!("{trainings} training(s) of trainees who were erased since are without their word again.");
    }
    for (who, error) in failed {
        eprintln!("Cannot erase {who} again, who was erased since the backup was made: {error}");
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("restored, but {} who were erased since are there again; every start tries to erase them", failed.len())
}

fn open(path: &Path, bar: &ProgressBar) -> Result<impl Read + Send + use<>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    bar.set_length(file.metadata().map(|m| m.len()).unwrap_or_default());
    let counted = bar.wrap_read(BufReader::new(file));
    zstd::Decoder::new(counted).with_context(|| format!("cannot unpack {}", path.display()))
}

/// Is version `a` newer than `b`?
fn newer(a: &str, b: &str) -> bool {
    let numbers = |version: &str| version.split('.').map(|n| n.parse().unwrap_or(0)).collect::<Vec<u64>>();
    numbers(a) > numbers(b)
}

#[cfg(test)]
mod tests {
    use super::newer;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(newer("0.10.0", "0.9.1") && newer("1.0.0", "0.9.9"));
        assert!(!newer("0.1.0", "0.1.0") && !newer("0.1.0", "0.2.0"));
    }
}
