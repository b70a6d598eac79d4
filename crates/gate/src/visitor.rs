//! Where a request comes from, for limits: never logged, never stored as it is.

use crate::Gate;
use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use std::convert::Infallible;
use std::net::SocketAddr;

/// The visitor's network address. Of an IPv6 address the first 64 bits: the rest is one household's to choose.
#[derive(Debug, Clone)]
pub struct Visitor(pub String);

impl FromRequestParts<Gate> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        // The last entry is the one that our own proxy wrote; those before it are the visitor's word.
        let forwarded = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()
            .and_then(|v| v.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        let address = if gate.settings().behind_proxy { forwarded.or(peer) } else { peer };
        Ok(Self(match address {
            Some(std::net::IpAddr::V6(v6)) => v6.segments().iter().take(4).map(|s| format!("{s:x}:")).collect(),
            Some(v4) => v4.to_string(),
            None => String::new(),
        }))
    }
}
