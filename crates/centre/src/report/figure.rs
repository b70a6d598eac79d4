//! Figures: each under its key, with what it is made of.

use model::report::share;
use std::collections::BTreeMap;

/// A number with what it is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figure {
    /// Nothing when its denominator is 0.
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<i64>,
}

impl Figure {
    /// So many.
    #[must_use]
    pub fn count(count: i64) -> Self {
        let count = model::report::real(count);
        Self { value: Some(count), numerator: Some(count), denominator: None }
    }

    /// So many of so many.
    #[must_use]
    pub fn share(part: i64, whole: i64) -> Self {
        let numerator = Some(model::report::real(part));
        Self { value: share(part, whole), numerator, denominator: Some(whole) }
    }

    /// The mean of so many times, which together are so many microseconds.
    #[must_use]
    pub fn mean(micros: i64, count: i64) -> Self {
        let sum = model::report::seconds(micros);
        let value = (count != 0).then(|| sum / model::report::real(count));
        Self { value, numerator: Some(sum), denominator: Some(count) }
    }

    /// One of so many values that were put in order, in microseconds.
    #[must_use]
    pub fn quantile(micros: Option<i64>, count: i64) -> Self {
        Self { value: micros.map(model::report::seconds), numerator: None, denominator: Some(count) }
    }

    /// A bound that was reckoned for a share.
    #[must_use]
    pub fn bound(value: Option<f64>, whole: i64) -> Self {
        Self { value, numerator: None, denominator: Some(whole) }
    }
}

/// All figures of a report by their keys, such as `phone.mean_wait_s`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    scalars: BTreeMap<&'static str, Figure>,
    maps: BTreeMap<&'static str, BTreeMap<String, i64>>,
}

impl Figures {
    /// Sets a figure.
    pub fn put(&mut self, key: &'static str, figure: Figure) {
        self.scalars.insert(key, figure);
    }

    /// Sets a map of figures.
    pub fn put_map(&mut self, key: &'static str, map: BTreeMap<String, i64>) {
        self.maps.insert(key, map);
    }

    /// Adds figures that were counted apart.
    pub(super) fn extend(&mut self, others: Self) {
        self.scalars.extend(others.scalars);
        self.maps.extend(others.maps);
    }

    /// How many were counted under this key.
    pub(super) fn counted(&self, key: &str) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "it was a count before it became a number")]
        let count = self.scalars.get(key).and_then(|figure| figure.value).unwrap_or_default() as i64;
        count
    }

    /// A figure by its key; one of a map by the map's key and its own.
    #[must_use]
    pub fn get(&self, key: &str, of: Option<&str>) -> Option<Figure> {
        match (of, self.maps.get(key)) {
            (Some(of), Some(map)) => Some(Figure::count(map.get(of).copied().unwrap_or_default())),
            (None, Some(map)) => Some(Figure::count(map.values().sum())),
            (None, None) => self.scalars.get(key).copied(),
            (Some(_), None) => None,
        }
    }

    /// The map under this key; an empty one when there is none.
    pub fn map(&self, key: &str) -> impl Iterator<Item = (&str, i64)> {
        self.maps.get(key).into_iter().flatten().map(|(of, count)| (of.as_str(), *count))
    }

    /// Single figures in the order of their keys.
    pub fn scalars(&self) -> impl Iterator<Item = (&'static str, &Figure)> {
        self.scalars.iter().map(|(key, figure)| (*key, figure))
    }

    /// Figures that are told apart by something: a channel, a month.
    pub fn maps(&self) -> impl Iterator<Item = (&'static str, &BTreeMap<String, i64>)> {
        self.maps.iter().map(|(key, map)| (*key, map))
    }
}

/// The message that says how a figure is reckoned.
#[must_use]
pub fn definition(key: &str) -> String {
    format!("report-{}", key.replace(['.', '_'], "-"))
}
