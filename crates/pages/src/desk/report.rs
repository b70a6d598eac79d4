//! `/desk/rapporti`: the report of a period, compared with another.

mod asked;
mod figure;
mod operators;

pub use figure::FigurePage;
pub(super) use figure::show as show_figure;
pub use operators::OperatorsPage;
pub(super) use operators::show as show_operators;

use super::{DeskFrame, Open, Panes};
use crate::office::fault::Answer;
use crate::office::seat::Seat;
use crate::report::{Document, Look, Promise, ReportView, sample};
use crate::{html, samples};
use askama::Template;
use asked::{Asked, Query};
use axum::extract::Query as FromQuery;
use axum::response::{IntoResponse, Response};
use centre::report::{self, Report, Trend, Wanted};
use http::{StatusCode, header};
use language::Tr;
use model::access;
use model::report::Period;
use tokio::sync::Semaphore;

#[derive(Debug, Template)]
#[template(path = "desk/report.html")]
pub struct ReportPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub form: Ask,
    /// Nothing when what was asked cannot be reckoned.
    pub report: Option<ReportView>,
    pub problem: Option<String>,
    /// The same report as a table, for programs, as a file, and for paper.
    pub csv: String,
    pub json: String,
    pub file: String,
    pub paper: String,
    /// Figures of individual operators, for those who may see them.
    pub operators: Option<String>,
}

/// The form by which a report is asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    pub quick: Vec<Quick>,
    pub from: String,
    pub last: String,
    pub as_of: String,
    pub services: Vec<Choice>,
    pub against: Vec<Choice>,
    pub against_from: String,
    pub against_last: String,
}

/// A period that is asked for often.
#[derive(Debug, Clone)]
pub struct Quick {
    pub name: String,
    pub href: String,
    pub current: bool,
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub word: String,
    pub chosen: bool,
}

/// `GET /desk/rapporti`
pub(super) async fn show(seat: Seat, FromQuery(query): FromQuery<Query>) -> Answer {
    access::report(&seat.me).map_err(centre::Error::Denied)?;
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?;
    let tr = seat.tr;
    let catalogue = seat.gate.centre.catalogue();
    let form = query.form(tr, &catalogue, seat.now);
    let mut page = ReportPage {
        tr,
        frame,
        form,
        report: None,
        problem: None,
        csv: query.href("/desk/rapporti.csv", seat.now),
        json: query.href("/desk/rapporti.json", seat.now),
        file: query.href("/desk/rapporti.html", seat.now),
        paper: query.href("/desk/rapporti.pdf", seat.now),
        operators: report::operators::may(&seat.gate.centre, &seat.me)
            .then(|| query.href("/desk/rapporti/operatori", seat.now)),
    };
    let asked = match query.read(seat.now) {
        Ok(asked) if asked.known(&catalogue) => asked,
        Ok(_) => return Ok(page.refuse(tr.text("report-no-service").into_owned())),
        Err(why) => return Ok(page.refuse(tr.text(why.key()).into_owned())),
    };
    let (report, before) = reckoned(&seat, &asked).await?;
    let promise = Promise::of(&catalogue, asked.wanted.service.as_ref());
    let wanted = Wanted { as_of: Some(report.as_of), ..asked.wanted };
    let trend = report::trend(&seat.gate.centre, &wanted, promise.seconds).await?;
    let look = Look { site: String::new(), alone: false, promise };
    page.report = Some(ReportView::of(tr, &catalogue, &report, before.as_ref(), &trend, &look));
    Ok(html::page(StatusCode::OK, &page))
}

/// The report, and the one that it is compared with, both as they were known at the same time.
async fn reckoned(seat: &Seat, asked: &Asked) -> centre::Result<(Report, Option<Report>)> {
    let centre = &seat.gate.centre;
    let report = report::reckon(centre, asked.wanted.clone()).await?;
    let before = match asked.against {
        Some(period) => {
            Some(report::reckon(centre, Wanted { period, as_of: Some(report.as_of), ..asked.wanted.clone() }).await?)
        }
        None => None,
    };
    Ok((report, before))
}

/// What of the report is downloaded.
async fn download(
    seat: Seat,
    query: Query,
    kind: &'static str,
    ending: &str,
    text: impl FnOnce(&Seat, &Report) -> String,
) -> Answer {
    access::report(&seat.me).map_err(centre::Error::Denied)?;
    let Ok(asked) = query.read(seat.now) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let report = report::reckon(&seat.gate.centre, asked.wanted).await?;
    Ok(attached(&report.period, kind, ending, text(&seat, &report)))
}

fn attached(period: &Period, kind: &'static str, ending: &str, text: impl IntoResponse) -> Response {
    let name = format!("attachment; filename=\"rapporto-{}-{}.{ending}\"", period.from, period.last());
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], text).into_response()
}

/// `GET /desk/rapporti.csv`
pub(super) async fn csv(seat: Seat, FromQuery(query): FromQuery<Query>) -> Answer {
    let text = |seat: &Seat, report: &Report| report.csv(|key| seat.tr.text(key).into_owned());
    download(seat, query, "text/csv; charset=utf-8", "csv", text).await
}

/// `GET /desk/rapporti.json`
pub(super) async fn json(seat: Seat, FromQuery(query): FromQuery<Query>) -> Answer {
    download(seat, query, "application/json", "json", |seat, report| for_programs(seat.tr, report)).await
}

fn for_programs(tr: Tr, report: &Report) -> String {
    format!("{:#}\n", report.json(|key| tr.text(key).into_owned()))
}

/// `GET /desk/rapporti.html`: the report as one file.
pub(super) async fn file(seat: Seat, FromQuery(query): FromQuery<Query>) -> Answer {
    access::report(&seat.me).map_err(centre::Error::Denied)?;
    let Ok(asked) = query.read(seat.now) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let (report, before) = reckoned(&seat, &asked).await?;
    let document = Document::of(seat.tr, &seat.gate.centre, &asked.wanted, &report, before.as_ref()).await?;
    match document.render() {
        Ok(text) => Ok(attached(&asked.wanted.period, "text/html; charset=utf-8", "html", text)),
        Err(error) => {
            tracing::error!(%error, "cannot render a report");
            Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

static PRINTER: Semaphore = Semaphore::const_new(1);

/// `GET /desk/rapporti.pdf`: the report on paper.
pub(super) async fn paper(seat: Seat, FromQuery(query): FromQuery<Query>) -> Answer {
    access::report(&seat.me).map_err(centre::Error::Denied)?;
    let Ok(asked) = query.read(seat.now) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let (report, before) = reckoned(&seat, &asked).await?;
    let document = Document::of(seat.tr, &seat.gate.centre, &asked.wanted, &report, before.as_ref()).await?;
    let json = for_programs(seat.tr, &report);
    // Setting the type takes about a second of one processor, on which nobody else is to wait. One at a time, also when
    // whoever asked has gone meanwhile.
    let turn = PRINTER.acquire().await;
    let printed = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        document.pdf(&json)
    })
    .await;
    match printed.map_err(|error| error.to_string()).and_then(|printed| printed.map_err(|error| error.to_string())) {
        Ok(printed) => {
            if let Some(lacking) = printed.lacking {
                tracing::warn!(lacking, "a report's PDF is not one for archives");
            }
            Ok(attached(&asked.wanted.period, "application/pdf", "pdf", printed.pdf))
        }
        Err(error) => {
            tracing::error!(%error, "cannot print a report");
            Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

impl ReportPage {
    fn refuse(mut self, problem: String) -> Response {
        self.problem = Some(problem);
        html::page(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }
}

impl samples::Samples for ReportPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let now = samples::now();
        let query = Query::default();
        let page = |report, problem| ReportPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            form: query.form(tr, &centre::Catalogue::default(), now),
            report,
            problem,
            csv: query.href("/desk/rapporti.csv", now),
            json: query.href("/desk/rapporti.json", now),
            file: query.href("/desk/rapporti.html", now),
            paper: query.href("/desk/rapporti.pdf", now),
            operators: Some(query.href("/desk/rapporti/operatori", now)),
        };
        let look = Look { site: String::new(), alone: false, promise: Promise { seconds: 30, share: Some(0.75) } };
        let period = Period::month_of(now.date_naive()).before();
        let (report, before) = (sample::report(period, now, 100), sample::report(period.before(), now, 94));
        let catalogue = centre::Catalogue::default();
        let full = ReportView::of(tr, &catalogue, &report, Some(&before), &sample::trend(period), &look);
        let none = Report { figures: Default::default(), ..report };
        let empty = ReportView::of(tr, &catalogue, &none, None, &Trend::default(), &look);
        vec![
            ("full", page(Some(full), None)),
            ("empty", page(Some(empty), None)),
            ("refused", page(None, Some(tr.text("report-no-day").into_owned()))),
        ]
    }
}
