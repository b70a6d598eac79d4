//! Section `http`: where the pages and REST are.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    pub listen: SocketAddr,
    /// The address under which citizens reach the portal; from `listen` when not given.
    pub public_url: Option<String>,
    /// A proxy stands in front and says in `X-Forwarded-For` who comes.
    pub behind_proxy: bool,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), public_url: None, behind_proxy: false }
    }
}

impl Http {
    /// The portal's address without a slash at its end.
    pub fn public_url(&self) -> String {
        self.public_url
            .as_ref()
            .map_or_else(|| format!("http://{}", self.listen), |url| url.trim_end_matches('/').to_owned())
    }

    /// Behind TLS?
    pub fn is_secure(&self) -> bool {
        self.public_url().starts_with("https://")
    }
}
