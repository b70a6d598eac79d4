//! The lock on a data folder: whoever works with it holds it together with the others; whoever puts another database in
//! its place holds it alone.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use std::fs::{File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::sync::OnceLock;

const WORKING: &str = "lock";
const SERVING: &str = "lock-serving";
const MIGRATING: &str = "lock-migrating";
const TELEPHONE: &str = "lock-telephone";
/// Differs from one start of the machine to the next.
const BOOT: &str = "/proc/sys/kernel/random/boot_id";

/// This process works with the data folder until it ends. Taken once, however often it is asked for.
///
/// # Errors
/// While a restore is under way.
pub fn work(config: &Config) -> Result<()> {
    static HELD: OnceLock<File> = OnceLock::new();
    if HELD.get().is_some() {
        return Ok(());
    }
    let file = open(config, WORKING)?;
    match file.try_lock_shared() {
        Ok(()) => drop(HELD.set(file)),
        Err(TryLockError::WouldBlock) => {
            bail!("a restore is under way in {}: try again when it is done", config.storage.data.display())
        }
        // A file system without locks: nobody is hindered.
        Err(TryLockError::Error(error)) => tracing::debug!(%error, "the data folder takes no lock"),
    }
    Ok(())
}

/// This process serves citizens from the data folder for as long as this is held.
pub fn serving(config: &Config) -> Result<File> {
    let file = open(config, SERVING)?;
    if let Err(error) = file.lock_shared() {
        tracing::debug!(%error, "the data folder takes no lock");
    }
    Ok(file)
}

/// Whether a process serves citizens from the data folder.
pub fn is_served(config: &Config) -> Result<bool> {
    // Let go of at once: whoever begins to serve in this moment waits for no longer.
    Ok(open(config, SERVING)?.try_lock().is_err())
}

/// Nobody else works with the data folder while this is held.
///
/// # Errors
/// When somebody does.
pub fn alone(config: &Config) -> Result<File> {
    let file = open(config, WORKING)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "lineaamica is at work in {} (serve, or another command): stop it first",
            config.storage.data.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", config.storage.data.display()))
        }
    }
}

/// Waits until no other process on this machine migrates.
pub fn migrating(config: &Config) -> Result<File> {
    let file = open(config, MIGRATING)?;
    if let Err(error) = file.lock() {
        tracing::debug!(%error, "the data folder takes no lock");
    }
    Ok(file)
}

/// The lock of whoever answers the telephone from a data folder: held as long as their process lives, however it ends.
pub struct Telephone {
    file: File,
    held: bool,
}

impl Telephone {
    pub fn new(config: &Config) -> Result<Self> {
        Ok(Self { file: open(config, TELEPHONE)?, held: false })
    }

    /// The folder, as no other on this or another machine is called, nor its copy.
    pub fn place(&self) -> Result<String> {
        let folder = self.file.metadata().context("cannot look at the lock of the telephone")?;
        let boot = std::fs::read_to_string(BOOT).unwrap_or_default();
        Ok(format!("{}:{}:{}", boot.trim(), folder.dev(), folder.ino()))
    }

    /// Whether no other process answers the telephone from the folder, or stands nearer to doing so.
    pub fn is_ours(&mut self) -> bool {
        self.held = self.held || self.file.try_lock().is_ok();
        self.held
    }
}

fn open(config: &Config, name: &str) -> Result<File> {
    let data = &config.storage.data;
    std::fs::create_dir_all(data).with_context(|| format!("cannot make the data folder {}", data.display()))?;
    let path = data.join(name);
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))
}
