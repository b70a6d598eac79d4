//! The page an operator sees instead of the one asked for.

use askama::Template;
use axum::response::{IntoResponse, Response};
use language::Tr;

use super::{DeskFrame, Panes};
use crate::{Again, ErrorKind, html, samples};

#[derive(Debug, Template)]
#[template(path = "desk/error.html")]
pub struct ErrorPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub kind: ErrorKind,
    /// What the reader can tell the technicians, to be found in the logs.
    pub reference: Option<String>,
    /// What was typed and not taken.
    pub again: Option<Again>,
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        html::page(self.kind.status(), &self)
    }
}

impl samples::Samples for ErrorPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |kind: ErrorKind, reference: Option<&str>| ErrorPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, ..samples::desk_frame(tr) },
            kind,
            reference: reference.map(str::to_owned),
            again: None,
        };
        let mut unsent = page(ErrorKind::Unavailable, None);
        unsent.again = Some(Again::sample());
        let mut signed_out = page(ErrorKind::SignedOut, None);
        signed_out.again = Some(Again::sample());
        vec![
            ("signed-out", signed_out),
            ("unsent", unsent),
            ("not-found", page(ErrorKind::NotFound, None)),
            ("failed", page(ErrorKind::Failed, Some("7KQ2-MX"))),
        ]
    }
}
