//! A packet on its way into the jitter buffer.

use bytes::Bytes;

/// A packet as it came.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The synchronisation source.
    pub ssrc: u32,
    /// The sequence number.
    pub sequence: u16,
    /// The RTP timestamp.
    pub timestamp: u32,
    /// The marker: a talkspurt starts.
    pub marker: bool,
    /// Whether the payload is comfort noise (RFC 3389), not sound.
    pub comfort: bool,
    /// The payload.
    pub payload: Bytes,
    /// When it came, in ms of any clock that only goes forward.
    pub at_ms: u64,
}
