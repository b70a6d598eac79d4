//! Signing in, the second step: a code beside the password, or setting one up where a role wants it. Whoever is here has
//! brought the right password and is not in.

use super::door::{DoorPage, after, own_path, tr, with_next};
use super::me::factor::{Picture, confirmed, enrolment};
use super::sign_in::Next;
use crate::office::field::{Field, Kind};
use crate::{html, samples};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use centre::{By, Error};
use gate::{Form, Gate, Session, Visitor};
use http::{HeaderMap, StatusCode};
use language::Tr;
use model::user::Staff;
use std::sync::Arc;

/// Whoever brought the right password a moment ago, with the language of their pages. Others begin again.
async fn knocking(gate: &Gate, session: &Session, headers: &HeaderMap) -> Result<(Arc<Staff>, Tr), Response> {
    let unavailable = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "cannot look up who is at the door");
        DoorPage::new(tr(headers), "code", "/login").refused(&Error::NotFound("session"))
    };
    let id = gate::at_the_door(session, gate.centre.now()).await.map_err(|e| unavailable(&e))?;
    let staff = match id {
        Some(id) => centre::staff::load(&gate.centre, id).await.map_err(|e| unavailable(&e))?,
        None => None,
    };
    let staff = staff.ok_or_else(|| Redirect::to("/login").into_response())?;
    let tr = Tr::new(staff.language.parse().unwrap_or_default());
    Ok((staff, tr))
}

pub(super) fn code_page(tr: Tr, next: &str) -> DoorPage {
    DoorPage {
        fields: vec![Field::new("code", tr.text("factor-code"), Kind::Code).hinted(tr.text("factor-code-hint"))],
        hidden: vec![("next", next.to_owned())],
        links: vec![("/login", language::key!("door-begin-again"))],
        ..DoorPage::new(tr, "code", "/login/code")
    }
}

/// `GET /login/code`
pub(super) async fn show_code(
    State(gate): State<Gate>,
    session: Session,
    headers: HeaderMap,
    Query(next): Query<Next>,
) -> Response {
    match knocking(&gate, &session, &headers).await {
        Ok((_, tr)) => code_page(tr, &next.own()).answer(),
        Err(response) => response,
    }
}

/// `POST /login/code`
pub(super) async fn send_code(
    State(gate): State<Gate>,
    Visitor(from): Visitor,
    session: Session,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let (staff, tr) = match knocking(&gate, &session, &headers).await {
        Ok(known) => known,
        Err(response) => return response,
    };
    let next = own_path(form.text("next")).unwrap_or_default();
    match centre::totp::sign_in(&gate.centre, &staff, form.text("code"), &from).await {
        Ok(()) => enter(&session, &headers, &staff, code_page(tr, next), after(next)).await,
        Err(error) => code_page(tr, next).refused(&error),
    }
}

async fn enter(session: &Session, headers: &HeaderMap, staff: &Staff, page: DoorPage, to: &str) -> Response {
    match gate::begin(session, staff.id, &gate::device(headers)).await {
        Ok(()) => Redirect::to(to).into_response(),
        Err(error) => {
            tracing::error!(%error, "cannot begin a session");
            page.refused(&Error::NotFound("session"))
        }
    }
}

pub(super) fn enrol_page(tr: Tr, picture: Option<Picture>, next: &str) -> DoorPage {
    DoorPage {
        fields: vec![Field::new("code", tr.text("factor-code"), Kind::Code)],
        hidden: vec![("next", next.to_owned())],
        enrolment: picture,
        links: vec![("/login", language::key!("door-begin-again"))],
        ..DoorPage::new(tr, "enrol", "/login/second-factor")
    }
}

async fn picture(gate: &Gate, session: &Session, staff: &Staff) -> Result<Picture, Error> {
    Ok(Picture::of(&enrolment(&gate.centre, session, staff).await?))
}

/// `GET /login/second-factor`
pub(super) async fn show_enrol(
    State(gate): State<Gate>,
    session: Session,
    headers: HeaderMap,
    Query(next): Query<Next>,
) -> Response {
    let (staff, tr) = match knocking(&gate, &session, &headers).await {
        Ok(known) => known,
        Err(response) => return response,
    };
    match picture(&gate, &session, &staff).await {
        Ok(picture) => enrol_page(tr, Some(picture), &next.own()).answer(),
        // They have one: it is asked for.
        Err(Error::Invalid(_)) => Redirect::to(&with_next("/login/code", &next.own())).into_response(),
        Err(error) => enrol_page(tr, None, &next.own()).refused(&error),
    }
}

/// `POST /login/second-factor`
pub(super) async fn send_enrol(
    State(gate): State<Gate>,
    Visitor(from): Visitor,
    session: Session,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let (staff, tr) = match knocking(&gate, &session, &headers).await {
        Ok(known) => known,
        Err(response) => return response,
    };
    let next = own_path(form.text("next")).unwrap_or_default();
    let codes = match confirmed(&gate.centre, &session, &staff, form.text("code"), &from).await {
        Ok(codes) => codes,
        Err(error) => {
            let picture = picture(&gate, &session, &staff).await.ok();
            if picture.is_none() && matches!(error, Error::Invalid(_)) {
                return Redirect::to(&with_next("/login/code", next)).into_response();
            }
            return enrol_page(tr, picture, next).refused(&error);
        }
    };
    let by = By::Staff(staff.clone());
    let told = gate.centre.work(by, |w| Box::pin(async move { centre::totp::came_in(w).await })).await;
    let begun = gate::begin(&session, staff.id, &gate::device(&headers)).await;
    if let Err(error) = told.map_err(|e| e.to_string()).and(begun.map_err(|e| e.to_string())) {
        // The second factor stands: they sign in with it.
        tracing::error!(%error, "cannot begin a session");
    }
    let mut response = html::page(StatusCode::OK, &DoorCodesPage { tr, codes, next: after(next).to_owned() });
    response.headers_mut().insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}

/// The codes for when the telephone is lost, shown once.
#[derive(Debug, Template)]
#[template(path = "desk/door-codes.html")]
pub struct DoorCodesPage {
    pub tr: Tr,
    pub codes: Vec<String>,
    pub next: String,
}

impl samples::Samples for DoorCodesPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        vec![("all", DoorCodesPage { tr, codes: super::me::factor::sample_codes(), next: "/desk".to_owned() })]
    }
}
