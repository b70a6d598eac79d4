//! The charts of a day: a column each half-hour, and what is usual as a line across them. The table of the same page says
//! the same in numbers.

use crate::axis::{Axis, Tick, at, length};
use language::Tr;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 216.0;

#[derive(Debug, Clone, Default)]
pub struct Chart {
    pub id: &'static str,
    /// The finding, as a sentence.
    pub title: String,
    /// What the columns are.
    pub lead: String,
    /// What somebody hears who does not see it.
    pub spoken: String,
    pub ticks: Vec<Tick>,
    pub columns: Vec<Column>,
    /// Points of the line of what is usual, as SVG has them; nothing where nothing is known of it.
    pub usual: Option<String>,
    pub labels: Vec<Label>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    pub title: String,
}

#[derive(Debug, Clone)]
pub struct Label {
    pub x: String,
    pub word: String,
}

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    /// The time at which it begins, and whether it is a whole hour.
    pub time: String,
    pub is_hour: bool,
    /// Nothing for what is yet to come.
    pub count: Option<i64>,
    pub usual: Option<f64>,
}

/// Draws the columns. With none above zero there is nothing to draw.
pub(super) fn draw(tr: Tr, id: &'static str, bars: &[Bar]) -> Option<Chart> {
    #[expect(clippy::cast_possible_truncation, reason = "a mean of counts is far below 2^53")]
    let usual_most = bars.iter().filter_map(|bar| bar.usual).fold(0.0, f64::max).ceil() as i64;
    let most = bars.iter().filter_map(|bar| bar.count).max().unwrap_or_default().max(usual_most);
    if most <= 0 {
        return None;
    }
    let axis = Axis::counts(tr, most, TOP, BOTTOM);
    let room = (WIDTH - LEFT) / length(bars.len());
    let width = (room * 0.7).min(40.0);
    let middle = |n: usize| LEFT + room * (length(n) + 0.5);
    let mut chart = Chart { id, ticks: axis.ticks.clone(), ..Chart::default() };
    let mut points = Vec::new();
    // Names of hours need about 50 each.
    let every = bars.len() / 2 * 50 / 856 + 1;
    let mut hours = 0;
    for (n, bar) in bars.iter().enumerate() {
        if let Some(count) = bar.count {
            let height = axis.height(model::report::real(count));
            chart.columns.push(Column {
                x: at(middle(n) - width / 2.0),
                y: at(BOTTOM - height),
                width: at(width),
                height: at(height),
                title: format!("{}: {}", bar.time, tr.number(count)),
            });
        }
        if let Some(usual) = bar.usual {
            points.push(format!("{},{}", at(middle(n)), at(axis.y(usual))));
        }
        if bar.is_hour {
            if hours % every == 0 {
                chart.labels.push(Label { x: at(middle(n) - room / 2.0), word: bar.time.clone() });
            }
            hours += 1;
        }
    }
    chart.usual = (points.len() > 1).then(|| points.join(" "));
    Some(chart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(count: Option<i64>, usual: Option<f64>) -> Bar {
        Bar { time: "9:00".to_owned(), is_hour: true, count, usual }
    }

    #[test]
    fn columns_stand_on_the_ground_and_end_at_their_number() {
        let bars = [bar(Some(5), Some(2.5)), bar(Some(0), Some(10.0)), bar(None, None)];
        let chart = draw(Tr::default(), "x", &bars).unwrap();
        assert_eq!(chart.columns.len(), 2, "what is yet to come has none");
        let ends = chart.columns[0].y.parse::<f64>().unwrap() + chart.columns[0].height.parse::<f64>().unwrap();
        assert!((ends - BOTTOM).abs() < 0.2);
        assert_eq!(chart.ticks.last().unwrap().word, "10");
        assert_eq!(chart.columns[0].height, "100.0");
        assert!(chart.usual.unwrap().ends_with(",16.0"), "the highest is at the top");
        assert!(draw(Tr::default(), "x", &[bar(Some(0), None)]).is_none());
    }
}
