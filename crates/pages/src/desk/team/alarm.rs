//! Alarms: those that stand, with who has seen them, those that are over, and the thresholds over which they are raised.

use crate::desk::fault::Answer;
use crate::desk::flash::{Flash, Toast};
use crate::desk::oversight::{self, Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use centre::alarm::Alarm;
use http::StatusCode;
use language::Tr;
use model::alarm::{Measure, Threshold};
use model::{AlarmId, UserId};
use serde::Deserialize;
use std::collections::HashMap;

/// Past alarms shown at once.
const STEP: u64 = 30;

#[derive(Debug, Template)]
#[template(path = "desk/team/alarms.html")]
pub struct AlarmsPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub standing: Vec<AlarmRow>,
    pub past: Vec<AlarmRow>,
    pub more: Option<String>,
    pub thresholds: Vec<ThresholdRow>,
    pub toast: Option<Toast>,
}

#[derive(Debug, Clone)]
pub struct AlarmRow {
    pub id: i64,
    pub said: String,
    /// From when, and until when where it is over.
    pub when: String,
    pub worst: String,
    /// Who has seen it, in words; nothing while nobody has.
    pub seen: Option<String>,
    pub letters: String,
}

#[derive(Debug, Clone)]
pub struct ThresholdRow {
    pub href: String,
    pub measure: String,
    pub place: String,
    pub now: Option<String>,
    pub is_over: bool,
    pub over: String,
    pub back: String,
    pub told: String,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::desk) struct Page {
    before: Option<i64>,
}

/// `GET /desk/squadra/allarmi`
pub(in crate::desk) async fn show(seat: Seat, Query(page): Query<Page>) -> Answer {
    let (tr, centre) = (seat.tr, &seat.gate.centre);
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Alarms);
    let standing = centre::alarm::standing(centre, &seat.me).await?;
    let past = centre::alarm::past(centre, &seat.me, page.before.map(AlarmId), STEP).await?;
    let seers: Vec<UserId> = standing.iter().chain(&past).filter_map(|alarm| alarm.seen_by).collect();
    let names = centre::staff::names(centre, &seers).await?;
    let row = |alarm: &Alarm| row(tr, alarm, oversight::said(&seat, alarm), &names, seat.now);
    let thresholds = centre::alarm::thresholds(centre, &seat.me).await?;
    let thresholds = thresholds.iter().map(|stored| {
        let Threshold { service, queue, .. } = &stored.threshold;
        let place = centre::team::place(centre, service.as_ref(), queue.as_ref());
        threshold(tr, stored.id.0, &stored.threshold, place, stored.value)
    });
    let more = past.last().filter(|_| past.len() as u64 == STEP);
    let view = AlarmsPage {
        tr,
        frame,
        standing: standing.iter().map(row).collect(),
        past: past.iter().map(row).collect(),
        more: more.map(|alarm| format!("/desk/squadra/allarmi?before={}", alarm.id)),
        thresholds: thresholds.collect(),
        toast: Toast::take(&seat.session, tr).await,
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// `POST /desk/squadra/allarmi/{id}/visto`
pub(in crate::desk) async fn see(seat: Seat, Path(id): Path<String>) -> Answer {
    let id: AlarmId = id.parse().map_err(|_| centre::Error::NotFound("alarm"))?;
    seat.work(move |w| Box::pin(async move { centre::alarm::see(w, id).await })).await?;
    Flash::new("alarm-seen").keep(&seat.session).await;
    Ok(Redirect::to("/desk/squadra/allarmi").into_response())
}

fn row(
    tr: Tr,
    alarm: &Alarm,
    said: String,
    names: &HashMap<UserId, String>,
    now: chrono::DateTime<chrono::Utc>,
) -> AlarmRow {
    let from = tr.date_time(alarm.raised_at, now);
    let when = match alarm.fell_at {
        Some(fell) => tr.with("alarm-from-to", &[("from", from), ("to", tr.date_time(fell, now))]),
        None => tr.with("alarm-since", &[("when", from)]),
    };
    let seen = alarm.seen_by.zip(alarm.seen_at).map(|(by, at)| {
        let name = names.get(&by).cloned().unwrap_or_default();
        tr.with("alarm-seen-by", &[("name", name), ("when", tr.date_time(at, now))]).into_owned()
    });
    AlarmRow {
        id: alarm.id.0,
        said,
        when: when.into_owned(),
        worst: tr.with("alarm-worst", &[("count", alarm.worst)]).into_owned(),
        seen,
        letters: tr.with("alarm-letters", &[("count", alarm.letters)]).into_owned(),
    }
}

/// A measure with its unit.
pub(super) fn measured(tr: Tr, measure: Measure, value: i64) -> String {
    if measure.is_in_minutes() {
        tr.with("threshold-minutes", &[("count", value)]).into_owned()
    } else {
        tr.number(value)
    }
}

fn threshold(tr: Tr, id: i64, threshold: &Threshold, place: Option<String>, value: Option<i64>) -> ThresholdRow {
    let measure = threshold.measure;
    ThresholdRow {
        href: format!("/desk/squadra/soglie/{id}"),
        measure: tr.text(&format!("threshold-measure-{measure}")).into_owned(),
        place: place.unwrap_or_else(|| tr.text("alarm-everywhere-choice").into_owned()),
        now: value.map(|value| measured(tr, measure, value)),
        is_over: value.is_some_and(|value| value > threshold.bounds.over),
        over: measured(tr, measure, threshold.bounds.over),
        back: measured(tr, measure, threshold.bounds.back),
        told: match i64::try_from(threshold.mail.len()).unwrap_or(i64::MAX) {
            0 => tr.text("threshold-page-only").into_owned(),
            count => tr.with("threshold-page-and-mail", &[("count", count)]).into_owned(),
        },
    }
}

impl samples::Samples for AlarmsPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use chrono::TimeDelta;
        use model::ThresholdId;
        use model::alarm::Bounds;
        let now = samples::now();
        let alarm = |id: i64, measure: Measure, seen: bool, over: bool| Alarm {
            id: AlarmId(id),
            threshold: ThresholdId(id),
            measure,
            service: None,
            queue: None,
            scope: None,
            over: 10,
            value: if over { 7 } else { 12 },
            worst: 31 - id,
            letters: id % 3,
            raised_at: now - TimeDelta::minutes(40 * id),
            fell_at: over.then(|| now - TimeDelta::minutes(12 * id)),
            seen_at: seen.then(|| now - TimeDelta::minutes(20)),
            seen_by: seen.then_some(UserId(1)),
        };
        let names: HashMap<UserId, String> = [(UserId(1), "Rita Modello".to_owned())].into_iter().collect();
        let said = |alarm: &Alarm| {
            let value = if alarm.fell_at.is_some() { alarm.worst } else { alarm.value };
            let values = [("value", tr.arg(value)), ("over", tr.arg(alarm.over)), ("place", tr.arg("Linea Amica"))];
            tr.with(&format!("alarm-said-{}", alarm.measure), &values).into_owned()
        };
        let rows = |alarms: &[Alarm]| alarms.iter().map(|alarm| row(tr, alarm, said(alarm), &names, now)).collect();
        let all = Measure::ALL.iter().copied().zip(1..);
        let thresholds = all.map(|(measure, id)| {
            let bounds = Bounds { over: 10, back: 8, pause: TimeDelta::hours(1) };
            let mail = (1..id).map(|n| n.to_string()).collect();
            let of =
                Threshold { measure, service: None, queue: None, scope: None, bounds, mail, language: String::new() };
            let place = (id % 2 == 0).then(|| "Linea Amica".to_owned());
            threshold(tr, id, &of, place, Some(id * 3).filter(|_| id != 4))
        });
        let standing = [alarm(1, Measure::Overdue, false, false), alarm(2, Measure::OldestNew, true, false)];
        let past = [
            alarm(3, Measure::Contacts, true, true),
            alarm(4, Measure::LettersWaiting, false, true),
            alarm(5, Measure::LettersGivenUp, false, true),
            alarm(6, Measure::New, true, true),
        ];
        let page = |standing: Vec<AlarmRow>, past: Vec<AlarmRow>, thresholds: Vec<ThresholdRow>| AlarmsPage {
            tr,
            frame: DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(
                    tr,
                    Some(Overseen::Alarms),
                    if standing.is_empty() { &[] } else { &["overdue"] },
                )),
                ..samples::desk_frame(tr)
            },
            more: (!past.is_empty()).then(|| "/desk/squadra/allarmi?before=3".to_owned()),
            standing,
            past,
            thresholds,
            toast: None,
        };
        vec![
            ("all", page(rows(&standing), rows(&past), thresholds.collect())),
            ("nothing", page(Vec::new(), Vec::new(), Vec::new())),
        ]
    }
}
