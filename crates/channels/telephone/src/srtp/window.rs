//! Which numbers of a stream were there (RFC 3711 sections 3.3.1 and 3.3.2). On the wire stand the last sixteen bits of a
//! number; how often they have begun anew is known from what came before.

/// How many numbers below the highest are told apart.
const KEPT: u64 = 128;

/// A stream as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Window {
    highest: u64,
    /// The lowest bit is the highest number, each further one a number less.
    seen: u128,
}

impl Window {
    /// The whole number of a packet of this stream, or of one that begins with it; None for one that was there already, or
    /// that is too old to tell.
    pub(super) fn place(stream: Option<&Self>, sequence: u16) -> Option<u64> {
        let Some(window) = stream else { return Some(u64::from(sequence)) };
        let [.., high, low] = window.highest.to_be_bytes();
        let ahead = sequence.wrapping_sub(u16::from_be_bytes([high, low])).cast_signed();
        let index = window.highest.checked_add_signed(i64::from(ahead))?;
        let was_there = match window.highest.checked_sub(index) {
            None => false,
            Some(back) => back >= KEPT || window.seen >> back & 1 == 1,
        };
        (!was_there).then_some(index)
    }

    /// A packet of this number was there.
    pub(super) fn note(&mut self, index: u64) {
        match index.checked_sub(self.highest) {
            Some(ahead) => {
                let moved = u32::try_from(ahead).ok().and_then(|ahead| self.seen.checked_shl(ahead));
                (self.highest, self.seen) = (index, moved.unwrap_or(0) | 1);
            }
            None => {
                let back = u32::try_from(self.highest - index).unwrap_or(u32::MAX);
                self.seen |= 1_u128.checked_shl(back).unwrap_or(0);
            }
        }
    }
}
