//! The report on paper: what the template `templates/report/report.typ` reads, in words that are ready to be set.

use super::chart::{Chart, Table};
use super::document::Document;
use super::map::Map;
use super::view::{Card, Group, ReportView};
use crate::asset;
use askama::Template;
use chrono::Datelike;
use language::Tr;
use serde::Serialize;

const TEMPLATE: &str = include_str!("../../../../templates/report/report.typ");

/// Letters of the report, as the styles name them.
const FONTS: [&str; 3] = ["print/titillium-web-400.ttf", "print/titillium-web-600.ttf", "print/titillium-web-700.ttf"];

#[derive(Debug, Serialize)]
struct OnPaper<'a> {
    language: &'static str,
    brand: String,
    title: &'a str,
    scope: &'a str,
    as_of: &'a str,
    /// The day on which it was reckoned.
    date: Date,
    /// The period that it is compared with.
    before: Option<&'a str>,
    words: Words,
    says: Vec<Said<'a>>,
    cards: Vec<Number<'a>>,
    charts: Vec<Drawn<'a>>,
    maps: Vec<Counted<'a>>,
    groups: Vec<Rows<'a>>,
    /// The report as programs read it: it is in the document as a file.
    json: &'a str,
}

#[derive(Debug, Serialize)]
struct Date {
    year: i32,
    month: u32,
    day: u32,
}

#[derive(Debug, Serialize)]
struct Words {
    in_short: String,
    figures: String,
    trend: String,
    told_apart: String,
    all_figures: String,
    compared_with: String,
    figure: String,
    value: String,
    difference: String,
    bar: String,
    count: String,
    share: String,
    attached: String,
}

/// A sentence in pieces, some of them strong.
#[derive(Debug, Serialize)]
struct Said<'a> {
    runs: Vec<(String, bool)>,
    compared: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Number<'a> {
    name: &'a str,
    /// Large digits and small units.
    number: &'a [(String, bool)],
    lead: &'a str,
}

#[derive(Debug, Serialize)]
struct Drawn<'a> {
    title: &'a str,
    lead: &'a str,
    spoken: &'a str,
    svg: String,
    table: &'a Table,
}

#[derive(Debug, Serialize)]
struct Counted<'a> {
    name: &'a str,
    definition: &'a str,
    of: &'a str,
    rows: Vec<Bar<'a>>,
    /// What is left out says so: all of it is in the file within.
    others: Option<String>,
}

#[derive(Debug, Serialize)]
struct Bar<'a> {
    name: &'a str,
    count: &'a str,
    share: &'a str,
    bar: f64,
}

#[derive(Debug, Serialize)]
struct Rows<'a> {
    name: &'a str,
    rows: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    name: &'a str,
    definition: &'a str,
    value: &'a str,
    made_of: Option<&'a str>,
    before: &'a str,
    compared: &'a str,
}

/// A chart as a picture of its own.
#[derive(Debug, Template)]
#[template(path = "report/plot.svg", escape = "html")]
struct Plot<'a> {
    chart: &'a Chart,
}

impl Document {
    /// The report as a PDF, with `json`, the report as programs read it, as a file in it.
    ///
    /// # Errors
    /// When the type cannot be set.
    pub fn pdf(&self, json: &str) -> Result<print::Printed, print::Error> {
        let fonts = FONTS.iter().filter_map(|font| asset::bytes(font)).collect();
        print::print(TEMPLATE, &self.on_paper(json), fonts)
    }

    fn on_paper<'a>(&'a self, json: &'a str) -> OnPaper<'a> {
        let Self { tr, report } = self;
        let ReportView { title, scope, as_of, known, compared_with, says, cards, charts, groups, maps, .. } = report;
        OnPaper {
            language: tr.language.code(),
            brand: tr.text("brand").into_owned(),
            title,
            scope,
            as_of,
            date: Date { year: known.year(), month: known.month(), day: known.day() },
            before: compared_with.as_deref(),
            words: Words::of(*tr, compared_with.as_deref()),
            says: says
                .iter()
                .map(|said| Said {
                    runs: runs(&said.html),
                    compared: said.compared.as_ref().map(|compared| compared.words.as_str()),
                })
                .collect(),
            cards: cards.iter().map(|Card { name, pieces, lead, .. }| Number { name, number: pieces, lead }).collect(),
            charts: charts.iter().map(drawn).collect(),
            maps: maps.iter().map(|map| counted(*tr, map)).collect(),
            groups: groups.iter().map(rows).collect(),
            json,
        }
    }
}

impl Words {
    fn of(tr: Tr, before: Option<&str>) -> Self {
        let say = |key: &str| tr.text(key).into_owned();
        Self {
            in_short: say("report-in-short"),
            figures: say("report-figures"),
            trend: say("report-trend"),
            told_apart: say("report-told-apart"),
            all_figures: say("report-all-figures"),
            compared_with: before
                .map_or_else(String::new, |period| tr.with("report-compared-with", &[("period", period)]).into_owned()),
            figure: say("report-figure"),
            value: say("report-value"),
            difference: say("report-difference"),
            bar: say("report-bar"),
            count: say("report-count"),
            share: say("report-share"),
            attached: say("report-attached"),
        }
    }
}

fn drawn(chart: &Chart) -> Drawn<'_> {
    // Writing into memory does not fail.
    let svg = Plot { chart }.render().unwrap_or_default();
    Drawn { title: &chart.title, lead: &chart.lead, spoken: &chart.spoken, svg, table: &chart.table }
}

/// As many rows more than the first as still go on a page.
const MORE: usize = 30;

fn counted(tr: Tr, map: &Map) -> Counted<'_> {
    let (more, others) = if map.rest.len() > MORE { (&[][..], map.rest.len()) } else { (&map.rest[..], 0) };
    let rows = map.first.iter().chain(more).map(|row| Bar {
        name: &row.name,
        count: &row.count,
        share: &row.share,
        bar: row.bar.parse().unwrap_or_default(),
    });
    let others = i64::try_from(others).ok().filter(|count| *count > 0);
    Counted {
        name: &map.name,
        definition: &map.definition,
        of: &map.of,
        rows: rows.collect(),
        others: others.map(|count| tr.with("report-others-within", &[("count", count)]).into_owned()),
    }
}

fn rows(group: &Group) -> Rows<'_> {
    let rows = group.rows.iter().map(|row| Row {
        name: &row.name,
        definition: &row.definition,
        value: &row.value,
        made_of: row.made_of.as_deref(),
        before: row.before.as_deref().unwrap_or_default(),
        compared: row.compared.as_ref().map_or("", |compared| compared.words.as_str()),
    });
    Rows { name: &group.name, rows: rows.collect() }
}

/// A sentence that was made for a page, in pieces: what stands between `<b>` and `</b>` is strong.
fn runs(html: &str) -> Vec<(String, bool)> {
    let plain = |text: &str| {
        let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        marks.iter().fold(text.to_owned(), |text, (mark, letter)| text.replace(mark, letter))
    };
    let mut runs = Vec::new();
    for (n, part) in html.split("<b>").enumerate() {
        let (strong, rest) = if n == 0 { ("", part) } else { part.split_once("</b>").unwrap_or((part, "")) };
        runs.extend([(plain(strong), true), (plain(rest), false)]);
    }
    runs.retain(|(text, _)| !text.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_a_page_is_taken_to_pieces() {
        let said = "<b>240.000 contatti</b>: il <b>71%</b> &amp; pi&#39;";
        let runs = runs(said);
        let told: Vec<(&str, bool)> = runs.iter().map(|(text, strong)| (text.as_str(), *strong)).collect();
        assert_eq!(told, [("240.000 contatti", true), (": il ", false), ("71%", true), (" & pi'", false)]);
    }

    fn sample(tr: Tr) -> Document {
        use crate::report::{Look, Promise, sample};
        let now = crate::samples::now();
        let period = model::report::Period::month_of(now.date_naive()).before();
        let (report, before) = (sample::report(period, now, 100), sample::report(period.before(), now, 94));
        let look = Look { site: String::new(), alone: true, promise: Promise { seconds: 30, share: Some(0.75) } };
        let catalogue = centre::Catalogue::default();
        let report = ReportView::of(tr, &catalogue, &report, Some(&before), &sample::trend(period), &look);
        Document { tr, report }
    }

    #[test]
    fn a_report_is_printed_for_archives_in_every_language() {
        for language in language::Language::ALL {
            let printed = sample(Tr::new(language)).pdf("{}").unwrap();
            assert_eq!(printed.lacking, None, "{language}");
            assert!(printed.pdf.starts_with(b"%PDF-"));
        }
    }

    #[test]
    fn a_letter_that_no_font_has_is_told_and_the_rest_is_printed() {
        let mut document = sample(Tr::new(language::Language::Italian));
        document.report.scope.push('\u{10fffd}');
        let printed = document.pdf("{}").unwrap();
        assert!(printed.lacking.is_some() && printed.pdf.starts_with(b"%PDF-"));
    }

    #[test]
    fn what_is_printed_is_text_and_never_a_command() {
        let mut document = sample(Tr::new(language::Language::Italian));
        document.report.scope = "#panic(\"no\") *x* $1$ \\".to_owned();
        assert_eq!(document.pdf("{}").unwrap().lacking, None);
    }
}
