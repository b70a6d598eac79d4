//! Nonces that need no memory to be known again, and the memory of those that were used.
//!
//! A nonce holds its time and a seal under a key of ours (RFC 7616 section 5.4), so that asking for a password costs no
//! memory, whoever asks. Memory is taken only by right answers: for each nonce which counts were used. When it is full the
//! oldest nonce is forgotten, and with it all that are as old count as stale: nothing forgotten can be used again.

use super::super::key::Key;
use super::{Algorithm, Ha1};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeMap;
use std::fmt;

/// How far counts may be out of order: UDP and parallel requests swap some.
const WINDOW: u32 = 32;

/// A nonce without its seal: milliseconds of the time, and the salt. Older ones sort first.
type Made = (i64, [u8; 8]);

/// What became of a nonce and its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Never used before; from now on it is.
    Fresh,
    /// Too old, from the future, or not ours, as after a start with another key.
    Stale,
    /// Used before, or so far behind others that nobody knows.
    Used,
}

/// Makes nonces and takes each of their counts once.
pub struct Nonces {
    key: Key,
    opaque: String,
    lifetime: Duration,
    capacity: usize,
    used: BTreeMap<Made, Seen>,
    /// Nonces up to this time may have been forgotten.
    forgotten: i64,
}

/// The counts used with one nonce. Bit 0 stands for `highest`, bit n for the n-th below.
#[derive(Debug, Clone, Copy)]
struct Seen {
    highest: u32,
    bits: u32,
}

impl Nonces {
    /// Nonces are known again only under the same key. `lifetime` is brought within 60 s and
    /// 5 min. `capacity` is how many used nonces are remembered, about 64 bytes each; a telephone uses one a lifetime.
    #[must_use]
    pub fn new(key: Key, lifetime: Duration, capacity: usize) -> Self {
        let mut nonces = Self {
            key,
            opaque: String::new(),
            lifetime: lifetime.clamp(Duration::seconds(60), Duration::minutes(5)),
            capacity: capacity.max(1),
            used: BTreeMap::new(),
            forgotten: i64::MIN,
        };
        nonces.opaque = BASE64.encode(nonces.key.seal("opaque", &[]));
        nonces
    }

    pub(super) fn opaque(&self) -> &str {
        &self.opaque
    }

    /// A nonce of 43 characters. `salt` must be new by chance each time.
    #[must_use]
    pub fn make(&self, now: DateTime<Utc>, salt: [u8; 8]) -> String {
        let mut whole = [now.timestamp_millis().to_be_bytes(), salt].concat();
        let seal = self.key.seal("nonce", &whole);
        whole.extend(seal);
        BASE64.encode(whole)
    }

    /// Takes a count of a nonce; `None` is the one use of a nonce without counts (RFC 2069), which rules out any other.
    /// To be asked only when the answer was right.
    pub fn take(&mut self, nonce: &str, count: Option<u32>, now: DateTime<Utc>) -> Freshness {
        let Some(made) = self.opened(nonce) else { return Freshness::Stale };
        let age = now.timestamp_millis().saturating_sub(made.0);
        // A clock that was set back by a second is no reason to ask again.
        if age > self.lifetime.num_milliseconds() || age < -1000 || made.0 <= self.forgotten {
            return Freshness::Stale;
        }
        match self.used.get_mut(&made) {
            Some(seen) => {
                if count.is_some_and(|count| seen.take(count)) {
                    Freshness::Fresh
                } else {
                    Freshness::Used
                }
            }
            None => {
                self.make_room(now);
                if made.0 <= self.forgotten {
                    return Freshness::Stale;
                }
                let all = Seen { highest: u32::MAX, bits: u32::MAX };
                self.used.insert(made, count.map_or(all, |highest| Seen { highest, bits: 1 }));
                Freshness::Fresh
            }
        }
    }

    /// How many used nonces are remembered.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.used.len()
    }

    /// A secret for an account that does not exist: nobody knows its password, and finding it takes as long as a real one.
    #[must_use]
    pub fn decoy(&self, algorithm: Algorithm, account: &str) -> Ha1 {
        Ha1::new(algorithm, account, "", &BASE64.encode(self.key.seal("decoy", account.as_bytes())))
    }

    /// Drops what is too old to be taken again, and the oldest when that is not enough.
    fn make_room(&mut self, now: DateTime<Utc>) {
        if self.used.len() < self.capacity {
            return;
        }
        let oldest = now.timestamp_millis().saturating_sub(self.lifetime.num_milliseconds());
        self.used = self.used.split_off(&(oldest, [0; 8]));
        // A clock that is set back must not make them good again.
        self.forgotten = self.forgotten.max(oldest.saturating_sub(1));
        while self.used.len() >= self.capacity {
            let Some(((made, _), _)) = self.used.pop_first() else { return };
            self.forgotten = self.forgotten.max(made);
        }
    }

    /// Time and salt of a nonce whose seal is ours.
    fn opened(&self, nonce: &str) -> Option<Made> {
        let whole = BASE64.decode(nonce).ok().filter(|whole| whole.len() == 32)?;
        let (made, seal) = whole.split_at_checked(16)?;
        if !self.key.sealed("nonce", made, seal) {
            return None;
        }
        let (time, salt) = made.split_at_checked(8)?;
        Some((i64::from_be_bytes(time.try_into().ok()?), salt.try_into().ok()?))
    }
}

impl fmt::Debug for Nonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nonces").field("lifetime", &self.lifetime).field("remembered", &self.used.len()).finish()
    }
}

impl Seen {
    /// Whether the count was free; from now on it is not.
    fn take(&mut self, count: u32) -> bool {
        if count > self.highest {
            self.bits = self.bits.checked_shl(count - self.highest).unwrap_or(0) | 1;
            self.highest = count;
            return true;
        }
        let behind = self.highest - count;
        if behind >= WINDOW {
            return false;
        }
        let bit = 1 << behind;
        let free = self.bits & bit == 0;
        self.bits |= bit;
        free
    }
}
