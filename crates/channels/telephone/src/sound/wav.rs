//! WAV files: those that an administration uploads as prompts read, and those that are kept written.
//!
//! Read are integers of 8, 16, 24 and 32 bits, floats of 32 and 64, and both laws of G.711, at 8 to 48 kHz, mono or
//! stereo, at most 15 minutes. The crate hound reads neither law; as the rest is short, all of it is here.

use super::g711::Law;
use super::{Rate, resample, to_sample};

/// The longest sound read, in seconds.
pub const LONGEST_S: u32 = 900;

/// Why a file is not a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It does not begin as a WAV file.
    #[error("the file is not a WAV file")]
    NotWave,
    /// The description of its sound is missing or cut.
    #[error("the WAV file does not say what its sound is")]
    NoFormat,
    /// It holds no sound.
    #[error("the WAV file holds no sound")]
    NoSound,
    /// Its sound is compressed in a way that is not read.
    #[error("the WAV file has sound of kind {tag} with {bits} bits; PCM, float, A-law and mu-law are read")]
    Kind {
        /// The format tag.
        tag: u16,
        /// Bits a sample.
        bits: u16,
    },
    /// Its rate is out of bounds.
    #[error("the WAV file has {0} samples a second; 8,000 to 48,000 are read")]
    Rate(u32),
    /// It has no channel or more than two.
    #[error("the WAV file has {0} channels; one or two are read")]
    Channels(u16),
    /// It is too long.
    #[error("the WAV file lasts {seconds} s; at most {LONGEST_S} s are read")]
    TooLong {
        /// Its length in whole seconds.
        seconds: u64,
    },
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Byte,
    Short,
    Three,
    Int,
    Float,
    Double,
    Law(Law),
}

struct Format {
    kind: Kind,
    channels: u16,
    hertz: u32,
}

/// Reads a file to mono sound at a rate: of stereo the mean of both channels.
pub fn read(file: &[u8], rate: Rate) -> Result<Vec<i16>, Error> {
    let (format, data) = parts(file)?;
    let width = format.kind.width() * usize::from(format.channels);
    let seconds = u64::try_from(data.len() / width).unwrap_or(u64::MAX) / u64::from(format.hertz);
    if seconds >= u64::from(LONGEST_S) {
        return Err(Error::TooLong { seconds });
    }
    let channels = f32::from(format.channels);
    let frame = |frame: &[u8]| {
        let sum: f32 = frame.chunks_exact(format.kind.width()).map(|sample| format.kind.value(sample)).sum();
        to_sample(sum / channels)
    };
    let pcm: Vec<i16> = data.chunks_exact(width).map(frame).collect();
    if pcm.is_empty() {
        return Err(Error::NoSound);
    }
    Ok(resample::whole(&pcm, format.hertz, rate.hertz()))
}

/// Writes a file of mono 16-bit sound at 8 kHz. What is beyond 4 GiB is left out.
pub fn write(pcm: &[i16]) -> Vec<u8> {
    let most = usize::try_from((u32::MAX - 64) / 2).unwrap_or(usize::MAX);
    let pcm = pcm.get(..most).unwrap_or(pcm);
    let bytes = u32::try_from(pcm.len() * 2).unwrap_or(0);
    let mut file = Vec::with_capacity(44 + pcm.len() * 2);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + bytes).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend_from_slice(&8_000u32.to_le_bytes());
    file.extend_from_slice(&16_000u32.to_le_bytes());
    file.extend_from_slice(b"\x02\0\x10\0data");
    file.extend_from_slice(&bytes.to_le_bytes());
    file.extend(pcm.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

/// The description and the bytes of the sound.
fn parts(file: &[u8]) -> Result<(Format, &[u8]), Error> {
    let header = file.strip_prefix(b"RIFF").and_then(|rest| rest.split_first_chunk::<4>());
    let mut rest = header.and_then(|(_, rest)| rest.strip_prefix(b"WAVE")).ok_or(Error::NotWave)?;
    let mut format = None;
    while let Some((&[i0, i1, i2, i3, s0, s1, s2, s3], body)) = rest.split_first_chunk::<8>() {
        let size = usize::try_from(u32::from_le_bytes([s0, s1, s2, s3])).unwrap_or(usize::MAX);
        // A program that could not go back wrote no size, or a cut file has less than it says: what is there counts.
        let (chunk, after) = body.split_at_checked(size).unwrap_or((body, &[]));
        match &[i0, i1, i2, i3] {
            b"fmt " => format = Some(described(chunk)?),
            b"data" => {
                let data = if size == 0 { body } else { chunk };
                return Ok((format.ok_or(Error::NoFormat)?, data));
            }
            _ => {}
        }
        rest = after.get(size % 2..).unwrap_or_default();
    }
    Err(if format.is_some() { Error::NoSound } else { Error::NoFormat })
}

fn described(chunk: &[u8]) -> Result<Format, Error> {
    let (&[t0, t1, c0, c1, h0, h1, h2, h3, _, _, _, _, _, _, b0, b1], more) =
        chunk.split_first_chunk::<16>().ok_or(Error::NoFormat)?;
    let [mut tag, channels, bits] = [[t0, t1], [c0, c1], [b0, b1]].map(u16::from_le_bytes);
    let hertz = u32::from_le_bytes([h0, h1, h2, h3]);
    // WAVE_FORMAT_EXTENSIBLE: the tag proper begins the identifier after size, valid bits and places of the channels.
    if tag == 0xfffe
        && let Some(&[.., low, high]) = more.first_chunk::<10>()
    {
        tag = u16::from_le_bytes([low, high]);
    }
    let kind = match (tag, bits) {
        (1, 8) => Kind::Byte,
        (1, 16) => Kind::Short,
        (1, 24) => Kind::Three,
        (1, 32) => Kind::Int,
        (3, 32) => Kind::Float,
        (3, 64) => Kind::Double,
        (6, 8) => Kind::Law(Law::A),
        (7, 8) => Kind::Law(Law::Mu),
        _ => return Err(Error::Kind { tag, bits }),
    };
    if !(8_000..=48_000).contains(&hertz) {
        return Err(Error::Rate(hertz));
    }
    if !(1..=2).contains(&channels) {
        return Err(Error::Channels(channels));
    }
    Ok(Format { kind, channels, hertz })
}

impl Kind {
    /// Bytes a sample.
    const fn width(self) -> usize {
        match self {
            Self::Byte | Self::Law(_) => 1,
            Self::Short => 2,
            Self::Three => 3,
            Self::Int | Self::Float => 4,
            Self::Double => 8,
        }
    }

    /// The value of a sample on the scale of 16-bit PCM.
    fn value(self, sample: &[u8]) -> f32 {
        match (self, sample) {
            (Self::Byte, &[a]) => (f32::from(a) - 128.0) * 256.0,
            (Self::Short, &[a, b]) => f32::from(i16::from_le_bytes([a, b])),
            (Self::Three, &[a, b, c]) => f32::from(i16::from_le_bytes([b, c])) + f32::from(a) / 256.0,
            (Self::Int, &[_, a, b, c]) => f32::from(i16::from_le_bytes([b, c])) + f32::from(a) / 256.0,
            (Self::Float, &[a, b, c, d]) => finite(f32::from_le_bytes([a, b, c, d])) * 32_767.0,
            (Self::Double, &[a, b, c, d, e, f, g, h]) => {
                finite(single(f64::from_le_bytes([a, b, c, d, e, f, g, h]))) * 32_767.0
            }
            (Self::Law(law), &[byte]) => f32::from(law.value(byte)),
            _ => 0.0,
        }
    }
}

fn finite(value: f32) -> f32 {
    if value.is_finite() { value.clamp(-4.0, 4.0) } else { 0.0 }
}

#[expect(clippy::cast_possible_truncation, reason = "only precision is lost")]
fn single(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests;
