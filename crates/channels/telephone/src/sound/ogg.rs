//! A call as it was received turned into Opus in Ogg (RFC 7845), to be heard in any browser: the caller on the left,
//! the operator on the right, each sound where it was in the call and silence where nothing came.
//!
//! It streams: what is held is half a second of records and a second of packets. Stereo is one coupled stream of
//! mapping family 0, which every browser plays. The encoder is that of the crate opus-rs at its own interface
//! (audio-codec's wrapper gives empty packets in stereo), in CELT: there the two sides stay more than 80 dB apart, where SILK's
//! prediction between them lets through as much as −21 dB.

use super::codec::Decoder;
use super::record::{Channel, Record};
use super::{Codec, FRAME_MS, Rate};
use ::ogg::writing::{PacketWriteEndInfo, PacketWriter};
use opus_rs::{Application, OpusEncoder};
use std::collections::VecDeque;
use std::io::{self, Write};

const FRAME: usize = Rate::Full.frame();
const SAMPLES_A_MS: u64 = 48;
// What the encoder puts before the sound, in samples at 48 kHz: 4 ms of its own delay and 2.5 ms of overlap.
const PRE_SKIP: u16 = 312;
const BITRATE: i32 = 32_000;
// How much later than others a record may stand in the file.
const WINDOW_MS: u64 = 500;
const MOST_PENDING: usize = 1_000;
// A record farther from where the sound before it ends stands alone.
const NEAR: u64 = 10 * SAMPLES_A_MS;
// Half a day: what claims to be later is damaged.
const LONGEST_MS: u64 = 12 * 3_600_000;
// A page is a second, so that one can be found by time and little is lost.
const PACKETS_A_PAGE: u64 = 50;

/// Why a recording could not be turned into Ogg.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The recording could not be read.
    #[error("cannot read the recording")]
    Read(#[source] io::Error),
    /// The result could not be written.
    #[error("cannot write the Ogg file")]
    Write(#[source] io::Error),
    /// The encoder failed.
    #[error("cannot encode the recording as Opus: {0}")]
    Encode(&'static str),
}

/// What became of a recording.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Its length in frames of 20 ms.
    pub frames: u64,
    /// Records that are heard in it.
    pub heard: u64,
    /// Records left out because others lie where they would, as a packet that came twice.
    pub overlapping: u64,
    /// Records left out because their payload is malformed, or their place impossible.
    pub broken: u64,
}

/// Turns records into an Ogg file. The serial number tells apart streams that are joined in one file.
pub fn export(
    records: impl Iterator<Item = io::Result<Record>>,
    out: impl Write,
    serial: u32,
) -> Result<Summary, Error> {
    let mut export = Export::begin(out, serial)?;
    let (mut caller, mut operator, mut summary) = (Track::default(), Track::default(), Summary::default());
    let mut newest = 0;
    for record in records {
        let record = record.map_err(Error::Read)?;
        let at = u64::from(record.at_ms);
        if at > LONGEST_MS {
            summary.broken += 1;
            continue;
        }
        newest = newest.max(at);
        match record.channel {
            Channel::Caller => caller.insert(record),
            Channel::Operator => operator.insert(record),
        }
        while export.end_ms() + WINDOW_MS <= newest || caller.pending.len().max(operator.pending.len()) > MOST_PENDING {
            export.frame(&mut caller, &mut operator, &mut summary)?;
        }
    }
    while caller.more() || operator.more() {
        export.frame(&mut caller, &mut operator, &mut summary)?;
    }
    summary.frames = export.frames;
    export.finish()?;
    Ok(summary)
}

/// One side of the call.
#[derive(Default)]
struct Track {
    // In order of their places.
    pending: VecDeque<Record>,
    decoder: Option<(Codec, Decoder)>,
    decoded: Vec<i16>,
    // Sound that is decoded and not yet taken, and where it ends, in samples at 48 kHz since the start of the call.
    sound: VecDeque<i16>,
    end: u64,
}

impl Track {
    fn insert(&mut self, record: Record) {
        let later = self.pending.iter().rev().take_while(|other| other.at_ms > record.at_ms).count();
        self.pending.insert(self.pending.len() - later, record);
    }

    fn more(&self) -> bool {
        !self.pending.is_empty() || !self.sound.is_empty()
    }

    /// Takes the frame that starts at a sample, one after the other.
    fn take(&mut self, start: u64, summary: &mut Summary) -> impl Iterator<Item = i16> {
        let stop = start + u64::try_from(FRAME).unwrap_or(0);
        self.end = self.end.max(start);
        while self.end < stop {
            let due = |record: &mut Record| u64::from(record.at_ms) * SAMPLES_A_MS < stop;
            let Some(record) = self.pending.pop_front_if(due) else { break };
            let place = u64::from(record.at_ms) * SAMPLES_A_MS;
            if place + NEAR < self.end {
                summary.overlapping += 1;
                continue;
            }
            if !self.decode(&record) {
                summary.broken += 1;
                continue;
            }
            summary.heard += 1;
            if place > self.end + NEAR {
                let silence = usize::try_from(place - self.end).unwrap_or(0);
                self.sound.extend(std::iter::repeat_n(0, silence));
                self.end = place;
            }
            self.sound.extend(&self.decoded);
            self.end += u64::try_from(self.decoded.len()).unwrap_or(0);
        }
        let there = self.sound.len().min(FRAME);
        self.end = self.end.max(stop);
        self.sound.drain(..there).chain(std::iter::repeat_n(0, FRAME - there))
    }

    fn decode(&mut self, record: &Record) -> bool {
        if self.decoder.as_ref().is_none_or(|(codec, _)| *codec != record.codec) {
            self.decoder = Decoder::new(record.codec, Rate::Full).ok().map(|decoder| (record.codec, decoder));
        }
        let decoder = self.decoder.as_mut();
        decoder.is_some_and(|(_, decoder)| decoder.decode(&record.payload, &mut self.decoded).is_ok())
    }
}

/// The file being written.
struct Export<W: Write> {
    writer: PacketWriter<'static, W>,
    encoder: OpusEncoder,
    serial: u32,
    frames: u64,
    pcm: Vec<i16>,
}

impl<W: Write> Export<W> {
    fn begin(out: W, serial: u32) -> Result<Self, Error> {
        let mut encoder = OpusEncoder::new(48_000, 2, Application::Audio).map_err(Error::Encode)?;
        encoder.bitrate_bps = BITRATE;
        encoder.complexity = 5;
        encoder.use_cbr = false;
        let mut writer = PacketWriter::new(out);
        for header in [head(), tags()] {
            writer.write_packet(header, serial, PacketWriteEndInfo::EndPage, 0).map_err(Error::Write)?;
        }
        Ok(Self { writer, encoder, serial, frames: 0, pcm: Vec::with_capacity(FRAME * 2) })
    }

    fn end_ms(&self) -> u64 {
        (self.frames + 1) * u64::from(FRAME_MS)
    }

    fn frame(&mut self, caller: &mut Track, operator: &mut Track, summary: &mut Summary) -> Result<(), Error> {
        let start = self.frames * u64::from(FRAME_MS) * SAMPLES_A_MS;
        self.pcm.clear();
        let sides = caller.take(start, summary).collect::<Vec<_>>().into_iter().zip(operator.take(start, summary));
        self.pcm.extend(sides.flat_map(|(left, right)| [left, right]));
        self.frames += 1;
        let end = if self.frames.is_multiple_of(PACKETS_A_PAGE) {
            PacketWriteEndInfo::EndPage
        } else {
            PacketWriteEndInfo::NormalPacket
        };
        self.write(end, self.frames * 960)
    }

    /// One packet more carries what the encoder still holds; its granule position cuts off the rest (RFC 7845 section
    /// 4.4).
    fn finish(mut self) -> Result<(), Error> {
        self.pcm.clear();
        self.pcm.resize(FRAME * 2, 0);
        let end = self.frames * 960 + u64::from(PRE_SKIP);
        self.write(PacketWriteEndInfo::EndStream, end)?;
        self.writer.inner_mut().flush().map_err(Error::Write)
    }

    fn write(&mut self, end: PacketWriteEndInfo, granule: u64) -> Result<(), Error> {
        let mut packet = vec![0; super::opus::LARGEST];
        let length = self.encoder.encode_i16(&self.pcm, FRAME, &mut packet).map_err(Error::Encode)?;
        if length == 0 {
            return Err(Error::Encode("an empty packet"));
        }
        packet.truncate(length);
        self.writer.write_packet(packet, self.serial, end, granule).map_err(Error::Write)
    }
}

/// The identification header (RFC 7845 section 5.1): version 1, two channels, family 0.
fn head() -> Vec<u8> {
    let mut head = b"OpusHead\x01\x02".to_vec();
    head.extend_from_slice(&PRE_SKIP.to_le_bytes());
    head.extend_from_slice(&48_000u32.to_le_bytes());
    head.extend_from_slice(&[0, 0, 0]);
    head
}

/// The comment header (RFC 7845 section 5.2) with a vendor and no comments: nothing of the call belongs there.
fn tags() -> Vec<u8> {
    let mut tags = b"OpusTags".to_vec();
    tags.extend_from_slice(&11u32.to_le_bytes());
    tags.extend_from_slice(b"Linea Amica");
    tags.extend_from_slice(&0u32.to_le_bytes());
    tags
}

#[cfg(test)]
mod tests;
