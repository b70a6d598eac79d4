//! Signing in and out.

use super::fault::Fault;
use super::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use centre::Error;
use gate::{Form, Gate, Session, Visitor};
use http::{HeaderMap, StatusCode, header};
use language::{Language, Tr};
use serde::Deserialize;

#[derive(Debug, Template)]
#[template(path = "desk/sign-in.html")]
pub struct SignInPage {
    pub tr: Tr,
    pub login: String,
    pub next: String,
    /// What went wrong, in a sentence.
    pub problem: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

/// The language that the browser prefers: nobody is known yet.
fn tr(headers: &HeaderMap) -> Tr {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Language::negotiate);
    Tr::new(wanted.unwrap_or_default())
}

/// Where to go after signing in: only to a path of our own. Browsers read a backslash as a slash and drop tabs and line
/// ends, so that what looks like a path could lead elsewhere.
fn own_path(wanted: &str) -> Option<&str> {
    let own = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(char::is_control);
    own.then_some(wanted)
}

/// `GET /login`
pub(super) async fn show(Query(next): Query<Next>, headers: HeaderMap) -> Response {
    let next = next.next.as_deref().and_then(own_path).unwrap_or_default().to_owned();
    html::page(StatusCode::OK, &SignInPage { tr: tr(&headers), login: String::new(), next, problem: None })
}

/// `POST /login`
pub(super) async fn send(
    State(gate): State<Gate>,
    Visitor(from): Visitor,
    session: Session,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let tr = tr(&headers);
    let next = own_path(form.text("next")).unwrap_or_default().to_owned();
    let again = |status, problem: String| {
        html::page(
            status,
            &SignInPage {
                tr,
                login: form.text("login").chars().take(200).collect(),
                next: next.clone(),
                problem: Some(problem),
            },
        )
    };
    match centre::staff::sign_in(&gate.centre, form.text("login"), form.text("password").to_owned(), &from).await {
        Ok(Some(staff)) => match gate::begin(&session, staff.id).await {
            Ok(()) => Redirect::to(if next.is_empty() { "/desk" } else { &next }).into_response(),
            Err(error) => {
                tracing::error!(%error, "cannot begin a session");
                again(StatusCode::SERVICE_UNAVAILABLE, tr.text("desk-unavailable-lead").into_owned())
            }
        },
        Ok(None) => again(StatusCode::UNPROCESSABLE_ENTITY, tr.text("desk-sign-in-wrong").into_owned()),
        Err(Error::TooMany(until)) => again(
            StatusCode::TOO_MANY_REQUESTS,
            tr.with("desk-sign-in-too-many", &[("time", tr.time(until))]).into_owned(),
        ),
        Err(error) => {
            tracing::error!(%error, "cannot sign in");
            again(StatusCode::SERVICE_UNAVAILABLE, tr.text("desk-unavailable-lead").into_owned())
        }
    }
}

/// `POST /logout`
pub(super) async fn sign_out(seat: Seat) -> Result<Response, Fault> {
    centre::staff::signed_out(&seat.gate.centre, &seat.me).await?;
    if let Err(error) = gate::end(&seat.session).await {
        tracing::error!(%error, "cannot end a session");
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    Ok(Redirect::to("/login").into_response())
}

impl samples::Samples for SignInPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |problem: Option<String>| SignInPage {
            tr,
            login: if problem.is_some() { "sara".to_owned() } else { String::new() },
            next: "/desk".to_owned(),
            problem,
        };
        vec![
            ("asked", page(None)),
            ("wrong", page(Some(tr.text("desk-sign-in-wrong").into_owned()))),
            (
                "too-many",
                page(Some(tr.with("desk-sign-in-too-many", &[("time", tr.time(samples::now()))]).into_owned())),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(own_path("/desk/list/mine?service=a"), Some("/desk/list/mine?service=a"));
        for elsewhere in
            ["", "desk", "https://a.example", "//a.example", "/\\a.example", "/\t/a.example", "/\n/a.example"]
        {
            assert_eq!(own_path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
