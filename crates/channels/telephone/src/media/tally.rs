//! What passes over all legs together, counted for whoever watches over the program.

use super::line::Received;
use metrics::{Counter, counter};
use std::sync::OnceLock;

/// Farther apart than this, the numbers of a stream have begun anew (MAX_DROPOUT of RFC 3550, appendix A.1).
const DROPOUT: u16 = 3_000;

struct Tally {
    received: Counter,
    sent: Counter,
    lost: Counter,
    late: Counter,
    refused: Counter,
}

fn tally() -> &'static Tally {
    static TALLY: OnceLock<Tally> = OnceLock::new();
    TALLY.get_or_init(|| Tally {
        received: counter!("telephone_rtp_packets_total", "direction" => "received"),
        sent: counter!("telephone_rtp_packets_total", "direction" => "sent"),
        lost: counter!("telephone_rtp_packets_lost_total"),
        late: counter!("telephone_rtp_packets_late_total"),
        refused: counter!("telephone_rtp_packets_refused_total"),
    })
}

pub(super) fn sent() {
    tally().sent.increment(1);
}

pub(super) fn refused(count: u64) {
    tally().refused.increment(count);
}

/// Follows the numbers of one leg's packets.
#[derive(Debug, Default)]
pub(super) struct Follow(Option<(u32, u16)>);

/// Where a packet stands among the others.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    InTurn,
    /// So many before it have not come.
    After(u16),
    Late,
}

impl Follow {
    pub(super) fn received(&mut self, packets: &[Received]) {
        tally().received.increment(u64::try_from(packets.len()).unwrap_or_default());
        for packet in packets {
            match self.step(packet.ssrc, packet.sequence) {
                Step::InTurn => {}
                Step::After(lost) => tally().lost.increment(u64::from(lost)),
                Step::Late => tally().late.increment(1),
            }
        }
    }

    fn step(&mut self, ssrc: u32, sequence: u16) -> Step {
        let last = self.0.filter(|(source, _)| *source == ssrc).map(|(_, last)| last);
        let step = match last {
            None => Step::InTurn,
            Some(last) => {
                let (ahead, behind) = (sequence.wrapping_sub(last), last.wrapping_sub(sequence));
                match (ahead, behind) {
                    (1, _) => Step::InTurn,
                    (ahead, _) if (2..=DROPOUT).contains(&ahead) => Step::After(ahead - 1),
                    (_, behind) if behind <= DROPOUT => return Step::Late,
                    _ => Step::InTurn,
                }
            }
        };
        self.0 = Some((ssrc, sequence));
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_latecomers_are_told_apart_from_a_stream_that_begins_anew() {
        let mut follow = Follow::default();
        let all = [(7, 65_534), (7, 65_535), (7, 2), (7, 1), (7, 3), (7, 30_000), (7, 30_001), (8, 5), (8, 6)];
        let steps: Vec<Step> = all.into_iter().map(|(ssrc, sequence)| follow.step(ssrc, sequence)).collect();
        use Step::{After, InTurn, Late};
        assert_eq!(steps, [InTurn, InTurn, After(2), Late, InTurn, InTurn, InTurn, InTurn, InTurn]);
    }
}
