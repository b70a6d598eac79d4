//! A day by its half-hours: in a sentence, in two charts, and in the table that says the same.

use super::chart::{self, Bar, Chart};
use crate::desk::fault::Answer;
use crate::desk::field::Choice;
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use centre::report::day::{Day, Half};
use chrono::{DateTime, Datelike, Days, NaiveDate, Offset, Timelike, Utc};
use chrono_tz::Europe::Rome;
use http::{StatusCode, header};
use language::Tr;
use model::ServiceId;
use model::half_hour::{self, HalfHour};
use model::report::{real, share};
use serde::Deserialize;

#[derive(Debug, Template)]
#[template(path = "desk/team/day.html")]
pub struct DayPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub title: String,
    pub typed: String,
    pub services: Vec<Choice>,
    pub problem: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub today: Option<String>,
    pub csv: String,
    pub day: Option<View>,
}

/// The day as it is shown.
#[derive(Debug, Clone)]
pub struct View {
    pub said: Vec<String>,
    pub charts: Vec<Chart>,
    pub head: Vec<String>,
    pub rows: Vec<Row>,
    pub sums: Vec<String>,
    pub as_of: String,
}

/// The first cell is the time at which the half-hour begins.
#[derive(Debug, Clone)]
pub struct Row {
    pub cells: Vec<String>,
    /// It is not over yet.
    pub running: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::desk) struct Asked {
    day: Option<String>,
    service: Option<String>,
}

impl Asked {
    fn service(&self) -> Option<ServiceId> {
        self.service.as_deref().filter(|word| !word.is_empty()).map(ServiceId::new)
    }

    /// The day that is meant: today when none is named.
    fn day(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        match self.day.as_deref().map(str::trim).filter(|word| !word.is_empty()) {
            None => Some(half_hour::day_of(now)),
            Some(word) => word.parse().ok().filter(|day: &NaiveDate| (1970..=2100).contains(&day.year())),
        }
    }

    fn href(&self, path: &str, day: NaiveDate) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("day", &day.to_string());
        if let Some(service) = self.service() {
            query.append_pair("service", service.as_str());
        }
        format!("{path}?{}", query.finish())
    }
}

const PATH: &str = "/desk/squadra/giornata";

/// `GET /desk/squadra/giornata`
pub(in crate::desk) async fn show(seat: Seat, Query(asked): Query<Asked>) -> Answer {
    model::access::report(&seat.me).map_err(centre::Error::Denied)?;
    let tr = seat.tr;
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Day);
    let catalogue = seat.gate.centre.catalogue();
    let service = asked.service();
    let mut services = vec![Choice::new("", tr.text("team-every-service")).chosen_if(service.is_none())];
    services.extend(catalogue.services.iter().map(|one| {
        let chosen = service.as_ref() == Some(&one.id);
        Choice::new(&one.id, one.name.as_str()).chosen_if(chosen)
    }));
    let mut view = DayPage {
        tr,
        frame,
        title: tr.text("day-title").into_owned(),
        typed: asked.day.clone().unwrap_or_default(),
        services,
        problem: None,
        before: None,
        after: None,
        today: None,
        csv: String::new(),
        day: None,
    };
    let Some(day) = asked.day(seat.now) else {
        view.problem = Some(tr.text("problem-not-a-date").into_owned());
        view.typed = String::new();
        return Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &view));
    };
    let counted = centre::report::day::day(&seat.gate.centre, &seat.me, day, service.clone()).await?;
    let open = catalogue.services.iter().filter(|one| service.as_ref().is_none_or(|id| *id == one.id));
    let slots: Vec<_> = open.flat_map(|one| one.calendar.slots_on(day)).collect();
    let today = half_hour::day_of(seat.now);
    view.title = tr.with("day-title-of", &[("day", tr.day_of(day, seat.now))]).into_owned();
    view.typed = day.to_string();
    view.before = day.pred_opt().map(|day| asked.href(PATH, day));
    view.after = day.succ_opt().filter(|day| *day <= today).map(|day| asked.href(PATH, day));
    view.today = (day != today).then(|| asked.href(PATH, today));
    view.csv = asked.href("/desk/squadra/giornata.csv", day);
    view.day = Some(shown(tr, &counted, &slots));
    Ok(html::page(StatusCode::OK, &view))
}

/// `GET /desk/squadra/giornata.csv`
pub(in crate::desk) async fn csv(seat: Seat, Query(asked): Query<Asked>) -> Answer {
    let Some(day) = asked.day(seat.now) else { return Ok(StatusCode::BAD_REQUEST.into_response()) };
    let counted = centre::report::day::day(&seat.gate.centre, &seat.me, day, asked.service()).await?;
    let name = format!("attachment; filename=\"giornata-{day}.csv\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, table(&counted)).into_response())
}

/// The day for a spreadsheet (RFC 4180): all half-hours that have begun.
fn table(day: &Day) -> String {
    let channels = channels(day);
    let mut table = String::from("half_hour");
    for channel in &channels {
        table += &format!(",inbound_{channel}");
    }
    table += ",inbound,usual_inbound,outbound,opened,solved,escalated,answers,waiting\r\n";
    for half in &day.halves {
        table += &half.half.begin().with_timezone(&Rome).to_rfc3339();
        for channel in &channels {
            table += &format!(",{}", half.contacts.get(*channel).map_or(0, |(inbound, _)| *inbound));
        }
        let usual = day.usual.of(half.half).map_or_else(String::new, |mean| mean.inbound.to_string());
        let Half { opened, solved, escalated, answers, waiting, .. } = half;
        let (inbound, outbound) = (half.inbound(), half.outbound());
        table += &format!(",{inbound},{usual},{outbound},{opened},{solved},{escalated},{answers},{waiting}\r\n");
    }
    table
}

/// The channels on which something came in, in the order of all channels.
fn channels(day: &Day) -> Vec<&str> {
    let known = model::contact::Channel::ALL.iter().map(|channel| channel.as_str());
    let came =
        |channel: &&str| day.halves.iter().any(|h| h.contacts.get(*channel).is_some_and(|(inbound, _)| *inbound > 0));
    known.filter(came).collect()
}

fn shown(tr: Tr, day: &Day, slots: &[(DateTime<Utc>, DateTime<Utc>)]) -> View {
    let all = HalfHour::of_day(day.day);
    let opening = |half: &HalfHour| slots.iter().any(|(from, to)| *from < half.end() && half.begin() < *to);
    let busy = |half: &HalfHour| day.halves.iter().any(|other| other.half == *half && !other.is_empty());
    let worth = |half: &&HalfHour| opening(half) || busy(half);
    // What lies outside the opening hours is shown as far as something happened.
    let (first, last) = (all.iter().find(worth).copied(), all.iter().rfind(worth).copied());
    let within = |half: &HalfHour| first.is_some_and(|first| first <= *half) && last.is_some_and(|last| *half <= last);
    let halves: Vec<HalfHour> = all.iter().copied().filter(within).collect();
    let time = |half: HalfHour| {
        let said = tr.time(half.begin());
        // Where the clocks show an hour twice, which of the two it is.
        if all.iter().filter(|other| tr.time(other.begin()) == said).count() < 2 {
            return said;
        }
        let summer = half.begin().with_timezone(&Rome).offset().fix().local_minus_utc() > 3_600;
        let key = if summer { language::key!("day-summer-time") } else { language::key!("day-winter-time") };
        tr.with(key, &[("time", said)]).into_owned()
    };
    let counted = |half: HalfHour| day.halves.iter().find(|other| other.half == half);
    let is_hour = |half: HalfHour| half.begin().with_timezone(&Rome).minute() == 0;
    let bars = |count: fn(&Half) -> i64, usual: fn(&centre::report::day::Mean) -> f64| -> Vec<Bar> {
        let bar = |half: &HalfHour| Bar {
            time: tr.time(half.begin()),
            is_hour: is_hour(*half),
            count: counted(*half).map(count),
            usual: day.usual.of(*half).map(|mean| usual(&mean)),
        };
        halves.iter().map(bar).collect()
    };
    let contacts = chart::draw(tr, "contacts", &bars(Half::inbound, |mean| mean.inbound));
    let waiting = chart::draw(tr, "waiting", &bars(|half| half.waiting, |mean| mean.waiting));
    let (finding, drawn) = (finding(tr, day), contacts.is_some());
    let lead = |beside: &str, alone: &str| match usual_words(tr, day) {
        Some(usual) => tr.with(beside, &[("usual", usual)]).into_owned(),
        None => tr.text(alone).into_owned(),
    };
    let charts = [
        contacts.map(|chart| Chart {
            title: finding.clone(),
            lead: lead("day-chart-contacts-lead", "day-chart-contacts-alone"),
            spoken: spoken(tr, day, &time, "day-chart-contacts-spoken", Half::inbound),
            ..chart
        }),
        waiting.map(|chart| Chart {
            title: waiting_finding(tr, day),
            lead: lead("day-chart-waiting-lead", "day-chart-waiting-alone"),
            spoken: spoken(tr, day, &time, "day-chart-waiting-spoken", |half| half.waiting),
            ..chart
        }),
    ];
    let channels = channels(day);
    let mut head = vec![tr.text("day-col-time").into_owned()];
    head.extend(channels.iter().map(|channel| tr.text(&format!("desk-channel-{channel}")).into_owned()));
    for key in ["inbound", "usual", "outbound", "opened", "solved", "escalated", "answers", "waiting"] {
        head.push(tr.text(&format!("day-col-{key}")).into_owned());
    }
    let rows = halves.iter().filter_map(|half| counted(*half)).map(|half| Row {
        cells: cells(tr, time(half.half), half, &channels, day),
        running: half.half.end() > day.as_of,
    });
    View {
        said: said(tr, day, (!drawn).then_some(finding)),
        charts: charts.into_iter().flatten().collect(),
        head,
        rows: rows.collect(),
        sums: sums(tr, day, &channels),
        as_of: tr.with("day-as-of", &[("when", tr.date_time_full(day.as_of))]).into_owned(),
    }
}

fn cells(tr: Tr, time: String, half: &Half, channels: &[&str], day: &Day) -> Vec<String> {
    let mut cells = vec![time];
    let of = |channel: &&str| half.contacts.get(*channel).map_or(0, |(inbound, _)| *inbound);
    cells.extend(channels.iter().map(|channel| tr.number(of(channel))));
    cells.push(tr.number(half.inbound()));
    cells.push(day.usual.of(half.half).map_or_else(|| "–".to_owned(), |mean| tr.decimal(mean.inbound, 1)));
    let rest = [half.outbound(), half.opened, half.solved, half.escalated, half.answers, half.waiting];
    cells.extend(rest.map(|count| tr.number(count)));
    cells
}

/// Of the whole day so far; what waits is what waits now.
fn sums(tr: Tr, day: &Day, channels: &[&str]) -> Vec<String> {
    let sum = |part: &dyn Fn(&Half) -> i64| tr.number(day.halves.iter().map(part).sum::<i64>());
    let mut sums: Vec<String> = channels
        .iter()
        .map(|channel| sum(&|half| half.contacts.get(*channel).map_or(0, |(inbound, _)| *inbound)))
        .collect();
    sums.push(sum(&Half::inbound));
    let usual: f64 = day.halves.iter().filter_map(|half| day.usual.of(half.half)).map(|mean| mean.inbound).sum();
    sums.push(if day.usual.days == 0 { "–".to_owned() } else { tr.decimal(usual, 1) });
    sums.push(sum(&Half::outbound));
    sums.extend([sum(&|h| h.opened), sum(&|h| h.solved), sum(&|h| h.escalated), sum(&|h| h.answers)]);
    sums.push(tr.number(day.halves.last().map_or(day.waiting, |half| half.waiting)));
    sums
}

/// How the day compares with others like it, as far as its half-hours are over.
fn finding(tr: Tr, day: &Day) -> String {
    let over: Vec<&Half> = day.halves.iter().filter(|half| half.half.end() <= day.as_of).collect();
    let (count, all): (i64, i64) =
        (over.iter().map(|half| half.inbound()).sum(), day.halves.iter().map(Half::inbound).sum());
    let usual: f64 = over.iter().filter_map(|half| day.usual.of(half.half)).map(|mean| mean.inbound).sum();
    let weekday = tr.weekday(day.day);
    if day.usual.days == 0 || usual <= 0.0 {
        return tr.with("day-finding-alone", &[("count", all)]).into_owned();
    }
    let ratio = real(count) / usual - 1.0;
    let values = [("count", tr.arg(all)), ("part", tr.arg(tr.percent(ratio.abs(), 0))), ("weekday", tr.arg(weekday))];
    let key = match ratio {
        ratio if ratio.abs() < 0.05 => language::key!("day-finding-usual"),
        ratio if ratio > 0.0 => language::key!("day-finding-more"),
        _ => language::key!("day-finding-less"),
    };
    tr.with(key, &values).into_owned()
}

fn waiting_finding(tr: Tr, day: &Day) -> String {
    let end = day.halves.last().map_or(day.waiting, |half| half.waiting);
    let values = [("before", day.waiting), ("count", end)];
    let key = match end.cmp(&day.waiting) {
        std::cmp::Ordering::Greater => language::key!("day-waiting-more"),
        std::cmp::Ordering::Less => language::key!("day-waiting-less"),
        std::cmp::Ordering::Equal => language::key!("day-waiting-same"),
    };
    tr.with(key, &values).into_owned()
}

/// What the charts do not say, and what they would have said where there is nothing to draw.
fn said(tr: Tr, day: &Day, finding: Option<String>) -> Vec<String> {
    let sum = |part: fn(&Half) -> i64| day.halves.iter().map(part).sum::<i64>();
    let (opened, solved) = (sum(|half| half.opened), sum(|half| half.solved));
    let mut said: Vec<String> = finding.into_iter().collect();
    said.push(tr.with("day-said-cases", &[("opened", opened), ("solved", solved)]).into_owned());
    let escalated = sum(|half| half.escalated);
    if let Some(part) = share(escalated, opened).filter(|_| escalated > 0) {
        let values = [("count", tr.arg(escalated)), ("part", tr.arg(tr.percent(part, 0)))];
        said.push(tr.with("day-said-escalated", &values).into_owned());
    }
    said
}

fn usual_words(tr: Tr, day: &Day) -> Option<String> {
    let weekday = tr.weekday(day.day);
    let days = i64::try_from(day.usual.days).ok().filter(|days| *days > 0)?;
    Some(tr.with("day-usual", &[("count", tr.arg(days)), ("weekday", tr.arg(weekday))]).into_owned())
}

fn spoken(tr: Tr, day: &Day, time: &dyn Fn(HalfHour) -> String, key: &str, count: fn(&Half) -> i64) -> String {
    let Some(most) = day.halves.iter().max_by_key(|half| count(half)) else { return String::new() };
    tr.with(key, &[("most", tr.arg(count(most))), ("time", tr.arg(time(most.half)))]).into_owned()
}

impl samples::Samples for DayPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use model::report::Period;
        let now = samples::now();
        let page = |view: Option<View>, problem: Option<String>, typed: &str, title: String| DayPage {
            tr,
            frame: DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(Overseen::Day), &[])),
                ..samples::desk_frame(tr)
            },
            title,
            typed: typed.to_owned(),
            services: vec![Choice::new("", tr.text("team-every-service")), Choice::new("abruzzo", "Abruzzo")],
            problem,
            before: Some("/desk/squadra/giornata?day=2026-11-22".to_owned()),
            after: None,
            today: None,
            csv: "/desk/squadra/giornata.csv".to_owned(),
            day: view,
        };
        // As many contacts as hands of a clock might point at, so that the picture is always the same.
        let day = |date: NaiveDate, as_of: DateTime<Utc>, days: usize| -> Day {
            let mut waiting = 31;
            let halves = HalfHour::of_day(date).into_iter().map(|half| {
                let hour = i64::from(half.begin().with_timezone(&Rome).hour());
                let open = (9..18).contains(&hour);
                let wave = if open { (half.0 * 7919 + hour * 31) % 9 + 6 - (hour - 11).abs() / 2 } else { 0 };
                let (opened, solved) = (wave * 2 / 3, wave * 3 / 5);
                waiting += opened - solved;
                let came = [("phone", (wave, 1)), ("web", (wave / 2, 0)), ("email", (wave / 3, 2))];
                let contacts = came.into_iter().filter(|_| open).map(|(channel, counts)| (channel.to_owned(), counts));
                Half { half, contacts: contacts.collect(), opened, solved, escalated: wave / 5, answers: wave, waiting }
            });
            let mut halves: Vec<Half> = halves.collect();
            let usual = centre::report::day::Usual::sample(days, &halves);
            halves.retain(|half| half.half.begin() <= as_of);
            Day { day: date, as_of, waiting: 31, halves, usual }
        };
        let slots = |date: NaiveDate| model::calendar::Calendar::default_italian().slots_on(date);
        let title = |date: NaiveDate| tr.with("day-title-of", &[("day", tr.day_of(date, now))]).into_owned();
        let today = half_hour::day_of(now);
        let whole = |date: NaiveDate| Period { from: date, to: date + Days::new(1) }.bounds().1;
        let fall = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap_or(today);
        let mut change = day(fall, whole(fall), 0);
        for half in change.halves.iter_mut().take(8) {
            half.contacts.insert("web".to_owned(), (2, 0));
        }
        vec![
            ("today", page(Some(shown(tr, &day(today, now, 4), &slots(today))), None, "2026-11-23", title(today))),
            ("clocks-change", page(Some(shown(tr, &change, &slots(fall))), None, "2026-10-25", title(fall))),
            (
                "wrong",
                page(None, Some(tr.text("problem-not-a-date").into_owned()), "", tr.text("day-title").into_owned()),
            ),
        ]
    }
}
