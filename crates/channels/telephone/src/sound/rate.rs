//! The three sampling rates at which sound is held: that of G.711, that of G.722 and that of Opus.

/// A sampling rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rate {
    /// 8 kHz, the telephone's own.
    Narrow,
    /// 16 kHz.
    Wide,
    /// 48 kHz.
    Full,
}

impl Rate {
    /// Samples in a second.
    pub const fn hertz(self) -> u32 {
        match self {
            Self::Narrow => 8_000,
            Self::Wide => 16_000,
            Self::Full => 48_000,
        }
    }

    /// Samples in a frame of 20 ms.
    pub const fn frame(self) -> usize {
        match self {
            Self::Narrow => 160,
            Self::Wide => 320,
            Self::Full => 960,
        }
    }

    /// Samples in a number of milliseconds.
    pub fn samples(self, milliseconds: u32) -> usize {
        usize::try_from(u64::from(self.hertz()) * u64::from(milliseconds) / 1_000).unwrap_or(usize::MAX)
    }

    /// Whole milliseconds in a number of samples, rounded down.
    pub fn milliseconds(self, samples: usize) -> u64 {
        u64::try_from(samples).unwrap_or(u64::MAX).saturating_mul(1_000) / u64::from(self.hertz())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::FRAME_MS;

    #[test]
    fn a_frame_is_twenty_milliseconds_at_every_rate() {
        for rate in [Rate::Narrow, Rate::Wide, Rate::Full] {
            assert_eq!(rate.frame(), rate.samples(FRAME_MS));
            assert_eq!(rate.milliseconds(rate.frame()), u64::from(FRAME_MS));
        }
    }
}
