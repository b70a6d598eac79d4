//! From what the database counts to the figures.

use super::Asked;
use super::figure::{Figure, Figures};
use crate::{Catalogue, Result};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::Rome;
use db::View;
use db::report::{self, Span};
use futures::future::try_join_all;
use model::ServiceId;
use model::calendar::Ledger;
use model::report::{Period, month, nearest_rank, number_of, wilson};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

type Map = BTreeMap<String, i64>;

fn add(map: &mut Map, key: impl Into<String>, count: i64) {
    *map.entry(key.into()).or_default() += count;
}

/// Figures that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Contacts,
    Phone,
    Cases,
    FirstContact,
    Groups,
    Resolution,
    Survey,
    Network,
    Rest,
}

impl Section {
    /// All that a report needs, what takes longest first. The first contact's counts the cases as well.
    const OF_A_REPORT: [Self; 8] = [
        Self::FirstContact,
        Self::Groups,
        Self::Resolution,
        Self::Contacts,
        Self::Phone,
        Self::Survey,
        Self::Network,
        Self::Rest,
    ];

    fn of(key: &str) -> Self {
        match key.split_once('.').unwrap_or((key, "")) {
            ("contacts", _) => Self::Contacts,
            ("phone", _) => Self::Phone,
            ("cases", "first_contact_share") => Self::FirstContact,
            ("cases", name) if name.starts_with("by_") => Self::Groups,
            ("cases", name) if name.contains("resolution") => Self::Resolution,
            ("cases", _) => Self::Cases,
            ("survey", _) => Self::Survey,
            ("network", _) => Self::Network,
            _ => Self::Rest,
        }
    }

    async fn count(self, view: &View, asked: &Asked, period: Period) -> Result<Figures> {
        let Asked { span, catalogue, .. } = asked;
        let mut figures = Figures::default();
        let put = &mut figures;
        match self {
            Self::Contacts => contacts(view, span, put).await?,
            Self::Phone => phone(view, span, put).await?,
            Self::Cases => cases(view, span, put).await?,
            Self::FirstContact => {
                cases(view, span, put).await?;
                first_contact(view, span, put).await?;
            }
            Self::Groups => grouped_cases(view, span, put).await?,
            Self::Resolution => resolution(view, span, catalogue, put).await?,
            Self::Survey => survey(view, span, put).await?,
            Self::Network => network(view, span, period, put).await?,
            Self::Rest => rest(view, span, put).await?,
        }
        Ok(figures)
    }
}

/// All figures. Each view takes the next section when it has counted one.
pub(super) async fn all(asked: &Asked, others: &[View], period: Period) -> Result<Figures> {
    let sections = Mutex::new(Section::OF_A_REPORT.into_iter());
    let next = || sections.lock().unwrap_or_else(PoisonError::into_inner).next();
    let lanes = others.iter().chain([&asked.view]).map(|view| async {
        let mut figures = Figures::default();
        while let Some(section) = next() {
            figures.extend(section.count(view, asked, period).await?);
        }
        Ok::<_, crate::Error>(figures)
    });
    let mut figures = Figures::default();
    for lane in try_join_all(lanes).await? {
        figures.extend(lane);
    }
    Ok(figures)
}

/// One figure, with those that are counted in the same breath.
pub(super) async fn one(key: &str, asked: &Asked, period: Period) -> Result<Figures> {
    Section::of(key).count(&asked.view, asked, period).await
}

async fn contacts(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    let (mut total, mut channels, mut services, mut directions) = (0, Map::new(), Map::new(), Map::new());
    let (mut outcomes, mut months, mut hours) = (Map::new(), Map::new(), Map::new());
    report::hours(view, span, |hour| {
        total += hour.count;
        add(&mut channels, hour.channel, hour.count);
        add(&mut services, hour.service, hour.count);
        add(&mut directions, hour.direction, hour.count);
        if let Some(outcome) = hour.outcome.filter(|_| hour.ended > 0) {
            add(&mut outcomes, outcome, hour.ended);
        }
        let began = DateTime::<Utc>::from_timestamp(hour.hour * 3_600, 0).unwrap_or_default().with_timezone(&Rome);
        add(&mut months, month(began.date_naive()), hour.count);
        add(&mut hours, format!("{:02}", began.hour()), hour.count);
    })
    .await?;
    figures.put("contacts.total", Figure::count(total));
    figures.put_map("contacts.by_channel", channels);
    figures.put_map("contacts.by_service", services);
    figures.put_map("contacts.by_direction", directions);
    figures.put_map("contacts.by_outcome", outcomes);
    figures.put_map("contacts.by_month", months);
    figures.put_map("contacts.by_hour", hours);
    Ok(())
}

async fn phone(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    const SECOND: i64 = 1_000_000;
    let (mut offered, mut abandoned, mut talked, mut talk) = (0, 0, 0, 0);
    let mut waits = Vec::new();
    report::calls(view, span, |calls| {
        offered += calls.offered;
        abandoned += calls.abandoned;
        talked += calls.talked;
        talk += calls.talk;
        waits.extend(calls.waits);
    })
    .await?;
    let answered = number_of(&waits);
    figures.put("phone.offered", Figure::count(offered));
    figures.put("phone.answered", Figure::count(answered));
    figures.put("phone.abandoned", Figure::count(abandoned));
    let levels = [("phone.service_level_20", 20), ("phone.service_level_30", 30), ("phone.service_level_60", 60)];
    for (key, promise) in levels {
        let kept = number_of(waits.iter().filter(|wait| **wait <= promise * SECOND));
        figures.put(key, Figure::share(kept, offered));
    }
    figures.put("phone.mean_wait_s", Figure::mean(waits.iter().sum(), answered));
    for (key, permille) in [("phone.wait_p50_s", 500), ("phone.wait_p90_s", 900), ("phone.wait_p99_s", 990)] {
        figures.put(key, Figure::quantile(quantile(&mut waits, permille), answered));
    }
    figures.put("phone.abandonment", Figure::share(abandoned, offered));
    figures.put("phone.mean_talk_s", Figure::mean(talk, talked));
    Ok(())
}

async fn cases(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    let cases = report::cases(view, span).await?;
    figures.put("cases.handled", Figure::count(cases.handled));
    figures.put("cases.solved", Figure::count(cases.solved));
    figures.put("cases.front_office_share", Figure::share(cases.by_front, cases.handled));
    figures.put("cases.backlog", Figure::count(cases.backlog));
    Ok(())
}

/// Of the cases that were handled; these must be counted already.
async fn first_contact(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    let handled = figures.counted("cases.handled");
    figures.put("cases.first_contact_share", Figure::share(report::at_first_contact(view, span).await?, handled));
    Ok(())
}

async fn grouped_cases(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    let (mut kinds, mut topics, mut services) = (Map::new(), Map::new(), Map::new());
    let (mut regions, mut service_kinds) = (Map::new(), Map::new());
    report::grouped_cases(view, span, |alike| {
        let count = alike.count;
        if let Some(kind) = alike.kind {
            add(&mut service_kinds, format!("{}/{kind}", alike.service), count);
            add(&mut kinds, kind, count);
        }
        if let Some(topic) = alike.topic {
            add(&mut topics, topic, count);
        }
        if let Some(region) = alike.region {
            add(&mut regions, region, count);
        }
        add(&mut services, alike.service, count);
    })
    .await?;
    figures.put_map("cases.by_kind", kinds);
    figures.put_map("cases.by_topic", topics);
    figures.put_map("cases.by_service", services);
    figures.put_map("cases.by_region", regions);
    figures.put_map("cases.by_service_kind", service_kinds);
    Ok(())
}

/// How long it took until cases were solved.
async fn resolution(view: &View, span: &Span, catalogue: &Catalogue, figures: &mut Figures) -> Result<()> {
    let usual = model::calendar::Calendar::default_italian();
    let mut ledgers: HashMap<String, Ledger<'_>> = HashMap::new();
    let (mut elapsed, mut working) = (Vec::new(), Vec::new());
    report::solved_cases(view, span, |solved| {
        let ledger = ledgers.entry(solved.service).or_insert_with_key(|service| {
            let defined = catalogue.service(&ServiceId::new(service.as_str()));
            Ledger::new(defined.map_or(&usual, |service| &service.calendar), span.from)
        });
        for (opened, took) in solved.took {
            elapsed.push(took);
            working.push(ledger.between(opened, opened + TimeDelta::microseconds(took)));
        }
    })
    .await?;
    let keys = ["cases.mean_resolution_s", "cases.resolution_p50_s", "cases.resolution_p90_s"];
    put_times(figures, keys, elapsed);
    let keys = ["cases.mean_resolution_working_s", "cases.resolution_p50_working_s", "cases.resolution_p90_working_s"];
    put_times(figures, keys, working);
    Ok(())
}

/// The mean, the median and the ninetieth percentile of these times, in microseconds.
fn put_times(figures: &mut Figures, [mean, median, ninetieth]: [&'static str; 3], mut times: Vec<i64>) {
    let count = number_of(&times);
    figures.put(mean, Figure::mean(times.iter().sum(), count));
    figures.put(median, Figure::quantile(quantile(&mut times, 500), count));
    figures.put(ninetieth, Figure::quantile(quantile(&mut times, 900), count));
}

/// The value at this rank of so many thousand, which puts the values in another order.
fn quantile(values: &mut [i64], permille: i64) -> Option<i64> {
    let place = usize::try_from(nearest_rank(number_of(&*values), permille)).ok()?.checked_sub(1)?;
    (place < values.len()).then(|| *values.select_nth_unstable(place).1)
}

async fn survey(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    let survey = report::survey(view, span).await?;
    figures.put("survey.asked", Figure::count(survey.asked));
    figures.put("survey.answered", Figure::count(survey.answered));
    figures.put("survey.response_rate", Figure::share(survey.answered, survey.asked));
    let shares = [
        (["survey.efficient_share", "survey.efficient_share_low", "survey.efficient_share_high"], survey.efficient),
        (["survey.effective_share", "survey.effective_share_low", "survey.effective_share_high"], survey.effective),
    ];
    for ([share, low, high], (yes, no)) in shares {
        let interval = wilson(yes, no);
        figures.put(share, Figure::share(yes, yes + no));
        figures.put(low, Figure::bound(interval.map(|(low, _, _)| low), yes + no));
        figures.put(high, Figure::bound(interval.map(|(_, _, high)| high), yes + no));
    }
    Ok(())
}

/// The months of a period that had begun: of one that had not, nothing is known.
pub(super) fn known_months(span: &Span, period: Period) -> Vec<String> {
    let last = month(span.as_of.with_timezone(&Rome).date_naive());
    period.months().into_iter().filter(|month| *month <= last).collect()
}

async fn network(view: &View, span: &Span, period: Period, figures: &mut Figures) -> Result<()> {
    let months = known_months(span, period);
    let (mut contacts, mut with_operator) = (0, 0);
    let (mut structures, mut channels) = (Map::new(), Map::new());
    for volume in report::volumes(view, span, &months).await? {
        contacts += volume.contacts;
        with_operator += volume.with_operator;
        add(&mut structures, volume.structure, volume.contacts);
        add(&mut channels, volume.channel, volume.contacts);
    }
    let count = number_of(&structures);
    figures.put("network.structures", Figure::count(count));
    figures.put("network.contacts", Figure::count(contacts));
    figures.put("network.contacts_with_operator", Figure::count(with_operator));
    figures.put_map("network.by_structure", structures);
    figures.put_map("network.by_channel", channels);
    Ok(())
}

/// Trainings and the newsroom.
async fn rest(view: &View, span: &Span, figures: &mut Figures) -> Result<()> {
    figures.put("training.trained", Figure::count(report::trained(view, span).await?));
    let (mut kinds, mut origins) = (Map::new(), Map::new());
    for produced in report::media(view, span).await? {
        if let Some(origin) = produced.origin.filter(|_| produced.kind == "video") {
            add(&mut origins, origin, produced.count);
        }
        add(&mut kinds, produced.kind, produced.count);
    }
    let keys =
        [("media.radio", "radio"), ("media.news", "news"), ("media.video", "video"), ("media.feature", "feature")];
    for (key, kind) in keys {
        figures.put(key, Figure::count(kinds.get(kind).copied().unwrap_or_default()));
    }
    figures.put_map("media.video_by_origin", origins);
    Ok(())
}
