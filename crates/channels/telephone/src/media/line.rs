//! A line: whatever a leg's sound comes and goes over.

use super::wire::Wire;
use crate::browser::Browser;
use crate::sound::Codec;
use bytes::Bytes;
use std::time::Instant;

/// A line to a telephone, a trunk or a browser.
pub enum Line {
    Wire(Box<Wire>),
    Browser(Box<Browser>),
}

/// What a packet carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Voice,
    /// A key (RFC 4733).
    Event,
    /// Comfort noise (RFC 3389).
    Comfort,
}

/// A packet that came.
#[derive(Debug, Clone)]
pub struct Received {
    pub ssrc: u32,
    pub sequence: u16,
    pub timestamp: u32,
    pub marker: bool,
    pub kind: Kind,
    pub payload: Bytes,
}

/// A packet that goes.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    pub sequence: u16,
    pub timestamp: u32,
    pub marker: bool,
    pub kind: Kind,
    pub payload: &'a [u8],
}

impl Line {
    /// The codec of the voice.
    pub fn codec(&self) -> Codec {
        match self {
            Self::Wire(wire) => wire.codec(),
            Self::Browser(browser) => browser.codec(),
        }
    }

    /// Whether keys go as packets of their own.
    pub fn takes_events(&self) -> bool {
        match self {
            Self::Wire(wire) => wire.takes_events(),
            Self::Browser(browser) => browser.takes_events(),
        }
    }

    /// Reads what has come since the last time.
    pub fn receive(&mut self, now: Instant, received: &mut Vec<Received>) {
        match self {
            Self::Wire(wire) => wire.receive(received),
            Self::Browser(browser) => browser.turn(now, received),
        }
    }

    pub fn send(&mut self, now: Instant, packet: Outgoing<'_>) {
        super::tally::sent();
        match self {
            Self::Wire(wire) => wire.send(packet),
            Self::Browser(browser) => browser.send(now, packet),
        }
    }

    /// Whether the far end is gone for good.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Browser(browser) if browser.is_lost())
    }
}
