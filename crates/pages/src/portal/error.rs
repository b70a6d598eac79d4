//! The page a citizen sees instead of the one asked for.

use askama::Template;
use axum::response::{IntoResponse, Response};
use language::Tr;

use super::Frame;
use crate::{ErrorKind, html, samples};

#[derive(Debug, Template)]
#[template(path = "portal/error.html")]
pub struct ErrorPage {
    pub tr: Tr,
    pub frame: Frame,
    pub kind: ErrorKind,
    /// What the reader can tell on the telephone, to be found in the logs.
    pub reference: Option<String>,
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
            frame: samples::frame(tr, "/pagina").titled(tr.text(kind.title())),
            kind,
            reference: reference.map(str::to_owned),
        };
        vec![
            ("not-found", page(ErrorKind::NotFound, None)),
            ("forbidden", page(ErrorKind::Forbidden, None)),
            ("too-many", page(ErrorKind::TooMany, None)),
            ("failed", page(ErrorKind::Failed, Some("7KQ2-MX"))),
        ]
    }
}
