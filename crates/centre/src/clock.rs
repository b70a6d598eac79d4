//! Time and chance, which only the server takes from the system.

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use std::sync::{Arc, Mutex};

/// Tells the time.
pub trait Clock: Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// Chance from one seed: tokens, keys and the spread of retries. Cheap to clone; the clones draw from the same source.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<StdRng>>);

impl Chance {
    /// `seed` must come from the system's source of randomness where secrets are made.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_seed(seed))))
    }

    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self.0.lock() {
            Ok(mut rng) => rng.fill_bytes(&mut bytes),
            Err(poisoned) => poisoned.into_inner().fill_bytes(&mut bytes),
        }
        bytes
    }

    /// 0 to 999, each as likely.
    #[must_use]
    pub fn permille(&self) -> u16 {
        let [a, b, c, d] = self.bytes::<4>();
        u16::try_from(u32::from_be_bytes([a, b, c, d]) % 1000).unwrap_or_default()
    }
}
