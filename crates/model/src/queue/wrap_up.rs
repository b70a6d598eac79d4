//! What an operator says of a call once it is over.

use crate::topic::in_language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A wrap-up code, counted in reports by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrapUpCode {
    pub id: String,
    /// What operators read, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

impl WrapUpCode {
    /// Its name in the reader's language, else the id.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        in_language(&self.names, language).unwrap_or(&self.id)
    }
}
