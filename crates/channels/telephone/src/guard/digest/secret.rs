//! What is kept of a password for digest authentication: the hash over account, realm and password (RFC 7616 section
//! 3.4.2), one an algorithm. Whoever has it can sign in, so it is kept and shown as a password is.

use std::fmt;

/// A hash that digest authentication is done with (RFC 7616 section 6.1). SHA-512-256 and the `-sess` variants are not
/// offered: no telephone is known that needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    Sha256,
    Md5,
}

impl Algorithm {
    /// Its name in header fields.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Md5 => "MD5",
        }
    }

    pub(super) fn read(name: &str) -> Option<Self> {
        [Self::Sha256, Self::Md5].into_iter().find(|a| a.name().eq_ignore_ascii_case(name))
    }

    /// How many bytes its result has.
    #[must_use]
    pub fn size(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Md5 => 16,
        }
    }

    pub(super) fn hash(self, text: &str) -> Vec<u8> {
        match self {
            Self::Sha256 => <sha2::Sha256 as sha2::Digest>::digest(text).to_vec(),
            Self::Md5 => <md5::Md5 as md5::Digest>::digest(text).to_vec(),
        }
    }

    pub(super) fn hex(self, text: &str) -> String {
        written(&self.hash(text))
    }
}

/// Bytes as lower-case hexadecimal digits.
fn written(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Hexadecimal digits of either case as bytes; nothing when they are no whole number of bytes.
pub(super) fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    Some(pairs.filter_map(|pair| Some((pair.first()? << 4) | pair.last()?)).collect())
}

/// The hash of `account:realm:password`.
#[derive(Clone, PartialEq, Eq)]
pub struct Ha1 {
    algorithm: Algorithm,
    hex: String,
}

impl Ha1 {
    #[must_use]
    pub fn new(algorithm: Algorithm, account: &str, realm: &str, password: &str) -> Self {
        Self { algorithm, hex: algorithm.hex(&format!("{account}:{realm}:{password}")) }
    }

    /// What was kept; nothing when it is no result of that algorithm.
    #[must_use]
    pub fn kept(algorithm: Algorithm, hex: &str) -> Option<Self> {
        let bytes = bytes(hex)?;
        (bytes.len() == algorithm.size()).then(|| Self { algorithm, hex: written(&bytes) })
    }

    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// To be kept, as lower-case hexadecimal digits: 64 for SHA-256, 32 for MD5.
    #[must_use]
    pub fn hex(&self) -> &str {
        &self.hex
    }
}

impl fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ha1({}, hidden)", self.algorithm.name())
    }
}

/// The secrets of one account, for the algorithms it may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    pub sha256: Option<Ha1>,
    pub md5: Option<Ha1>,
}

impl Secrets {
    /// The secrets of a new password, for both algorithms.
    #[must_use]
    pub fn new(account: &str, realm: &str, password: &str) -> Self {
        let of = |algorithm| Some(Ha1::new(algorithm, account, realm, password));
        Self { sha256: of(Algorithm::Sha256), md5: of(Algorithm::Md5) }
    }

    #[must_use]
    pub fn of(&self, algorithm: Algorithm) -> Option<&Ha1> {
        match algorithm {
            Algorithm::Sha256 => self.sha256.as_ref(),
            Algorithm::Md5 => self.md5.as_ref(),
        }
    }
}
