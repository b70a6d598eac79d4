//! Sound at one rate turned into sound at another, frame by frame and without clicks between frames.
//!
//! A polyphase FIR of fixed ratio: a sinc of 48 periods of the lower rate under a Kaiser window (beta 6), −6 dB at
//! 0.925 of the lower rate's half; telephone speech (300–3,400 Hz) passes within 0.2 dB and what would fold is 55 dB
//! down. The delay is 24 samples of the lower rate, 3 ms at 8 kHz. The crate audio-codec has a resampler too, but 24
//! taps at the higher rate leave folded sound at 6:1, and each stream would own 24 KB of coefficients; ours are shared.

use super::{Rate, to_sample};
use std::f64::consts::PI;
use std::sync::{Arc, OnceLock};

const PERIODS: u32 = 48;
const BETA: f64 = 6.0;
const CUTOFF: f64 = 0.925;
const LANES: usize = 8;

/// The coefficients of a ratio: `up` phases of `taps` each.
struct Kernel {
    up: usize,
    down: usize,
    taps: usize,
    coefficients: Vec<f32>,
}

/// The state of one stream on its way from one rate to another.
pub struct Resampler {
    kernel: Option<Arc<Kernel>>,
    // The last `taps - 1` samples of the frames before, then the frame.
    window: Vec<f32>,
    // Where the next output lies after the first sample of the coming frame: whole input samples, and parts of `up`.
    at: usize,
    phase: usize,
}

impl Resampler {
    /// A resampler from one rate to another; between equal rates it copies.
    pub fn new(from: Rate, to: Rate) -> Self {
        static KERNELS: [OnceLock<Arc<Kernel>>; 6] = [const { OnceLock::new() }; 6];
        let slot = match (from, to) {
            (Rate::Narrow, Rate::Wide) => KERNELS.first(),
            (Rate::Narrow, Rate::Full) => KERNELS.get(1),
            (Rate::Wide, Rate::Narrow) => KERNELS.get(2),
            (Rate::Wide, Rate::Full) => KERNELS.get(3),
            (Rate::Full, Rate::Narrow) => KERNELS.get(4),
            (Rate::Full, Rate::Wide) => KERNELS.get(5),
            _ => None,
        };
        Self::with(slot.map(|slot| slot.get_or_init(|| Arc::new(Kernel::new(from.hertz(), to.hertz()))).clone()))
    }

    fn with(kernel: Option<Arc<Kernel>>) -> Self {
        let history = kernel.as_ref().map_or(0, |kernel| kernel.taps - 1);
        Self { kernel, window: vec![0.0; history], at: 0, phase: 0 }
    }

    /// Appends what comes of the next samples. Frames of 20 ms give frames of 20 ms, always of the same length.
    pub fn push(&mut self, pcm: &[i16], out: &mut Vec<i16>) {
        let Some(kernel) = &self.kernel else {
            out.extend_from_slice(pcm);
            return;
        };
        self.window.extend(pcm.iter().map(|&sample| f32::from(sample)));
        let (whole, part) = (kernel.down / kernel.up, kernel.down % kernel.up);
        out.reserve(pcm.len() * kernel.up / kernel.down + 1);
        while self.at < pcm.len() {
            let window = self.window.get(self.at..self.at + kernel.taps);
            let coefficients = kernel.coefficients.get(self.phase * kernel.taps..(self.phase + 1) * kernel.taps);
            let value = window.zip(coefficients).map_or(0.0, |(window, coefficients)| dot(window, coefficients));
            out.push(to_sample(value));
            self.at += whole;
            self.phase += part;
            if self.phase >= kernel.up {
                self.phase -= kernel.up;
                self.at += 1;
            }
        }
        self.at -= pcm.len();
        self.window.drain(..pcm.len());
    }
}

/// Turns a whole piece of sound from any rate to another, both in Hz and not 0, without the delay of a stream.
pub fn whole(pcm: &[i16], from: u32, to: u32) -> Vec<i16> {
    if from == to || from == 0 || to == 0 {
        return pcm.to_vec();
    }
    let kernel = Arc::new(Kernel::new(from, to));
    let (before, after) = (kernel.taps / 2 * kernel.up / kernel.down, kernel.taps / 2 + 1);
    let length = pcm.len() * kernel.up / kernel.down;
    let mut resampler = Resampler::with(Some(kernel));
    let mut out = Vec::with_capacity(length + before + LANES);
    resampler.push(pcm, &mut out);
    resampler.push(&vec![0; after], &mut out);
    out.drain(..before.min(out.len()));
    out.truncate(length);
    out
}

impl Kernel {
    fn new(from: u32, to: u32) -> Self {
        let divisor = greatest_common_divisor(from, to);
        let (up, down) = (to / divisor, from / divisor);
        let lower = f64::from(to.min(from)) / f64::from(from);
        // As many input samples as 48 periods of the lower rate last, in whole lanes.
        let taps = (PERIODS * down.max(up)).div_ceil(up).next_multiple_of(8);
        let middle = f64::from(taps) / 2.0;
        let mut coefficients = Vec::new();
        for phase in 0..up {
            let shift = f64::from(phase) / f64::from(up);
            let tap = |tap: u32| {
                let time = f64::from(tap) + 1.0 - middle - shift;
                lower * CUTOFF * sinc(lower * CUTOFF * time) * kaiser(time / middle)
            };
            let sum: f64 = (0..taps).map(tap).sum();
            coefficients.extend((0..taps).map(|t| single(tap(t) / sum)));
        }
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        Self { up: size(up), down: size(down), taps: size(taps), coefficients }
    }
}

fn dot(window: &[f32], coefficients: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let lanes = window.as_chunks::<LANES>().0.iter().zip(coefficients.as_chunks::<LANES>().0);
    for (window, coefficients) in lanes {
        for ((sum, sample), coefficient) in sums.iter_mut().zip(window).zip(coefficients) {
            *sum += sample * coefficient;
        }
    }
    sums.iter().sum()
}

fn sinc(x: f64) -> f64 {
    if x.abs() < 1e-9 { 1.0 } else { (PI * x).sin() / (PI * x) }
}

/// The Kaiser window at −1 to 1.
fn kaiser(x: f64) -> f64 {
    bessel(BETA * (1.0 - x * x).max(0.0).sqrt()) / bessel(BETA)
}

/// The modified Bessel function of the first kind and order zero, by its series.
fn bessel(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    (1..30)
        .fold((1.0, 1.0), |(sum, term), k| {
            let term = term * quarter / f64::from(k * k);
            (sum + term, term)
        })
        .0
}

#[expect(clippy::cast_possible_truncation, reason = "a coefficient loses only precision")]
fn single(value: f64) -> f32 {
    value as f32
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::tone::{self, level};

    const RATES: [Rate; 3] = [Rate::Narrow, Rate::Wide, Rate::Full];

    fn through(pcm: &[i16], from: Rate, to: Rate, chunk: usize) -> Vec<i16> {
        let (mut resampler, mut out) = (Resampler::new(from, to), Vec::new());
        for pcm in pcm.chunks(chunk) {
            resampler.push(pcm, &mut out);
        }
        out
    }

    #[test]
    fn a_frame_gives_a_frame_between_all_rates() {
        for from in RATES {
            for to in RATES {
                let (mut resampler, mut out) = (Resampler::new(from, to), Vec::new());
                for frames in 1..6 {
                    resampler.push(&vec![0; from.frame()], &mut out);
                    assert_eq!(out.len(), frames * to.frame(), "{from:?} to {to:?}");
                }
            }
        }
    }

    #[test]
    fn the_speech_band_passes_and_what_would_fold_does_not() {
        for (from, to) in RATES.into_iter().flat_map(|from| RATES.map(|to| (from, to))) {
            for hertz in [300.0, 1_000.0, 3_300.0] {
                let pcm = tone::sine(hertz, 10_000.0, from, 400);
                let out = through(&pcm, from, to, from.frame());
                let heard = level(&out[to.frame()..], hertz, to);
                assert!((heard / 10_000.0).log10().abs() < 0.01, "{from:?} to {to:?}, {hertz} Hz: {heard}");
            }
        }
        for (hertz, folded) in [(4_600.0, 3_400.0), (7_000.0, 1_000.0), (9_000.0, 1_000.0), (15_500.0, 500.0)] {
            let out = through(&tone::sine(hertz, 10_000.0, Rate::Full, 400), Rate::Full, Rate::Narrow, 960);
            let heard = level(&out[160..], folded, Rate::Narrow);
            assert!(heard < 20.0, "{hertz} Hz folded to {folded} at {heard}");
        }
    }

    #[test]
    fn upwards_no_image_appears() {
        let out = through(&tone::sine(1_000.0, 10_000.0, Rate::Narrow, 400), Rate::Narrow, Rate::Full, 160);
        for image in [7_000.0, 9_000.0, 15_000.0, 17_000.0] {
            assert!(level(&out[960..], image, Rate::Full) < 20.0, "{image}");
        }
    }

    #[test]
    fn how_the_sound_is_cut_does_not_change_it() {
        let pcm = tone::sine(777.0, 9_000.0, Rate::Full, 200);
        let whole = through(&pcm, Rate::Full, Rate::Narrow, pcm.len());
        for chunk in [1, 7, 160, 961] {
            assert_eq!(through(&pcm, Rate::Full, Rate::Narrow, chunk), whole);
        }
    }

    #[test]
    fn a_whole_piece_keeps_its_length_and_its_time() {
        for from in [8_000, 11_025, 22_050, 32_000, 44_100, 48_000] {
            let mut pcm = vec![0i16; usize::try_from(from).unwrap()];
            let middle = pcm.len() / 2;
            pcm[middle - 20..middle + 20].fill(8_000);
            for to in RATES {
                let out = super::whole(&pcm, from, to.hertz());
                assert!(out.len().abs_diff(to.samples(1_000)) <= 1, "{from} to {to:?}: {}", out.len());
                let loudest = out.iter().enumerate().max_by_key(|(_, v)| v.unsigned_abs()).unwrap().0;
                let seconds = loudest as f64 / f64::from(to.hertz());
                assert!((seconds - 0.5).abs() < 0.003, "{from} to {to:?}: {seconds}");
            }
        }
    }
}
