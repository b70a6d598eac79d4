//! Everything that the report's page shows, made from the figures.

use super::chart::{self, Chart};
use super::map::{self, Map};
use super::said::{self, Compared, Said};
use super::value::{self, pieces, shown};
use super::{Promise, period, value::Unit};
use centre::Catalogue;
use centre::report::{Figure, Report, Trend, definition};
use chrono::NaiveDate;
use chrono_tz::Europe::Rome;
use language::Tr;

/// How a report is looked at.
#[derive(Debug, Clone)]
pub struct Look {
    /// Begins the addresses of what a figure counts: nothing at the desk, the portal's address in a file.
    pub site: String,
    /// Icons are in the page itself.
    pub alone: bool,
    pub promise: Promise,
}

#[derive(Debug, Clone)]
pub struct ReportView {
    pub title: String,
    pub scope: String,
    pub as_of: String,
    /// The day of which that is.
    pub(super) known: NaiveDate,
    pub compared_with: Option<String>,
    pub says: Vec<Said>,
    pub cards: Vec<Card>,
    pub charts: Vec<Chart>,
    pub groups: Vec<Group>,
    pub maps: Vec<Map>,
    alone: bool,
}

/// One of the figures that matter most.
#[derive(Debug, Clone)]
pub struct Card {
    pub name: String,
    /// Large digits and small units.
    pub pieces: Vec<(String, bool)>,
    pub lead: String,
    pub definition: String,
    /// `10.357 su 13.260`
    pub made_of: Option<String>,
    pub href: String,
}

/// Figures of one kind, all of them.
#[derive(Debug, Clone)]
pub struct Group {
    pub name: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub name: String,
    pub definition: String,
    pub value: String,
    pub made_of: Option<String>,
    pub before: Option<String>,
    pub compared: Option<Compared>,
    pub href: String,
}

/// Stands among the cards for the figure that is nearest to what is promised.
const LEVEL: &str = "phone.service_level_30";

/// The figure that measures a promise: that of its seconds, where there is one.
fn level(promise: Promise) -> &'static str {
    match promise.seconds {
        20 => "phone.service_level_20",
        60 => "phone.service_level_60",
        _ => LEVEL,
    }
}

/// Cards in their order, each with the message of what stands under its number.
const CARDS: &[(&str, &str)] = &[
    ("contacts.total", language::key!("report-card-contacts")),
    ("phone.mean_wait_s", language::key!("report-card-wait")),
    (LEVEL, language::key!("report-card-level")),
    ("phone.abandonment", language::key!("report-card-abandonment")),
    ("cases.handled", language::key!("report-card-cases")),
    ("cases.front_office_share", language::key!("report-card-front")),
    ("cases.mean_resolution_s", language::key!("report-card-resolution")),
    ("survey.effective_share", language::key!("report-card-survey")),
];

/// Figures in the order in which they are read.
const GROUPS: &[(&str, &[&str])] = &[
    ("contacts", &["contacts.total"]),
    (
        "phone",
        &[
            "phone.offered",
            "phone.answered",
            "phone.abandoned",
            "phone.abandonment",
            "phone.mean_wait_s",
            "phone.wait_p50_s",
            "phone.wait_p90_s",
            "phone.wait_p99_s",
            "phone.service_level_20",
            "phone.service_level_30",
            "phone.service_level_60",
            "phone.mean_talk_s",
        ],
    ),
    (
        "cases",
        &[
            "cases.handled",
            "cases.solved",
            "cases.backlog",
            "cases.front_office_share",
            "cases.first_contact_share",
            "cases.mean_resolution_s",
            "cases.resolution_p50_s",
            "cases.resolution_p90_s",
            "cases.mean_resolution_working_s",
            "cases.resolution_p50_working_s",
            "cases.resolution_p90_working_s",
        ],
    ),
    (
        "survey",
        &[
            "survey.asked",
            "survey.answered",
            "survey.response_rate",
            "survey.efficient_share",
            "survey.efficient_share_low",
            "survey.efficient_share_high",
            "survey.effective_share",
            "survey.effective_share_low",
            "survey.effective_share_high",
        ],
    ),
    ("network", &["network.structures", "network.contacts", "network.contacts_with_operator"]),
    ("training", &["training.trained"]),
    ("media", &["media.radio", "media.news", "media.video", "media.feature"]),
];

impl ReportView {
    /// A report, beside another that it is compared with.
    #[must_use]
    pub fn of(
        tr: Tr,
        catalogue: &Catalogue,
        report: &Report,
        before: Option<&Report>,
        trend: &Trend,
        look: &Look,
    ) -> Self {
        let href = |key: &str, of: Option<&str>| format!("{}{}", look.site, report.records(key, of));
        let name = period::name(tr, report.period);
        let service = report.service.as_ref();
        let scope = service.map(|id| catalogue.service(id).map_or_else(|| id.to_string(), |s| s.name.clone()));
        let charts = [chart::months(tr, catalogue, &trend.months), chart::hours(tr, &name, &trend.hours, look.promise)];
        let level = level(look.promise);
        Self {
            title: tr.with("report-results", &[("period", &name)]).into_owned(),
            scope: scope.unwrap_or_else(|| tr.text("report-all-services").into_owned()),
            as_of: tr.with("report-as-of", &[("when", tr.date_time_full(report.as_of))]).into_owned(),
            known: report.as_of.with_timezone(&Rome).date_naive(),
            compared_with: before.map(|before| period::name(tr, before.period)),
            says: said::sentences(tr, report, before),
            cards: CARDS
                .iter()
                .map(|(key, lead)| (if *key == LEVEL { level } else { *key }, lead))
                .filter_map(|(key, lead)| card(tr, report, key, lead, look.promise, href(key, None)))
                .collect(),
            charts: charts.into_iter().flatten().collect(),
            groups: GROUPS.iter().map(|(name, keys)| group(tr, report, before, name, keys, &href)).collect(),
            maps: report
                .figures
                .maps()
                .filter_map(|(key, _)| map::map(tr, catalogue, &report.figures, key, |key, of| href(key, Some(of))))
                .collect(),
            alone: look.alone,
        }
    }

    /// An icon from the sprite, which is in the page itself where the page stands alone.
    pub(crate) fn icon(&self, name: &str) -> askama::filters::Safe<String> {
        if self.alone { crate::icon::inline(name) } else { crate::icon(name) }
    }
}

fn card(tr: Tr, report: &Report, key: &str, lead: &str, promise: Promise, href: String) -> Option<Card> {
    let figure = report.figures.get(key, None)?;
    let half = |key: &str| shown(tr, key, report.figures.get(key, None).and_then(|figure| figure.value));
    let promised = promise.share.filter(|_| key == format!("phone.service_level_{}", promise.seconds));
    let lead = match (figure.value, key, promised) {
        (None, ..) => tr.text("report-card-nothing").into_owned(),
        (_, "phone.mean_wait_s", _) => tr.with(lead, &[("half", half("phone.wait_p50_s"))]).into_owned(),
        (_, "cases.mean_resolution_s", _) => tr.with(lead, &[("half", half("cases.resolution_p50_s"))]).into_owned(),
        (.., Some(share)) => tr.with("report-card-promise", &[("promise", tr.percent(share, 0))]).into_owned(),
        _ => tr.text(lead).into_owned(),
    };
    Some(Card {
        name: name(tr, key),
        pieces: pieces(&shown(tr, key, figure.value)),
        lead,
        definition: tr.text(&definition(key)).into_owned(),
        made_of: made_of(tr, key, &figure),
        href,
    })
}

fn group(
    tr: Tr,
    report: &Report,
    before: Option<&Report>,
    name: &str,
    keys: &[&'static str],
    href: &impl Fn(&str, Option<&str>) -> String,
) -> Group {
    let figures = keys.iter().filter_map(|key| Some((*key, report.figures.get(key, None)?)));
    let rows = figures.map(|(key, figure)| Row {
        name: self::name(tr, key),
        definition: tr.text(&definition(key)).into_owned(),
        value: shown(tr, key, figure.value),
        made_of: made_of(tr, key, &figure),
        before: before.map(|before| shown(tr, key, before.figures.get(key, None).and_then(|figure| figure.value))),
        compared: said::compared(tr, key, report, before),
        href: href(key, None),
    });
    Group { name: tr.text(&format!("report-group-{name}")).into_owned(), rows: rows.collect() }
}

/// What a figure is called.
pub(crate) fn name(tr: Tr, key: &str) -> String {
    tr.text(&format!("report-name-{}", key.replace(['.', '_'], "-"))).into_owned()
}

/// `10.357 su 13.260`; of a mean, how many it is taken over.
pub(crate) fn made_of(tr: Tr, key: &str, figure: &Figure) -> Option<String> {
    let whole = figure.denominator?;
    Some(match (Unit::of(key), figure.numerator) {
        (Unit::Share, Some(part)) => {
            let parts = [("part", tr.number(value::whole(part))), ("whole", tr.number(whole))];
            tr.with("report-part-of-whole", &parts).into_owned()
        }
        _ => tr.with("report-taken-over", &[("count", whole)]).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::GROUPS;

    /// Reckoning nothing gives every figure: each has its place on the page.
    #[test]
    fn every_figure_of_the_sample_has_its_place() {
        let now = crate::samples::now();
        let report = crate::report::sample::report(model::report::Period::month_of(now.date_naive()), now, 100);
        let placed: Vec<&str> = GROUPS.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        for (key, _) in report.figures.scalars() {
            assert!(placed.contains(&key), "{key}");
        }
        assert_eq!(placed.len(), report.figures.scalars().count());
    }
}
