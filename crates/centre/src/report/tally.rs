//! From what the database counts to the figures.

use super::Asked;
use super::figure::{Figure, Figures};
use crate::{Catalogue, Result};
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Rome;
use db::View;
use db::report::{self, Span};
use model::ServiceId;
use model::calendar::Ledger;
use model::report::{Period, month, nearest_rank, wilson};
use std::collections::{BTreeMap, HashMap};

type Map = BTreeMap<String, i64>;

fn add(map: &mut Map, key: impl Into<String>, count: i64) {
    *map.entry(key.into()).or_default() += count;
}

/// All figures.
pub(super) async fn all(asked: &Asked, period: Period, figures: &mut Figures) -> Result<()> {
    let Asked { view, span, catalogue } = asked;
    contacts(view, span, figures).await?;
    phone(view, span, figures).await?;
    cases(view, span, figures).await?;
    first_contact(view, span, figures).await?;
    grouped_cases(view, span, figures).await?;
    resolution(view, span, catalogue, figures).await?;
    survey(view, span, figures).await?;
    network(view, span, period, figures).await?;
    rest(view, span, figures).await
}

/// One figure, with those that are counted in the same breath.
pub(super) async fn one(key: &str, asked: &Asked, period: Period, figures: &mut Figures) -> Result<()> {
    let Asked { view, span, catalogue } = asked;
    match key.split_once('.').unwrap_or((key, "")) {
        ("contacts", _) => contacts(view, span, figures).await,
        ("phone", _) => phone(view, span, figures).await,
        ("cases", "first_contact_share") => {
            cases(view, span, figures).await?;
            first_contact(view, span, figures).await
        }
        ("cases", name) if name.starts_with("by_") => grouped_cases(view, span, figures).await,
        ("cases", name) if name.contains("resolution") => resolution(view, span, catalogue, figures).await,
        ("cases", _) => cases(view, span, figures).await,
        ("survey", _) => survey(view, span, figures).await,
        ("network", _) => network(view, span, period, figures).await,
        _ => rest(view, span, figures).await,
    }
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
    let phone = report::phone(view, span).await?;
    let ranks = [500, 900, 990].map(|permille| nearest_rank(phone.answered, permille));
    let (mut seen, mut sum) = (0, 0);
    let mut quantiles = [None; 3];
    let promises = [20, 30, 60].map(|s| s * SECOND);
    let mut kept = [0; 3];
    report::waits(view, span, |wait, count| {
        seen += count;
        sum += wait * count;
        for (quantile, rank) in quantiles.iter_mut().zip(ranks) {
            if quantile.is_none() && rank <= seen {
                *quantile = Some(wait);
            }
        }
        for (kept, promise) in kept.iter_mut().zip(promises) {
            *kept += if wait <= promise { count } else { 0 };
        }
    })
    .await?;
    figures.put("phone.offered", Figure::count(phone.offered));
    figures.put("phone.answered", Figure::count(phone.answered));
    figures.put("phone.abandoned", Figure::count(phone.abandoned));
    figures.put("phone.mean_wait_s", Figure::mean(sum, phone.answered));
    for (key, quantile) in ["phone.wait_p50_s", "phone.wait_p90_s", "phone.wait_p99_s"].into_iter().zip(quantiles) {
        figures.put(key, Figure::quantile(quantile, phone.answered));
    }
    let levels = ["phone.service_level_20", "phone.service_level_30", "phone.service_level_60"];
    for (key, kept) in levels.into_iter().zip(kept) {
        figures.put(key, Figure::share(kept, phone.offered));
    }
    figures.put("phone.abandonment", Figure::share(phone.abandoned, phone.offered));
    figures.put("phone.mean_talk_s", Figure::mean(phone.talk, phone.talked));
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
    report::solved_cases(view, span, |case| {
        let took = case.solved_at - case.opened_at;
        elapsed.push(took.num_microseconds().unwrap_or(i64::MAX));
        if !ledgers.contains_key(&case.service) {
            let defined = catalogue.service(&ServiceId::new(case.service.as_str()));
            let calendar = defined.map_or(&usual, |service| &service.calendar);
            ledgers.insert(case.service.clone(), Ledger::new(calendar, span.from));
        }
        if let Some(ledger) = ledgers.get_mut(&case.service) {
            working.push(ledger.between(case.opened_at, case.solved_at));
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
    times.sort_unstable();
    let count = i64::try_from(times.len()).unwrap_or(i64::MAX);
    let at = |permille| {
        let place = usize::try_from(nearest_rank(count, permille)).ok()?.checked_sub(1)?;
        times.get(place).copied()
    };
    figures.put(mean, Figure::mean(times.iter().sum(), count));
    figures.put(median, Figure::quantile(at(500), count));
    figures.put(ninetieth, Figure::quantile(at(900), count));
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
    let count = i64::try_from(structures.len()).unwrap_or(i64::MAX);
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
