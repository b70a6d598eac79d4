//! Charts as SVG: columns in layers, and columns beside a promise. What they show stands in a table beside them.

use super::{Promise, map};
use crate::axis::{Axis, Tick, at, length};
use centre::Catalogue;
use centre::report::{HourOfDay, Month};
use chrono::Datelike;
use language::Tr;
use model::report::real;
use serde::Serialize;

/// The plane that charts are drawn on.
const WIDTH: f64 = 580.0;
const BOTTOM: f64 = 276.0;
const TOP: f64 = 46.0;
/// Words of the axis stand left of it: as many as seven digits and points, each of eight at the most.
const LEFT: f64 = 62.0;

#[derive(Debug, Clone, Default)]
pub struct Chart {
    pub id: &'static str,
    /// The finding, as a sentence.
    pub title: String,
    pub lead: String,
    /// What somebody hears who does not see it.
    pub spoken: String,
    pub left: String,
    pub right: String,
    /// Where the words of the axis end.
    pub words: String,
    pub ticks: Vec<Tick>,
    pub columns: Vec<Column>,
    pub labels: Vec<Label>,
    pub keys: Vec<Key>,
    /// The promise, as a line across.
    pub target: Option<Tick>,
    pub table: Table,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    /// `c1` to `c6`, or `under` for one that does not keep the promise.
    pub class: String,
}

#[derive(Debug, Clone)]
pub struct Label {
    pub x: String,
    pub y: String,
    pub word: String,
    pub class: &'static str,
}

/// What a colour means, beside the last column.
#[derive(Debug, Clone)]
pub struct Key {
    pub x: String,
    pub y: String,
    pub text_x: String,
    pub text_y: String,
    pub class: String,
    pub word: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    pub caption: String,
    pub head: Vec<String>,
    /// The first of each row is its name.
    pub rows: Vec<Vec<String>>,
}

impl Chart {
    /// The axis alone, from where its words end to `right`.
    fn new(id: &'static str, right: f64, axis: &Axis) -> Self {
        let (left, words) = (at(LEFT), at(LEFT - 6.0));
        Self { id, left, right: at(right), words, ticks: axis.ticks.clone(), ..Self::default() }
    }
}

/// Contacts month by month, channels one on the other, the one with most contacts at the bottom.
pub(super) fn months(tr: Tr, catalogue: &Catalogue, months: &[Month]) -> Option<Chart> {
    const RIGHT: f64 = 448.0;
    let most = months.iter().map(Month::total).max().filter(|most| *most > 0)?;
    let mut channels: Vec<(&str, i64)> = Vec::new();
    for (channel, count) in months.iter().flat_map(|month| &month.channels) {
        match channels.iter_mut().find(|(known, _)| known == channel) {
            Some((_, sum)) => *sum += count,
            None => channels.push((channel, *count)),
        }
    }
    channels.sort_by_key(|(channel, count)| (-count, *channel));
    let channel_name = |channel: &str| map::name(tr, catalogue, "by_channel", channel);
    let total: i64 = channels.iter().map(|(_, count)| count).sum();
    let axis = Axis::counts(tr, most, TOP, BOTTOM);
    let mut chart = Chart::new("months", RIGHT, &axis);
    let room = (RIGHT - LEFT) / length(months.len());
    let width = (room * 0.72).min(44.0);
    // Of many months those that begin a quarter are named, of very many only those that begin a year.
    let every = match months.len() {
        ..=7 => 1,
        8..=25 => 3,
        _ => 12,
    };
    let highest = months.iter().enumerate().max_by_key(|(_, month)| month.total()).map(|(n, _)| n);
    let mut tops: Vec<(usize, f64)> = Vec::new();
    for (n, month) in months.iter().enumerate() {
        let middle = LEFT + room * (length(n) + 0.5);
        let mut base = BOTTOM;
        for (layer, (channel, _)) in channels.iter().enumerate() {
            let height = axis.height(real(month.channels.get(*channel).copied().unwrap_or_default()));
            if height <= 0.0 {
                continue;
            }
            base -= height;
            chart.columns.push(Column {
                x: at(middle - width / 2.0),
                y: at(base),
                width: at(width),
                // A hair between layers tells them apart without colour.
                height: at((height - 1.0).max(0.5)),
                class: format!("c{}", layer % 6 + 1),
            });
            if n + 1 == months.len() {
                tops.push((layer, base + height / 2.0));
            }
        }
        let (first, last) = (n == 0, n + 1 == months.len());
        if first || last || Some(n) == highest {
            let word = tr.number(month.total());
            chart.labels.push(Label { x: at(middle), y: at(base - 8.0), word, class: "lab" });
        }
        if first || month.first.month0() % every == 0 {
            let word = tr.month(month.first);
            let word: String = word.split(' ').next().unwrap_or_default().chars().take(3).collect();
            chart.labels.push(Label { x: at(middle), y: at(BOTTOM + 20.0), word, class: "" });
        }
        if first || month.first.month() == 1 {
            let word = month.first.year().to_string();
            chart.labels.push(Label { x: at(middle), y: at(BOTTOM + 38.0), word, class: "" });
        }
    }
    chart.keys = keys(&channels.iter().map(|(channel, _)| channel_name(channel)).collect::<Vec<_>>(), &tops, RIGHT);
    let (first, last) = (months.first()?, months.last()?);
    let lowest = months.iter().min_by_key(|month| month.total())?;
    let (top, top_count) = *channels.first()?;
    let part = model::report::share(top_count, total).map_or_else(String::new, |share| tr.percent(share, 0));
    chart.title = tr.with("report-chart-months-title", &[("channel", channel_name(top)), ("part", part)]).into_owned();
    let span = [("from", tr.month(first.first)), ("to", tr.month(last.first))];
    chart.lead = tr.with("report-chart-months-lead", &span).into_owned();
    let spoken = [
        ("from", tr.month(first.first)),
        ("first", tr.number(first.total())),
        ("to", tr.month(last.first)),
        ("last", tr.number(last.total())),
        ("low", tr.month(lowest.first)),
        ("lowest", tr.number(lowest.total())),
    ];
    chart.spoken = tr.with("report-chart-months-spoken", &spoken).into_owned();
    let mut head = vec![tr.text("report-of-by-month").into_owned()];
    head.extend(channels.iter().map(|(channel, _)| channel_name(channel)));
    head.push(tr.text("report-total").into_owned());
    let rows = months.iter().map(|month| {
        let mut row = vec![tr.month(month.first)];
        row.extend(
            channels.iter().map(|(channel, _)| tr.number(month.channels.get(*channel).copied().unwrap_or_default())),
        );
        row.push(tr.number(month.total()));
        row
    });
    chart.table = Table { caption: chart.lead.clone(), head, rows: rows.collect() };
    Some(chart)
}

/// What the colours mean: each beside its layer of the last column where there is room, the others above it.
fn keys(words: &[String], tops: &[(usize, f64)], right: f64) -> Vec<Key> {
    const APART: f64 = 19.0;
    let mut keys = Vec::new();
    let mut lowest = BOTTOM + APART;
    for (layer, word) in words.iter().enumerate() {
        let wanted = tops.iter().find(|(of, _)| *of == layer).map_or(lowest - APART, |(_, middle)| *middle);
        let y = wanted.min(lowest - APART);
        lowest = y;
        keys.push(Key {
            x: at(right + 10.0),
            y: at(y - 5.0),
            text_x: at(right + 26.0),
            text_y: at(y + 5.0),
            class: format!("c{}", layer % 6 + 1),
            word: word.clone(),
        });
    }
    keys
}

/// How many calls were answered in time, hour by hour; columns that do not reach the promise are hatched.
pub(super) fn hours(tr: Tr, period: &str, hours: &[HourOfDay], promise: Promise) -> Option<Chart> {
    let Promise { seconds, share: promise } = promise;
    const RIGHT: f64 = WIDTH - 4.0;
    // Hours with next to no calls say nothing about the promise.
    let offered: i64 = hours.iter().map(|hour| hour.offered).sum();
    let shown: Vec<(&HourOfDay, f64)> = hours
        .iter()
        .filter(|hour| hour.offered * 500 >= offered)
        .filter_map(|hour| Some((hour, hour.share()?)))
        .collect();
    if shown.is_empty() {
        return None;
    }
    let axis = Axis::shares(tr, promise, TOP, BOTTOM);
    let mut chart = Chart::new("hours", RIGHT, &axis);
    let room = (RIGHT - LEFT) / length(shown.len());
    let width = (room * 0.66).min(44.0);
    let under = |share: f64| promise.is_some_and(|promise| share < promise);
    let every = shown.len() / 13 + 1;
    for (n, (hour, share)) in shown.iter().enumerate() {
        let middle = LEFT + room * (length(n) + 0.5);
        let y = axis.y(*share);
        chart.columns.push(Column {
            x: at(middle - width / 2.0),
            y: at(y),
            width: at(width),
            height: at(BOTTOM - y),
            class: if under(*share) { "under".to_owned() } else { "c1".to_owned() },
        });
        // A number that would stand on the line of the promise stands above it.
        let line = promise.map(|promise| axis.y(promise));
        let word_y = match line {
            Some(line) if (y - 8.0 - line).abs() < 14.0 && y > line => line - 8.0,
            _ => y - 8.0,
        };
        let class = if under(*share) { "lab bad" } else { "lab" };
        if every == 1 {
            chart.labels.push(Label { x: at(middle), y: at(word_y), word: tr.percent(*share, 0), class });
        }
        if n % every == 0 {
            let word = hour.hour.to_string();
            chart.labels.push(Label { x: at(middle), y: at(BOTTOM + 20.0), word, class: "" });
        }
    }
    chart.target = promise.map(|promise| axis.tick(promise, tr.percent(promise, 0)));
    let missed: Vec<u32> = shown.iter().filter(|(_, share)| under(*share)).map(|(hour, _)| hour.hour).collect();
    let least = shown.iter().min_by(|(_, one), (_, other)| one.total_cmp(other))?;
    let best = shown.iter().max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    chart.title = match (promise, missed.first(), missed.last()) {
        (Some(_), None, _) => tr.text("report-chart-hours-kept").into_owned(),
        (Some(_), Some(first), Some(last)) if usize::try_from(last - first + 1).is_ok_and(|n| n == missed.len()) => {
            let hours = [("from", tr.time_of(*first, 0)), ("to", tr.time_of(last + 1, 0))];
            tr.with("report-chart-hours-missed", &hours).into_owned()
        }
        (Some(_), ..) => {
            let count = i64::try_from(missed.len()).unwrap_or(i64::MAX);
            tr.with("report-chart-hours-missed-some", &[("count", count)]).into_owned()
        }
        (None, ..) => tr.with("report-chart-hours-least", &[("hour", tr.time_of(least.0.hour, 0))]).into_owned(),
    };
    let lead = [("seconds", tr.arg(i64::from(seconds))), ("period", tr.arg(period))];
    chart.lead = tr.with("report-chart-hours-lead", &lead).into_owned();
    let spoken = [
        ("least", tr.percent(least.1, 0)),
        ("leastHour", tr.time_of(least.0.hour, 0)),
        ("best", tr.percent(best.1, 0)),
        ("bestHour", tr.time_of(best.0.hour, 0)),
    ];
    chart.spoken = tr.with("report-chart-hours-spoken", &spoken).into_owned();
    let head = ["report-of-by-hour", "report-hours-offered", "report-hours-within", "report-hours-share"];
    let head = head.into_iter().map(|key| tr.text(key).into_owned()).collect();
    let rows = hours.iter().map(|hour| {
        vec![
            tr.with("report-hour-span", &[("from", hour.hour.to_string()), ("to", (hour.hour + 1).to_string())])
                .into_owned(),
            tr.number(hour.offered),
            tr.number(hour.within),
            hour.share().map_or_else(|| "–".to_owned(), |share| tr.percent(share, 1)),
        ]
    });
    chart.table = Table { caption: chart.lead.clone(), head, rows: rows.collect() };
    Some(chart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_axis_have_room_beside_it() {
        // Digits of the report's letters are 7.6 wide at their size, a point 3.
        let wide = |word: &str| word.chars().map(|c| if c.is_ascii_digit() { 7.6 } else { 3.0 }).sum::<f64>();
        let axis = Axis::counts(Tr::new(language::Language::Italian), 240_000, TOP, BOTTOM);
        assert!(axis.ticks.iter().any(|tick| tick.word.len() == 7));
        for tick in &axis.ticks {
            assert!(wide(&tick.word) <= LEFT - 6.0, "{}", tick.word);
        }
    }
}
