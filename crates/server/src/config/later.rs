//! Sections `sms` and `alerts`: named by the contract with those who install us. Nothing in this version reads
//! them, so they are taken whatever they hold, and said to have no effect.

use figment::value::Dict;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Later(Dict);

impl Later {
    /// True when something is said in the section.
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }
}
