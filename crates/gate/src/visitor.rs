//! Where a request comes from, for limits: never logged, never stored as it is.

use crate::Gate;
use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

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
        Ok(Self(address.map(network).unwrap_or_default()))
    }
}

fn network(address: IpAddr) -> String {
    // A socket of both kinds tells IPv4 as `::ffff:a.b.c.d`, whose first half is everybody's.
    match address.to_canonical() {
        IpAddr::V6(v6) => v6.segments().iter().take(4).map(|s| format!("{s:x}:")).collect(),
        v4 @ IpAddr::V4(_) => v4.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_address_is_the_same_however_the_socket_tells_it() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("::ffff:192.0.2.1"), of("::ffff:192.0.2.2"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
