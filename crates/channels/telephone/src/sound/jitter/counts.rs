//! What became of the packets of a stream.
//!
//! The invariant: every packet received is played, late, duplicated, discarded, or still waiting.

/// Counts of packets, but for `concealed` and `skipped`, which count frames of 20 ms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Packets that came.
    pub received: u64,
    /// Packets of which at least a part was played.
    pub played: u64,
    /// Packets that came after their turn.
    pub late: u64,
    /// Packets that had come before.
    pub duplicated: u64,
    /// Packets not played though in time: malformed, of a strange source, too many, or beside a gap.
    pub discarded: u64,
    /// Packets that were sent, by the sequence numbers, and never came.
    pub lost: u64,
    /// Frames invented because nothing was there.
    pub concealed: u64,
    /// Frames left out to shorten the delay.
    pub skipped: u64,
}

// Farther ahead than this the sequence has started anew (MAX_DROPOUT of RFC 3550 appendix A.1).
const DROPOUT: i64 = 3_000;

/// Which sequence numbers have come: the last 128 one by one, the others by their number.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    span: Option<(i64, i64)>,
    unique: i64,
    recent: u128,
    lost_before: i64,
}

impl Seen {
    /// Notes a sequence number; false if it has come before.
    pub(super) fn note(&mut self, sequence: i64) -> bool {
        let Some((lowest, highest)) = self.span else {
            (self.span, self.unique, self.recent) = (Some((sequence, sequence)), 1, 1);
            return true;
        };
        let ahead = sequence - highest;
        if ahead.abs() > DROPOUT {
            self.restart();
            return self.note(sequence);
        }
        if ahead > 0 {
            let shifted = u32::try_from(ahead).ok().and_then(|ahead| self.recent.checked_shl(ahead));
            self.recent = shifted.unwrap_or(0) | 1;
        } else {
            let bit = u32::try_from(-ahead).ok().and_then(|behind| 1u128.checked_shl(behind)).unwrap_or(0);
            if self.recent & bit != 0 {
                return false;
            }
            self.recent |= bit;
        }
        self.span = Some((lowest.min(sequence), highest.max(sequence)));
        self.unique += 1;
        true
    }

    /// Begins anew after a change of source, keeping what is known to be lost.
    pub(super) fn restart(&mut self) {
        *self = Self { lost_before: self.lost(), ..Self::default() };
    }

    pub(super) fn lost(&self) -> i64 {
        let expected = self.span.map_or(0, |(lowest, highest)| highest - lowest + 1);
        self.lost_before + (expected - self.unique).max(0)
    }

    pub(super) fn highest(&self) -> Option<i64> {
        self.span.map(|(_, highest)| highest)
    }
}
