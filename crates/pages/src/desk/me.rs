//! One's own page: who one is here, in which language, and the way out.

use super::fault::Answer;
use super::flash::{Flash, Toast};
use super::seat::Seat;
use super::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::response::{IntoResponse, Redirect};
use gate::Form;
use http::StatusCode;
use language::{Language, Tr};
use model::user::Role;

#[derive(Debug, Template)]
#[template(path = "desk/me.html")]
pub struct MePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub login: String,
    pub roles: Vec<String>,
    pub queues: Vec<String>,
    pub structure: Option<String>,
    pub toast: Option<Toast>,
}

/// `GET /desk/me`
pub(super) async fn show(seat: Seat) -> Answer {
    let catalogue = seat.gate.centre.catalogue();
    let tr = seat.tr;
    let view = MePage {
        tr,
        frame: DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?,
        login: seat.me.login.clone(),
        roles: seat.me.roles.iter().map(|role| tr.text(&format!("desk-role-{role}")).into_owned()).collect(),
        queues: seat
            .me
            .queues
            .iter()
            .map(|id| catalogue.queue(id).map_or_else(|| id.to_string(), |q| q.name.clone()))
            .collect(),
        structure: seat
            .me
            .scope
            .as_ref()
            .map(|id| catalogue.structure(id).map_or_else(|| id.to_string(), |s| s.name.clone())),
        toast: Toast::take(&seat.session, tr).await,
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// `POST /desk/me`
pub(super) async fn send(seat: Seat, form: Form) -> Answer {
    if let Some(language) = form.parsed::<Language>("language") {
        centre::staff::set_language(&seat.gate.centre, &seat.me, language.code().to_owned()).await?;
        Flash::new("language").keep(&seat.session).await;
    }
    Ok(Redirect::to("/desk/me").into_response())
}

impl samples::Samples for MePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = MePage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            login: "sara".to_owned(),
            roles: Role::ALL.iter().map(|role| tr.text(&format!("desk-role-{role}")).into_owned()).collect(),
            queues: vec!["Linea Amica".to_owned()],
            structure: Some("URP di Prova".to_owned()),
            toast: Some(Toast { text: tr.text("desk-done-language").into_owned(), undo: None }),
        };
        vec![("all", page)]
    }
}
