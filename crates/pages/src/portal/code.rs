//! `/caso/codice`: the code had again by the address it was given with. The answer is always the same, so that nobody
//! learns from it who has written to us.

use super::here::{Here, personal};
use super::problems::Problems;
use super::trouble::{self, Notice};
use super::{Frame, Section};
use crate::{html, samples};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use centre::{By, Error, citizen};
use gate::{Form, Gate, Visitor};
use http::StatusCode;
use language::Tr;
use model::problem::{FieldProblem, Problem};

const FIELDS: &[(&str, &str)] = &[("email", language::key!("write-email"))];

#[derive(Debug, Template)]
#[template(path = "portal/code.html")]
pub struct CodePage {
    pub tr: Tr,
    pub frame: Frame,
    pub typed: String,
    pub sent: bool,
    pub problems: Problems,
    pub notice: Option<Notice>,
}

impl CodePage {
    fn of(here: &Here, typed: &str, found: &[FieldProblem], notice: Option<Notice>) -> Self {
        let frame = here.frame().under(Section::YourCase).through(here.tr.text("portal-nav-your-case"), "/caso");
        Self {
            tr: here.tr,
            frame: frame.titled(here.tr.text("code-title")),
            typed: typed.to_owned(),
            sent: false,
            problems: Problems::of(here.tr, "code", FIELDS, found),
            notice,
        }
    }
}

impl IntoResponse for CodePage {
    fn into_response(self) -> Response {
        let status = match &self.notice {
            Some(notice) => notice.status,
            None if self.problems.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        personal(html::page(status, &self))
    }
}

/// `GET /caso/codice`
pub async fn show(here: Here) -> Response {
    CodePage::of(&here, "", &[], None).into_response()
}

/// `POST /caso/codice`
pub async fn send(State(gate): State<Gate>, here: Here, Visitor(from): Visitor, form: Form) -> Response {
    let typed = form.text("email").to_owned();
    let email = typed.clone();
    let sent = gate
        .centre
        .work(By::Citizen, move |w| Box::pin(async move { citizen::send_code_again(w, &email, &from).await }));
    match sent.await {
        Ok(()) => CodePage { sent: true, ..CodePage::of(&here, &typed, &[], None) }.into_response(),
        Err(Error::Invalid(found)) => CodePage::of(&here, &typed, &found, None).into_response(),
        Err(error) => match trouble::notice(&here, &error) {
            Some(notice) => CodePage::of(&here, &typed, &[], Some(notice)).into_response(),
            None => trouble::page(&gate, &here, &error),
        },
    }
}

impl samples::Samples for CodePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |typed: &str, found: &[FieldProblem]| CodePage {
            tr,
            frame: samples::frame(tr, "/caso/codice").under(Section::YourCase).titled(tr.text("code-title")),
            typed: typed.to_owned(),
            sent: false,
            problems: Problems::of(tr, "code", FIELDS, found),
            notice: None,
        };
        let sent = CodePage { sent: true, ..page("giulia.prova@posta.example", &[]) };
        vec![
            ("new", page("", &[])),
            ("wrong", page("giulia.prova", &[FieldProblem::new("email", Problem::EmailWithoutAt)])),
            ("sent", sent),
        ]
    }
}
