//! The entry points of a service as whoever exported it wrote them: what is not known here is kept with the rest, and the
//! definition is made of what is.

use super::Refused;
use super::fields::{Raw, Value};
use crate::service::{Cost, EntryPoint, Reach};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A list of entry points, spelled as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPoints(pub Raw);

/// What every entry point says; other keys are the sender's own.
#[derive(Deserialize)]
struct Written {
    kind: String,
    value: String,
    reachable_from: Option<Vec<Reach>>,
    cost: Option<Cost>,
    #[serde(default)]
    cost_text: serde_json::Value,
}

impl Value for EntryPoints {
    const WANTED: &'static str = "a list of entry points {kind, value, reachable_from, cost}";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        let written: Vec<Written> = serde_json::from_str(raw).map_err(|_| Self::mistyped(key))?;
        // No database keeps a NUL in a text.
        let is_text = |text: &str| !text.contains('\0');
        if !written.iter().all(|entry| is_text(&entry.kind) && is_text(&entry.value)) {
            return Err(Self::mistyped(key));
        }
        Ok(Self(Raw::of(key, raw)?))
    }
    fn put(&self, out: &mut String) {
        self.0.put(out);
    }
}

impl EntryPoints {
    /// Those of a kind that there is here.
    #[must_use]
    pub fn understood(&self) -> Vec<EntryPoint> {
        let written: Vec<Written> = serde_json::from_str(self.0.0.get()).unwrap_or_default();
        let known = written.into_iter().filter_map(|Written { kind, value, reachable_from, cost, cost_text }| {
            let kind = kind.parse().ok()?;
            let cost_text: BTreeMap<String, String> = serde_json::from_value(cost_text).unwrap_or_default();
            let is_text = cost_text.iter().all(|(language, words)| !language.contains('\0') && !words.contains('\0'));
            let cost_text = if is_text { cost_text } else { BTreeMap::new() };
            Some(EntryPoint { kind, value, reachable_from: reachable_from.unwrap_or_default(), cost, cost_text })
        });
        known.collect()
    }
}
