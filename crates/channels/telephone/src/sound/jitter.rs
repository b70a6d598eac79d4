//! The adaptive jitter buffer of one received stream: packets in as they come, frames of 20 ms out in order.
//!
//! It never holds more than half a second, and every packet is played or counted (see [`Counts`]). The delay follows
//! the jitter measured between 20 and 200 ms: it grows when nothing is there in time, at a talkspurt's start and after
//! late packets; it shrinks where a frame is lost anyway, or by skipping one when there was always one too many. So
//! it also follows a far clock that runs faster or slower than ours. Packets of G.711 and G.722 of any length are cut
//! and joined to 20 ms; those of Opus are joined when of 10 ms and given whole when longer.

mod arrival;
mod counts;
mod delay;
mod playout;
mod queue;

pub use arrival::Arrival;
pub use counts::Counts;
pub use playout::Playout;

use super::sequence::{Sequence, Timestamp};
use super::source::{Belongs, Source};
use super::{Codec, FRAME_MS};
use bytes::Bytes;
use counts::Seen;
use delay::Delay;
use queue::{Gone, Held, Queue};

/// Half a second: how far what is played lies behind what came last, at most.
pub const MOST_BEHIND_MS: u32 = 500;
const MOST_PACKETS: usize = 100;
// Timestamps farther off than this have jumped.
const JUMP_MS: i64 = 3_000;
// After so many frames without anything it is silence, not loss: concealment has faded out by then.
const UNHEARD: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Filling { frames: u32 },
    Playing { unheard: u32 },
}

/// The buffer of one stream.
#[derive(Debug, Clone)]
pub struct Jitter {
    codec: Codec,
    frame: i64,
    source: Source,
    sequence: Sequence,
    timestamp: Timestamp,
    seen: Seen,
    delay: Delay,
    held: Queue,
    state: State,
    // The timestamp that is played next.
    cursor: i64,
    // What was played up to, where a talkspurt starts: what is before it is late.
    floor: i64,
    // Ticks of the last Opus packet that are still to be played.
    ahead: i64,
    // A late packet asks for a frame more of delay.
    stretch: bool,
    started: bool,
    level: Option<u8>,
    // A timestamp far off: the next of its kind is believed.
    jumped: Option<u32>,
    counts: Counts,
}

impl Jitter {
    /// An empty buffer for a codec.
    pub fn new(codec: Codec) -> Self {
        Self {
            codec,
            frame: i64::from(codec.frame_ticks()),
            source: Source::default(),
            sequence: Sequence::default(),
            timestamp: Timestamp::default(),
            seen: Seen::default(),
            delay: Delay::new(codec.clock()),
            held: Queue::default(),
            state: State::Idle,
            cursor: 0,
            floor: i64::MIN,
            ahead: 0,
            stretch: false,
            started: false,
            level: None,
            jumped: None,
            counts: Counts::default(),
        }
    }

    /// Takes a packet.
    pub fn push(&mut self, packet: Arrival) {
        self.counts.received += 1;
        match self.source.judge(packet.ssrc, packet.sequence, packet.at_ms) {
            Belongs::Same => {}
            Belongs::Changed => self.restart(),
            Belongs::Stray => {
                self.counts.discarded += 1;
                return;
            }
        }
        let ticks = if packet.comfort { Some(0) } else { self.codec.ticks(&packet.payload).map(i64::from) };
        let longest = i64::from(MOST_BEHIND_MS) * self.ticks_per_ms();
        let Some(ticks) = ticks.filter(|ticks| *ticks < longest / 2) else {
            self.counts.discarded += 1;
            return;
        };
        let highest = self.seen.highest();
        let sequence = self.sequence.extend(packet.sequence);
        if !self.seen.note(sequence) {
            self.counts.duplicated += 1;
            return;
        }
        let newer = highest.is_none_or(|highest| sequence > highest);
        if !self.follows(&packet, newer) {
            return;
        }
        let start = self.timestamp.extend(packet.timestamp);
        let late = match self.state {
            State::Idle => !newer,
            State::Filling { .. } => start < self.floor,
            // A packet of Opus is played whole or not at all.
            State::Playing { .. } if self.codec == Codec::Opus => start < self.cursor,
            State::Playing { .. } => start + ticks.max(1) <= self.cursor,
        };
        if late {
            self.counts.late += 1;
            if packet.comfort {
                self.level = level(&packet.payload);
            }
            self.stretch = true;
            self.delay.late();
            return;
        }
        if !packet.comfort {
            self.delay.measure(start, packet.at_ms);
        }
        let Arrival { marker, comfort, payload, .. } = packet;
        self.insert(Held { start, end: start + ticks, marker, comfort, touched: false, payload });
        self.bound(longest);
    }

    /// Gives what is to be played next. Called every 20 ms by our clock.
    pub fn pop(&mut self) -> Playout {
        match self.state {
            State::Idle => self.quiet(),
            State::Filling { frames } => {
                let target = self.delay.target();
                let waited = i64::from(frames * FRAME_MS) * self.ticks_per_ms();
                if self.depth() < target && waited < target {
                    self.state = State::Filling { frames: frames + 1 };
                    return self.quiet();
                }
                self.state = State::Playing { unheard: 0 };
                self.play()
            }
            State::Playing { .. } => self.play(),
        }
    }

    /// The packet right after a [`Playout::Missing`] just given, if it has come: Opus may rebuild the loss from it.
    pub fn after_loss(&self) -> Option<&[u8]> {
        self.held.first().filter(|held| held.start == self.cursor && !held.comfort).map(|held| &held.payload[..])
    }

    /// What became of the packets up to now.
    pub fn counts(&self) -> Counts {
        Counts { lost: u64::try_from(self.seen.lost()).unwrap_or(0), ..self.counts }
    }

    /// The packets that are still to be played.
    pub fn waiting(&self) -> usize {
        self.held.len()
    }

    /// How far what is played next lies behind what came last, in ms.
    pub fn depth_ms(&self) -> u64 {
        u64::try_from(self.depth().max(0) / self.ticks_per_ms()).unwrap_or(0)
    }

    /// The jitter between arrivals in ms, smoothed (RFC 3550 section 6.4.1).
    pub fn jitter_ms(&self) -> f32 {
        self.delay.jitter()
    }

    fn play(&mut self) -> Playout {
        self.drop_stale();
        if self.delay.watch(self.depth()) && self.ahead == 0 {
            self.skip_to(self.cursor + self.frame);
        }
        if self.ahead >= self.frame {
            self.ahead -= self.frame;
            return Playout::Continued;
        }
        match self.held.first() {
            Some(first) if first.comfort && first.start <= self.cursor => return self.comfort(),
            // A talkspurt after a pause starts where there is time, not where the old one was.
            Some(first) if first.marker && first.start >= self.cursor + self.frame => return self.refill(first.start),
            Some(first) if first.start > self.cursor && first.start < self.cursor + self.frame => {
                self.cursor = first.start;
            }
            _ => {}
        }
        let taken = match self.codec {
            Codec::Opus => self.take_packet(),
            Codec::Pcma | Codec::Pcmu | Codec::G722 => {
                let end = self.cursor + self.frame;
                self.held.bytes(self.cursor, end).inspect(|_| self.cursor = end)
            }
        };
        match taken {
            Some(payload) => {
                self.drop_stale();
                self.state = State::Playing { unheard: 0 };
                self.started = true;
                Playout::Frame(payload)
            }
            None => self.miss(),
        }
    }

    fn miss(&mut self) -> Playout {
        let newest = self.held.end().unwrap_or(self.cursor);
        if newest < self.cursor + self.frame {
            // Nothing has come: wait with the cursor, so that it is not late when it comes.
            let State::Playing { unheard } = self.state else { return self.quiet() };
            if unheard >= UNHEARD {
                self.discard_all();
                self.state = State::Idle;
                return self.quiet();
            }
            self.state = State::Playing { unheard: unheard + 1 };
            self.counts.concealed += 1;
            return Playout::Missing;
        }
        let target = self.delay.target();
        if let Some(next) = self.held.after(self.cursor).filter(|next| newest - next >= target + self.frame) {
            // There is too much anyway: leave the gap out.
            self.skip_to(next);
            return self.play();
        }
        let stretch = std::mem::take(&mut self.stretch) && self.depth() <= target;
        if !stretch {
            self.cursor += self.frame;
            self.drop_stale();
        }
        self.counts.concealed += 1;
        Playout::Missing
    }

    fn take_packet(&mut self) -> Option<Bytes> {
        let (payload, start, end, count) = self.held.packet(self.cursor, self.frame - self.ahead)?;
        self.ahead += end - start - self.frame;
        self.counts.played += count;
        self.cursor = end;
        Some(payload)
    }

    fn comfort(&mut self) -> Playout {
        if let Some(held) = self.held.pop() {
            self.counts.played += 1;
            self.level = level(&held.payload);
        }
        self.started = true;
        match self.held.first() {
            Some(first) => self.refill(first.start),
            None => {
                self.state = State::Idle;
                self.quiet()
            }
        }
    }

    fn refill(&mut self, start: i64) -> Playout {
        self.floor = self.cursor;
        self.cursor = self.cursor.max(start);
        self.ahead = 0;
        self.state = State::Filling { frames: 0 };
        self.quiet()
    }

    fn quiet(&self) -> Playout {
        if self.started { Playout::Silence { level: self.level } } else { Playout::NothingYet }
    }

    /// Whether a packet goes on with the stream in time. After a jump the second of the new kind is believed.
    fn follows(&mut self, packet: &Arrival, newer: bool) -> bool {
        if self.state == State::Idle {
            if newer {
                self.timestamp = Timestamp::default();
                self.delay.forget_transit();
            }
            return true;
        }
        let distance = self.timestamp.peek(packet.timestamp) - self.cursor;
        if distance.abs() <= JUMP_MS * self.ticks_per_ms() {
            self.jumped = None;
            return true;
        }
        let near =
            |jumped: u32| packet.timestamp.wrapping_sub(jumped).cast_signed().unsigned_abs() < self.codec.clock();
        if self.jumped.is_some_and(near) {
            self.discard_all();
            self.timestamp = Timestamp::default();
            self.delay.forget_transit();
            self.state = State::Idle;
            self.jumped = None;
            return true;
        }
        self.jumped = Some(packet.timestamp);
        self.counts.discarded += 1;
        false
    }

    fn insert(&mut self, held: Held) {
        match self.state {
            State::Idle => {
                (self.cursor, self.floor) = (held.start, i64::MIN);
                self.ahead = 0;
                self.state = State::Filling { frames: 0 };
            }
            State::Filling { .. } => self.cursor = self.cursor.min(held.start),
            State::Playing { .. } => {}
        }
        if !self.held.insert(held) {
            self.counts.duplicated += 1;
        }
    }

    /// Keeps the buffer within its bounds, by leaving out what is oldest.
    fn bound(&mut self, longest: i64) {
        if self.depth() > longest || self.held.len() >= MOST_PACKETS {
            let newest = self.held.end().unwrap_or(self.cursor);
            self.skip_to(newest - self.delay.target());
            if self.held.len() > MOST_PACKETS / 2
                && let Some(start) = self.held.start_of_last(MOST_PACKETS / 2)
            {
                self.skip_to(start);
            }
        }
    }

    fn skip_to(&mut self, start: i64) {
        let left_out = (start - self.cursor).max(0) / self.frame;
        self.counts.skipped += u64::try_from(left_out).unwrap_or(0);
        self.cursor = self.cursor.max(start);
        self.ahead = 0;
        self.drop_stale();
    }

    fn drop_stale(&mut self) {
        let gone = self.held.drop_before(self.cursor, self.frame, self.codec == Codec::Opus);
        self.count(gone);
    }

    fn discard_all(&mut self) {
        let gone = self.held.clear();
        self.count(gone);
        self.ahead = 0;
    }

    fn count(&mut self, gone: Gone) {
        self.counts.played += gone.played;
        self.counts.discarded += gone.discarded;
    }

    fn restart(&mut self) {
        self.discard_all();
        self.sequence = Sequence::default();
        self.timestamp = Timestamp::default();
        self.seen.restart();
        self.delay.forget_transit();
        self.state = State::Idle;
        self.jumped = None;
        self.stretch = false;
    }

    fn depth(&self) -> i64 {
        self.held.end().map_or(0, |end| end - self.cursor) + self.ahead
    }

    fn ticks_per_ms(&self) -> i64 {
        i64::from(self.codec.clock() / 1_000)
    }
}

/// The level of a comfort noise payload in −dBov (RFC 3389 section 3.1).
fn level(payload: &[u8]) -> Option<u8> {
    payload.first().map(|level| level & 0x7f)
}

#[cfg(test)]
mod tests;
