//! What is played in place of a lost frame of G.711 or G.722, in the manner of ITU-T G.711 appendix I.
//!
//! Speech goes on for a moment as it was: the last period of its pitch is repeated, joined to itself by overlap; after
//! 10 ms the last two, after 20 ms the last three, lest it buzz. From 10 ms on it fades and at 60 ms there is silence.
//! When sound comes again, it is faded in over what was being invented. Unlike the appendix nothing is delayed: the
//! join with what was already played is smoothed by letting the step there decay over a quarter of a period.

use super::{Rate, to_sample};

const FADE_START_MS: u32 = 10;
const FADE_END_MS: u32 = 60;
const JOIN_MS: u32 = 4;

/// The memory of one stream: its last 60 ms, and what is being invented.
pub struct Conceal {
    rate: Rate,
    history: Vec<f32>,
    invented: Option<Invented>,
}

/// Sound being invented: the last periods before the loss, and how far it has got.
struct Invented {
    // Three periods, the last of which joins to each of the three beginnings.
    periods: Vec<f32>,
    period: usize,
    // Where in the last period, or last few, the next sample lies.
    at: usize,
    played: usize,
    step: f32,
}

impl Conceal {
    /// A memory of silence, for sound at a rate.
    pub fn new(rate: Rate) -> Self {
        Self { rate, history: vec![0.0; rate.samples(60)], invented: None }
    }

    /// Remembers sound that came, and fades it in if it comes after a loss.
    pub fn heard(&mut self, pcm: &mut [i16]) {
        if let Some(mut invented) = self.invented.take() {
            let join = self.rate.samples(JOIN_MS).min(pcm.len());
            let mut weight = 0.0;
            let rise = 1.0 / f32::from(u16::try_from(join + 1).unwrap_or(u16::MAX));
            for sample in pcm.iter_mut().take(join) {
                weight += rise;
                let old = invented.next(self.rate);
                *sample = to_sample(old * (1.0 - weight) + f32::from(*sample) * weight);
            }
        }
        self.remember(pcm);
    }

    /// Writes sound in place of what was lost, as long as `pcm`.
    pub fn lost(&mut self, pcm: &mut [i16]) {
        let mut invented = self.invented.take().unwrap_or_else(|| Invented::after(&self.history, self.rate));
        for sample in pcm.iter_mut() {
            *sample = to_sample(invented.next(self.rate));
        }
        self.invented = Some(invented);
        self.remember(pcm);
    }

    fn remember(&mut self, pcm: &[i16]) {
        let length = self.history.len();
        let kept = pcm.get(pcm.len().saturating_sub(length)..).unwrap_or_default();
        self.history.drain(..kept.len());
        self.history.extend(kept.iter().map(|&sample| f32::from(sample)));
    }
}

impl Invented {
    fn after(history: &[f32], rate: Rate) -> Self {
        let period = pitch(history, rate);
        let quarter = (period / 4).max(1);
        let end = history.len();
        let mut periods = history.get(end.saturating_sub(period * 3)..).unwrap_or_default().to_vec();
        // The end of the last period fades into what came before the period, so that going back to its start is smooth.
        let before = history.get(end.saturating_sub(period + quarter)..end.saturating_sub(period)).unwrap_or_default();
        let rise = 1.0 / f32::from(u16::try_from(quarter + 1).unwrap_or(u16::MAX));
        let mut weight = 0.0;
        let tail = periods.len().saturating_sub(quarter);
        for (sample, earlier) in periods.iter_mut().skip(tail).zip(before) {
            weight += rise;
            *sample = *sample * (1.0 - weight) + earlier * weight;
        }
        // The sound played last, against the one that would stand before the first that is repeated.
        let last = history.last().copied().unwrap_or(0.0);
        let step = last - before.last().copied().unwrap_or(last);
        Self { periods, period, at: 0, played: 0, step }
    }

    fn next(&mut self, rate: Rate) -> f32 {
        let repeated = (self.played / rate.samples(10) + 1).min(3) * self.period;
        let repeated = repeated.min(self.periods.len()).max(1);
        if self.at >= repeated {
            self.at = 0;
        }
        let sample = self.periods.get(self.periods.len().saturating_sub(repeated) + self.at).copied().unwrap_or(0.0);
        self.at += 1;
        let value = (sample + self.step) * gain(self.played, rate);
        // Down to a hundredth after a quarter of a period.
        self.step *= 1.0 - 18.0 / f32::from(u16::try_from(self.period.max(20)).unwrap_or(u16::MAX));
        self.played = self.played.saturating_add(1);
        value
    }
}

fn gain(played: usize, rate: Rate) -> f32 {
    let (start, end) = (rate.samples(FADE_START_MS), rate.samples(FADE_END_MS));
    let left = u16::try_from(end.saturating_sub(played).min(end - start)).unwrap_or(0);
    f32::from(left) / f32::from(u16::try_from(end - start).unwrap_or(u16::MAX))
}

/// The pitch period in samples, 5 to 15 ms (66 to 200 Hz), where the last 20 ms resemble themselves most: first on
/// every second sample and lag, then about the best.
fn pitch(history: &[f32], rate: Rate) -> usize {
    let (shortest, longest) = (rate.samples(5), rate.samples(15));
    let stride = if rate == Rate::Narrow { 2 } else { 4 };
    let best = |lags: &mut dyn Iterator<Item = usize>, stride: usize| {
        lags.map(|lag| (resemblance(history, lag, rate.samples(20), stride), lag))
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map_or(longest, |(_, lag)| lag)
    };
    let coarse = best(&mut (shortest..=longest).step_by(stride), stride);
    let fine = coarse.saturating_sub(stride - 1).max(shortest)..=(coarse + stride - 1).min(longest);
    best(&mut fine.into_iter(), 1)
}

/// The normalised correlation of the end of the history with what lies `lag` before it.
fn resemblance(history: &[f32], lag: usize, length: usize, stride: usize) -> f32 {
    let end = history.len();
    let newer = history.get(end.saturating_sub(length)..).unwrap_or_default();
    let older = history.get(end.saturating_sub(length + lag)..end.saturating_sub(lag)).unwrap_or_default();
    let (mut product, mut energy) = (0.0f32, 1.0f32);
    for (new, old) in newer.iter().step_by(stride).zip(older.iter().step_by(stride)) {
        product += new * old;
        energy += old * old;
    }
    product / energy.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::tone;
    use proptest::prelude::*;

    fn voice(rate: Rate, milliseconds: u32) -> Vec<i16> {
        // A voice of 125 Hz: many harmonics, falling.
        let mut sum = vec![0.0f32; rate.samples(milliseconds)];
        for harmonic in 1..=20u8 {
            let wave = tone::sine(125.0 * f32::from(harmonic), 6_000.0 / f32::from(harmonic), rate, milliseconds);
            sum.iter_mut().zip(wave).for_each(|(sum, wave)| *sum += f32::from(wave));
        }
        sum.into_iter().map(to_sample).collect()
    }

    fn rms(pcm: &[i16]) -> f64 {
        (pcm.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / pcm.len() as f64).sqrt()
    }

    #[test]
    fn the_first_ten_milliseconds_go_on_as_the_voice_would_have() {
        for rate in [Rate::Narrow, Rate::Wide] {
            let all = voice(rate, 200);
            let (mut before, expected) =
                (all[..rate.samples(100)].to_vec(), &all[rate.samples(100)..rate.samples(110)]);
            let (mut conceal, mut out) = (Conceal::new(rate), vec![0; rate.frame()]);
            conceal.heard(&mut before);
            conceal.lost(&mut out);
            let error: Vec<i16> = out.iter().zip(expected).map(|(a, b)| a.wrapping_sub(*b)).collect();
            assert!(rms(&error) < rms(expected) * 0.15, "{rate:?}: {} of {}", rms(&error), rms(expected));
        }
    }

    #[test]
    fn it_fades_to_silence_in_sixty_milliseconds() {
        let (mut conceal, mut heard) = (Conceal::new(Rate::Narrow), voice(Rate::Narrow, 100));
        conceal.heard(&mut heard);
        let mut levels = Vec::new();
        for _ in 0..5 {
            let mut out = [0; 160];
            conceal.lost(&mut out);
            levels.push(rms(&out));
        }
        assert!(levels[0] > 0.7 * rms(&heard) && levels.is_sorted_by(|a, b| a >= b), "{levels:?}");
        assert_eq!(&levels[3..], [0.0, 0.0]);
    }

    #[test]
    fn neither_the_loss_nor_the_return_clicks() {
        let all = voice(Rate::Narrow, 400);
        let steepest = all.windows(2).map(|w| w[0].abs_diff(w[1])).max().unwrap();
        for frames in 1..5 {
            let (mut conceal, mut out) = (Conceal::new(Rate::Narrow), Vec::new());
            for (at, frame) in all.chunks(160).enumerate() {
                let mut frame = frame.to_vec();
                if (7..7 + frames).contains(&at) {
                    conceal.lost(&mut frame);
                } else {
                    conceal.heard(&mut frame);
                }
                out.extend(frame);
            }
            let steep = out.windows(2).map(|w| w[0].abs_diff(w[1])).max().unwrap();
            assert!(steep <= steepest + steepest / 4, "{frames} lost: {steep} against {steepest}");
            assert_eq!(&out[(7 + frames) * 160 + 32..], &all[(7 + frames) * 160 + 32..], "sound is left alone after");
        }
    }

    #[test]
    fn of_silence_comes_silence() {
        let (mut conceal, mut out) = (Conceal::new(Rate::Narrow), [7; 160]);
        conceal.lost(&mut out);
        assert_eq!(out, [0; 160]);
    }

    proptest! {
        #[test]
        fn invented_sound_is_never_much_louder_than_what_was_heard(
            mut pcm in proptest::collection::vec(-8_000i16..8_000, 1..1_200),
            lengths in proptest::collection::vec(1usize..700, 1..6),
        ) {
            let mut conceal = Conceal::new(Rate::Narrow);
            conceal.heard(&mut pcm);
            for length in lengths {
                let mut out = vec![0; length];
                conceal.lost(&mut out);
                prop_assert!(out.iter().all(|s| s.unsigned_abs() <= 24_000));
            }
        }
    }
}
