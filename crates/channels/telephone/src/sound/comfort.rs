//! Comfort noise: what is played while the far end is silent, so that nobody believes the line to be dead.
//!
//! Its level is told by the far end (RFC 3389) or learnt from the quietest of its last second.

use super::to_sample;

// A second of frames of 20 ms.
const REMEMBERED: usize = 50;
// The level of noise of which nothing is known, and the loudest that is believed, in dB under full scale.
const UNKNOWN: f32 = 75.0;
const LOUDEST: f32 = 40.0;

/// Makes comfort noise and learns its level.
#[derive(Debug, Clone)]
pub struct Comfort {
    state: u32,
    low: f32,
    // The root mean square of each of the last frames, oldest first in the order of `at`.
    frames: [f32; REMEMBERED],
    at: usize,
    told: Option<f32>,
}

impl Comfort {
    /// A maker of noise from a seed of the caller's; equal seeds give equal noise.
    pub fn new(seed: u32) -> Self {
        Self { state: seed | 1, low: 0.0, frames: [f32::INFINITY; REMEMBERED], at: 0, told: None }
    }

    /// Learns from a frame of 20 ms that was heard. A level told by the far end is thereby void.
    pub fn heard(&mut self, pcm: &[i16]) {
        let energy: f32 = pcm.iter().map(|&sample| f32::from(sample) * f32::from(sample)).sum();
        let count = f32::from(u16::try_from(pcm.len().max(1)).unwrap_or(u16::MAX));
        if let Some(frame) = self.frames.get_mut(self.at) {
            *frame = (energy / count).sqrt();
        }
        self.at = (self.at + 1) % REMEMBERED;
        self.told = None;
    }

    /// Takes the level of a comfort noise payload: its first byte, in −dBov (RFC 3389 section 3.1). What it says of
    /// the spectrum is left.
    pub fn told(&mut self, payload: &[u8]) {
        if let Some(level) = payload.first() {
            self.told = Some(amplitude(f32::from(level & 0x7f)));
        }
    }

    /// The root mean square of the noise that would be made now, on the scale of 16-bit PCM.
    pub fn level(&self) -> f32 {
        let quietest = self.frames.iter().copied().fold(f32::INFINITY, f32::min);
        let learnt = if quietest.is_finite() { quietest } else { amplitude(UNKNOWN) };
        self.told.unwrap_or(learnt).min(amplitude(LOUDEST))
    }

    /// Fills a buffer with noise, a little darker than white, as rooms sound.
    pub fn fill(&mut self, pcm: &mut [i16]) {
        // The mean square of the filter's output is a third of that of its input; uniform noise of ±1 has a third too.
        let scale = self.level() * 3.0;
        for sample in pcm {
            // Marsaglia's xorshift32.
            self.state ^= self.state << 13;
            self.state ^= self.state >> 17;
            self.state ^= self.state << 5;
            let [a, b, ..] = self.state.to_le_bytes();
            let white = f32::from(i16::from_le_bytes([a, b])) / 32_768.0;
            self.low += 0.5 * (white - self.low);
            *sample = to_sample(self.low * scale);
        }
    }
}

/// The root mean square of a level below full scale, where 0 dBov is that of a square wave (RFC 3389 section 3.1).
fn amplitude(below: f32) -> f32 {
    32_767.0 * 10f32.powf(-below / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::Rate;

    fn noise(comfort: &mut Comfort) -> (Vec<i16>, f64) {
        let mut pcm = vec![0; Rate::Narrow.samples(1_000)];
        comfort.fill(&mut pcm);
        let square = pcm.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / pcm.len() as f64;
        let decibels = 10.0 * (square / 32_767f64.powi(2)).log10();
        (pcm, decibels)
    }

    #[test]
    fn the_level_told_is_the_level_heard() {
        for told in [45u8, 55, 65] {
            let mut comfort = Comfort::new(7);
            comfort.told(&[told, 1, 2]);
            let (_, level) = noise(&mut comfort);
            assert!((level + f64::from(told)).abs() < 1.0, "{told}: {level}");
        }
    }

    #[test]
    fn speech_over_a_background_leaves_the_level_of_the_background() {
        let mut comfort = Comfort::new(1);
        for frame in 0..100 {
            let level = if frame % 10 == 0 { 30 } else { 6_000 };
            comfort.heard(&[level; 160]);
        }
        assert!((comfort.level() - 30.0).abs() < 1.0, "{}", comfort.level());
    }

    #[test]
    fn it_is_never_loud_and_follows_its_seed() {
        let mut comfort = Comfort::new(1);
        comfort.told(&[0]);
        comfort.heard(&[20_000; 160]);
        let (first, level) = noise(&mut comfort.clone());
        assert!(level < -39.0, "{level}");
        assert_eq!(first, noise(&mut comfort).0);
    }
}
