//! Citizens' codes are reckoned from a key and the case's id, never stored: the same code can be sent again, and a
//! stolen table of cases opens none of them.

use hmac::{Hmac, Mac};
use model::CaseId;
use model::code::Code;
use sha2::Sha256;
use subtle::ConstantTimeEq;

pub(crate) struct Codes(Hmac<Sha256>);

impl Codes {
    pub(crate) fn new(key: Vec<u8>) -> Self {
        // HMAC takes keys of every length (RFC 2104, section 3), so the empty one is never used.
        Self(Hmac::new_from_slice(&key).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    pub(crate) fn of(&self, case: CaseId) -> Code {
        let mut mac = self.0.clone();
        mac.update(b"case");
        mac.update(&case.0.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let mut first = [0; 16];
        first.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        Code::from_bytes(first)
    }

    /// Compared in constant time, so that how long it takes tells nothing of how much was right.
    pub(crate) fn fits(&self, case: CaseId, typed: &Code) -> bool {
        self.of(case).as_bytes().ct_eq(typed.as_bytes()).into()
    }
}
