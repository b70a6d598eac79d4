//! What charts stand on: lines across at round numbers, and how far up a number reaches.

use language::Tr;
use model::report::real;

/// Lines across, from the ground up, and the scale that they belong to.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    pub ticks: Vec<Tick>,
    bottom: f64,
    /// How much of the drawing one is.
    scale: f64,
}

/// A line across, with its number.
#[derive(Debug, Clone)]
pub struct Tick {
    pub y: String,
    pub text_y: String,
    pub word: String,
}

impl Axis {
    /// For counts up to `most`, drawn between `top` and `bottom`.
    pub fn counts(tr: Tr, most: i64, top: f64, bottom: f64) -> Self {
        let step = step(most);
        let lines = (most + step - 1) / step;
        let scale = (bottom - top) / real((step * lines).max(1));
        let mut axis = Self { ticks: Vec::new(), bottom, scale };
        axis.ticks = (0..=lines).map(|n| axis.tick(real(n * step), tr.number(n * step))).collect();
        axis
    }

    /// For shares of one; a line that would lie on `promise` is left out, since the promise has its own.
    pub fn shares(tr: Tr, promise: Option<f64>, top: f64, bottom: f64) -> Self {
        let mut axis = Self { ticks: Vec::new(), bottom, scale: bottom - top };
        let lines = [0.0, 0.25, 0.5, 0.75, 1.0].into_iter();
        let apart = lines.filter(|share| promise.is_none_or(|promise| (promise - share).abs() > 0.04));
        axis.ticks = apart.map(|share| axis.tick(share, tr.percent(share, 0))).collect();
        axis
    }

    /// A line at a value.
    pub fn tick(&self, value: f64, word: String) -> Tick {
        let y = self.y(value);
        Tick { y: at(y), text_y: at(y + 5.0), word }
    }

    /// Where a value lies.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.height(value)
    }

    /// How high a column of this value is.
    pub fn height(&self, value: f64) -> f64 {
        value * self.scale
    }
}

/// A place in a drawing, as SVG has it.
pub(crate) fn at(place: f64) -> String {
    format!("{place:.1}")
}

/// A number of things as a length.
pub(crate) fn length(count: usize) -> f64 {
    real(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The step between lines across: 1, 2 or 5 times a power of ten, so that there are at most five of them.
fn step(most: i64) -> i64 {
    let mut unit = 1;
    loop {
        for times in [1, 2, 5] {
            if unit * times * 5 >= most {
                return unit * times;
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_across_are_at_round_numbers() {
        assert_eq!([step(1), step(5), step(7), step(21_480), step(99)], [1, 1, 2, 5_000, 20]);
        let axis = Axis::counts(Tr::default(), 21_480, 46.0, 276.0);
        let words: Vec<&str> = axis.ticks.iter().map(|tick| tick.word.as_str()).collect();
        assert_eq!(words, ["0", "5000", "10.000", "15.000", "20.000", "25.000"]);
        assert_eq!((axis.y(0.0), axis.y(25_000.0)), (276.0, 46.0));
        assert_eq!(Axis::shares(Tr::default(), Some(0.75), 46.0, 276.0).ticks.len(), 4);
    }
}
