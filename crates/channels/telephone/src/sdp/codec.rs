//! The codecs of telephone legs, and the keypad's events.

use crate::sound::Codec;
use std::fmt;

/// Its payload number in our own offers: the fixed one (RFC 3551 section 6), 96 for Opus.
pub(super) fn payload(codec: Codec) -> u8 {
    codec.static_payload().unwrap_or(96)
}

/// The codec of an `a=rtpmap`. Opus always says two channels, whatever is sent (RFC 7587 section 7).
pub(super) fn mapped(name: &str, clock: u32, channels: Option<&str>) -> Option<Codec> {
    let channels = channels.map_or_else(String::new, |n| format!("/{}", n.trim()));
    let named = Codec::of_rtpmap(&format!("{name}/{clock}{channels}"));
    named.or_else(|| Codec::of_rtpmap(&format!("{name}/{clock}/2")).filter(|codec| *codec == Codec::Opus))
}

/// Which keys can be told by events, one bit each for 0 to 15 (RFC 4733 section 3.2): digits, `*`, `#`, A to D.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Events(u16);

impl Events {
    /// All sixteen.
    pub const ALL: Self = Self(u16::MAX);

    /// Reads `0-15,66`; what is past 15 (tones, line signals) is left out. What cannot be read stands for all sixteen: it is
    /// what an end that says nothing can do (RFC 4733 section 2.4.1).
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut bits = 0;
        for part in text.split(',') {
            let part = part.trim();
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (Ok(first), Ok(last)) = (first.trim().parse::<u8>(), last.trim().parse::<u8>()) else {
                return Self::ALL;
            };
            for event in first..=last.min(15) {
                bits |= 1 << event;
            }
        }
        Self(bits)
    }

    #[must_use]
    pub fn has(self, event: u8) -> bool {
        event < 16 && self.0 & (1 << event) != 0
    }

    /// Those that both have.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut comma = "";
        let mut event = 0;
        while event < 16 {
            if !self.has(event) {
                event += 1;
                continue;
            }
            let first = event;
            while self.has(event + 1) {
                event += 1;
            }
            if first == event {
                write!(f, "{comma}{first}")?
            } else {
                write!(f, "{comma}{first}-{event}")?
            }
            comma = ",";
            event += 1;
        }
        Ok(())
    }
}
