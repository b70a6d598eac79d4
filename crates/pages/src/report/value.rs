//! A figure as it is shown: what it is measured in, and how it differs from another.

use chrono::TimeDelta;
use language::Tr;

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Count,
    Share,
    Seconds,
}

impl Unit {
    /// Of the figure under this key.
    pub fn of(key: &str) -> Self {
        let name = key.split_once('.').map_or(key, |(_, name)| name);
        let is_share = ["share", "service_level", "abandonment", "rate"].iter().any(|word| name.contains(word));
        match name {
            _ if name.ends_with("_s") => Self::Seconds,
            _ if is_share => Self::Share,
            _ => Self::Count,
        }
    }
}

/// A dash where there is no number: the denominator is 0.
pub(crate) fn shown(tr: Tr, key: &str, value: Option<f64>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    match Unit::of(key) {
        Unit::Count => tr.number(whole(value)),
        Unit::Share => tr.percent(value, 1),
        Unit::Seconds => tr.duration(TimeDelta::seconds(whole(value))),
    }
}

/// A figure in pieces, large digits and small units: 8, h, 12, min.
pub(super) fn pieces(shown: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    for word in shown.split_whitespace() {
        match word.strip_suffix('%') {
            Some(digits) => pieces.extend([(digits.to_owned(), false), ("%".to_owned(), true)]),
            None => pieces.push((word.to_owned(), !word.starts_with(|c: char| c.is_ascii_digit() || c == '–'))),
        }
    }
    pieces
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
    Same,
}

impl Way {
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "fall",
            Self::Same => "same",
        }
    }
}

/// How far a figure is from what it was, in its own unit: 4% of a count, points of a share, time.
pub(super) fn difference(tr: Tr, key: &str, value: Option<f64>, before: Option<f64>) -> Option<(Way, String)> {
    let (value, before) = (value?, before?);
    let unit = Unit::of(key);
    let change = match unit {
        Unit::Count if before == 0.0 => return None,
        Unit::Count => ((value - before) / before * 100.0).round(),
        Unit::Share => ((value - before) * 1_000.0).round() / 10.0,
        Unit::Seconds => (value - before).round(),
    };
    let way = match change {
        c if c > 0.0 => Way::Up,
        c if c < 0.0 => Way::Down,
        _ => return Some((Way::Same, String::new())),
    };
    let by = match unit {
        Unit::Count => tr.percent(change.abs() / 100.0, 0),
        Unit::Share => tr.with("report-points", &[("points", tr.decimal(change.abs(), 1))]).into_owned(),
        Unit::Seconds => tr.duration(TimeDelta::seconds(whole(change.abs()))),
    };
    Some((way, by))
}

/// A number without its fraction.
pub(crate) fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "counts and seconds of a report are far from the bounds")]
    let whole = value.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Language;

    const IT: Tr = Tr::new(Language::Italian);

    #[test]
    fn a_figure_is_shown_in_its_unit() {
        assert_eq!(shown(IT, "contacts.total", Some(21_480.0)), "21.480");
        assert_eq!(shown(IT, "phone.service_level_30", Some(0.781)), "78,1%");
        assert_eq!(shown(IT, "survey.response_rate", None), "–");
        assert_eq!(shown(IT, "cases.mean_resolution_working_s", Some(31_020.4)), "8 h 37 min");
        let piece = |text: &str, small| (text.to_owned(), small);
        assert_eq!(pieces("8 h 37 min"), [piece("8", false), piece("h", true), piece("37", false), piece("min", true)]);
        assert_eq!(pieces("78,1%"), [piece("78,1", false), piece("%", true)]);
    }

    #[test]
    fn a_difference_is_told_as_it_is_rounded() {
        assert_eq!(difference(IT, "contacts.total", Some(104.0), Some(100.0)), Some((Way::Up, "4%".to_owned())));
        assert_eq!(difference(IT, "contacts.total", Some(100_001.0), Some(100_000.0)).unwrap().0, Way::Same);
        assert_eq!(difference(IT, "contacts.total", Some(4.0), Some(0.0)), None);
        let share = difference(IT, "cases.front_office_share", Some(0.714), Some(0.735));
        assert_eq!(share, Some((Way::Down, "2,1 punti".to_owned())));
        let time = difference(IT, "cases.mean_resolution_s", Some(29_520.0), Some(31_020.0));
        assert_eq!(time, Some((Way::Down, "25 min".to_owned())));
    }
}
