//! Section `telephone` of the configuration: where SIP and sound are on the network. What is done with calls stands in
//! the services, not here.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Where SIP listens when nothing is said.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 5060);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where SIP listens, over UDP and TCP; `off` where this process has no telephone.
    pub listen: Listen,
    /// Where SIP listens over TLS, with a certificate and its key.
    pub tls_listen: Option<SocketAddr>,
    /// PEM files.
    pub tls_certificate: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    /// PEM file of those who vouch for trunks, beside those the system knows.
    pub tls_authorities: Option<PathBuf>,
    /// The address under which others reach us, where it is not the one that is listened on.
    pub public_address: Option<IpAddr>,
    /// First and last UDP port of sound. Each leg of a call takes one.
    pub rtp_ports: (u16, u16),
    /// Calls at the same time; who comes then hears that all lines are busy.
    pub calls_max: usize,
    /// Threads that carry sound; none means one for each two processors.
    pub sound_threads: Option<usize>,
    /// How telephones prove their passwords, the better first: `sha-256`, `md5`. Many telephones know MD5 alone, and some
    /// give up when they are offered more (RFC 8760 asks for both).
    pub digests: Vec<Digest>,
    /// Seconds after which another process on the same database answers the telephone when this one says nothing any more.
    pub lease_s: u32,
    /// STUN and TURN servers that softphones are told of: `stun:host:port`, `turn:user:password@host:port`.
    pub ice_servers: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: Listen::default(),
            tls_listen: None,
            tls_certificate: None,
            tls_key: None,
            tls_authorities: None,
            public_address: None,
            rtp_ports: (20_000, 29_999),
            calls_max: 2_000,
            sound_threads: None,
            digests: vec![Digest::Md5],
            lease_s: 15,
            ice_servers: Vec::new(),
        }
    }
}

/// How a telephone proves its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Digest {
    #[serde(rename = "sha-256")]
    Sha256,
    #[serde(rename = "md5")]
    Md5,
}

/// Where SIP listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listen {
    /// Nothing is said: on 127.0.0.1:5060, and where that is taken, nowhere.
    #[default]
    Usual,
    Off,
    On(SocketAddr),
}

impl Listen {
    /// The address to try; None where the telephone is off.
    #[must_use]
    pub fn address(self) -> Option<SocketAddr> {
        match self {
            Self::Usual => Some(LISTEN),
            Self::Off => None,
            Self::On(address) => Some(address),
        }
    }
}

impl Serialize for Listen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Usual => serializer.serialize_none(),
            Self::Off => serializer.serialize_str("off"),
            Self::On(address) => serializer.collect_str(address),
        }
    }
}

impl<'de> Deserialize<'de> for Listen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Some(word) = Option::<String>::deserialize(deserializer)? else { return Ok(Self::Usual) };
        if word == "off" {
            return Ok(Self::Off);
        }
        let unreadable =
            |_| serde::de::Error::custom(format!("{word:?} is neither an address with a port nor \"off\""));
        word.parse().map(Self::On).map_err(unreadable)
    }
}
