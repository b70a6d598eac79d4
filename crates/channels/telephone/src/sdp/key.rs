//! Keys of SRTP that stand in the description (RFC 4568). They are as secret as what they protect: only a description that
//! came and goes over TLS may hold them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use sdp_types::SrtpSessionParam;
use std::fmt;

/// Bytes of the master key and the master salt together (RFC 4568 section 6.2).
const LENGTH: usize = 30;
/// A key that is good for fewer packets is refused: 2^20 are almost six hours of speech, and nothing here makes new keys in
/// the middle of a call.
const LEAST_LIFETIME: u64 = 1 << 20;

/// How packets are encrypted and sealed (RFC 4568 section 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// `AES_CM_128_HMAC_SHA1_80`.
    Sha1_80,
    /// `AES_CM_128_HMAC_SHA1_32`: the seal of RTP packets is shorter.
    Sha1_32,
}

impl Suite {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1_80 => "AES_CM_128_HMAC_SHA1_80",
            Self::Sha1_32 => "AES_CM_128_HMAC_SHA1_32",
        }
    }
}

/// Master key and salt of one direction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; LENGTH]);

impl Key {
    /// Of 30 bytes by chance.
    #[must_use]
    pub fn new(chance: [u8; LENGTH]) -> Self {
        Self(chance)
    }

    /// 16 bytes of key, then 14 of salt.
    #[must_use]
    pub fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// Reads base64 (RFC 4568 section 6.1), padding or none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64.decode(text.trim_end_matches('=')).ok()?;
        bytes.try_into().ok().map(Self)
    }

    #[must_use]
    pub fn text(&self) -> String {
        BASE64.encode(self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

/// A line `a=crypto` that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crypto {
    /// Names the line: an answer repeats the one that was taken.
    pub tag: u32,
    pub suite: Suite,
    pub key: Key,
}

impl Crypto {
    /// Takes a line if all of it can be kept: one key without an identifier (MKI), good for long enough, and no parameter
    /// but the window hint, which binds nobody (RFC 4568 section 6.3.7). A line with anything else must be left alone
    /// (section 6.3), and the next one may do.
    pub(super) fn take(line: &sdp_types::Crypto) -> Option<Self> {
        let suite = [Suite::Sha1_80, Suite::Sha1_32].into_iter().find(|s| s.name() == line.crypto_suite.as_str())?;
        let [key] = line.key_params.as_slice() else { return None };
        if key.mki_and_length.is_some() || key.lifetime.is_some_and(|lifetime| lifetime < LEAST_LIFETIME) {
            return None;
        }
        let harmless = |parameter: &SrtpSessionParam| match parameter {
            SrtpSessionParam::Wsh(_) => true,
            // Blanks at the end of a line.
            SrtpSessionParam::Extension(text) => text.trim().is_empty(),
            _ => false,
        };
        if !line.session_params.iter().all(harmless) || line.tag > 999_999_999 {
            return None;
        }
        Some(Self { tag: line.tag, suite, key: Key::read(&key.key_and_salt)? })
    }
}

impl fmt::Display for Crypto {
    /// The attribute with the key in it: for the description alone, never for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a=crypto:{} {} inline:{}", self.tag, self.suite.name(), self.key.text())
    }
}
