//! Digest authentication of SIP requests, seen from the side that asks (RFC 3261 section 22, RFC 7616, RFC 8760): each
//! request that passed proves the password by an answer that no earlier request has given.
//!
//! The order of the checks is chosen so that whoever does not know the password learns nothing and uses up nothing: the
//! answer is checked first, against a decoy when there is no such account, and only a right answer is remembered.

mod challenge;
mod credentials;
mod nonce;
mod secret;
#[cfg(test)]
mod tests;
mod uri;

pub use challenge::Challenge;
pub use credentials::{Credentials, Malformed, Qop};
pub use nonce::{Freshness, Nonces};
pub use secret::{Algorithm, Ha1, Secrets};
pub use uri::same_target;

use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq;

/// Why credentials were not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The password is wrong, or there is no such account; from outside both look alike.
    #[error("the credentials are wrong")]
    Wrong,
    /// The credentials were made for another realm.
    #[error("the credentials are for another realm")]
    OtherRealm,
    /// The credentials were made for another request (RFC 7616 section 3.4.6).
    #[error("the credentials are for another request address")]
    OtherUri,
    /// The algorithm was not offered in the challenge.
    #[error("the algorithm of the credentials was not offered")]
    NotOffered,
    /// The body is part of the answer (`auth-int`), which was not offered.
    #[error("the credentials cover the body, which was not offered")]
    WithBody,
    /// The answer counts no requests (RFC 2069), and that is turned off.
    #[error("the credentials are of the kind without a count, which is turned off")]
    Uncounted,
    /// The answer is right, but the nonce is too old or not ours.
    #[error("the nonce is no longer valid")]
    Stale,
    /// The answer is right, but was given before.
    #[error("the credentials were used before")]
    Used,
}

impl Refused {
    /// Whether the next challenge says `stale=true`: the password is known to be right, only the nonce has to be a new
    /// one, and a telephone tries again without asking its owner (RFC 7616 section 3.3).
    #[must_use]
    pub fn stale(self) -> bool {
        matches!(self, Self::Stale | Self::Used)
    }

    /// Whether it counts as a wrong attempt. An old nonce or a second use does not: whoever overheard a telephone could
    /// otherwise shut it out by repeating what it said.
    #[must_use]
    pub fn counts(self) -> bool {
        !self.stale()
    }
}

/// Checks an answer against a secret: the arithmetic of RFC 7616 section 3.4.1 alone, without nonces. `uri` is the
/// address of the request. The comparison takes the same time wherever the difference is.
///
/// # Errors
/// What is wrong with the credentials; never [`Refused::Stale`] or [`Refused::Used`], which [`Door`] adds.
pub fn verify(method: &str, uri: &str, credentials: &Credentials, ha1: &Ha1) -> Result<(), Refused> {
    if credentials.qop == Some(Qop::AuthInt) {
        return Err(Refused::WithBody);
    }
    if credentials.algorithm != ha1.algorithm() {
        return Err(Refused::NotOffered);
    }
    let right = response(method, credentials, ha1);
    if !bool::from(right.as_slice().ct_eq(credentials.response.as_slice())) {
        return Err(Refused::Wrong);
    }
    if same_target(&credentials.uri, uri) { Ok(()) } else { Err(Refused::OtherUri) }
}

/// What the answer has to be.
fn response(method: &str, of: &Credentials, ha1: &Ha1) -> Vec<u8> {
    let ha2 = of.algorithm.hex(&format!("{method}:{}", of.uri));
    let text = match &of.counted {
        // RFC 7616 section 3.4.1.
        Some(counted) => {
            format!("{}:{}:{}:{}:auth:{ha2}", ha1.hex(), of.nonce, counted.written, counted.cnonce)
        }
        // RFC 2617 section 3.2.2.1, for the clients of RFC 2069.
        None => format!("{}:{}:{ha2}", ha1.hex(), of.nonce),
    };
    of.algorithm.hash(&text)
}

/// What the door asks for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The protection domain, part of every stored secret: changing it makes all of them worthless.
    pub realm: String,
    /// In the order of preference, which is the order of the challenges (RFC 8760 section 2.3).
    pub algorithms: Vec<Algorithm>,
    /// Whether answers without a count are taken, each nonce once (RFC 2069). Some door stations know no better.
    pub uncounted: bool,
}

/// Asks for credentials and checks them: nonces, the memory of used ones and the settings in one value.
#[derive(Debug)]
pub struct Door {
    settings: Settings,
    nonces: Nonces,
}

impl Door {
    #[must_use]
    pub fn new(settings: Settings, nonces: Nonces) -> Self {
        Self { settings, nonces }
    }

    #[must_use]
    pub fn realm(&self) -> &str {
        &self.settings.realm
    }

    /// The values of the `WWW-Authenticate` (401) or `Proxy-Authenticate` (407) header fields of an answer, one a field
    /// and in this order. `salt` must be new by chance for each answer.
    #[must_use]
    pub fn challenges(&self, stale: bool, salt: [u8; 8], now: DateTime<Utc>) -> Vec<String> {
        let nonce = self.nonces.make(now, salt);
        let one = |algorithm: &Algorithm| Challenge {
            realm: &self.settings.realm,
            nonce: &nonce,
            opaque: self.nonces.opaque(),
            algorithm: *algorithm,
            stale,
        };
        self.settings.algorithms.iter().map(|a| one(a).to_string()).collect()
    }

    /// Lets a request in. `secrets` are those of the account that the credentials name; nothing when there is none, which
    /// takes as long and ends as a wrong password does. An ACK and a CANCEL cannot be challenged and must not be brought
    /// here (RFC 3261 section 22.1): they belong to a transaction or a dialog that was let in.
    ///
    /// # Errors
    /// Why not; [`Refused::stale`] goes into the next challenge.
    pub fn enter(
        &mut self,
        method: &str,
        uri: &str,
        credentials: &Credentials,
        secrets: Option<&Secrets>,
        now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        if credentials.realm != self.settings.realm {
            return Err(Refused::OtherRealm);
        }
        if !self.settings.algorithms.contains(&credentials.algorithm) {
            return Err(Refused::NotOffered);
        }
        if credentials.qop.is_none() && !self.settings.uncounted {
            return Err(Refused::Uncounted);
        }
        let known = secrets.and_then(|s| s.of(credentials.algorithm));
        let decoy = self.nonces.decoy(credentials.algorithm, &credentials.username);
        let verdict = verify(method, uri, credentials, known.unwrap_or(&decoy));
        if known.is_none() && verdict.is_ok() {
            return Err(Refused::Wrong);
        }
        verdict?;
        match self.nonces.take(&credentials.nonce, credentials.count(), now) {
            Freshness::Fresh => Ok(()),
            Freshness::Stale => Err(Refused::Stale),
            Freshness::Used => Err(Refused::Used),
        }
    }
}
