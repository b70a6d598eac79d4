//! WAV files: those that an administration uploads as prompts read, and those that are kept written.
//!
//! What is in a file is found by [`model::sound::look`]. The crate hound reads neither law; as the rest is short, all of it
//! is here.

use super::g711::Law;
use super::{Rate, resample, to_sample};
use model::sound::{Coding, look};

pub use model::sound::NotASound as Error;

/// Reads a file to mono sound at a rate: of stereo the mean of both channels.
pub fn read(file: &[u8], rate: Rate) -> Result<Vec<i16>, Error> {
    let wave = look(file)?;
    let channels = f32::from(wave.channels);
    let frame = |frame: &[u8]| {
        let samples = frame.chunks_exact(wave.coding.width());
        to_sample(samples.map(|sample| value(wave.coding, sample)).sum::<f32>() / channels)
    };
    let pcm: Vec<i16> = wave.data.chunks_exact(wave.width()).map(frame).collect();
    Ok(resample::whole(&pcm, wave.hertz, rate.hertz()))
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

/// The value of a sample on the scale of 16-bit PCM.
fn value(coding: Coding, sample: &[u8]) -> f32 {
    match (coding, sample) {
        (Coding::Byte, &[a]) => (f32::from(a) - 128.0) * 256.0,
        (Coding::Short, &[a, b]) => f32::from(i16::from_le_bytes([a, b])),
        (Coding::Three, &[a, b, c]) => f32::from(i16::from_le_bytes([b, c])) + f32::from(a) / 256.0,
        (Coding::Int, &[_, a, b, c]) => f32::from(i16::from_le_bytes([b, c])) + f32::from(a) / 256.0,
        (Coding::Float, &[a, b, c, d]) => finite(f32::from_le_bytes([a, b, c, d])) * 32_767.0,
        (Coding::Double, &[a, b, c, d, e, f, g, h]) => {
            finite(single(f64::from_le_bytes([a, b, c, d, e, f, g, h]))) * 32_767.0
        }
        (Coding::ALaw, &[byte]) => f32::from(Law::A.value(byte)),
        (Coding::MuLaw, &[byte]) => f32::from(Law::Mu.value(byte)),
        _ => 0.0,
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
