//! What a service says in one language, beside the sentence that sums it up.

use super::flaw::PROSE_MAX;
use crate::text::NAME_MAX;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Its name, where it has another in this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What whoever writes to it reads first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<String>,
    /// What whoever comes while it is closed reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// What is said of personal data beside the consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy: Option<String>,
}

impl Texts {
    /// Every text by its key, with its greatest length in characters.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, Option<&str>, usize)> {
        let Self { name, greeting, closed, privacy } = self;
        [
            ("name", name.as_deref(), NAME_MAX),
            ("greeting", greeting.as_deref(), PROSE_MAX),
            ("closed", closed.as_deref(), PROSE_MAX),
            ("privacy", privacy.as_deref(), PROSE_MAX),
        ]
        .into_iter()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all().all(|(_, text, _)| text.is_none())
    }
}
