//! What was just done, said once on the next page, with the way to undo it where there is one.

use gate::Session;
use language::Tr;
use serde::{Deserialize, Serialize};

const KEY: &str = "flash";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Flash {
    /// The message that says it.
    key: String,
    name: String,
    undo: Option<Undo>,
}

/// A form of one button.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Undo {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// As it is shown.
#[derive(Debug, Clone)]
pub struct Toast {
    pub text: String,
    pub undo: Option<Undo>,
}

impl Flash {
    /// Said by the message `desk-done-{word}`.
    pub fn new(word: &str) -> Self {
        Self::said(format!("desk-done-{word}"))
    }

    /// Said by this message, which is told `$name`.
    pub fn said(key: impl Into<String>) -> Self {
        Self { key: key.into(), name: String::new(), undo: None }
    }

    /// Names whom or what it is about.
    pub fn about(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    pub fn undone_by(self, action: String, fields: &[(&str, String)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { undo: Some(Undo { action, fields }), ..self }
    }

    pub async fn keep(self, session: &Session) {
        // Without it the action is done all the same; only nobody says so.
        if let Err(error) = session.insert(KEY, self).await {
            tracing::warn!(%error, "cannot keep what to say next");
        }
    }
}

impl Toast {
    /// Takes what is to be said, so that it is said once.
    pub(crate) async fn take(session: &Session, tr: Tr) -> Option<Self> {
        // Taking out what is not there would be a change all the same, and every page would write its session.
        let flash: Flash = session.get(KEY).await.ok().flatten()?;
        session.remove_value(KEY).await.ok()?;
        Some(Self { text: tr.with(&flash.key, &[("name", flash.name.as_str())]).into_owned(), undo: flash.undo })
    }
}
