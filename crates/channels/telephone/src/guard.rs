//! The guard of the telephone channel: who a request comes from, whether credentials are right, how whoever is wrong too
//! often is slowed and shut out, and which numbers may be called. Everything here is a pure value that is given the time
//! and the chance; nothing opens a socket or reads a clock.

pub mod ban;
pub mod digest;
pub mod key;
pub mod outgoing;
pub mod source;

mod recent;
