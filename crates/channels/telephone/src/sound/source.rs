//! Which synchronisation source is being listened to, and when another takes its place.
//!
//! The invariant: one packet of a strange source never takes over a stream that is alive; two in sequence do, and one
//! does when the old source has been silent (after a transfer or a change of hold), as in the probation of RFC 3550
//! appendix A.1.

const SILENT_MS: u64 = 100;

/// What a packet is to the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// It is of the source listened to.
    Same,
    /// It is of another source, to which the stream has now changed: all state of the old one is void.
    Changed,
    /// It is of another source that has not yet been believed: leave it.
    Stray,
}

/// The source of a received stream.
#[derive(Debug, Clone, Default)]
pub struct Source {
    current: Option<(u32, u64)>,
    candidate: Option<(u32, u16)>,
}

impl Source {
    /// Judges a packet by its source, sequence number and time of arrival in milliseconds. The first of all is
    /// [`Belongs::Changed`].
    pub fn judge(&mut self, ssrc: u32, sequence: u16, arrived_ms: u64) -> Belongs {
        match self.current {
            Some((current, _)) if current == ssrc => {
                self.current = Some((ssrc, arrived_ms));
                self.candidate = None;
                return Belongs::Same;
            }
            Some((_, heard)) if arrived_ms.saturating_sub(heard) < SILENT_MS => {
                let previous = self.candidate.replace((ssrc, sequence));
                if previous != Some((ssrc, sequence.wrapping_sub(1))) {
                    return Belongs::Stray;
                }
            }
            Some(_) | None => {}
        }
        self.current = Some((ssrc, arrived_ms));
        self.candidate = None;
        Belongs::Changed
    }

    /// The source listened to.
    pub fn ssrc(&self) -> Option<u32> {
        self.current.map(|(ssrc, _)| ssrc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stray_packet_does_not_take_over_a_living_stream() {
        let mut source = Source::default();
        assert_eq!(source.judge(1, 10, 0), Belongs::Changed);
        assert_eq!(source.judge(1, 11, 20), Belongs::Same);
        assert_eq!(source.judge(9, 500, 30), Belongs::Stray);
        assert_eq!(source.judge(1, 12, 40), Belongs::Same);
        assert_eq!(source.judge(9, 501, 50), Belongs::Stray, "the one between has broken the sequence");
        assert_eq!(source.ssrc(), Some(1));
    }

    #[test]
    fn two_in_sequence_or_one_after_silence_take_over() {
        let mut source = Source::default();
        source.judge(1, 10, 0);
        assert_eq!(source.judge(2, 7, 10), Belongs::Stray);
        assert_eq!(source.judge(2, 8, 30), Belongs::Changed);
        assert_eq!(source.judge(3, 1, 130), Belongs::Changed);
    }
}
