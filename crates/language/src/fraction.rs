//! A share as people say it: almost four out of five.

/// The plain fraction nearest to a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub part: i64,
    pub whole: i64,
    pub near: Near,
}

/// How a share lies to the fraction that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    Under,
    At,
    Over,
}

impl Near {
    /// As messages choose by it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Under => "under",
            Self::At => "at",
            Self::Over => "over",
        }
    }
}

/// Fractions that are said, the simpler ones first: of two that are as near, the simpler is taken.
const SAID: [(i64, i64); 13] =
    [(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 10), (3, 10), (7, 10), (9, 10)];
/// Nearer than this a share is said to be the fraction.
const SAME: f64 = 0.01;
/// Further than this from every fraction it is not said as one.
const FAR: f64 = 0.05;

impl Fraction {
    /// How a share of one is said; a share near nothing or near all is not said as a fraction.
    #[must_use]
    pub fn of(share: f64) -> Option<Self> {
        let distance = |(part, whole): (i64, i64)| {
            #[expect(clippy::cast_precision_loss, reason = "these are small")]
            let fraction = part as f64 / whole as f64;
            share - fraction
        };
        let nearest = SAID.into_iter().min_by(|one, other| distance(*one).abs().total_cmp(&distance(*other).abs()))?;
        let distance = distance(nearest);
        if distance.abs() > FAR {
            return None;
        }
        let near = match distance {
            d if d.abs() <= SAME => Near::At,
            d if d < 0.0 => Near::Under,
            _ => Near::Over,
        };
        Some(Self { part: nearest.0, whole: nearest.1, near })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_said_by_the_fraction_that_is_nearest() {
        let said = |share| Fraction::of(share).map(|f| (f.part, f.whole, f.near.word()));
        assert_eq!(said(0.717), Some((7, 10, "over")));
        assert_eq!(said(0.704), Some((7, 10, "at")));
        assert_eq!(said(0.781), Some((4, 5, "under")));
        assert_eq!(said(0.66), Some((2, 3, "at")));
        assert_eq!(said(0.5), Some((1, 2, "at")));
        assert_eq!(said(0.97), None);
        assert_eq!(said(0.01), None);
    }
}
