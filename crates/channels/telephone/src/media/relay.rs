//! The stream that we send on a leg: one source, one count of packets and one clock, whatever it is made of.

use super::line::Received;
use std::time::Instant;

/// How our stream goes on.
pub(super) struct Stream {
    sequence: u16,
    timestamp: u32,
    clock: u32,
    sent_at: Option<Instant>,
    /// The stream that is passed on, and by how much ours differs from it.
    follows: Option<Offset>,
}

#[derive(Clone, Copy)]
struct Offset {
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    /// The last timestamp that came, to see a jump.
    last: u32,
}

/// Where a packet of ours stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) sequence: u16,
    pub(super) timestamp: u32,
    pub(super) marker: bool,
}

/// A stream that jumps by more than this many seconds has begun anew.
const JUMP_S: u32 = 10;
/// After a silence of ours as long as this, time has passed on our stream as well.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(500);

impl Stream {
    pub(super) fn new(clock: u32, sequence: u16, timestamp: u32) -> Self {
        Self { sequence, timestamp, clock, sent_at: None, follows: None }
    }

    /// Another codec with another clock goes on from where we are.
    pub(super) fn set_clock(&mut self, clock: u32) {
        if self.clock != clock {
            self.clock = clock;
            self.follows = None;
        }
    }

    /// The time that has passed since the last packet, in ticks; at least one frame.
    fn passed(&self, now: Instant) -> u32 {
        let frame = self.clock / 50;
        let Some(sent_at) = self.sent_at else { return frame };
        let frames = now.saturating_duration_since(sent_at).as_millis().saturating_add(10) / 20;
        u32::try_from(frames).unwrap_or(1).clamp(1, 500).saturating_mul(frame)
    }

    /// The place of the next frame of our own.
    pub(super) fn next(&mut self, now: Instant) -> Place {
        let was_other = self.follows.take().is_some();
        let first = self.sent_at.is_none();
        // Frames of our own follow the clock of the room, not of the moment in which they are sent: a turn that came late
        // sends those that it owes.
        let paused = self.quiet_for(now).is_some_and(|quiet| quiet > PAUSE);
        let step = if was_other || first || paused { self.passed(now) } else { self.clock / 50 };
        self.sequence = self.sequence.wrapping_add(1);
        self.timestamp = self.timestamp.wrapping_add(step);
        self.sent_at = Some(now);
        Place { sequence: self.sequence, timestamp: self.timestamp, marker: was_other || first }
    }

    /// The place of a packet that is passed on: gaps and times stay as they came.
    pub(super) fn pass(&mut self, packet: &Received, now: Instant) -> Place {
        let jumped = |offset: &Offset| {
            let ahead = packet.timestamp.wrapping_sub(offset.last);
            let back = offset.last.wrapping_sub(packet.timestamp);
            ahead.min(back) > self.clock.saturating_mul(JUMP_S)
        };
        let follows = self.follows.filter(|offset| offset.ssrc == packet.ssrc && !jumped(offset));
        let begins = follows.is_none();
        let mut offset = follows.unwrap_or_else(|| Offset {
            ssrc: packet.ssrc,
            sequence: self.sequence.wrapping_add(1).wrapping_sub(packet.sequence),
            timestamp: self.timestamp.wrapping_add(self.passed(now)).wrapping_sub(packet.timestamp),
            last: packet.timestamp,
        });
        offset.last = packet.timestamp;
        self.follows = Some(offset);
        let sequence = packet.sequence.wrapping_add(offset.sequence);
        let timestamp = packet.timestamp.wrapping_add(offset.timestamp);
        // What came late does not set us back.
        if sequence.wrapping_sub(self.sequence) < u16::MAX / 2 {
            self.sequence = sequence;
        }
        if timestamp.wrapping_sub(self.timestamp) < u32::MAX / 2 {
            self.timestamp = timestamp;
        }
        self.sent_at = Some(now);
        Place { sequence, timestamp, marker: packet.marker || begins }
    }

    /// How long ago the last packet went.
    pub(super) fn quiet_for(&self, now: Instant) -> Option<std::time::Duration> {
        self.sent_at.map(|sent_at| now.saturating_duration_since(sent_at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::Kind;
    use super::*;
    use bytes::Bytes;
    use std::time::Duration;

    fn packet(ssrc: u32, sequence: u16, timestamp: u32) -> Received {
        Received { ssrc, sequence, timestamp, marker: false, kind: Kind::Voice, payload: Bytes::new() }
    }

    #[test]
    fn what_is_passed_on_follows_what_we_played_and_keeps_its_gaps() {
        let start = Instant::now();
        let mut stream = Stream::new(8_000, 65_534, 1_000);
        let first = stream.next(start);
        assert_eq!((first.sequence, first.timestamp, first.marker), (65_535, 1_160, true));
        let second = stream.next(start + Duration::from_millis(20));
        assert_eq!((second.sequence, second.timestamp, second.marker), (0, 1_320, false));
        let passed = stream.pass(&packet(7, 500, 90_000), start + Duration::from_millis(40));
        assert_eq!((passed.sequence, passed.timestamp, passed.marker), (1, 1_480, true));
        let after_loss = stream.pass(&packet(7, 502, 90_320), start + Duration::from_millis(80));
        assert_eq!((after_loss.sequence, after_loss.timestamp, after_loss.marker), (3, 1_800, false));
        let late = stream.pass(&packet(7, 501, 90_160), start + Duration::from_millis(81));
        assert_eq!((late.sequence, late.timestamp), (2, 1_640));
        let own = stream.next(start + Duration::from_millis(101));
        assert_eq!((own.sequence, own.marker), (4, true));
        assert!(own.timestamp >= 1_960);
    }

    #[test]
    fn another_source_goes_on_where_the_first_was() {
        let start = Instant::now();
        let mut stream = Stream::new(8_000, 10, 0);
        let one = stream.pass(&packet(1, 100, 5_000), start);
        let other = stream.pass(&packet(2, 9, 4_000_000_000), start + Duration::from_millis(200));
        assert_eq!(other.sequence, one.sequence.wrapping_add(1));
        assert_eq!(other.timestamp.wrapping_sub(one.timestamp), 1_600);
        assert!(other.marker);
    }
}
