//! Several voices at once: each of a conference hears all the others.

use super::to_sample;

/// The sum of the frames of one instant.
#[derive(Debug, Clone, Default)]
pub struct Mix {
    sum: Vec<i32>,
}

impl Mix {
    /// A mix of nothing, for frames of a number of samples.
    pub fn new(samples: usize) -> Self {
        Self { sum: vec![0; samples] }
    }

    /// Forgets what was added, for the next instant.
    pub fn clear(&mut self) {
        self.sum.fill(0);
    }

    /// Adds a voice. What is longer than the frame is left out; what is shorter ends in silence. 65,536 voices fit.
    pub fn add(&mut self, pcm: &[i16]) {
        for (sum, &sample) in self.sum.iter_mut().zip(pcm) {
            *sum = sum.saturating_add(i32::from(sample));
        }
    }

    /// Writes what one hears who has added `own`: all the others. Where they are too loud together they are clipped.
    pub fn others(&self, own: &[i16], out: &mut [i16]) {
        let own = own.iter().copied().chain(std::iter::repeat(0));
        for ((out, &sum), own) in out.iter_mut().zip(&self.sum).zip(own) {
            *out = saturated(sum - i32::from(own));
        }
    }

    /// Writes what one hears who has added nothing: all.
    pub fn all(&self, out: &mut [i16]) {
        for (out, &sum) in out.iter_mut().zip(&self.sum) {
            *out = saturated(sum);
        }
    }
}

/// Makes sound louder or quieter by a number of decibels, clipping where it would be too loud.
pub fn gain(pcm: &mut [i16], decibels: f32) {
    let factor = 10f32.powf(decibels / 20.0);
    for sample in pcm {
        *sample = to_sample(f32::from(*sample) * factor);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the value is clamped to the range first; try_from is not vectorised"
)]
fn saturated(sum: i32) -> i16 {
    sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_hears_the_others_and_not_itself() {
        let voices = [[100i16, -5], [20, 7], [3, 0]];
        let mut mix = Mix::new(2);
        voices.iter().for_each(|voice| mix.add(voice));
        let heard = voices.map(|own| {
            let mut out = [0; 2];
            mix.others(&own, &mut out);
            out
        });
        assert_eq!(heard, [[23, 7], [103, -5], [120, 2]]);
        mix.clear();
        let mut out = [9; 2];
        mix.all(&mut out);
        assert_eq!(out, [0, 0]);
    }

    #[test]
    fn six_decibels_double() {
        let mut pcm = [1_000, -1_000, 30_000];
        gain(&mut pcm, 6.0206);
        assert_eq!(pcm, [2_000, -2_000, 32_767]);
    }

    proptest! {
        #[test]
        fn the_sum_is_exact_or_saturates(voices in proptest::collection::vec(any::<i16>(), 1..20)) {
            let mut mix = Mix::new(1);
            voices.iter().for_each(|v| mix.add(&[*v]));
            let total: i64 = voices.iter().map(|v| i64::from(*v)).sum();
            for own in voices {
                let mut out = [0];
                mix.others(&[own], &mut out);
                prop_assert_eq!(i64::from(out[0]), (total - i64::from(own)).clamp(-32_768, 32_767));
            }
        }
    }
}
