//! SIP (RFC 3261): the endpoint that listens, and legs of calls over it. Behind these types stands a young crate, which
//! nothing outside this room names.

mod endpoint;
mod leg;
mod request;
mod socket;
mod tls;

pub use endpoint::{Endpoint, Incoming, Target};
pub use leg::{Ending, Happening, Leg, Proposal};
pub use request::Request;
pub use rsipstack::transport::SipAddr as Address;
pub use socket::Socket;

/// What goes wrong on the way to a peer, or was refused by it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot listen for SIP on {address} over {transport}: {why}")]
    Listen { address: std::net::SocketAddr, transport: &'static str, why: String },
    #[error("cannot read the TLS {what} {file}: {why}")]
    Tls { what: &'static str, file: String, why: String },
    #[error("{0:?} is no SIP address")]
    Address(String),
    #[error("cannot {what}: {why}")]
    Exchange { what: &'static str, why: String },
}

pub type Result<T> = std::result::Result<T, Error>;

/// An error of the library, with what was being done.
fn failed(what: &'static str) -> impl Fn(rsipstack::Error) -> Error {
    move |why| Error::Exchange { what, why: why.to_string() }
}
