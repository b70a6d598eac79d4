//! A room: who hears whom. Between two legs of one codec packets are passed on as they come; everything else is decoded,
//! mixed and encoded, a frame at a time.

use super::leg::Leg;
use super::line::{Kind, Line};
use super::{Command, Heard, LegId, Tape};
use crate::sound::mix::Mix;
use crate::sound::record::{self, Channel};
use crate::sound::timeline::Timeline;
use crate::sound::{Codec, Rate};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// One frame of every codec.
pub(super) const FRAME: Duration = Duration::from_millis(20);
/// What a recording holds back before it is handed over to be written.
const WRITTEN_AT: usize = 16 * 1024;
/// Frames that a late turn makes up for; what is beyond is left out.
const OWED: u32 = 10;

pub(super) struct Room {
    legs: BTreeMap<LegId, Leg>,
    heard: mpsc::UnboundedSender<Heard>,
    next: Instant,
    began: Instant,
    recording: Option<Recording>,
    mix: Option<(Rate, Mix)>,
    pcm: Vec<i16>,
    seed: u64,
}

struct Recording {
    to: Tape,
    buffer: Vec<u8>,
    since: Instant,
    /// Where the packets of each side lie in the call; anew when a side changes its codec.
    caller: (Codec, Timeline),
    operator: (Codec, Timeline),
}

impl Room {
    pub(super) fn new(heard: mpsc::UnboundedSender<Heard>, first: Instant, seed: u64) -> Self {
        let legs = BTreeMap::new();
        Self { legs, heard, next: first, began: first, recording: None, mix: None, pcm: Vec::new(), seed }
    }

    fn tell(&self, heard: Heard) {
        // Whoever followed the room may be gone already.
        let _ = self.heard.send(heard);
    }

    /// Does what is asked; false when the room is to end.
    pub(super) fn take(&mut self, command: Command, now: Instant) -> bool {
        match command {
            Command::Open { .. } => {}
            Command::Close => {
                let legs: Vec<LegId> = self.legs.keys().copied().collect();
                for leg in legs {
                    self.leave(leg);
                }
                self.stop_recording();
                return false;
            }
            Command::Leave { leg } => self.leave(leg),
            Command::Join { leg, line, watched } => {
                self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                self.legs.insert(leg, Leg::new(line, watched, self.seed, now));
                self.arrange();
            }
            Command::Record { to } => {
                self.stop_recording();
                self.recording = to.map(|to| {
                    let mut buffer = Vec::with_capacity(WRITTEN_AT * 2);
                    record::begin(&mut buffer);
                    let side = || (Codec::Pcma, Timeline::new(Codec::Pcma.clock()));
                    Recording { to, buffer, since: now, caller: side(), operator: side() }
                });
            }
            Command::Renegotiate { leg, sdp, answer } => {
                let mut made = None;
                self.with(leg, |leg| {
                    if let Line::Browser(browser) = &mut leg.line {
                        made = browser.answer(&sdp).ok();
                    }
                    leg.changed_codec();
                });
                // Whoever asked may have hung up.
                let _ = answer.send(made);
                self.arrange();
            }
            Command::Hear { leg, whom } => {
                if let Some(leg) = self.legs.get_mut(&leg) {
                    leg.hears = whom;
                }
                self.arrange();
            }
            Command::Play { leg, program } => self.with(leg, |leg| leg.play(program)),
            Command::Hush { leg } => self.with(leg, Leg::hush),
            Command::Dial { leg, digits } => self.with(leg, |leg| leg.dial(digits)),
            Command::Watch { leg, watched } => self.with(leg, |leg| leg.watch(watched, now)),
            Command::Aim { leg, peer } => {
                self.with(leg, |leg| {
                    if let Line::Wire(wire) = &mut leg.line {
                        wire.aim(peer);
                    }
                    leg.changed_codec();
                });
                self.arrange();
            }
            Command::Describe { leg, sdp } => {
                self.with(leg, |leg| {
                    if let Line::Browser(browser) = &mut leg.line {
                        browser.describe(&sdp, now);
                    }
                    leg.changed_codec();
                });
                self.arrange();
            }
        }
        true
    }

    fn with(&mut self, leg: LegId, act: impl FnOnce(&mut Leg)) {
        if let Some(leg) = self.legs.get_mut(&leg) {
            act(leg);
        }
    }

    fn leave(&mut self, id: LegId) {
        if let Some(leg) = self.legs.remove(&id) {
            self.tell(Heard::Left { leg: id, counts: leg.counts });
        }
        for leg in self.legs.values_mut() {
            leg.hears.retain(|heard| *heard != id);
        }
        self.arrange();
    }

    /// Says of each leg whether it is decoded: where somebody hears it mixed or in another codec, or where its keys are
    /// in its sound.
    fn arrange(&mut self) {
        let rate = self.rate();
        let decoded: Vec<LegId> = self
            .legs
            .iter()
            .filter(|(id, leg)| self.source(**id, leg).is_none())
            .flat_map(|(_, leg)| leg.hears.iter().copied())
            .collect();
        let heard: Vec<LegId> = self.legs.values().flat_map(|leg| leg.hears.iter().copied()).collect();
        for (id, leg) in &mut self.legs {
            if decoded.contains(id) {
                leg.set_ear(rate);
            } else {
                // A caller in a menu whose telephone sends no events is listened to.
                leg.listen_for_tones(!leg.line.takes_events() && !heard.contains(id));
                leg.drop_ear();
            }
        }
    }

    /// The rate at which sound is mixed: wide where two legs at least carry it.
    fn rate(&self) -> Rate {
        let wide = self.legs.values().filter(|leg| leg.line.codec().rate() != Rate::Narrow).count();
        if wide >= 2 { Rate::Wide } else { Rate::Narrow }
    }

    /// The one leg whose packets are passed on to this one as they come.
    fn source(&self, _: LegId, leg: &Leg) -> Option<LegId> {
        let [only] = leg.hears.as_slice() else { return None };
        let from = self.legs.get(only)?.line.codec();
        passes(from, leg.line.codec()).then_some(*only)
    }

    /// One turn: what came is read and passed on, and frames that are due are made.
    pub(super) fn turn(&mut self, now: Instant, silence: Duration) {
        let ms = u64::try_from(now.saturating_duration_since(self.began).as_millis()).unwrap_or_default();
        let mut tell = Vec::new();
        for (id, leg) in &mut self.legs {
            if leg.receive(now) {
                tell.push(Heard::Began { leg: *id });
            }
            for digit in leg.digits(ms) {
                tell.push(Heard::Digit { leg: *id, digit });
            }
            leg.listen(ms);
            if leg.line.is_lost() && !leg.told_silent {
                leg.told_silent = true;
                tell.push(Heard::Lost { leg: *id });
            } else if leg.watched && !leg.told_silent && leg.silent_for(now) > silence {
                leg.told_silent = true;
                tell.push(Heard::Silent { leg: *id });
            }
        }
        self.record(now);
        self.pass_on(now);
        let mut owed = 0;
        while self.next <= now && owed < OWED {
            self.frame(now, &mut tell);
            self.next += FRAME;
            owed += 1;
        }
        if self.next <= now {
            self.next = now + FRAME;
        }
        for heard in tell {
            self.tell(heard);
        }
    }

    fn pass_on(&mut self, now: Instant) {
        let passed: Vec<(LegId, LegId)> =
            self.legs.iter().filter_map(|(id, leg)| Some((*id, self.source(*id, leg)?))).collect();
        for (to, from) in passed {
            let Some(source) = self.legs.get_mut(&from) else { continue };
            if source.received.is_empty() {
                continue;
            }
            let (codec, packets) = (source.line.codec(), std::mem::take(&mut source.received));
            if let Some(leg) = self.legs.get_mut(&to) {
                for packet in &packets {
                    leg.pass_on(packet, codec, now);
                }
            }
            // Others may hear the same.
            if let Some(source) = self.legs.get_mut(&from) {
                source.received = packets;
            }
        }
    }

    /// Makes the frames of 20 ms of all legs that are not passed packets.
    fn frame(&mut self, now: Instant, tell: &mut Vec<Heard>) {
        let mut digits = Vec::new();
        for (id, leg) in &mut self.legs {
            leg.decode(&mut digits);
            tell.extend(digits.drain(..).map(|digit| Heard::Digit { leg: *id, digit }));
        }
        let rate = self.rate();
        let ids: Vec<LegId> = self.legs.keys().copied().collect();
        for id in ids {
            let Some(leg) = self.legs.get(&id) else { continue };
            let (is_played_to, hears_none) = (leg.is_played_to(), leg.hears.is_empty());
            let is_passed = self.source(id, leg).is_some();
            if is_played_to || hears_none || (is_passed && leg.is_quiet(now)) {
                if let Some(leg) = self.legs.get_mut(&id)
                    && let Some(program) = leg.own_frame(now)
                {
                    tell.push(Heard::Played { leg: id, program });
                }
            } else if !is_passed {
                self.mix_for(id, rate, now);
            }
        }
    }

    fn mix_for(&mut self, id: LegId, rate: Rate, now: Instant) {
        if self.mix.as_ref().is_none_or(|(at, _)| *at != rate) {
            self.mix = Some((rate, Mix::new(rate.frame())));
        }
        let Some((_, mix)) = &mut self.mix else { return };
        mix.clear();
        let Some(leg) = self.legs.get(&id) else { return };
        for heard in leg.hears.iter().filter_map(|heard| self.legs.get(heard)) {
            mix.add(heard.frame());
        }
        self.pcm.clear();
        self.pcm.resize(rate.frame(), 0);
        mix.all(&mut self.pcm);
        if let Some(leg) = self.legs.get_mut(&id) {
            leg.speak(&self.pcm, rate, now);
        }
    }

    fn record(&mut self, now: Instant) {
        let Some(recording) = &mut self.recording else { return };
        let ms = u32::try_from(now.saturating_duration_since(recording.since).as_millis()).unwrap_or(u32::MAX);
        let sides = [
            (recording.to.caller, Channel::Caller, &mut recording.caller),
            (recording.to.operator, Channel::Operator, &mut recording.operator),
        ];
        for (leg, channel, side) in sides {
            let Some(leg) = self.legs.get(&leg) else { continue };
            let codec = leg.line.codec();
            if side.0 != codec {
                *side = (codec, Timeline::new(codec.clock()));
            }
            for packet in leg.received.iter().filter(|packet| packet.kind == Kind::Voice) {
                let at_ms = side.1.place(packet.timestamp, ms);
                record::append(&mut recording.buffer, channel, codec, at_ms, &packet.payload);
            }
        }
        if recording.buffer.len() >= WRITTEN_AT {
            let full = std::mem::replace(&mut recording.buffer, Vec::with_capacity(WRITTEN_AT * 2));
            recording.to.pen.write(full);
        }
    }

    fn stop_recording(&mut self) {
        if let Some(recording) = self.recording.take() {
            recording.to.pen.write(recording.buffer);
        }
    }
}

/// Whether packets of one codec can be passed on to a leg of another without decoding.
fn passes(from: Codec, to: Codec) -> bool {
    from == to || (from.law().is_some() && to.law().is_some())
}
