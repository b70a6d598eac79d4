//! Where the link of an invitation leads: a password is chosen. Opening it changes nothing.

use super::door::{DoorPage, tr};
use crate::office::field::{Field, Kind};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use centre::Error;
use centre::invitation::{self, Invited};
use gate::{Form, Gate, Visitor};
use http::{HeaderMap, StatusCode};
use language::Tr;
use model::user::PASSWORD_MIN;

pub(super) fn page(tr: Tr, invited: &Invited, action: &str) -> DoorPage {
    let fewest = i64::try_from(PASSWORD_MIN).unwrap_or(i64::MAX);
    let hint = tr.with("door-password-hint", &[("limit", fewest)]);
    // Programs that keep passwords learn for which name this one is.
    let login = Field::new("login", tr.text("desk-sign-in-login"), Kind::Fixed).with(invited.login.clone());
    DoorPage {
        name: invited.name.clone(),
        fields: vec![login, Field::new("password", tr.text("desk-sign-in-password"), Kind::NewPassword).hinted(hint)],
        ..DoorPage::new(tr, "invited", action)
    }
}

/// It opens no more.
pub(super) fn gone(tr: Tr) -> DoorPage {
    DoorPage {
        links: vec![
            ("/login/forgotten", language::key!("door-forgotten-link")),
            ("/login", language::key!("door-begin-again")),
        ],
        ..DoorPage::new(tr, "gone", "")
    }
}

fn tr_of(invited: &Invited) -> Tr {
    Tr::new(invited.language.parse().unwrap_or_default())
}

fn gone_answer(headers: &HeaderMap) -> Response {
    let mut response = gone(tr(headers)).answer();
    *response.status_mut() = StatusCode::GONE;
    response
}

/// `GET /login/invite/{token}`
pub(super) async fn show(State(gate): State<Gate>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    match invitation::look(&gate.centre, &token).await {
        Ok(Some(invited)) => page(tr_of(&invited), &invited, &format!("/login/invite/{token}")).answer(),
        Ok(None) => gone_answer(&headers),
        Err(error) => gone(tr(&headers)).refused(&error),
    }
}

/// `POST /login/invite/{token}`
pub(super) async fn send(
    State(gate): State<Gate>,
    Path(token): Path<String>,
    Visitor(from): Visitor,
    headers: HeaderMap,
    form: Form,
) -> Response {
    match invitation::accept(&gate.centre, &token, form.text("password").to_owned(), &from).await {
        Ok(_) => Redirect::to("/login?set=1").into_response(),
        Err(Error::NotFound(_)) => gone_answer(&headers),
        Err(error) => match invitation::look(&gate.centre, &token).await {
            Ok(Some(invited)) => page(tr_of(&invited), &invited, &format!("/login/invite/{token}")).refused(&error),
            Ok(None) => gone_answer(&headers),
            Err(error) => gone(tr(&headers)).refused(&error),
        },
    }
}

pub(super) fn sample() -> Invited {
    Invited {
        name: "Sara Campione".to_owned(),
        login: "sara".to_owned(),
        language: "it".to_owned(),
        kind: model::invitation::Kind::Welcome,
    }
}
