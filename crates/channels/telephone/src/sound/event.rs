//! Keys sent as telephone-events (RFC 4733): each received once however often it is repeated, and sent so that the
//! loss of any packet does no harm.

use super::FRAME_MS;
use super::digit::Digit;

const END: u8 = 0x80;
const VOLUME: u8 = 10;
// After which a key is given though its end never came. Updates come each 20 to 50 ms.
const LOST_END_MS: u64 = 120;
// How often the end is sent (RFC 4733 section 2.5.1.4).
const ENDS: u8 = 3;

/// The four bytes of an event (RFC 4733 section 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The event code, 0 to 15 for keys.
    pub code: u8,
    /// Whether the event has ended.
    pub end: bool,
    /// The level in −dBm0, 0 to 63.
    pub volume: u8,
    /// How long it has lasted, in ticks of the RTP clock.
    pub duration: u16,
}

impl Event {
    /// Reads a payload, of which anything after the first event is left.
    pub fn parse(payload: &[u8]) -> Option<Self> {
        let &[code, flags, d0, d1] = payload.first_chunk::<4>()?;
        Some(Self { code, end: flags & END != 0, volume: flags & 0x3f, duration: u16::from_be_bytes([d0, d1]) })
    }

    /// The payload.
    pub fn write(self) -> [u8; 4] {
        let [d0, d1] = self.duration.to_be_bytes();
        [self.code, if self.end { END } else { 0 } | self.volume & 0x3f, d0, d1]
    }
}

/// Receives the keys of one stream.
#[derive(Debug, Clone, Default)]
pub struct Receiver {
    // The newest event begun, by its timestamp.
    newest: Option<Pressed>,
}

#[derive(Debug, Clone, Copy)]
struct Pressed {
    digit: Digit,
    timestamp: u32,
    duration: u16,
    updated_ms: u64,
    given: bool,
}

impl Receiver {
    /// Takes a packet: its RTP timestamp, payload and time of arrival in milliseconds. Gives the keys that are thereby
    /// certain, the one before first if its end was lost.
    pub fn push(&mut self, timestamp: u32, payload: &[u8], arrived_ms: u64) -> impl Iterator<Item = Digit> + use<> {
        let mut given = [None, None];
        let read = Event::parse(payload).and_then(|event| Some((event, Digit::of_event(event.code)?)));
        if let Some((event, digit)) = read {
            let [earlier, this] = &mut given;
            match &mut self.newest {
                Some(newest) if newest.covers(timestamp, digit) => {
                    newest.timestamp = timestamp;
                    newest.duration = event.duration;
                    newest.updated_ms = arrived_ms;
                }
                // An old one again, late.
                Some(newest) if timestamp.wrapping_sub(newest.timestamp).cast_signed() < 0 => {
                    return given.into_iter().flatten();
                }
                newest => {
                    *earlier = newest.as_mut().and_then(Pressed::give);
                    let duration = event.duration;
                    *newest = Some(Pressed { digit, timestamp, duration, updated_ms: arrived_ms, given: false });
                }
            }
            if event.end {
                *this = self.newest.as_mut().and_then(Pressed::give);
            }
        }
        given.into_iter().flatten()
    }

    /// Gives a key whose end has not come 120 ms after its last update. Called each frame.
    pub fn tick(&mut self, now_ms: u64) -> Option<Digit> {
        self.newest.as_mut().filter(|newest| now_ms.saturating_sub(newest.updated_ms) >= LOST_END_MS)?.give()
    }
}

impl Pressed {
    /// Whether a packet goes on with this key: by its timestamp, or as the next segment of a key held longer than the
    /// duration can say (RFC 4733 section 2.5.1.3).
    fn covers(&self, timestamp: u32, digit: Digit) -> bool {
        let segment = self.timestamp.wrapping_add(u32::from(self.duration));
        self.timestamp == timestamp || (self.digit == digit && self.duration == u16::MAX && segment == timestamp)
    }

    fn give(&mut self) -> Option<Digit> {
        let first = !std::mem::replace(&mut self.given, true);
        first.then_some(self.digit)
    }
}

/// One packet of a key being sent. All of a key have the timestamp of its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// Whether the packet is the first and bears the marker.
    pub marker: bool,
    /// The payload.
    pub payload: [u8; 4],
}

/// Sends a key: an iterator that gives the packet of each next 20 ms, the last of them three times.
#[derive(Debug, Clone)]
pub struct Sender {
    digit: Digit,
    step: u16,
    sent: u16,
    frames: u16,
    ends: u8,
}

impl Sender {
    /// A key of a number of milliseconds, at least 40 and at most 5,000, on an RTP clock of at most 48,000 ticks a
    /// second.
    pub fn new(digit: Digit, milliseconds: u32, clock: u32) -> Self {
        let frames = u16::try_from(milliseconds.clamp(40, 5_000).div_ceil(FRAME_MS)).unwrap_or(2);
        let step = u16::try_from(clock.min(48_000) / (1_000 / FRAME_MS)).unwrap_or(160);
        Self { digit, step, sent: 0, frames, ends: 0 }
    }
}

impl Iterator for Sender {
    type Item = Update;

    fn next(&mut self) -> Option<Update> {
        let marker = self.sent == 0;
        if self.sent < self.frames {
            self.sent += 1;
        }
        let end = self.sent == self.frames;
        if end {
            self.ends += 1;
        }
        let duration = self.step.saturating_mul(self.sent);
        let event = Event { code: self.digit.event(), end, volume: VOLUME, duration };
        (self.ends <= ENDS).then_some(Update { marker, payload: event.write() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digit(key: char) -> Digit {
        Digit::of_char(key).unwrap()
    }

    #[test]
    fn a_key_is_sent_with_marker_growing_duration_and_three_ends() {
        let sent: Vec<Update> = Sender::new(digit('#'), 80, 8_000).collect();
        let events: Vec<Event> = sent.iter().map(|u| Event::parse(&u.payload).unwrap()).collect();
        assert_eq!(sent.iter().map(|u| u.marker).collect::<Vec<_>>(), [true, false, false, false, false, false]);
        assert_eq!(events.iter().map(|e| e.duration).collect::<Vec<_>>(), [160, 320, 480, 640, 640, 640]);
        assert_eq!(events.iter().map(|e| e.end).collect::<Vec<_>>(), [false, false, false, true, true, true]);
        assert!(events.iter().all(|e| e.code == 11 && e.volume == 10));
    }

    #[test]
    fn a_long_key_on_the_clock_of_opus_does_not_wrap() {
        let durations = Sender::new(digit('1'), 5_000, 48_000).map(|u| Event::parse(&u.payload).unwrap().duration);
        assert!(durations.collect::<Vec<_>>().is_sorted());
    }

    #[test]
    fn a_lost_end_is_made_up_for_by_time_or_by_the_next_key() {
        let mut receiver = Receiver::default();
        let started = Event { code: 5, end: false, volume: 10, duration: 160 };
        assert_eq!(receiver.push(1_000, &started.write(), 0).count(), 0);
        assert_eq!(receiver.tick(100), None);
        assert_eq!(receiver.tick(120), Some(digit('5')));
        assert_eq!(receiver.tick(500), None);
        assert_eq!(receiver.push(1_000, &Event { end: true, ..started }.write(), 600).count(), 0, "once is enough");

        receiver.push(9_000, &started.write(), 1_000).for_each(drop);
        let next = Event { code: 6, end: true, ..started };
        assert_eq!(receiver.push(10_000, &next.write(), 1_020).collect::<Vec<_>>(), [digit('5'), digit('6')]);
    }

    #[test]
    fn a_key_held_for_ten_seconds_in_segments_is_one_key() {
        let mut receiver = Receiver::default();
        let held = Event { code: 1, end: false, volume: 10, duration: u16::MAX };
        assert_eq!(receiver.push(500, &held.write(), 0).count(), 0);
        let last = Event { end: true, duration: 800, ..held };
        let segment = 500 + u32::from(u16::MAX);
        assert_eq!(receiver.push(segment, &last.write(), 50).collect::<Vec<_>>(), [digit('1')]);
        assert_eq!(receiver.push(segment, &last.write(), 70).count(), 0);
    }

    #[test]
    fn other_events_and_short_payloads_are_left() {
        let mut receiver = Receiver::default();
        assert_eq!(receiver.push(1, &[36, 0x8a, 0, 160], 0).count(), 0, "a fax's tone");
        assert_eq!(receiver.push(1, &[1, 0x8a, 0], 0).count(), 0);
    }

    proptest! {
        #[test]
        fn each_key_is_given_once_and_in_order_whatever_is_lost_or_doubled(
            keys in proptest::collection::vec(0u8..16, 1..12),
            start in any::<u32>(),
            fate in proptest::collection::vec(0u8..4, 120),
        ) {
            let (mut receiver, mut heard, mut now, mut timestamp) = (Receiver::default(), Vec::new(), 0, start);
            let mut fate = fate.into_iter().cycle();
            let keys: Vec<Digit> = keys.into_iter().filter_map(Digit::of_event).collect();
            for key in &keys {
                for (at, update) in Sender::new(*key, 100, 8_000).enumerate() {
                    // At least the first arrives; each other is lost, kept or doubled.
                    let copies = if at == 0 { 1 } else { fate.next().unwrap_or(1).min(2) };
                    for _ in 0..copies {
                        heard.extend(receiver.push(timestamp, &update.payload, now));
                    }
                    now += 20;
                    heard.extend(receiver.tick(now));
                }
                timestamp = timestamp.wrapping_add(2_000);
                now += 100;
            }
            heard.extend(receiver.tick(now + 1_000));
            prop_assert_eq!(heard, keys);
        }

        #[test]
        fn any_bytes_are_borne(payload in proptest::collection::vec(any::<u8>(), 0..9), timestamp in any::<u32>()) {
            let mut receiver = Receiver::default();
            prop_assert!(receiver.push(timestamp, &payload, 0).count() <= 1);
        }
    }
}
