//! Section `telephone`: named by the contract with those who install us; this version has no telephone yet, and says so
//! when the section is used.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telephone {
    /// Where SIP will listen.
    pub listen: Option<SocketAddr>,
}
