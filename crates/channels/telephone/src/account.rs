//! The passwords of telephones, as they are made and kept.

use crate::door::REALM;
use crate::guard::digest::{Algorithm, Ha1};
use centre::Chance;
use centre::sip_account::Secrets;

/// Letters that are not taken for one another on a telephone's display.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH: usize = 20;

/// A new password, by chance: twenty of thirty-one letters.
#[must_use]
pub fn password(chance: &Chance) -> String {
    let mut password = String::new();
    while password.len() < LENGTH {
        for byte in chance.bytes::<32>() {
            // Bytes beyond a whole number of alphabets would make the first letters likelier.
            let place = usize::from(byte);
            let fits = place < LETTERS.len() * (256 / LETTERS.len());
            if let Some(letter) = LETTERS.get(place % LETTERS.len()).filter(|_| fits && password.len() < LENGTH) {
                password.push(char::from(*letter));
            }
        }
    }
    password
}

/// What is kept of a password.
#[must_use]
pub fn secrets(name: &str, password: &str) -> Secrets {
    let one = |algorithm| Ha1::new(algorithm, name, REALM, password).hex().to_owned();
    Secrets { ha1_md5: one(Algorithm::Md5), ha1_sha256: one(Algorithm::Sha256) }
}
