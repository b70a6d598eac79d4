//! The keys of a session, made from one of the description (RFC 3711 section 4.3), and what is done with them.

use crate::sdp::Key;
use aes::Aes128;
use aes::cipher::{InnerIvInit as _, KeyInit as _, StreamCipher as _, StreamCipherCoreWrapper};
use hmac::{Hmac, Mac as _};
use sha1::Sha1;

/// AES in counter mode, the counter being all of the block.
type Counter<'a> = StreamCipherCoreWrapper<ctr::CtrCore<&'a Aes128, ctr::flavors::Ctr128BE>>;

/// The three keys of one direction. They are made once and for all: nobody here counts packets to make new ones.
pub(super) struct Derived {
    cipher: Aes128,
    salt: [u8; 14],
    mac: Hmac<Sha1>,
}

impl Derived {
    pub(super) fn of(key: &Key) -> Self {
        let (master, salt) = split(key);
        let prf = Aes128::new(&master.into());
        let mut own = [0; 16];
        derive(&prf, salt, 0, &mut own);
        let mut auth = [0; 20];
        derive(&prf, salt, 1, &mut auth);
        let mut own_salt = [0; 14];
        derive(&prf, salt, 2, &mut own_salt);
        // A key shorter than a block is filled with zeros (RFC 2104 section 2): the way that takes a slice has an error
        // that never comes.
        let mut block = hmac::digest::Key::<Hmac<Sha1>>::default();
        for (to, from) in block.iter_mut().zip(auth) {
            *to = from;
        }
        Self {
            cipher: Aes128::new(&own.into()),
            salt: own_salt,
            mac: <Hmac<Sha1> as hmac::digest::KeyInit>::new(&block),
        }
    }

    /// Encrypts or decrypts, which is the same, what a packet of this source and number says (section 4.1.1).
    pub(super) fn encrypt(&self, source: u32, index: u64, payload: &mut [u8]) {
        let mut iv = [0; 16];
        let [_, _, number @ ..] = index.to_be_bytes();
        let salt = self.salt.into_iter();
        let told = [0; 4].into_iter().chain(source.to_be_bytes()).chain(number);
        for (to, (salt, told)) in iv.iter_mut().zip(salt.zip(told)) {
            *to = salt ^ told;
        }
        add_noise(&self.cipher, iv, payload);
    }

    /// The whole seal of an encrypted packet (section 4.2).
    pub(super) fn seal(&self, packet: &[u8], index: u64) -> [u8; 20] {
        self.over(packet, index).finalize().into_bytes().into()
    }

    /// Whether a seal, as much as there is of it, is the packet's; takes the same time wherever it differs.
    pub(super) fn sealed(&self, packet: &[u8], index: u64, seal: &[u8]) -> bool {
        self.over(packet, index).verify_truncated_left(seal).is_ok()
    }

    fn over(&self, packet: &[u8], index: u64) -> Hmac<Sha1> {
        let [_, _, rollovers @ .., _, _] = index.to_be_bytes();
        let mut mac = self.mac.clone();
        mac.update(packet);
        mac.update(&rollovers);
        mac
    }

    #[cfg(test)]
    pub(super) fn salt(&self) -> [u8; 14] {
        self.salt
    }
}

fn split(key: &Key) -> ([u8; 16], [u8; 14]) {
    let (mut master, mut salt) = ([0; 16], [0; 14]);
    let bytes = key.bytes().iter().copied();
    for (to, from) in master.iter_mut().chain(salt.iter_mut()).zip(bytes) {
        *to = from;
    }
    (master, salt)
}

/// Fills a key of this use (section 4.3.3).
fn derive(prf: &Aes128, mut salt: [u8; 14], label: u8, key: &mut [u8]) {
    salt[7] ^= label;
    let mut iv = [0; 16];
    for (to, from) in iv.iter_mut().zip(salt) {
        *to = from;
    }
    add_noise(prf, iv, key);
}

pub(super) fn add_noise(cipher: &Aes128, iv: [u8; 16], bytes: &mut [u8]) {
    Counter::from_core(ctr::CtrCore::inner_iv_init(cipher, &iv.into())).apply_keystream(bytes);
}
