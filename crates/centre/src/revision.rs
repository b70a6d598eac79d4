//! What tells one state of something from another: it goes out with a form and comes back as what was seen.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// A short digest of what there is. What is kept here is made of tables, lists and words, which JSON always holds.
pub(crate) fn of(state: &impl Serialize) -> String {
    let written = serde_json::to_string(state).unwrap_or_default();
    Sha256::digest(written).iter().take(8).map(|b| format!("{b:02x}")).collect()
}
