//! A form that could not be carried out, shown on the page that says so: what was typed is not lost, and is sent again by
//! one button. Files have to be added again.

use gate::Unsent;

/// The fields in which people write at length.
const WRITTEN: &[&str] = &["text", "reason", "note"];

#[derive(Debug, Clone)]
pub struct Again {
    pub action: String,
    /// The field that was written at length, to be read and mended.
    pub text: Option<(String, String)>,
    /// All others, sent as they were.
    pub others: Vec<(String, String)>,
}

impl Again {
    pub(crate) fn of(unsent: Unsent) -> Self {
        let (mut text, mut others) = (None, Vec::new());
        for (name, value) in unsent.fields {
            if text.is_none() && WRITTEN.contains(&name.as_str()) {
                text = Some((name, value));
            } else {
                others.push((name, value));
            }
        }
        Self { action: unsent.action, text, others }
    }

    pub(crate) fn sample() -> Self {
        let text = "Il bonus gas parte con la bolletta di dicembre.\n<b>Grazie.</b>".to_owned();
        let fields = vec![("key".to_owned(), "k".to_owned()), ("text".to_owned(), text)];
        Self::of(Unsent { action: "/caso/LA-2026-004512/messaggi".to_owned(), fields })
    }
}
