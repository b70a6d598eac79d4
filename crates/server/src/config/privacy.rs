//! Section `privacy`: what is shown of those who work here.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Whether supervisors see figures of individual operators. In Italy such figures may be had only after an agreement
    /// with those who represent the workers (law 300/1970, article 4), so they are off until somebody turns them on.
    pub operator_figures: bool,
}
