//! Telephones that are not there: callers behind a trunk, operators' telephones, and the sound between them, packet by
//! packet. They speak just enough SIP to be called and to call; the protocol itself is tried elsewhere.

mod caller;
mod message;
mod operator;
mod sound;

pub use caller::{Callers, Dialled};
pub use operator::Operators;
pub use sound::{End, Sounds, Told};
