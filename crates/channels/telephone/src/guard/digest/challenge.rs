//! The value of a `WWW-Authenticate` or `Proxy-Authenticate` header field (RFC 7616 section 3.3, RFC 8760 section 2.4).

use super::Algorithm;
use std::fmt;

/// A challenge; its text is the header field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge<'a> {
    pub realm: &'a str,
    pub nonce: &'a str,
    /// Sent back by whoever answers. It is not looked at: some telephones drop it, and it proves nothing.
    pub opaque: &'a str,
    pub algorithm: Algorithm,
    pub stale: bool,
}

impl fmt::Display for Challenge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Digest realm={}, qop=\"auth\", nonce={}, opaque={}, algorithm={}",
            Quoted(self.realm),
            Quoted(self.nonce),
            Quoted(self.opaque),
            self.algorithm.name()
        )?;
        if self.stale { f.write_str(", stale=true") } else { Ok(()) }
    }
}

/// A quoted string (RFC 3261 section 25.1); what cannot stand in one is left out.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars().filter(|c| !c.is_control()) {
            if matches!(c, '"' | '\\') {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
        }
        f.write_str("\"")
    }
}
