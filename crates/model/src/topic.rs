//! A topic of the taxonomy, with its name in each language.

use crate::TopicId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub id: TopicId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TopicId>,
    /// Names by language code.
    pub names: BTreeMap<String, String>,
}

impl Topic {
    /// The name in `language`, else in Italian, else any, else the id.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        in_language(&self.names, language).unwrap_or(self.id.as_str())
    }
}

/// The text in `language`, else in Italian, else in whichever language there is.
#[must_use]
pub fn in_language<'a>(texts: &'a BTreeMap<String, String>, language: &str) -> Option<&'a str> {
    texts.get(language).or_else(|| texts.get("it")).or_else(|| texts.values().next()).map(String::as_str)
}
