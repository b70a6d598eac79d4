//! The door of a case: its number and its code. A wrong pair is told as one thing, and guessing is slowed.

use super::path;
use crate::html;
use crate::portal::here::{Asking, Here, asked, personal};
use crate::portal::problems::Problems;
use crate::portal::trouble::{self, Notice};
use crate::portal::{Frame, Section, opened};
use crate::samples;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use centre::{Error, citizen};
use gate::{Form, Gate, Session, Visitor};
use http::StatusCode;
use language::Tr;
use model::number::CaseNumber;
use model::problem::{FieldProblem, Problem};
use serde::Deserialize;

const FIELDS: &[(&str, &str)] = &[("number", language::key!("case-number")), ("code", language::key!("case-code"))];

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The number, where a link or the home page says it.
    #[serde(default)]
    n: String,
    /// Whoever has just left a case is told so.
    #[serde(default)]
    uscito: String,
}

#[derive(Debug, Template)]
#[template(path = "portal/door.html")]
pub struct DoorPage {
    pub tr: Tr,
    pub frame: Frame,
    pub number: String,
    pub left: bool,
    pub problems: Problems,
    pub notice: Option<Notice>,
}

impl DoorPage {
    fn of(here: &Here, number: &str, problems: &[FieldProblem], notice: Option<Notice>) -> Self {
        Self {
            tr: here.tr,
            frame: here.titled(language::key!("portal-nav-your-case")).under(Section::YourCase),
            number: number.trim().to_owned(),
            left: false,
            problems: Problems::of(here.tr, "case", FIELDS, problems),
            notice,
        }
    }
}

impl IntoResponse for DoorPage {
    fn into_response(self) -> Response {
        let status = match &self.notice {
            Some(notice) => notice.status,
            None if self.problems.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        personal(html::page(status, &self))
    }
}

/// `GET /caso`
pub async fn knock(State(gate): State<Gate>, here: Here, session: Session, asking: Asking<Asked>) -> Response {
    let asked = asked(asking);
    let number = asked.n.parse::<CaseNumber>().ok();
    let known = match number {
        Some(number) => opened::knows(&gate, &session, number.id).await,
        None => Ok(false),
    };
    match (number, known) {
        (Some(number), Ok(true)) => Redirect::to(&path(&here, number)).into_response(),
        (_, Err(error)) => trouble::page(&gate, &here, &error),
        _ => DoorPage { left: !asked.uscito.is_empty(), ..DoorPage::of(&here, &asked.n, &[], None) }.into_response(),
    }
}

/// `POST /caso`
pub async fn enter(
    State(gate): State<Gate>,
    here: Here,
    Visitor(from): Visitor,
    session: Session,
    form: Form,
) -> Response {
    let typed = form.text("number");
    let mut problems = Vec::new();
    for field in ["number", "code"] {
        if form.typed(field).is_none() {
            problems.push(FieldProblem::new(field, Problem::Missing));
        }
    }
    if !problems.is_empty() {
        return DoorPage::of(&here, typed, &problems, None).into_response();
    }
    let refused = [FieldProblem::new("number", Problem::NoSuchCase)];
    let Ok(number) = typed.parse::<CaseNumber>() else {
        return DoorPage::of(&here, typed, &refused, None).into_response();
    };
    let case = match citizen::open(&gate.centre, number, form.text("code"), &from).await {
        Ok(case) => case,
        Err(Error::NotFound(_)) => return DoorPage::of(&here, typed, &refused, None).into_response(),
        Err(error) => {
            return match trouble::notice(&here, &error).map(|notice| untyped(&here, &error, notice)) {
                Some(notice) => DoorPage::of(&here, typed, &[], Some(notice)).into_response(),
                None => trouble::page(&gate, &here, &error),
            };
        }
    };
    // What was opened is the number whose code was given; where it is continued is looked up each time.
    if let Err(error) = opened::remember(&session, number.id).await {
        return trouble::page(&gate, &here, &error);
    }
    match centre::timeline::read_for_citizen(&gate.centre, case).await {
        Ok(read) => Redirect::to(&path(&here, read.number)).into_response(),
        Err(error) => trouble::page(&gate, &here, &error),
    }
}

/// A code is not shown again, so nothing is said of what was typed.
fn untyped(here: &Here, error: &Error, notice: Notice) -> Notice {
    match error {
        Error::TooMany(until) => {
            let when = [("when", trouble::from(here, *until))];
            Notice { text: here.tr.with("error-too-many-when", &when).into_owned(), ..notice }
        }
        _ => Notice {
            text: here.tr.text("trouble-reading").into_owned(),
            title: here.tr.text("error-unavailable-title").into_owned(),
            ..notice
        },
    }
}

impl samples::Samples for DoorPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |number: &str, found: &[FieldProblem]| DoorPage {
            tr,
            frame: samples::frame(tr, "/caso").titled(tr.text("portal-nav-your-case")).under(Section::YourCase),
            number: number.to_owned(),
            left: false,
            problems: Problems::of(tr, "case", FIELDS, found),
            notice: None,
        };
        let wrong = page("LA-2026-004512", &[FieldProblem::new("number", Problem::NoSuchCase)]);
        let empty =
            page("", &[FieldProblem::new("number", Problem::Missing), FieldProblem::new("code", Problem::Missing)]);
        let mut slowed = page("LA-2026-004512", &[]);
        slowed.notice = Some(Notice {
            status: StatusCode::TOO_MANY_REQUESTS,
            title: tr.text("error-too-many-title").into_owned(),
            text: tr.with("error-too-many-when", &[("when", tr.time(samples::now()))]).into_owned(),
        });
        vec![
            ("new", page("", &[])),
            ("left", DoorPage { left: true, ..page("", &[]) }),
            ("wrong", wrong),
            ("empty", empty),
            ("slowed", slowed),
        ]
    }
}
