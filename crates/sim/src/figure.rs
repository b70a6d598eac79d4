//! Figures: medians of several runs, printed as `name value unit`.

use std::time::Duration;

/// The middle of what was measured; of an even number, the lower of the two.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

/// The quantile `q` (0 to 1) of the durations, nearest rank, in milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "ranks of samples, of which there are few"
)]
pub fn quantile_ms(durations: &[Duration], q: f64) -> f64 {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    let rank = (q * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).map_or(f64::NAN, |d| d.as_secs_f64() * 1000.0)
}

/// Prints the median of several runs, with the least and the most beside it.
pub fn print(name: &str, values: &[f64], unit: &str) {
    let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
    let digits = if median(values) < 10.0 { 3 } else { 1 };
    println!(
        "{name} {:.digits$} {unit} (min {low:.digits$}, max {high:.digits$}, {} runs)",
        median(values),
        values.len()
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_the_nearest_rank() {
        let all: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(quantile_ms(&all, 0.99), 99.0);
        assert_eq!(quantile_ms(&all, 0.5), 50.0);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    }
}
