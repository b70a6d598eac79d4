//! SIP over TLS: our certificate, and who vouches for those whom we call.

use super::{Error, Result};
use crate::settings::Settings;
use rsipstack::transport::tls::{ReloadableCertResolver, TlsConfig};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where systems keep those who vouch for others; the first that is there counts.
const OF_THE_SYSTEM: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// What TLS is done with.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn config(settings: &Settings) -> Result<TlsConfig> {
    let read = |what, file: &Option<PathBuf>| file.as_deref().map(|file| pem(what, file)).transpose();
    let mut authorities = read("authorities", &settings.tls_authorities)?.unwrap_or_default();
    if let Some(known) = OF_THE_SYSTEM.iter().find_map(|file| std::fs::read(file).ok()) {
        authorities.push(b'\n');
        authorities.extend(known);
    }
    Ok(TlsConfig {
        cert: read("certificate", &settings.tls_certificate)?,
        key: read("key", &settings.tls_key)?,
        ca_certs: Some(authorities).filter(|all| !all.is_empty()),
        ..TlsConfig::default()
    })
}

/// Looks at what is listened with: the library does so later, and only logs what is wrong.
///
/// # Errors
/// No certificate, one that cannot be read, a key that is not its own.
pub(super) fn check(settings: &Settings, config: &TlsConfig, address: SocketAddr) -> Result<()> {
    let (Some(certificate), Some(key)) = (&config.cert, &config.key) else {
        let why = "telephone.tls_certificate and telephone.tls_key are not set".to_owned();
        return Err(Error::Listen { address, transport: "TLS", why });
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let file = settings.tls_certificate.as_deref().unwrap_or(Path::new("")).display().to_string();
    let wrong = |why: rsipstack::Error| Error::Tls { what: "certificate", file, why: why.to_string() };
    ReloadableCertResolver::new(certificate, key, provider).map(drop).map_err(wrong)
}

fn pem(what: &'static str, file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|e| Error::Tls { what, file: file.display().to_string(), why: e.to_string() })
}
