//! What was written is taken in: its number and code, what happens next and by when. To be printed.

use crate::html;
use crate::portal::here::{Here, personal};
use crate::portal::{Frame, Section, opened, trouble};
use crate::samples;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use centre::timeline;
use gate::{Gate, Session};
use http::StatusCode;
use language::Tr;
use model::CaseId;

#[derive(Debug, Template)]
#[template(path = "portal/done.html")]
pub struct DonePage {
    pub tr: Tr,
    pub frame: Frame,
    pub number: String,
    pub code: String,
    pub at: String,
    /// The address to which number and code were sent as well.
    pub sent_to: Option<String>,
    pub answer_by: Option<String>,
    pub solution_by: Option<String>,
}

/// `GET /scrivi/fatto`
pub async fn done(State(gate): State<Gate>, here: Here, session: Session) -> Response {
    match opened::just_written(&session, here.now).await {
        Ok(Some(case)) => page(&gate, &here, case).await,
        Ok(None) => Redirect::to(&here.tr.path("/caso")).into_response(),
        Err(error) => trouble::page(&gate, &here, &error),
    }
}

pub(super) async fn page(gate: &Gate, here: &Here, case: CaseId) -> Response {
    let tr = here.tr;
    let read = match timeline::read_for_citizen(&gate.centre, case).await {
        Ok(read) => read,
        Err(error) => return trouble::page(gate, here, &error),
    };
    let clocks = read.stored.case.clocks;
    let by = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| tr.date_time(at, here.now));
    let view = DonePage {
        tr,
        frame: here.titled(language::key!("done-title")).under(Section::Write),
        number: read.number.to_string(),
        code: gate.centre.code(case).to_string(),
        at: tr.date_time_full(read.stored.case.opened_at),
        sent_to: read.stored.content.announce_to,
        answer_by: by(clocks.answer),
        solution_by: by(clocks.solution),
    };
    personal(html::page(StatusCode::OK, &view))
}

impl samples::Samples for DonePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |sent_to: Option<&str>| DonePage {
            tr,
            frame: samples::frame(tr, "/scrivi/fatto").titled(tr.text("done-title")).under(Section::Write),
            number: "LA-2026-004530".to_owned(),
            code: "7KQ2-MXPA".to_owned(),
            at: tr.date_time_full(samples::now()),
            sent_to: sent_to.map(str::to_owned),
            answer_by: Some(tr.date_time(samples::now(), samples::now())),
            solution_by: Some(tr.date_time(samples::now(), samples::now())),
        };
        vec![("sent", page(Some("giulia.prova@posta.example"))), ("alone", page(None))]
    }
}
