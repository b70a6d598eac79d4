//! The gate: what every HTTP request passes before a handler sees it, on the pages and on REST alike. Who may come in is
//! written once, in [`Routes`]; sessions, tokens, same-origin checks, bounded forms and the headers of every answer are
//! here too, so that no handler can forget them.

mod access;
mod address;
mod device;
mod form;
mod headers;
mod origin;
mod session;
mod visitor;

pub use access::{Access, Entry, Holding, Me, Routes};
pub use address::well_formed;
pub use device::device;
pub use form::{Form, FormError, Unsent, Upload, WithFiles, drain, patience};
pub use headers::{nonce, security_headers};
pub use origin::same_origin;
pub use session::{at_the_door, begin, end, enrolling, goes_on, hold_enrolling, knock, layer as sessions};
pub use tower_sessions::Session;
pub use tower_sessions::session::Error as SessionError;
pub use visitor::Visitor;

use centre::Centre;
use std::sync::Arc;
use tokio::sync::watch;

/// What handlers are given; cheap to clone.
#[derive(Clone)]
pub struct Gate {
    pub centre: Centre,
    settings: Arc<Settings>,
    closing: Arc<watch::Sender<bool>>,
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
    /// Letters go to their server encrypted; nothing when no server is named.
    pub mail_encrypted: Option<bool>,
    /// The telephone in the browser; nothing where this process answers no telephone.
    pub softphone: Option<Softphone>,
}

/// What a softphone is told.
#[derive(Debug, Clone, Default)]
pub struct Softphone {
    /// STUN and TURN servers: `stun:host:port`, `turn:user:password@host:port`.
    pub ice_servers: Vec<String>,
}

impl Gate {
    #[must_use]
    pub fn new(centre: Centre, settings: Settings) -> Self {
        Self { centre, settings: Arc::new(settings), closing: Arc::new(watch::Sender::new(false)) }
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The server is about to stop: answers that would never end are ended.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Waits until the server is about to stop.
    pub async fn closing(&self) {
        // The sender lives as long as this gate.
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }
}
