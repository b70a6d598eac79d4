//! Where the packets of one stream lie in a call, in ms since its start.
//!
//! The first is placed by its arrival and all others by their RTP timestamps, so that neither jitter nor reordering
//! moves them; a stream that starts its timestamps anew, pauses without counting on, or drifts away is placed anew.

use super::sequence::Timestamp;

// Farther than this from its arrival a packet is not placed by its timestamp.
const FARTHEST_MS: i64 = 400;

/// The places of the packets of one stream.
#[derive(Debug, Clone)]
pub struct Timeline {
    ticks_per_ms: i64,
    timestamp: Timestamp,
    // A timestamp and its place.
    anchor: Option<(i64, i64)>,
}

impl Timeline {
    /// A timeline of a stream whose RTP clock has so many ticks a second.
    pub fn new(clock: u32) -> Self {
        Self { ticks_per_ms: i64::from((clock / 1_000).max(1)), timestamp: Timestamp::default(), anchor: None }
    }

    /// The place of a packet that came so many ms after the start of the call.
    pub fn place(&mut self, timestamp: u32, arrived_ms: u32) -> u32 {
        let arrived = i64::from(arrived_ms);
        let whole = self.timestamp.peek(timestamp);
        if let Some((from, place)) = self.anchor {
            let placed = place + (whole - from).div_euclid(self.ticks_per_ms);
            if (placed - arrived).abs() <= FARTHEST_MS {
                self.timestamp.extend(timestamp);
                return u32::try_from(placed).unwrap_or(0);
            }
            self.timestamp = Timestamp::default();
        }
        self.anchor = Some((self.timestamp.extend(timestamp), arrived));
        arrived_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_and_order_do_not_move_packets() {
        let mut timeline = Timeline::new(8_000);
        let start = u32::MAX - 200;
        let arrivals = [(0, 1_000), (320, 1_045), (160, 1_046), (480, 1_055)];
        let placed = arrivals.map(|(ticks, at)| timeline.place(start.wrapping_add(ticks), at));
        assert_eq!(placed, [1_000, 1_040, 1_020, 1_060]);
    }

    #[test]
    fn a_stream_that_starts_anew_is_placed_by_its_arrival() {
        let mut timeline = Timeline::new(48_000);
        timeline.place(1_000, 500);
        assert_eq!(timeline.place(900_000_000, 520), 520);
        assert_eq!(timeline.place(900_000_960, 545), 540);
        assert_eq!(timeline.place(900_001_920, 3_000), 3_000, "after a pause that was not counted");
    }
}
