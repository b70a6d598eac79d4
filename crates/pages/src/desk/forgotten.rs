//! A forgotten password: a letter goes to the address that is known. The answer is always the same, so that nobody learns
//! from it who works here.

use super::door::{DoorPage, tr};
use crate::office::field::{Field, Kind};
use axum::extract::State;
use axum::response::Response;
use centre::{By, invitation};
use gate::{Form, Gate, Visitor};
use http::HeaderMap;
use language::Tr;

pub(super) fn page(tr: Tr) -> DoorPage {
    DoorPage {
        fields: vec![Field::new("login", tr.text("door-login-or-email"), Kind::Line)],
        links: vec![("/login", language::key!("door-begin-again"))],
        ..DoorPage::new(tr, "forgotten", "/login/forgotten")
    }
}

pub(super) fn sent(tr: Tr) -> DoorPage {
    DoorPage { links: vec![("/login", language::key!("door-begin-again"))], ..DoorPage::new(tr, "sent", "") }
}

/// `GET /login/forgotten`
pub(super) async fn show(headers: HeaderMap) -> Response {
    page(tr(&headers)).answer()
}

/// `POST /login/forgotten`
pub(super) async fn send(State(gate): State<Gate>, Visitor(from): Visitor, headers: HeaderMap, form: Form) -> Response {
    let tr = tr(&headers);
    let typed = form.text("login").to_owned();
    let again = typed.clone();
    let asked =
        gate.centre.work(By::Citizen, move |w| Box::pin(async move { invitation::recover(w, &typed, &from).await }));
    match asked.await {
        Ok(()) => sent(tr).answer(),
        Err(error) => {
            let mut page = page(tr);
            page.fields.iter_mut().for_each(|field| field.value.clone_from(&again));
            page.refused(&error)
        }
    }
}
