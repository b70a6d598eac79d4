//! Tones: sines alone and in pairs, the ringback of the Italian network, the beep before a message.

use super::{Rate, amplitude_of_dbm0, to_sample};
use std::f32::consts::TAU;

const RINGING_HERTZ: f32 = 425.0;
const BEEP_HERTZ: f32 = 1_000.0;
// Over which a tone comes and goes, so that it does not click.
const SLOPE_MS: u32 = 5;

/// A sine of a frequency in Hz and an amplitude on the scale of 16-bit PCM.
pub fn sine(hertz: f32, amplitude: f32, rate: Rate, milliseconds: u32) -> Vec<i16> {
    pair(hertz, amplitude, hertz, 0.0, rate, milliseconds)
}

/// Two sines at once, each of its frequency and amplitude.
pub fn pair(hertz: f32, amplitude: f32, other: f32, other_amplitude: f32, rate: Rate, milliseconds: u32) -> Vec<i16> {
    let (mut first, mut second) = (Phase::new(hertz, rate), Phase::new(other, rate));
    let next = |_| to_sample(first.next() * amplitude + second.next() * other_amplitude);
    (0..rate.samples(milliseconds)).map(next).collect()
}

/// One period of the ringback tone: 425 Hz at −13 dBm0 for 1 s, silence for 4 s (ITU-T E.180 supplement 2, Italy).
pub fn ringback(rate: Rate) -> Vec<i16> {
    let mut pcm = softened(sine(RINGING_HERTZ, amplitude_of_dbm0(-13.0), rate, 1_000), rate);
    pcm.resize(rate.samples(5_000), 0);
    pcm
}

/// The beep after which a message is spoken: 1,000 Hz at −13 dBm0 for 400 ms.
pub fn beep(rate: Rate) -> Vec<i16> {
    softened(sine(BEEP_HERTZ, amplitude_of_dbm0(-13.0), rate, 400), rate)
}

/// The amplitude of a frequency in a piece of sound, by Goertzel's algorithm: for tests and for checking a line.
pub fn level(pcm: &[i16], hertz: f32, rate: Rate) -> f32 {
    let coefficient = 2.0 * (std::f64::consts::TAU * f64::from(hertz) / f64::from(rate.hertz())).cos();
    let (mut last, mut before) = (0.0f64, 0.0f64);
    for &sample in pcm {
        (last, before) = (f64::from(sample) + coefficient * last - before, last);
    }
    let power = last * last + before * before - coefficient * last * before;
    let length = f64::from(u32::try_from(pcm.len().max(1)).unwrap_or(u32::MAX));
    narrow(2.0 * power.max(0.0).sqrt() / length)
}

fn softened(mut pcm: Vec<i16>, rate: Rate) -> Vec<i16> {
    let slope = rate.samples(SLOPE_MS);
    let steps = f32::from(u16::try_from(slope).unwrap_or(u16::MAX));
    let rising = |at: u16| (f32::from(at) / steps).min(1.0);
    for (sample, at) in pcm.iter_mut().take(slope).zip(0u16..) {
        *sample = to_sample(f32::from(*sample) * rising(at));
    }
    for (sample, at) in pcm.iter_mut().rev().take(slope).zip(0u16..) {
        *sample = to_sample(f32::from(*sample) * rising(at));
    }
    pcm
}

/// The phase of a sine, in turns.
pub(super) struct Phase {
    turns: f64,
    step: f64,
}

impl Phase {
    pub(super) fn new(hertz: f32, rate: Rate) -> Self {
        Self { turns: 0.0, step: f64::from(hertz) / f64::from(rate.hertz()) }
    }

    /// The next value of the sine, −1 to 1.
    pub(super) fn next(&mut self) -> f32 {
        let value = (narrow(self.turns) * TAU).sin();
        self.turns = (self.turns + self.step).fract();
        value
    }
}

#[expect(clippy::cast_possible_truncation, reason = "only precision is lost")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_has_its_frequency_and_amplitude_and_no_other() {
        for rate in [Rate::Narrow, Rate::Wide, Rate::Full] {
            let pcm = sine(440.0, 5_000.0, rate, 500);
            assert!((level(&pcm, 440.0, rate) - 5_000.0).abs() < 5.0);
            assert!(level(&pcm, 880.0, rate) < 5.0);
        }
    }

    #[test]
    fn ringback_rings_one_second_in_five() {
        let pcm = ringback(Rate::Narrow);
        assert_eq!(pcm.len(), 40_000);
        assert!((level(&pcm[..8_000], 425.0, Rate::Narrow) - amplitude_of_dbm0(-13.0)).abs() < 60.0);
        assert!(pcm[8_000..].iter().all(|sample| *sample == 0));
    }

    #[test]
    fn the_beep_neither_starts_nor_ends_with_a_click() {
        let pcm = beep(Rate::Full);
        assert_eq!(pcm.len(), Rate::Full.samples(400));
        assert!(pcm[0].abs() < 50 && pcm[pcm.len() - 1].abs() < 50);
        assert!(level(&pcm, 1_000.0, Rate::Full) > 4_500.0);
    }
}
