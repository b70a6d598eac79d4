//! The page a citizen sees instead of the one asked for.

use askama::Template;
use axum::response::{IntoResponse, Response};
use language::Tr;

use super::Frame;
use super::here::Here;
use crate::{Again, ErrorKind, html, samples};

#[derive(Debug, Template)]
#[template(path = "portal/error.html")]
pub struct ErrorPage {
    pub tr: Tr,
    pub frame: Frame,
    pub kind: ErrorKind,
    /// What the reader can tell on the telephone, to be found in the logs.
    pub reference: Option<String>,
    /// The hour from which it can be tried again.
    pub when: Option<String>,
    /// What was typed and not taken.
    pub again: Option<Again>,
}

impl ErrorPage {
    pub fn of(here: &Here, kind: ErrorKind) -> Self {
        Self { tr: here.tr, frame: here.titled(kind.title()), kind, reference: None, when: None, again: None }
    }
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
            when: (kind == ErrorKind::TooMany).then(|| tr.time(samples::now())),
            again: None,
        };
        let mut unsent = page(ErrorKind::Unavailable, Some("7KQ2MX"));
        unsent.again = Some(Again::sample());
        let mut not_open = page(ErrorKind::NotOpen, None);
        not_open.again = Some(Again::sample());
        vec![
            ("not-open", not_open),
            ("unsent", unsent),
            ("not-found", page(ErrorKind::NotFound, None)),
            ("forbidden", page(ErrorKind::Forbidden, None)),
            ("too-large", page(ErrorKind::TooLarge, None)),
            ("too-many", page(ErrorKind::TooMany, None)),
            ("unavailable", page(ErrorKind::Unavailable, Some("7KQ2MX"))),
            ("failed", page(ErrorKind::Failed, Some("7KQ2MX"))),
        ]
    }
}
