//! One's own page: who one is here, in which language, how one comes in and where one is in; and the way out.

pub(super) mod factor;
pub(super) mod password;
pub(crate) mod sessions;

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
pub use sessions::SessionRow;

#[derive(Debug, Template)]
#[template(path = "desk/me.html")]
pub struct MePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub login: String,
    pub email: Option<String>,
    pub factor: Factor,
    pub sessions: Vec<SessionRow>,
    pub roles: Vec<String>,
    pub queues: Vec<String>,
    pub structure: Option<String>,
    pub toast: Option<Toast>,
}

/// How one stands with one's second factor.
#[derive(Debug, Clone, Default)]
pub struct Factor {
    pub since: Option<String>,
    /// Codes for a lost telephone that are left.
    pub left: i64,
    pub wanted: bool,
}

/// `GET /desk/me`
pub(super) async fn show(seat: Seat) -> Answer {
    let catalogue = seat.gate.centre.catalogue();
    let tr = seat.tr;
    let centre = &seat.gate.centre;
    let standing = centre::totp::standing(centre, &seat.me).await?;
    let open = centre::session::of(centre, seat.me.id).await?;
    let this = seat.session.id().map(|id| centre::session::row(&id.to_string()));
    let view = MePage {
        tr,
        frame: DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?,
        login: seat.me.login.clone(),
        email: centre::staff::listed(centre, seat.me.id).await?.member.email,
        factor: Factor {
            since: standing.since.map(|at| tr.day(at, seat.now)),
            left: i64::try_from(standing.recovery_left).unwrap_or(i64::MAX),
            wanted: standing.wanted,
        },
        sessions: sessions::rows(tr, seat.now, &open, this.as_deref(), Some("/desk/me/sessions")),
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
        let page = || MePage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            login: "sara".to_owned(),
            email: Some("sara.campione@posta.example".to_owned()),
            factor: Factor { since: Some(tr.day(samples::now(), samples::now())), left: 8, wanted: false },
            sessions: sessions::sample(tr, Some("/desk/me/sessions")),
            roles: Role::ALL.iter().map(|role| tr.text(&format!("desk-role-{role}")).into_owned()).collect(),
            queues: vec!["Linea Amica".to_owned()],
            structure: Some("URP di Prova".to_owned()),
            toast: Some(Toast { text: tr.text("desk-done-language").into_owned(), undo: None }),
        };
        let without = MePage {
            factor: Factor { since: None, left: 0, wanted: false },
            sessions: sessions::sample(tr, Some("/desk/me/sessions")).into_iter().take(1).collect(),
            structure: None,
            toast: None,
            ..page()
        };
        vec![("all", page()), ("without", without)]
    }
}
