//! A key for seals: values that only we can make, and that tell nothing of what they were made from.

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::fmt;

/// 32 bytes by chance. Whoever has them can make nonces and know the tags in the log again.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The first 16 bytes of an HMAC-SHA-256 (RFC 2104) over a word for the use and the bytes, so that no seal passes for
    /// one of another use.
    pub(super) fn seal(&self, of: &str, bytes: &[u8]) -> Vec<u8> {
        self.mac(of, bytes).finalize().into_bytes().into_iter().take(16).collect()
    }

    /// Whether a seal is of these bytes; takes the same time wherever it differs.
    pub(super) fn sealed(&self, of: &str, bytes: &[u8], seal: &[u8]) -> bool {
        seal.len() == 16 && self.mac(of, bytes).verify_truncated_left(seal).is_ok()
    }

    fn mac(&self, of: &str, bytes: &[u8]) -> Hmac<Sha256> {
        // A key shorter than a block is filled with zeros (RFC 2104 section 2); done here because the way that takes a
        // slice has an error that never comes.
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        for (to, from) in block.iter_mut().zip(self.0) {
            *to = from;
        }
        let mut mac = <Hmac<Sha256> as hmac::digest::KeyInit>::new(&block);
        mac.update(of.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_seal_is_an_hmac_and_fits_one_use_only() {
        // RFC 4231 section 4.3 has a shorter key; that zeros at its end change nothing is what this relies on.
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(b"Jefe");
        let key = Key::new(bytes);
        let mac = hmac::Mac::finalize(key.mac("what do ya want for nothing?", &[])).into_bytes();
        let plain = {
            let mut mac = <hmac::Hmac<sha2::Sha256> as hmac::Mac>::new_from_slice(b"Jefe").unwrap();
            hmac::Mac::update(&mut mac, b"what do ya want for nothing?\0");
            hmac::Mac::finalize(mac).into_bytes()
        };
        assert_eq!(mac, plain);
        let seal = key.seal("one", b"x");
        assert!(key.sealed("one", b"x", &seal));
        assert!(!key.sealed("two", b"x", &seal) && !key.sealed("one", b"y", &seal) && !key.sealed("one", b"x", &[]));
    }
}
