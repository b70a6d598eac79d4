//! Backups: one file that holds the database as it was at one moment and the files that it names, made while the centre
//! works, and brought back into an empty place on either database.
//!
//! The file is a tar archive, packed with Zstandard: `tables/NAME/000001.ndjson` and on (an array a row), then
//! `files/…`, and at its end `manifest.json`, which counts and hashes all that is before it. A file that was cut off has
//! no manifest, and is refused.

mod archive;
mod make;
mod restore;

pub use make::{make, make_from};
pub use restore::{Found, hand_over, load, verify};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of the file; another number is another form.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const TABLES: &str = "tables/";
const FILES: &str = "files/";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    /// `sqlite` or `postgres`: where it was made; it can be brought back into either.
    pub engine: String,
    pub made_at: DateTime<Utc>,
    #[serde(flatten)]
    pub shape: db::dump::Shape,
    pub rows: BTreeMap<String, u64>,
    pub parts: Vec<Part>,
    /// Files that were gone when their turn came: an erasure took them away meanwhile.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// One part of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    pub size: u64,
    pub sha256: String,
}

impl Manifest {
    /// How many rows are in it.
    #[must_use]
    pub fn all_rows(&self) -> u64 {
        self.rows.values().sum()
    }

    /// How many files of citizens and operators are in it.
    #[must_use]
    pub fn all_files(&self) -> usize {
        self.parts.iter().filter(|part| part.name.starts_with(FILES)).count()
    }
}

/// How far something has come, in rows and files.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub done: u64,
    pub all: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot {doing}: {why}")]
    File { doing: String, why: std::io::Error },
    #[error("cannot {doing}: {why}")]
    Storage { doing: String, why: db::Error },
    #[error("cannot {doing}: {why}")]
    Store { doing: String, why: object_store::Error },
    /// It is no backup, or not a whole one.
    #[error("the backup is damaged or cut off: {0}")]
    Damaged(String),
    #[error(
        "the backup was made by a newer version ({program}): it has migrations that are not known here ({unknown})"
    )]
    Newer { program: String, unknown: String },
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    fn storage(doing: &str) -> impl FnOnce(db::Error) -> Self {
        let doing = doing.to_owned();
        move |why| Self::Storage { doing, why }
    }
}

impl From<std::io::Error> for Error {
    fn from(why: std::io::Error) -> Self {
        Self::File { doing: "write the backup".to_owned(), why }
    }
}

impl From<db::Error> for Error {
    fn from(why: db::Error) -> Self {
        Self::Storage { doing: "read the database".to_owned(), why }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
