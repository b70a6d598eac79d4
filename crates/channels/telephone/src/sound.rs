//! The sound of a call: packets, codecs, the order of what arrives, what is played and what is kept.
//!
//! Everything here is a pure function of its arguments: there is no clock, no socket and no chance. Sound is mono
//! 16-bit linear PCM unless something else is said, and time advances in frames of 20 ms.

pub mod codec;
pub mod comfort;
pub mod conceal;
pub mod digit;
pub mod event;
pub mod g711;
pub mod inband;
pub mod jitter;
pub mod loudness;
pub mod mix;
pub mod music;
pub mod ogg;
pub mod opus;
pub mod player;
pub mod prompt;
pub mod rate;
pub mod record;
pub mod resample;
pub mod rtp;
pub mod sequence;
pub mod source;
pub mod timeline;
pub mod tone;
pub mod wav;

pub use codec::Codec;
pub use rate::Rate;

/// Milliseconds of sound in a frame.
pub const FRAME_MS: u32 = 20;

/// Rounds a value on the scale of 16-bit PCM (full scale at 32,767) to a sample, saturating at both ends.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and NaN becomes silence")]
pub(crate) fn to_sample(value: f32) -> i16 {
    // `round` would be a call into the mathematical library on the oldest x86-64 that is built for.
    (value + 0.5f32.copysign(value)) as i16
}

/// The amplitude, on the scale of 16-bit PCM, of a sine at a level in dBm0. A sine at full scale is +3.14 dBm0 in A-law
/// and +3.17 in mu-law (ITU-T G.711); between them +3.15 is taken.
pub fn amplitude_of_dbm0(level: f32) -> f32 {
    32_767.0 * 10f32.powf((level - 3.15) / 20.0)
}
