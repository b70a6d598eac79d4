//! A figure that is opened: how it is reckoned, what it is made of, and the records that it counts, page by page.

use super::asked::Query;
use crate::desk::{DeskFrame, Open, Panes};
use crate::office::fault::Answer;
use crate::office::seat::Seat;
use crate::report::{figure_name, made_of, name_of, period_name, shown};
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query as FromQuery};
use axum::response::IntoResponse;
use centre::Catalogue;
use centre::report::behind::{self, Cursor, Part, Question, Rows};
use centre::report::{Wanted, definition};
use chrono::{DateTime, TimeDelta, Utc};
use form_urlencoded::Serializer;
use http::StatusCode;
use language::Tr;
use model::CaseId;
use model::access;
use model::number::CaseNumber;
use serde::Deserialize;

/// Records on a page.
const STEP: u64 = 50;

#[derive(Debug, Template)]
#[template(path = "desk/figure.html")]
pub struct FigurePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub name: String,
    /// The key of a map that is looked at, in words.
    pub of: Option<String>,
    pub lead: String,
    pub definition: String,
    pub value: String,
    pub made_of: Option<String>,
    pub back: String,
    /// What it counts, and what it is divided by, where these can be looked at apart.
    pub parts: Vec<PartLink>,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    pub first: Option<String>,
    pub next: Option<String>,
}

#[derive(Debug, Clone)]
pub struct PartLink {
    pub name: String,
    pub href: String,
    pub current: bool,
}

/// A piece of a row: words, and where they lead.
#[derive(Debug, Clone)]
pub struct Cell {
    pub word: String,
    pub href: Option<String>,
    pub datetime: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::desk) struct Place {
    of: Option<String>,
    #[serde(default)]
    part: Part,
    after: Option<String>,
}

/// `GET /desk/rapporti/{figure}`
pub(in crate::desk) async fn show(
    seat: Seat,
    Path(key): Path<String>,
    FromQuery(query): FromQuery<Query>,
    FromQuery(place): FromQuery<Place>,
) -> Answer {
    access::report(&seat.me).map_err(centre::Error::Denied)?;
    let Ok(asked) = query.read(seat.now) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let after = match place.after.as_deref() {
        Some(after) => match serde_json::from_str::<Cursor>(after) {
            Ok(cursor) => Some(cursor),
            Err(_) => return Ok(StatusCode::NOT_FOUND.into_response()),
        },
        None => None,
    };
    // The records stay those of this moment from page to page.
    let wanted = Wanted { as_of: asked.wanted.as_of.or(Some(seat.now)), ..asked.wanted };
    let question = Question { key, of: place.of, part: place.part, after, limit: STEP };
    let opened = behind::open(&seat.gate.centre, &wanted, &question).await?;
    let catalogue = seat.gate.centre.catalogue();
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?;
    Ok(html::page(StatusCode::OK, &FigurePage::of(seat.tr, frame, &catalogue, &query, &wanted, &question, opened)))
}

impl FigurePage {
    fn of(
        tr: Tr,
        frame: DeskFrame,
        catalogue: &Catalogue,
        query: &Query,
        wanted: &Wanted,
        question: &Question,
        opened: behind::Opened,
    ) -> Self {
        let key = question.key.as_str();
        let as_of = wanted.as_of.unwrap_or_default();
        let here = |part: Part, after: Option<&Cursor>| {
            let mut parts = Serializer::new(String::new());
            parts.append_pair("from", &wanted.period.from.to_string()).append_pair("to", &wanted.period.to.to_string());
            if let Some(service) = &wanted.service {
                parts.append_pair("service", service.as_str());
            }
            parts.append_pair("as_of", &as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
            if let Some(of) = &question.of {
                parts.append_pair("of", of);
            }
            if part == Part::Denominator {
                parts.append_pair("part", "denominator");
            }
            if let Some(after) = after.and_then(|after| serde_json::to_string(after).ok()) {
                parts.append_pair("after", &after);
            }
            format!("/desk/rapporti/{key}?{}", parts.finish())
        };
        let parts = [(Part::Numerator, "report-part-counted"), (Part::Denominator, "report-part-whole")];
        let parts = parts.into_iter().filter(|_| opened.divided).map(|(part, name)| PartLink {
            name: tr.text(name).into_owned(),
            href: here(part, None),
            current: part == question.part,
        });
        let kind = key.split_once('.').map_or(key, |(_, kind)| kind);
        let service = wanted.service.as_ref();
        let service = service.map(|id| catalogue.service(id).map_or_else(|| id.to_string(), |s| s.name.clone()));
        let lead = [
            ("period", period_name(tr, wanted.period)),
            ("service", service.unwrap_or_else(|| tr.text("report-all-services").into_owned())),
            ("when", tr.date_time_full(as_of)),
        ];
        let (head, rows) = table(tr, catalogue, &opened.page.rows);
        Self {
            tr,
            frame,
            name: figure_name(tr, key),
            of: question.of.as_deref().map(|of| name_of(tr, catalogue, kind, of)),
            lead: tr.with("report-figure-lead", &lead).into_owned(),
            definition: tr.text(&definition(key)).into_owned(),
            value: shown(tr, key, opened.figure.value),
            made_of: made_of(tr, key, &opened.figure),
            back: query.href("/desk/rapporti", as_of),
            parts: parts.collect(),
            head: head.iter().map(|key| tr.text(key).into_owned()).collect(),
            rows,
            first: question.after.as_ref().map(|_| here(question.part, None)),
            next: opened.page.next.as_ref().map(|next| here(question.part, Some(next))),
        }
    }
}

fn cell(word: impl Into<String>) -> Cell {
    Cell { word: word.into(), href: None, datetime: None }
}

fn time(tr: Tr, at: Option<DateTime<Utc>>) -> Cell {
    match at {
        Some(at) => Cell { word: tr.moment(at), href: None, datetime: Some(tr.datetime(at)) },
        None => cell("–"),
    }
}

fn case(id: i64, opened_at: DateTime<Utc>) -> Cell {
    let number = CaseNumber::new(CaseId(id), opened_at).to_string();
    Cell { href: Some(format!("/desk/case/{number}")), word: number, datetime: None }
}

fn took(tr: Tr, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Cell {
    let length: Option<TimeDelta> = from.zip(to).map(|(from, to)| to - from);
    cell(length.map_or_else(|| "–".to_owned(), |length| tr.duration(length)))
}

fn yes_no(tr: Tr, answer: Option<bool>) -> Cell {
    cell(match answer {
        Some(true) => tr.text("report-yes"),
        Some(false) => tr.text("report-no"),
        None => "–".into(),
    })
}

/// The columns of a kind of record, and its rows.
fn table(tr: Tr, catalogue: &Catalogue, rows: &Rows) -> (Vec<&'static str>, Vec<Vec<Cell>>) {
    use language::key;
    let name = |kind: &str, of: &str| cell(name_of(tr, catalogue, kind, of));
    let maybe = |kind: &str, of: &Option<String>| of.as_deref().map_or_else(|| cell("–"), |of| name(kind, of));
    match rows {
        Rows::Contacts(rows) => (
            vec![
                key!("report-col-began"),
                key!("report-of-by-channel"),
                key!("report-service"),
                key!("report-of-by-direction"),
                key!("report-of-by-outcome"),
                key!("report-col-wait"),
                key!("report-col-talk"),
                key!("report-col-case"),
            ],
            rows.iter()
                .map(|row| {
                    let case = row.case_id.zip(row.case_opened_at).map_or_else(|| cell("–"), |(id, at)| case(id, at));
                    vec![
                        time(tr, Some(row.started_at)),
                        name("by_channel", &row.channel),
                        name("by_service", &row.service),
                        name("by_direction", &row.direction),
                        maybe("by_outcome", &row.outcome),
                        took(tr, row.queued_at, row.answered_at),
                        took(tr, row.answered_at, row.ended_at),
                        case,
                    ]
                })
                .collect(),
        ),
        Rows::Cases(rows) => (
            vec![
                key!("report-col-case"),
                key!("report-col-opened"),
                key!("report-service"),
                key!("report-of-by-kind"),
                key!("report-of-by-topic"),
                key!("report-col-solved"),
                key!("report-col-by"),
                key!("report-col-took"),
            ],
            rows.iter()
                .map(|row| {
                    vec![
                        case(row.id, row.opened_at),
                        time(tr, Some(row.opened_at)),
                        name("by_service", &row.service),
                        maybe("by_kind", &row.kind),
                        maybe("by_topic", &row.topic),
                        time(tr, row.solved_at),
                        maybe("level", &row.solved_by),
                        took(tr, Some(row.opened_at), row.solved_at),
                    ]
                })
                .collect(),
        ),
        Rows::Surveys(rows) => (
            vec![
                key!("report-col-asked"),
                key!("report-of-by-channel"),
                key!("report-col-answered"),
                key!("report-col-efficient"),
                key!("report-col-effective"),
                key!("report-col-case"),
            ],
            rows.iter()
                .map(|row| {
                    vec![
                        time(tr, Some(row.asked_at)),
                        name("by_channel", &row.channel),
                        time(tr, row.answered_at),
                        yes_no(tr, row.efficient),
                        yes_no(tr, row.effective),
                        case(row.case_id, row.case_opened_at),
                    ]
                })
                .collect(),
        ),
        Rows::Volumes(rows) => (
            vec![
                key!("report-of-by-month"),
                key!("report-of-by-structure"),
                key!("report-of-by-channel"),
                key!("report-count"),
                key!("report-col-with-operator"),
            ],
            rows.iter()
                .map(|row| {
                    vec![
                        name("by_month", &row.month),
                        name("by_structure", &row.structure),
                        name("by_channel", &row.channel),
                        cell(tr.number(row.contacts)),
                        cell(tr.number(row.with_operator)),
                    ]
                })
                .collect(),
        ),
        Rows::Trainings(rows) => (
            vec![key!("report-col-completed"), key!("report-col-course"), key!("report-of-by-structure")],
            rows.iter()
                .map(|row| {
                    vec![
                        time(tr, Some(row.completed_at)),
                        cell(row.course.clone()),
                        maybe("by_structure", &row.structure),
                    ]
                })
                .collect(),
        ),
        Rows::Media(rows) => (
            vec![key!("report-col-published"), key!("report-col-title"), key!("report-of-video-by-origin")],
            rows.iter()
                .map(|row| {
                    let href = row.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
                    let title = Cell { word: row.title.clone(), href, datetime: None };
                    vec![time(tr, Some(row.published_at)), title, maybe("video_by_origin", &row.origin)]
                })
                .collect(),
        ),
    }
}

impl samples::Samples for FigurePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let now = samples::now();
        let frame = || DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) };
        let query = Query::default();
        let Ok(asked) = query.read(now) else { return Vec::new() };
        let wanted = Wanted { as_of: Some(now), ..asked.wanted };
        let question = |key: &str, of: Option<&str>| Question {
            key: key.to_owned(),
            of: of.map(str::to_owned),
            part: Part::Numerator,
            after: None,
            limit: STEP,
        };
        let call = |n: i64| behind_contact(n, now);
        let level = behind::Opened {
            figure: centre::report::Figure::share(10_357, 13_260),
            divided: true,
            page: behind::Page { rows: Rows::Contacts((1..9).map(call).collect()), next: Some(Cursor::Record(0, 8)) },
        };
        let none = behind::Opened {
            figure: centre::report::Figure::count(0),
            divided: false,
            page: behind::Page { rows: Rows::Media(Vec::new()), next: None },
        };
        let catalogue = Catalogue::default();
        let page = |question: &Question, opened| Self::of(tr, frame(), &catalogue, &query, &wanted, question, opened);
        vec![
            ("calls", page(&question("phone.service_level_30", None), level)),
            ("empty", page(&question("media.video_by_origin", Some("prize")), none)),
        ]
    }
}

fn behind_contact(n: i64, now: DateTime<Utc>) -> db::report::behind::Contact {
    let started_at = now - TimeDelta::minutes(17 * n);
    db::report::behind::Contact {
        id: n,
        external: None,
        case_id: Some(4_500 + n),
        case_opened_at: Some(started_at),
        service: "linea-amica".to_owned(),
        channel: "phone".to_owned(),
        direction: "inbound".to_owned(),
        outcome: Some("answered".to_owned()),
        started_at,
        queued_at: Some(started_at + TimeDelta::seconds(4)),
        answered_at: Some(started_at + TimeDelta::seconds(9 + 2 * n)),
        ended_at: Some(started_at + TimeDelta::seconds(200 + 11 * n)),
    }
}
