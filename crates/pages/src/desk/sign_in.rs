//! Signing in and out.

use super::door::{after, own_path, tr, with_next};
use crate::office::fault::Fault;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use centre::Error;
use centre::staff::Door;
use gate::{Form, Gate, Session, SessionError, Visitor};
use http::{HeaderMap, StatusCode};
use language::Tr;
use serde::Deserialize;

#[derive(Debug, Template)]
#[template(path = "desk/sign-in.html")]
pub struct SignInPage {
    pub tr: Tr,
    pub login: String,
    pub next: String,
    /// What was done before, in a sentence.
    pub done: Option<String>,
    /// What went wrong, in a sentence.
    pub problem: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Next {
    next: Option<String>,
    /// A password was just set.
    set: Option<String>,
}

impl Next {
    /// Where to go afterwards, when it is a place of ours.
    pub fn own(&self) -> String {
        self.next.as_deref().and_then(own_path).unwrap_or_default().to_owned()
    }
}

/// `GET /login`
pub(super) async fn show(Query(next): Query<Next>, headers: HeaderMap) -> Response {
    let tr = tr(&headers);
    let done = next.set.as_ref().map(|_| tr.text("door-password-set").into_owned());
    html::page(StatusCode::OK, &SignInPage { tr, login: String::new(), next: next.own(), done, problem: None })
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
                done: None,
                problem: Some(problem),
            },
        )
    };
    match centre::staff::sign_in(&gate.centre, form.text("login"), form.text("password").to_owned(), &from).await {
        Ok(Some(door)) => match through(&gate, &session, &headers, &door, &next).await {
            Ok(response) => response,
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

/// In, or on to what else is asked for.
async fn through(
    gate: &Gate,
    session: &Session,
    headers: &HeaderMap,
    door: &Door,
    next: &str,
) -> Result<Response, SessionError> {
    let to = match door {
        Door::Open(staff) => {
            gate::begin(session, staff.id, &gate::device(headers)).await?;
            after(next).to_owned()
        }
        Door::Code(staff) => {
            gate::knock(session, staff.id, gate.centre.now()).await?;
            with_next("/login/code", next)
        }
        Door::Enrol(staff) => {
            gate::knock(session, staff.id, gate.centre.now()).await?;
            with_next("/login/second-factor", next)
        }
    };
    Ok(Redirect::to(&to).into_response())
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
            done: None,
            problem,
        };
        let set = SignInPage { done: Some(tr.text("door-password-set").into_owned()), ..page(None) };
        vec![
            ("asked", page(None)),
            ("set", set),
            ("wrong", page(Some(tr.text("desk-sign-in-wrong").into_owned()))),
            (
                "too-many",
                page(Some(tr.with("desk-sign-in-too-many", &[("time", tr.time(samples::now()))]).into_owned())),
            ),
        ]
    }
}
