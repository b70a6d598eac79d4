//! Section `events`: how processes on the same database tell one another of what they committed.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Events {
    /// `nats://…`; this version speaks no NATS: each process looks into the database by itself every 250 ms.
    pub url: Option<String>,
}
