//! Section `storage`: where files are.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Storage {
    /// The data folder: database, attachments.
    pub data: PathBuf,
}

impl Default for Storage {
    fn default() -> Self {
        Self { data: PathBuf::from("data") }
    }
}
