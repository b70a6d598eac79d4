//! What the jitter buffer gives for each 20 ms.

use bytes::Bytes;

/// What is to be played in the next 20 ms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Playout {
    /// Sound of 20 ms; with Opus it may be longer, then [`Playout::Continued`] follows.
    Frame(Bytes),
    /// The packet given last still lasts.
    Continued,
    /// A frame is missing: conceal it.
    Missing,
    /// Nothing has been given yet.
    NothingYet,
    /// The far end is silent. The level is that of its last comfort noise packet in −dBov, if it sends any.
    Silence {
        /// 0 to 127.
        level: Option<u8>,
    },
}
