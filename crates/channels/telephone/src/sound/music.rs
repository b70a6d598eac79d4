//! The music on hold that is played where the administration gives none: made here, note by note, so that nobody's
//! rights are in it.
//!
//! Eight bars of four beats at 64 beats a minute are 30 s exactly. Broken chords of soft bells (C, A minor, F, G, E
//! minor, A minor, D minor, G) carry a slow melody over a low hum; what rings on at the end rings into the beginning,
//! so that the loop has no seam.

use super::{Rate, to_sample};
use std::f32::consts::TAU;

// Eight half-beats a bar, in sixteenths of 30 s over 64: a half-beat lasts 30/64 s.
const NOTES_A_BAR: usize = 8;
const BARS: usize = 8;
const LENGTH_MS: u32 = 30_000;
// The loudest sample, on the scale of 16-bit PCM: 12 dB under full scale.
const PEAK: f32 = 8_200.0;

// Each bar: the root below, then the notes that are broken, all in semitones from middle C.
const CHORDS: [(i8, [i8; 4]); BARS] = [
    (-12, [0, 4, 7, 11]),
    (-15, [-3, 0, 4, 7]),
    (-19, [-7, -3, 0, 4]),
    (-17, [-5, -1, 2, 4]),
    (-20, [-8, -5, -1, 2]),
    (-15, [-3, 0, 4, 7]),
    (-22, [-10, -3, 0, 5]),
    (-17, [-5, -1, 2, 5]),
];
const PATTERN: [usize; NOTES_A_BAR] = [0, 1, 2, 3, 2, 1, 3, 2];
// The melody: in each bar a note on the first beat and one on the third.
const MELODY: [[Option<i8>; 2]; BARS] = [
    [Some(16), Some(14)],
    [Some(12), None],
    [Some(9), Some(12)],
    [Some(11), None],
    [Some(14), Some(11)],
    [Some(12), Some(16)],
    [Some(17), Some(14)],
    [Some(11), None],
];

/// A note's sound: how loud its partials are, how fast it comes and how slowly it goes.
struct Voice {
    loudness: f32,
    partials: [f32; 3],
    rise_s: f32,
    fall_s: f32,
}

const BELL: Voice = Voice { loudness: 0.30, partials: [1.0, 0.22, 0.08], rise_s: 0.012, fall_s: 0.9 };
const SONG: Voice = Voice { loudness: 0.42, partials: [1.0, 0.30, 0.10], rise_s: 0.060, fall_s: 1.6 };
const HUM: Voice = Voice { loudness: 0.34, partials: [1.0, 0.45, 0.20], rise_s: 0.250, fall_s: 2.4 };

/// Half a minute of music to be looped, at a rate.
pub fn on_hold(rate: Rate) -> Vec<i16> {
    let mut sum = vec![0.0f32; rate.samples(LENGTH_MS)];
    let step = sum.len() / (BARS * NOTES_A_BAR);
    for (bar, ((root, chord), melody)) in CHORDS.iter().zip(MELODY).enumerate() {
        let start = bar * NOTES_A_BAR * step;
        sound(&mut sum, start, *root, &HUM, rate);
        for (place, note) in PATTERN.iter().filter_map(|place| chord.get(*place)).enumerate() {
            sound(&mut sum, start + place * step, *note, &BELL, rate);
        }
        for (half, note) in melody.iter().enumerate() {
            if let Some(note) = note {
                sound(&mut sum, start + half * step * NOTES_A_BAR / 2, *note, &SONG, rate);
            }
        }
    }
    let loudest = sum.iter().fold(0.0f32, |loudest, value| loudest.max(value.abs())).max(1e-6);
    sum.into_iter().map(|value| to_sample(value / loudest * PEAK)).collect()
}

/// Adds a note from a place on, around the end of the loop.
fn sound(sum: &mut [f32], start: usize, semitones: i8, voice: &Voice, rate: Rate) {
    // Middle C is 261.63 Hz.
    let hertz = 261.63 * 2f32.powf(f32::from(semitones) / 12.0);
    let step = f64::from(hertz) / f64::from(rate.hertz());
    let second = 1.0 / f32::from(u16::try_from(rate.hertz()).unwrap_or(u16::MAX));
    let (mut turns, mut time) = (0.0f64, 0.0f32);
    let (before, after) = sum.split_at_mut_checked(start).unwrap_or_default();
    for value in after.iter_mut().chain(before) {
        let decay = (-time / voice.fall_s).exp();
        // After a thousandth nothing more is heard.
        if decay < 0.001 {
            break;
        }
        let phase = narrow(turns) * TAU;
        let wave: f32 =
            voice.partials.iter().zip([1.0, 2.0, 3.0f32]).map(|(part, times)| part * (phase * times).sin()).sum();
        *value += wave * voice.loudness * decay * (time / voice.rise_s).min(1.0);
        turns = (turns + step).fract();
        time += second;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "only precision is lost")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::inband::Detector;
    use crate::sound::{loudness, tone};

    #[test]
    fn it_lasts_half_a_minute_and_is_quiet_without_pauses() {
        for rate in [Rate::Narrow, Rate::Full] {
            let pcm = on_hold(rate);
            assert_eq!(pcm.len(), rate.samples(30_000));
            let level = 20.0 * (loudness::level(&pcm, rate).unwrap() / 32_767.0).log10();
            assert!((-32.0..-20.0).contains(&level), "{level}");
            let quietest =
                pcm.chunks(rate.samples(500)).map(|part| part.iter().map(|s| s.unsigned_abs()).max().unwrap()).min();
            assert!(quietest > Some(1_000), "{quietest:?}");
        }
    }

    #[test]
    fn the_loop_has_no_seam() {
        let pcm = on_hold(Rate::Narrow);
        let steepest = pcm.windows(2).map(|w| w[0].abs_diff(w[1])).max().unwrap();
        assert!(pcm[0].abs_diff(pcm[pcm.len() - 1]) <= steepest);
    }

    #[test]
    fn it_is_in_tune_and_no_key_is_heard_in_it() {
        let pcm = on_hold(Rate::Narrow);
        let first_bar = &pcm[..30_000];
        assert!(tone::level(first_bar, 261.63, Rate::Narrow) > 4.0 * tone::level(first_bar, 277.18, Rate::Narrow));
        let mut digits = Vec::new();
        Detector::default().push(&pcm, &mut digits);
        assert_eq!(digits, []);
    }
}
