//! A leg within its room: what it hears, what is played to it, what has come on it.

use super::LegId;
use super::line::{Kind, Line, Outgoing, Received};
use super::relay::Stream;
use super::tally::{self, Follow};
use crate::sound::codec::{Decoder, Encoder};
use crate::sound::comfort::Comfort;
use crate::sound::digit::Digit;
use crate::sound::event::{Receiver, Sender};
use crate::sound::inband::Detector;
use crate::sound::jitter::{Arrival, Jitter, Playout};
use crate::sound::player::Player;
use crate::sound::prompt::Prompt;
use crate::sound::{Codec, Rate};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long a key that we send lasts, in milliseconds.
const KEY_MS: u32 = 160;
/// The pause between two keys, in frames.
const KEY_PAUSE: u8 = 4;

/// What is played to a leg: pieces one after another, or one over and over.
#[derive(Clone)]
pub struct Program {
    /// The number by which its end is told.
    pub number: u32,
    pub pieces: Vec<Prompt>,
    pub again_and_again: bool,
}

/// What passed over a leg.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub received: u64,
    /// Packets from elsewhere than the peer, or that could not be read.
    pub refused: u64,
    pub sent: u64,
    /// The longest time between two packets that came, in milliseconds, once sound had begun.
    pub longest_gap_ms: u64,
}

pub(super) struct Leg {
    pub(super) line: Line,
    pub(super) hears: Vec<LegId>,
    pub(super) counts: Counts,
    pub(super) received: Vec<Received>,
    follow: Follow,
    stream: Stream,
    player: Option<(u32, Player)>,
    keys: VecDeque<Digit>,
    sending: Option<(Sender, u32)>,
    key_pause: u8,
    events: Receiver,
    /// For sound that is decoded: mixed, or passed on in another codec.
    ear: Option<Ear>,
    mouth: Option<(Codec, Rate, Encoder)>,
    payload: Vec<u8>,
    heard_at: Option<Instant>,
    pub(super) watched: bool,
    pub(super) told_silent: bool,
}

/// Decodes what comes on a leg.
struct Ear {
    codec: Codec,
    rate: Rate,
    jitter: Jitter,
    decoder: Decoder,
    comfort: Comfort,
    inband: Option<Detector>,
    /// The frame of this turn of 20 ms.
    frame: Vec<i16>,
    /// Of a packet longer than a frame, what is still to be given.
    rest: VecDeque<i16>,
    pcm: Vec<i16>,
}

impl Leg {
    pub(super) fn new(line: Line, watched: bool, seed: u64, now: Instant) -> Self {
        let clock = line.codec().clock();
        let [a, b, c, d, e, f, ..] = seed.to_le_bytes();
        // In the lower half, so that a far end that hears us late knows how often the numbers have begun anew (RFC 4568
        // section 6.4).
        let first = u16::from_le_bytes([a, b]) & 0x7fff;
        let stream = Stream::new(clock, first, u32::from_le_bytes([c, d, e, f]));
        Self {
            line,
            hears: Vec::new(),
            counts: Counts::default(),
            received: Vec::new(),
            follow: Follow::default(),
            stream,
            player: None,
            keys: VecDeque::new(),
            sending: None,
            key_pause: 0,
            events: Receiver::default(),
            ear: None,
            mouth: None,
            payload: Vec::new(),
            heard_at: Some(now),
            watched,
            told_silent: false,
        }
    }

    pub(super) fn changed_codec(&mut self) {
        self.stream.set_clock(self.line.codec().clock());
    }

    /// Reads what has come; true when it is the first sound.
    pub(super) fn receive(&mut self, now: Instant) -> bool {
        self.received.clear();
        self.line.receive(now, &mut self.received);
        if let Line::Wire(wire) = &self.line
            && wire.refused != self.counts.refused
        {
            tally::refused(wire.refused - self.counts.refused);
            self.counts.refused = wire.refused;
        }
        if self.received.is_empty() {
            return false;
        }
        self.follow.received(&self.received);
        let began = self.counts.received == 0;
        if !began && let Some(heard_at) = self.heard_at {
            let gap = u64::try_from(now.saturating_duration_since(heard_at).as_millis()).unwrap_or(u64::MAX);
            self.counts.longest_gap_ms = self.counts.longest_gap_ms.max(gap);
        }
        self.counts.received += u64::try_from(self.received.len()).unwrap_or_default();
        self.heard_at = Some(now);
        self.told_silent = false;
        began
    }

    /// Nothing has come for so long.
    pub(super) fn silent_for(&self, now: Instant) -> Duration {
        self.heard_at.map_or(Duration::ZERO, |heard_at| now.saturating_duration_since(heard_at))
    }

    /// Begins to watch, from now on.
    pub(super) fn watch(&mut self, watched: bool, now: Instant) {
        self.watched = watched;
        self.heard_at = Some(now);
        self.told_silent = false;
    }

    /// The keys among what has come.
    pub(super) fn digits(&mut self, ms: u64) -> Vec<Digit> {
        let mut digits = Vec::new();
        for packet in self.received.iter().filter(|packet| packet.kind == Kind::Event) {
            digits.extend(self.events.push(packet.timestamp, &packet.payload, ms));
        }
        digits
    }

    pub(super) fn play(&mut self, program: Program) {
        let player =
            if program.again_and_again { Player::looped(program.pieces) } else { Player::once(program.pieces) };
        self.player = Some((program.number, player));
    }

    pub(super) fn hush(&mut self) {
        self.player = None;
    }

    pub(super) fn is_played_to(&self) -> bool {
        self.player.is_some()
    }

    pub(super) fn dial(&mut self, digits: Vec<Digit>) {
        self.keys.extend(digits);
    }

    fn is_dialling(&self) -> bool {
        self.sending.is_some() || !self.keys.is_empty()
    }

    /// Passes on a packet as it came, within one codec or between the two laws of G.711.
    pub(super) fn pass_on(&mut self, packet: &Received, from: Codec, now: Instant) {
        if self.is_played_to() || self.is_dialling() {
            return;
        }
        let to = self.line.codec();
        let place = self.stream.pass(packet, now);
        self.counts.sent += 1;
        let (sequence, timestamp, marker) = (place.sequence, place.timestamp, place.marker);
        match (packet.kind, from.law(), to.law()) {
            (Kind::Voice, Some(law), Some(other)) if law != other => {
                self.payload.clear();
                self.payload.extend_from_slice(&packet.payload);
                law.transcode(&mut self.payload);
                let payload = self.payload.as_slice();
                self.line.send(now, Outgoing { sequence, timestamp, marker, kind: packet.kind, payload });
            }
            (kind, ..) => {
                let payload = &packet.payload;
                self.line.send(now, Outgoing { sequence, timestamp, marker, kind, payload });
            }
        }
    }

    /// Sends a frame of a program, a key, or silence: what a leg hears that is passed nothing. True when a program ended.
    pub(super) fn own_frame(&mut self, now: Instant) -> Option<u32> {
        if self.send_key(now) {
            return None;
        }
        let codec = self.line.codec();
        let Some((number, player)) = &mut self.player else {
            self.send_voice(&codec.silence(), now);
            return None;
        };
        let number = *number;
        match player.next_frame(codec) {
            Some(frame) => {
                self.send_voice(&frame, now);
                None
            }
            None => {
                self.player = None;
                self.send_voice(&codec.silence(), now);
                Some(number)
            }
        }
    }

    /// Whether our stream has been quiet for so long that the far end may take it for dead.
    pub(super) fn is_quiet(&self, now: Instant) -> bool {
        self.stream.quiet_for(now).is_none_or(|quiet| quiet > Duration::from_millis(200))
    }

    fn send_voice(&mut self, payload: &[u8], now: Instant) {
        let place = self.stream.next(now);
        let (sequence, timestamp, marker) = (place.sequence, place.timestamp, place.marker);
        self.counts.sent += 1;
        self.line.send(now, Outgoing { sequence, timestamp, marker, kind: Kind::Voice, payload });
    }

    /// Sends the packet of a key that is due; true while keys are sent.
    fn send_key(&mut self, now: Instant) -> bool {
        if self.key_pause > 0 {
            self.key_pause -= 1;
            return false;
        }
        if self.sending.is_none() {
            let Some(digit) = self.keys.pop_front() else { return false };
            let clock = self.line.codec().clock();
            if !self.line.takes_events() {
                // A far end that knows no events hears the tones themselves.
                let tones = crate::sound::inband::key(digit, -9.0, Rate::Narrow, KEY_MS);
                self.player = Some((u32::MAX, Player::once(vec![Prompt::as_is(tones, Rate::Narrow)])));
                self.key_pause = KEY_PAUSE + u8::try_from(KEY_MS / 20).unwrap_or_default();
                return false;
            }
            let place = self.stream.next(now);
            self.sending = Some((Sender::new(digit, KEY_MS, clock), place.timestamp));
            return self.send_event(Some(place.sequence), now);
        }
        self.send_event(None, now)
    }

    fn send_event(&mut self, sequence: Option<u16>, now: Instant) -> bool {
        let Some((sender, timestamp)) = &mut self.sending else { return false };
        let timestamp = *timestamp;
        let Some(update) = sender.next() else {
            self.sending = None;
            self.key_pause = KEY_PAUSE;
            return false;
        };
        let sequence = sequence.unwrap_or_else(|| self.stream.next(now).sequence);
        let payload = &update.payload;
        self.counts.sent += 1;
        self.line.send(now, Outgoing { sequence, timestamp, marker: update.marker, kind: Kind::Event, payload });
        true
    }

    /// Listens for keys in the sound itself, or no more.
    pub(super) fn listen_for_tones(&mut self, on: bool) {
        if on && self.ear.is_none() {
            self.set_ear(Rate::Narrow);
        }
        if let Some(ear) = &mut self.ear {
            ear.inband = on.then(Detector::default);
        }
    }

    /// Decodes what comes from now on, at this rate.
    pub(super) fn set_ear(&mut self, rate: Rate) {
        let codec = self.line.codec();
        if self.ear.as_ref().is_some_and(|ear| ear.codec == codec && ear.rate == rate) {
            return;
        }
        let inband = self.ear.take().and_then(|ear| ear.inband);
        let Ok(decoder) = Decoder::new(codec, rate) else { return };
        let (jitter, comfort) = (Jitter::new(codec), Comfort::new(0x5eed));
        let (frame, rest, pcm) = (vec![0; rate.frame()], VecDeque::new(), Vec::new());
        self.ear = Some(Ear { codec, rate, jitter, decoder, comfort, inband, frame, rest, pcm });
    }

    pub(super) fn drop_ear(&mut self) {
        if self.ear.as_ref().is_some_and(|ear| ear.inband.is_none()) {
            self.ear = None;
        }
    }

    /// Puts what has come into the ear.
    pub(super) fn listen(&mut self, ms: u64) {
        let Some(ear) = &mut self.ear else { return };
        for packet in self.received.iter().filter(|packet| packet.kind != Kind::Event) {
            ear.jitter.push(Arrival {
                ssrc: packet.ssrc,
                sequence: packet.sequence,
                timestamp: packet.timestamp,
                marker: packet.marker,
                comfort: packet.kind == Kind::Comfort,
                payload: packet.payload.clone(),
                at_ms: ms,
            });
        }
    }

    /// Decodes the next 20 ms of what came; keys in its sound are added.
    pub(super) fn decode(&mut self, digits: &mut Vec<Digit>) {
        let Some(ear) = &mut self.ear else { return };
        let frame = ear.rate.frame();
        if ear.rest.len() < frame {
            match ear.jitter.pop() {
                Playout::Frame(payload) => {
                    if ear.decoder.decode(&payload, &mut ear.pcm).is_err() {
                        ear.decoder.lost(None, &mut ear.pcm);
                    }
                    ear.comfort.heard(&ear.pcm);
                }
                Playout::Missing => {
                    let next = ear.jitter.after_loss().map(<[u8]>::to_vec);
                    ear.decoder.lost(next.as_deref(), &mut ear.pcm);
                }
                Playout::Continued => ear.pcm.clear(),
                Playout::NothingYet => {
                    ear.pcm.clear();
                    ear.pcm.resize(frame, 0);
                }
                Playout::Silence { .. } => {
                    ear.pcm.clear();
                    ear.pcm.resize(frame, 0);
                    ear.comfort.fill(&mut ear.pcm);
                }
            }
            ear.rest.extend(ear.pcm.iter().copied());
        }
        ear.frame.clear();
        let ready = frame.min(ear.rest.len());
        ear.frame.extend(ear.rest.drain(..ready));
        ear.frame.resize(frame, 0);
        if let Some(inband) = &mut ear.inband
            && ear.rate == Rate::Narrow
        {
            inband.push(&ear.frame, digits);
        }
    }

    /// The frame that was decoded last.
    pub(super) fn frame(&self) -> &[i16] {
        self.ear.as_ref().map_or(&[], |ear| ear.frame.as_slice())
    }

    /// Sends sound that was mixed for this leg.
    pub(super) fn speak(&mut self, pcm: &[i16], rate: Rate, now: Instant) {
        if self.send_key(now) {
            return;
        }
        let codec = self.line.codec();
        if self.mouth.as_ref().is_none_or(|(own, at, _)| (*own, *at) != (codec, rate)) {
            let Ok(encoder) = Encoder::new(codec, rate) else { return };
            self.mouth = Some((codec, rate, encoder));
        }
        let Some((_, _, encoder)) = &mut self.mouth else { return };
        let mut payload = std::mem::take(&mut self.payload);
        if encoder.encode(pcm, &mut payload).is_ok() {
            self.send_voice(&payload, now);
        }
        self.payload = payload;
    }
}
