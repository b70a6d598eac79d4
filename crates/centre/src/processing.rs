//! The processing register (GDPR article 30): the texts that only the administration can write. What the settings and the
//! services' definitions tell is reckoned from them when it is shown.

use crate::erasure::MAY;
use crate::{Centre, Result, Work};
use chrono::{DateTime, Utc};
use model::event::Subject;
use model::text;
use std::collections::BTreeMap;

/// The texts, in the order in which the register shows them.
pub const FIELDS: &[&str] =
    &["controller", "contact", "joint", "dpo", "purposes", "legal-basis", "recipients", "transfers", "measures"];

/// The longest of such texts, in characters.
pub const TEXT_MAX: usize = 4_000;

/// The register's texts as they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    texts: BTreeMap<String, String>,
    /// When one of them was last changed.
    pub changed_at: Option<DateTime<Utc>>,
}

impl Texts {
    /// A text; empty where nobody has written one.
    #[must_use]
    pub fn of(&self, field: &str) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    /// These texts, for pages that show what they would be.
    #[must_use]
    pub fn with(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { texts: texts.into_iter().collect(), changed_at: None }
    }
}

/// # Errors
/// Only those of the database.
pub async fn read(centre: &Centre) -> Result<Texts> {
    let rows = db::processing::all(centre.db().read()).await?;
    let changed_at = rows.iter().map(|row| row.updated_at).max().map(Into::into);
    Ok(Texts { texts: rows.into_iter().map(|row| (row.field, row.text)).collect(), changed_at })
}

/// Stores what the administration wrote; texts that stayed as they were are no change.
///
/// # Errors
/// A text that is too long; [`model::access::Denied`].
pub async fn write(work: &Work<'_>, typed: &[(&'static str, String)]) -> Result<()> {
    work.must_be(MAY)?;
    let stands: BTreeMap<String, String> =
        db::processing::all(work.tx).await?.into_iter().map(|row| (row.field, row.text)).collect();
    let mut texts = Vec::new();
    let mut problems = Vec::new();
    for (field, typed) in typed {
        match text::optional(field, typed, TEXT_MAX) {
            Ok(text) => texts.push((*field, text.unwrap_or_default())),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(crate::Error::Invalid(problems));
    }
    let is_new = |field: &str, text: &str| stands.get(field).map_or("", String::as_str) != text;
    texts.retain(|(field, text)| is_new(field, text));
    for (field, text) in &texts {
        db::processing::save(work.tx, field, text, work.now).await?;
    }
    if !texts.is_empty() {
        let fields: Vec<&str> = texts.iter().map(|(field, _)| *field).collect();
        let data = serde_json::json!({ "fields": fields });
        db::event::append(work.tx, work.by.actor(), work.now, Subject::Register, "processing", "changed", data);
    }
    Ok(())
}
