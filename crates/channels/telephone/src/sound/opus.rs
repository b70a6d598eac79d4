//! Opus (RFC 6716) as it is spoken with browsers: packets looked at from outside, and one voice encoded and decoded.
//!
//! The codec itself is the crate opus-rs, on which audio-codec stands too; audio-codec's own wrapper is not used, for
//! it refuses packets of more than 20 ms and knows neither concealment nor the redundancy in the next packet.

use super::{Rate, to_sample};
use bytes::Bytes;
use opus_rs::{Application, OpusDecoder, OpusEncoder};

/// A packet of 20 ms of silence: the fullband mono CELT frame of two bytes that decodes to zeros.
pub const SILENCE: &[u8] = &[0xf8, 0xff, 0xfe];

/// The largest packet (RFC 6716 section 3.2.1: a frame has at most 1,275 bytes; one frame a packet is sent).
pub const LARGEST: usize = 1_276;

// 120 ms at 48 kHz, the longest packet there is.
const LONGEST: usize = 5_760;

/// How much a packet lasts in samples at 48 kHz (RFC 6716 sections 3.1 and 3.2), or nothing if it is malformed.
pub fn duration(packet: &[u8]) -> Option<u32> {
    let (&toc, rest) = packet.split_first()?;
    let frame = match toc >> 3 {
        config @ 0..12 => [480, 960, 1_920, 2_880].get(usize::from(config & 3)).copied()?,
        config @ 12..16 => [480, 960].get(usize::from(config & 1)).copied()?,
        config => [120, 240, 480, 960].get(usize::from(config & 3)).copied()?,
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(rest.first()? & 0x3f),
    };
    Some(frame * frames).filter(|duration| (1..=5_760).contains(duration))
}

/// Joins two packets of one frame each and of the same kind into one that lasts as long as both (RFC 6716 section
/// 3.2.3), or gives nothing if they do not fit.
pub fn join(first: &[u8], second: &[u8]) -> Option<Bytes> {
    let ((&toc, first), (&other, second)) = (first.split_first()?, second.split_first()?);
    if toc != other || toc & 3 != 0 {
        return None;
    }
    let mut joined = Vec::with_capacity(first.len() + second.len() + 3);
    if first.len() == second.len() {
        joined.push(toc | 1);
    } else {
        joined.push(toc | 2);
        match u8::try_from(first.len()) {
            Ok(length @ 0..252) => joined.push(length),
            // 252 to 255 announce a second byte that counts fours (RFC 6716 section 3.2.1).
            _ => {
                let low = 252 + (first.len() & 3);
                joined.push(u8::try_from(low).ok()?);
                joined.push(u8::try_from((first.len() - low) / 4).ok()?);
            }
        }
    }
    joined.extend_from_slice(first);
    joined.extend_from_slice(second);
    Some(joined.into())
}

/// An encoder of one voice.
pub struct Encoder {
    inner: OpusEncoder,
    rate: Rate,
}

impl Encoder {
    /// An encoder of mono sound at a rate, or nothing if the crate refuses it.
    ///
    /// The application is `Audio`, which at 32 kbit/s and 48 kHz is CELT: measured (in stereo) at a fifth of the time of
    /// `Voip`'s hybrid. Redundancy for losses is not asked for: with it opus-rs 0.1.40 divided by zero in a trial
    /// (`Voip`, 48 kHz, 24 kbit/s).
    pub fn new(rate: Rate) -> Option<Self> {
        let mut inner = OpusEncoder::new(rate.hertz().cast_signed(), 1, Application::Audio).ok()?;
        inner.bitrate_bps = 32_000;
        inner.complexity = 5;
        inner.use_cbr = false;
        Some(Self { inner, rate })
    }

    /// Appends the packet of 20 ms of sound; false if the sound is of another length or the crate fails.
    pub fn encode(&mut self, pcm: &[i16], packet: &mut Vec<u8>) -> bool {
        let start = packet.len();
        if pcm.len() != self.rate.frame() {
            return false;
        }
        packet.resize(start + LARGEST, 0);
        let room = packet.get_mut(start..).unwrap_or_default();
        let written = self.inner.encode_i16(pcm, pcm.len(), room).unwrap_or(0);
        packet.truncate(start + written);
        written > 0
    }
}

/// A decoder of one voice; stereo is mixed down.
pub struct Decoder {
    inner: OpusDecoder,
    rate: Rate,
    floats: Vec<f32>,
    // Frames lost in a row.
    lost: u8,
}

impl Decoder {
    /// A decoder to mono sound at a rate, or nothing if the crate refuses it.
    pub fn new(rate: Rate) -> Option<Self> {
        let inner = OpusDecoder::new(rate.hertz().cast_signed(), 1).ok()?;
        Some(Self { inner, rate, floats: Vec::new(), lost: 0 })
    }

    /// Appends the sound of a packet of up to 120 ms; false if it is malformed.
    pub fn decode(&mut self, packet: &[u8], pcm: &mut Vec<i16>) -> bool {
        if duration(packet).is_none() {
            return false;
        }
        let longest = LONGEST / (Rate::Full.frame() / self.rate.frame());
        self.floats.clear();
        self.floats.resize(longest, 0.0);
        let decoded = self.inner.decode(packet, longest, &mut self.floats);
        self.lost = 0;
        self.append(decoded.ok(), pcm)
    }

    /// Appends 20 ms in place of a lost packet: from the redundancy in the packet after it if there is any, or else
    /// concealed. From the third lost in a row on it fades, and from the sixth on it is silent: left alone, the codec
    /// would go on with noise as loud as the sound before.
    pub fn lost(&mut self, next: Option<&[u8]>, pcm: &mut Vec<i16>) -> bool {
        let frame = self.rate.frame();
        self.floats.clear();
        self.floats.resize(frame, 0.0);
        let next = next.filter(|next| duration(next).is_some());
        let decoded = match next {
            Some(next) => self.inner.decode_fec(next, frame, &mut self.floats),
            None => self.inner.decode(&[], frame, &mut self.floats),
        };
        let gain = |lost: u8| f32::from(5 - lost.clamp(2, 5)) / 3.0;
        let (mut now, then) = (gain(self.lost), gain(self.lost.saturating_add(1)));
        self.lost = self.lost.saturating_add(1);
        let step = (then - now) / f32::from(u16::try_from(frame).unwrap_or(u16::MAX));
        for value in &mut self.floats {
            *value *= now;
            now += step;
        }
        self.append(decoded.ok(), pcm)
    }

    fn append(&self, decoded: Option<usize>, pcm: &mut Vec<i16>) -> bool {
        let floats = decoded.and_then(|length| self.floats.get(..length)).unwrap_or_default();
        pcm.extend(floats.iter().map(|value| to_sample(value * 32_768.0)));
        !floats.is_empty()
    }
}
