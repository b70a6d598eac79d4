//! The loudness of recorded sound, made alike whoever recorded it.

use super::{Rate, to_sample};

/// The level speech is brought to, in dB under full scale: the root mean square of what is above the gate.
pub const SPEECH_DBFS: f32 = -20.0;
/// What no sample exceeds, in dB under full scale.
pub const PEAK_DBFS: f32 = -3.0;

// What is quieter is a pause, and does not count for the level.
const GATE_DBFS: f32 = -50.0;
// Nothing is made louder than this: it would be noise.
const MOST_GAIN_DB: f32 = 24.0;
// The length over which the limiter finds a peak.
const BLOCK_MS: u32 = 5;

/// Brings sound to the level of speech, and holds its peaks down where they would be too high.
pub fn normalise(pcm: &mut [i16], rate: Rate) {
    let Some(level) = level(pcm, rate) else { return };
    let factor = (amplitude(SPEECH_DBFS) / level).min(10f32.powf(MOST_GAIN_DB / 20.0));
    limit(pcm, factor, rate);
}

/// The root mean square of the frames of 20 ms above the gate, on the scale of 16-bit PCM; nothing if all is a pause.
pub fn level(pcm: &[i16], rate: Rate) -> Option<f32> {
    let gate = amplitude(GATE_DBFS).powi(2);
    let squares = |frame: &[i16]| {
        let sum: f32 = frame.iter().map(|&sample| f32::from(sample) * f32::from(sample)).sum();
        sum / f32::from(u16::try_from(frame.len().max(1)).unwrap_or(u16::MAX))
    };
    let (sum, count) = pcm
        .chunks(rate.frame())
        .map(squares)
        .filter(|square| *square > gate)
        .fold((0.0f64, 0u32), |(sum, count), square| (sum + f64::from(square), count + 1));
    let mean = to_single(sum / f64::from(count.max(1)));
    (count > 0).then(|| mean.sqrt())
}

/// Multiplies, with less where the peak would be exceeded: each block has its own greatest factor, and between the
/// middles of blocks the factor goes in a line below both.
fn limit(pcm: &mut [i16], factor: f32, rate: Rate) {
    let block = rate.samples(BLOCK_MS);
    let most = |block: &[i16]| {
        let peak = block.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
        factor.min(amplitude(PEAK_DBFS) / f32::from(peak.max(1)))
    };
    let own: Vec<f32> = pcm.chunks(block).map(most).collect();
    // At each seam between blocks the lesser of the two, and at both ends the block's own.
    let before = own.first().into_iter().chain(&own).zip(&own).map(|(a, b)| a.min(*b));
    let after = own.iter().zip(own.iter().skip(1).chain(own.last())).map(|(a, b)| a.min(*b));
    let length = f32::from(u16::try_from(block).unwrap_or(u16::MAX));
    for (block, (from, to)) in pcm.chunks_mut(block).zip(before.zip(after)) {
        for (sample, at) in block.iter_mut().zip(0u16..) {
            let part = f32::from(at) / length;
            *sample = to_sample(f32::from(*sample) * (from + (to - from) * part));
        }
    }
}

fn amplitude(dbfs: f32) -> f32 {
    32_767.0 * 10f32.powf(dbfs / 20.0)
}

#[expect(clippy::cast_possible_truncation, reason = "only precision is lost")]
fn to_single(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::tone;
    use proptest::prelude::*;

    #[test]
    fn quiet_and_loud_speech_with_pauses_come_to_the_same_level() {
        for amplitude_given in [800.0, 5_000.0, 25_000.0] {
            let mut pcm = tone::sine(300.0, amplitude_given, Rate::Narrow, 500);
            pcm.extend([0; 16_000]);
            pcm.extend(tone::sine(300.0, amplitude_given, Rate::Narrow, 500));
            normalise(&mut pcm, Rate::Narrow);
            let decibels = 20.0 * (level(&pcm, Rate::Narrow).unwrap() / 32_767.0).log10();
            assert!((decibels - SPEECH_DBFS).abs() < 0.2, "{amplitude_given}: {decibels}");
        }
    }

    #[test]
    fn a_click_does_not_keep_the_speech_quiet() {
        let mut pcm = tone::sine(300.0, 1_000.0, Rate::Narrow, 1_000);
        pcm[4_000] = 32_000;
        normalise(&mut pcm, Rate::Narrow);
        assert!(pcm.iter().all(|s| f32::from(s.unsigned_abs()) <= amplitude(PEAK_DBFS) + 1.0));
        assert!(tone::level(&pcm[6_000..], 300.0, Rate::Narrow) > 3_500.0);
    }

    #[test]
    fn silence_stays_silent() {
        let mut pcm = vec![3; 800];
        normalise(&mut pcm, Rate::Narrow);
        assert_eq!(pcm, [3; 800]);
    }

    proptest! {
        #[test]
        fn the_peak_is_kept_whatever_comes(mut pcm in proptest::collection::vec(any::<i16>(), 0..2_000)) {
            normalise(&mut pcm, Rate::Narrow);
            prop_assert!(pcm.iter().all(|s| f32::from(s.unsigned_abs()) <= amplitude(PEAK_DBFS) + 1.0));
        }
    }
}
