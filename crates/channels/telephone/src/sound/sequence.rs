//! Counters that RTP cuts to 16 or 32 bits, made whole again.
//!
//! The invariant: a value is taken as the one nearest to the highest seen so far, so that a packet that comes late maps
//! below it and a wrap is a step like any other (RFC 3550 appendix A.1).

/// Unwraps sequence numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sequence {
    highest: Option<i64>,
}

/// Unwraps timestamps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timestamp {
    highest: Option<i64>,
}

impl Sequence {
    /// The whole number of a packet, and remembers it if it is the highest. The first is taken as it is, so that one
    /// before it may be negative.
    pub fn extend(&mut self, sequence: u16) -> i64 {
        let value = match self.highest {
            None => i64::from(sequence),
            Some(highest) => {
                let ahead = sequence.wrapping_sub(low16(highest)).cast_signed();
                highest + i64::from(ahead)
            }
        };
        self.highest = Some(self.highest.map_or(value, |highest| highest.max(value)));
        value
    }
}

impl Timestamp {
    /// The whole timestamp of a packet, and remembers it if it is the highest.
    pub fn extend(&mut self, timestamp: u32) -> i64 {
        let value = self.peek(timestamp);
        self.highest = Some(self.highest.map_or(value, |highest| highest.max(value)));
        value
    }

    /// The whole timestamp of a packet, without remembering it.
    pub fn peek(&self, timestamp: u32) -> i64 {
        match self.highest {
            None => i64::from(timestamp),
            Some(highest) => {
                let ahead = timestamp.wrapping_sub(low32(highest)).cast_signed();
                highest + i64::from(ahead)
            }
        }
    }
}

fn low16(value: i64) -> u16 {
    let [a, b, ..] = value.to_le_bytes();
    u16::from_le_bytes([a, b])
}

fn low32(value: i64) -> u32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_wrap_is_a_step_and_a_late_packet_stays_before_it() {
        let mut sequence = Sequence::default();
        let seen: Vec<i64> = [65_534, 65_535, 0, 65_533, 1].into_iter().map(|s| sequence.extend(s)).collect();
        assert_eq!(seen, [65_534, 65_535, 65_536, 65_533, 65_537]);
    }

    proptest! {
        #[test]
        fn small_steps_are_followed_over_many_wraps(
            start in any::<u32>(),
            steps in proptest::collection::vec(-30_000i64..1_000_000_000, 1..60),
        ) {
            let (mut timestamp, mut highest) = (Timestamp::default(), i64::from(start));
            timestamp.extend(start);
            for step in steps {
                let expected = highest + step;
                let cut = u32::try_from(expected.rem_euclid(1 << 32)).unwrap();
                prop_assert_eq!(timestamp.extend(cut), expected);
                highest = highest.max(expected);
            }
        }
    }
}
