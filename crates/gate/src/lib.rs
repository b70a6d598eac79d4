//! The gate: what every HTTP request passes before a handler sees it, on the pages and on REST alike. Who may come in is
//! written once, in [`Routes`]; sessions, tokens, same-origin checks, bounded forms and the headers of every answer are
//! here too, so that no handler can forget them.

mod access;
mod form;
mod headers;
mod origin;
mod session;
mod visitor;

pub use access::{Access, Entry, Holding, Me, Routes};
pub use form::{Form, FormError, Upload};
pub use headers::{nonce, security_headers};
pub use origin::same_origin;
pub use session::{begin, end, layer as sessions};
pub use tower_sessions::Session;
pub use visitor::Visitor;

use centre::Centre;
use std::sync::Arc;

/// What handlers are given; cheap to clone.
#[derive(Clone)]
pub struct Gate {
    pub centre: Centre,
    settings: Arc<Settings>,
}

/// How the centre is reached.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Behind TLS: cookies are `Secure`, and browsers are told to stay with it.
    pub secure: bool,
    /// A proxy stands in front and says in `X-Forwarded-For` who comes.
    pub behind_proxy: bool,
    /// Contents and people are invented: the portal says so.
    pub sample: bool,
}

impl Gate {
    #[must_use]
    pub fn new(centre: Centre, settings: Settings) -> Self {
        Self { centre, settings: Arc::new(settings) }
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
