//! `/accessibilita`: the statement, and the form by which a reader says what cannot be read or used. What is said there
//! is a case like any other.

use super::Frame;
use super::here::{Asking, Here, asked};
use super::problems::Problems;
use super::trouble::{self, Notice};
use super::write::{accept, done_with, lacking};
use crate::{html, samples};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use centre::Error;
use centre::intake::{self, Inbound};
use gate::{Form, Gate, Session, Visitor};
use http::StatusCode;
use language::Tr;
use model::TopicId;
use model::contact::Channel;
use model::problem::{FieldProblem, Problem};
use serde::Deserialize;

const FIELDS: &[(&str, &str)] = &[
    ("text", language::key!("report-text")),
    ("page", language::key!("report-page")),
    ("email", language::key!("write-email")),
    ("consent", language::key!("write-consent-label")),
];
/// The topic under which these cases are found.
const TOPIC: &str = "accessibilita";

#[derive(Debug, Template)]
#[template(path = "portal/accessibility.html")]
pub struct StatementPage {
    pub tr: Tr,
    pub frame: Frame,
}

/// `GET /accessibilita`
pub async fn show(here: Here) -> Response {
    html::page(
        StatusCode::OK,
        &StatementPage { tr: here.tr, frame: here.titled(language::key!("accessibility-title")) },
    )
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The page that the reader comes from.
    #[serde(default)]
    page: String,
}

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub key: String,
    pub text: String,
    pub page: String,
    pub email: String,
    pub consent: bool,
}

#[derive(Debug, Template)]
#[template(path = "portal/report.html")]
pub struct ReportPage {
    pub tr: Tr,
    pub frame: Frame,
    pub typed: Typed,
    pub problems: Problems,
    pub notice: Option<Notice>,
}

impl ReportPage {
    fn of(gate: &Gate, here: &Here, mut typed: Typed, found: &[FieldProblem], notice: Option<Notice>) -> Self {
        if typed.key.is_empty() {
            typed.key = gate.centre.nonce();
        }
        let frame = here.frame().through(here.tr.text("accessibility-title"), "/accessibilita");
        let problems = Problems::of(here.tr, "report", FIELDS, found);
        Self { tr: here.tr, frame: frame.titled(here.tr.text("report-title")), typed, problems, notice }
    }
}

impl IntoResponse for ReportPage {
    fn into_response(self) -> Response {
        let status = match &self.notice {
            Some(notice) => notice.status,
            None if self.problems.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        html::page(status, &self)
    }
}

/// `GET /accessibilita/segnala`
pub async fn ask(State(gate): State<Gate>, here: Here, asking: Asking<Asked>) -> Response {
    let page = asked(asking).page;
    ReportPage::of(&gate, &here, Typed { page, ..Typed::default() }, &[], None).into_response()
}

/// `POST /accessibilita/segnala`
pub async fn send(
    State(gate): State<Gate>,
    here: Here,
    Visitor(from): Visitor,
    session: Session,
    form: Form,
) -> Response {
    let text = |name: &str| form.text(name).to_owned();
    let typed = Typed {
        key: text("key"),
        text: text("text"),
        page: text("page"),
        email: text("email"),
        consent: form.has("consent"),
    };
    let inbound = Inbound {
        channel: Some(Channel::Web),
        entry_point: Some("/accessibilita/segnala".to_owned()),
        email: form.typed("email"),
        language: Some(here.tr.language.code().to_owned()),
        topic: Some(TopicId::new(TOPIC)),
        subject: Some(subject(here.tr, &typed.page)),
        text: typed.text.clone(),
        ..Inbound::default()
    };
    let mut problems = intake::problems(&inbound);
    if !typed.consent {
        problems.push(lacking("consent", Problem::ConsentNeeded));
    }
    let error = if problems.is_empty() {
        match accept(&gate, &typed.key, form.digest(), inbound, from).await {
            Ok(case) => return done_with(&gate, &here, &session, case).await,
            Err(error) => error,
        }
    } else {
        Error::Invalid(problems)
    };
    match (&error, trouble::notice(&here, &error)) {
        (Error::Invalid(problems), _) => ReportPage::of(&gate, &here, typed, problems, None).into_response(),
        (_, Some(notice)) => ReportPage::of(&gate, &here, typed, &[], Some(notice)).into_response(),
        (error, None) => trouble::page(&gate, &here, error),
    }
}

/// The title of the case, with as much of the page's address as a title takes.
fn subject(tr: Tr, page: &str) -> String {
    let page: String = page.chars().take(100).collect();
    let key =
        if page.trim().is_empty() { language::key!("report-subject") } else { language::key!("report-subject-page") };
    tr.with(key, &[("page", page)]).into_owned()
}

impl samples::Samples for StatementPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        vec![(
            "statement",
            StatementPage { tr, frame: samples::frame(tr, "/accessibilita").titled(tr.text("accessibility-title")) },
        )]
    }
}

impl samples::Samples for ReportPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |found: &[FieldProblem]| ReportPage {
            tr,
            frame: samples::frame(tr, "/accessibilita/segnala").titled(tr.text("report-title")),
            typed: Typed { page: "/orari".to_owned(), ..Typed::default() },
            problems: Problems::of(tr, "report", FIELDS, found),
            notice: None,
        };
        let wrong = [FieldProblem::new("text", Problem::Missing), FieldProblem::new("consent", Problem::ConsentNeeded)];
        vec![("new", page(&[])), ("wrong", page(&wrong))]
    }
}
