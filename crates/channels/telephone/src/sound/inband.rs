//! Keys heard in the sound itself, from telephones that send no telephone-events, and the same keys made.
//!
//! Goertzel's algorithm on blocks of 102 samples at 8 kHz (12.75 ms). A block is a key when the strongest frequency of
//! each group stands out, the two hold most of the energy, their levels are near enough (the upper at most 5 dB over
//! and 9 dB under the lower; ITU-T Q.24 asks for 4 and 8 and more), and neither has a second harmonic, as voices do.
//! Two such blocks make the key, as any 40 ms of it hold (Q.24) and no 17 ms; two others end it.

use super::digit::{COLUMNS, Digit, ROWS};
use super::{Rate, amplitude_of_dbm0, tone};
use std::f32::consts::TAU;

const BLOCK: usize = 102;
const HERTZ: f32 = 8_000.0;
// What a key must have at least, with a margin for those beside their frequency: those of -25 dBm0 are to be heard.
const FAINTEST_DBM0: f32 = -29.0;
// Ratios of power.
const UPPER_OVER_LOWER: f32 = 3.16;
const LOWER_OVER_UPPER: f32 = 7.94;
const STRONGEST_OVER_NEXT: f32 = 4.0;
const OF_ALL: f32 = 0.75;
const HARMONIC: f32 = 0.1;
// What of an upper tone leaks into the bin of a lower tone's harmonic, 43 Hz away at the nearest.
const LEAK: f32 = 0.45;
const HITS: u8 = 2;
const MISSES: u8 = 2;

/// Listens to one stream at 8 kHz.
#[derive(Debug, Clone)]
pub struct Detector {
    block: Vec<f32>,
    faintest: f32,
    candidate: Option<Digit>,
    hits: u8,
    current: Option<Digit>,
    misses: u8,
}

impl Default for Detector {
    fn default() -> Self {
        let faintest = amplitude_of_dbm0(FAINTEST_DBM0).powi(2);
        Self { block: Vec::with_capacity(BLOCK), faintest, candidate: None, hits: 0, current: None, misses: 0 }
    }
}

impl Detector {
    /// Takes sound of any length at 8 kHz and appends the keys heard, each once, some 26 to 38 ms after its start.
    pub fn push(&mut self, pcm: &[i16], digits: &mut Vec<Digit>) {
        for &sample in pcm {
            self.block.push(f32::from(sample));
            if self.block.len() == BLOCK {
                let heard = digit(&self.block, self.faintest);
                self.block.clear();
                digits.extend(self.judge(heard));
            }
        }
    }

    fn judge(&mut self, heard: Option<Digit>) -> Option<Digit> {
        self.hits = if heard == self.candidate { self.hits.saturating_add(1) } else { 1 };
        self.candidate = heard;
        self.misses = if heard.is_some() && heard == self.current { 0 } else { self.misses.saturating_add(1) };
        if heard.is_some() && self.hits >= HITS && heard != self.current {
            self.current = heard;
            self.misses = 0;
            return heard;
        }
        if self.misses >= MISSES {
            self.current = None;
        }
        None
    }
}

/// The key of a block of sound, if it is one.
fn digit(block: &[f32], faintest: f32) -> Option<Digit> {
    let length = f32::from(u16::try_from(block.len()).unwrap_or(u16::MAX));
    let energy = block.iter().map(|sample| sample * sample).sum::<f32>() / length;
    // Two tones of the faintest level have this mean square; half of it spares the work in silence.
    if energy < faintest / 2.0 {
        return None;
    }
    let [r0, r1, r2, r3] = ROWS;
    let [c0, c1, c2, c3] = COLUMNS;
    let [r0, r1, r2, r3, c0, c1, c2, c3] = powers(block, [r0, r1, r2, r3, c0, c1, c2, c3]);
    let (row, lower, lower_next) = strongest([r0, r1, r2, r3]);
    let (column, upper, upper_next) = strongest([c0, c1, c2, c3]);
    let loud = lower >= faintest && upper >= faintest;
    let level = upper <= lower * UPPER_OVER_LOWER && lower <= upper * LOWER_OVER_UPPER;
    let clear = lower >= lower_next * STRONGEST_OVER_NEXT && upper >= upper_next * STRONGEST_OVER_NEXT;
    let pure = (lower + upper) / 2.0 >= energy * OF_ALL;
    if !(loud && level && clear && pure) {
        return None;
    }
    let digit = Digit::of_grid(row, column)?;
    let (low, high) = digit.frequencies();
    let [lower_harmonic, upper_harmonic, ..] = powers(block, [low * 2.0, high * 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let tone = lower_harmonic <= lower * HARMONIC + upper * LEAK && upper_harmonic <= upper * HARMONIC;
    tone.then_some(digit)
}

/// The strongest of a group with its place, and the power of the next.
fn strongest(powers: [f32; 4]) -> (usize, f32, f32) {
    powers.into_iter().enumerate().fold((0, 0.0, 0.0), |(at, first, second), (place, power)| {
        if power > first { (place, power, first) } else { (at, first, second.max(power)) }
    })
}

/// The squares of the amplitudes of eight frequencies, side by side so that the processor does them at once.
fn powers(block: &[f32], hertz: [f32; 8]) -> [f32; 8] {
    let coefficients = hertz.map(|hertz| 2.0 * (TAU * hertz / HERTZ).cos());
    let (mut last, mut before) = ([0.0f32; 8], [0.0f32; 8]);
    for &sample in block {
        for ((last, before), coefficient) in last.iter_mut().zip(&mut before).zip(coefficients) {
            (*last, *before) = (sample + coefficient * *last - *before, *last);
        }
    }
    let length = f32::from(u16::try_from(block.len()).unwrap_or(u16::MAX));
    let mut powers = [0.0; 8];
    for (((power, last), before), coefficient) in powers.iter_mut().zip(last).zip(before).zip(coefficients) {
        *power = (last * last + before * before - coefficient * last * before) * 4.0 / (length * length);
    }
    powers
}

/// The sound of a key: both tones at a level in dBm0 each.
pub fn key(digit: Digit, dbm0: f32, rate: Rate, milliseconds: u32) -> Vec<i16> {
    let (low, high) = digit.frequencies();
    let amplitude = amplitude_of_dbm0(dbm0);
    tone::pair(low, amplitude, high, amplitude, rate, milliseconds)
}

#[cfg(test)]
mod tests;
