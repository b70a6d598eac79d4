//! What every page of the portal needs of a request: the reader's language, the page's address, the time, the service.

use super::{Frame, Site};
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::response::Response;
use centre::Catalogue;
use chrono::{DateTime, Utc};
use gate::Gate;
use http::request::Parts;
use http::{HeaderValue, header};
use language::{Language, Tr};
use std::convert::Infallible;
use std::sync::Arc;

/// Where the reader is.
#[derive(Debug, Clone)]
pub struct Here {
    pub tr: Tr,
    /// The address without a language's prefix.
    pub path: String,
    pub now: DateTime<Utc>,
    pub catalogue: Arc<Catalogue>,
    site: Arc<Site>,
}

impl Here {
    pub fn new(gate: &Gate, address: &str) -> Self {
        let catalogue = gate.centre.catalogue();
        let now = gate.centre.now();
        let (language, path) = Language::of_path(address);
        let mut tr = Tr::new(language);
        if let Some(service) = catalogue.first_service() {
            tr = tr.in_zone(service.calendar.zone());
        }
        let site = Arc::new(Site::of(&catalogue, tr, now, gate.settings().sample));
        Self { tr, path: path.to_owned(), now, catalogue, site }
    }

    /// As a sample page is told it.
    pub fn sample(tr: Tr, path: &str, catalogue: Catalogue) -> Self {
        let now = crate::samples::now();
        let site = Arc::new(Site::of(&catalogue, tr, now, true));
        Self { tr, path: path.to_owned(), now, catalogue: Arc::new(catalogue), site }
    }

    /// The frame of this page.
    pub fn frame(&self) -> Frame {
        Frame::new(self.site.clone(), self.path.as_str())
    }

    /// The frame of this page, whose title is this message.
    pub fn titled(&self, key: &str) -> Frame {
        self.frame().titled(self.tr.text(key))
    }
}

impl FromRequestParts<Gate> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Infallible> {
        Ok(Self::new(gate, parts.uri.path()))
    }
}

/// What an address asks after its `?`. One that cannot be read asks nothing.
pub type Asking<T> = Result<Query<T>, QueryRejection>;

pub fn asked<T: Default>(asking: Asking<T>) -> T {
    asking.map(|Query(asked)| asked).unwrap_or_default()
}

/// An answer for this reader alone: no proxy keeps it, nor the computer for whoever sits down next.
pub fn personal(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
