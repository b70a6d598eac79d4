//! RTP over UDP, or SRTP where keys were agreed on, as telephones and trunks speak it. Nothing is taken but from the
//! negotiated peer.

use super::line::{Kind, Outgoing, Received};
use super::port::Port;
use crate::sdp::Keys;
use crate::sound::Codec;
use crate::sound::rtp::Packet;
use crate::srtp::Srtp;
use bytes::Bytes;
use std::net::{IpAddr, SocketAddr};

/// The largest packet: what one Ethernet frame carries.
const LARGEST: usize = 1_500;
/// The static payload number of comfort noise (RFC 3551).
const COMFORT: u8 = 13;
/// Packets read at once: what comes in a burst beyond that is read at the next turn.
const AT_ONCE: usize = 16;

/// Where the far end is, and what it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    pub address: SocketAddr,
    /// Where its signalling comes from. A telephone behind a router, or with two networks, names an address that means
    /// nothing here: it is then found by its first packet, which comes from where its signalling does.
    pub signalled_from: Option<IpAddr>,
    pub codec: Codec,
    /// The payload numbers of the voice and, where they have one, of keys.
    pub payload: u8,
    pub event_payload: Option<u8>,
    /// Whether we send, and whether they do.
    pub sends: bool,
    pub receives: bool,
    /// Nothing for plain RTP.
    pub keys: Option<Keys>,
}

impl Peer {
    /// One that has not said yet where it is: nothing goes there, and nothing is taken from it.
    #[must_use]
    pub fn unknown() -> Self {
        let address = SocketAddr::from(([0, 0, 0, 0], 0));
        let (codec, payload) = (Codec::Pcma, 8);
        Self {
            address,
            signalled_from: None,
            codec,
            payload,
            event_payload: None,
            sends: false,
            receives: false,
            keys: None,
        }
    }

    /// The address that it names is not the one that its signalling comes from: another machine, or one behind a router
    /// that does not know how it is seen.
    fn is_elsewhere(&self) -> bool {
        self.signalled_from.is_some_and(|from| from != self.address.ip())
    }
}

/// RTP on one port.
pub struct Wire {
    port: Port,
    peer: Peer,
    ssrc: u32,
    /// Kept when the peer goes over to plain RTP: its keys may come back.
    srtp: Option<Box<Srtp>>,
    /// Connected to the peer: the kernel drops what comes from elsewhere.
    connected: bool,
    buffer: Box<[u8; LARGEST]>,
    out: Vec<u8>,
    /// Packets that came from elsewhere or could not be read.
    pub(super) refused: u64,
}

impl Wire {
    /// A wire to this peer, known to it by this source.
    #[must_use]
    pub fn new(port: Port, peer: Peer, ssrc: u32) -> Self {
        let mut wire = Self {
            port,
            peer,
            ssrc,
            srtp: peer.keys.map(|keys| Box::new(Srtp::new(keys))),
            connected: false,
            buffer: Box::new([0; LARGEST]),
            out: Vec::with_capacity(256),
            refused: 0,
        };
        wire.connect();
        wire
    }

    /// The far end is elsewhere, or speaks otherwise, from now on.
    pub fn aim(&mut self, peer: Peer) {
        let moved = peer.address != self.peer.address;
        self.peer = peer;
        match (&mut self.srtp, peer.keys) {
            (Some(srtp), Some(keys)) => srtp.change(keys),
            (None, Some(keys)) => self.srtp = Some(Box::new(Srtp::new(keys))),
            (_, None) => {}
        }
        if moved {
            self.connect();
        }
    }

    fn connect(&mut self) {
        // A peer that may be elsewhere than it says is connected to when its first packet shows where it is.
        self.connected = !self.peer.is_elsewhere() && self.port.socket().connect(self.peer.address).is_ok();
    }

    #[must_use]
    pub fn codec(&self) -> Codec {
        self.peer.codec
    }

    #[must_use]
    pub fn takes_events(&self) -> bool {
        self.peer.event_payload.is_some()
    }

    pub(super) fn receive(&mut self, received: &mut Vec<Received>) {
        for _ in 0..AT_ONCE {
            let read = if self.connected {
                self.port.socket().recv(self.buffer.as_mut_slice()).map(|length| (length, self.peer.address))
            } else {
                self.port.socket().recv_from(self.buffer.as_mut_slice())
            };
            let (length, from) = match read {
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return,
                // The far end's port is closed, as the network told: that is for the watchdog.
                Err(_) => continue,
            };
            if !self.connected && !self.may_come_from(from) {
                self.refused += 1;
                continue;
            }
            let Some(datagram) = self.buffer.get_mut(..length) else { continue };
            let opened = match (&mut self.srtp, self.peer.keys) {
                (Some(srtp), Some(_)) => srtp.open(datagram).ok(),
                _ => Some(length),
            };
            let Some(Ok(packet)) = opened.and_then(|length| datagram.get(..length)).map(Packet::parse) else {
                self.refused += 1;
                continue;
            };
            if !self.connected {
                // The first packet that is the peer's shows where it is, for good.
                self.peer.address = from;
                self.connected = self.port.socket().connect(from).is_ok();
            }
            let kind = match packet.payload_type {
                number if number == self.peer.payload => Kind::Voice,
                number if Some(number) == self.peer.event_payload => Kind::Event,
                COMFORT => Kind::Comfort,
                // A codec that was agreed on and is not the one we send: the far end may change among them.
                _ => {
                    self.refused += 1;
                    continue;
                }
            };
            if self.peer.receives {
                received.push(Received {
                    ssrc: packet.ssrc,
                    sequence: packet.sequence,
                    timestamp: packet.timestamp,
                    marker: packet.marker,
                    kind,
                    payload: Bytes::copy_from_slice(packet.payload),
                });
            }
        }
    }

    /// Whether a packet from there may be the peer's.
    fn may_come_from(&self, from: SocketAddr) -> bool {
        from == self.peer.address || self.peer.signalled_from == Some(from.ip())
    }

    pub(super) fn send(&mut self, packet: Outgoing<'_>) {
        if !self.peer.sends {
            return;
        }
        let number = match packet.kind {
            Kind::Voice => self.peer.payload,
            Kind::Comfort => COMFORT,
            Kind::Event => match self.peer.event_payload {
                Some(number) => number,
                None => return,
            },
        };
        let mut rtp = Packet::new(number, packet.sequence, packet.timestamp, self.ssrc, packet.payload);
        rtp.marker = packet.marker;
        self.out.clear();
        rtp.write(&mut self.out);
        if let (Some(srtp), Some(_)) = (&mut self.srtp, self.peer.keys)
            && srtp.seal(&mut self.out).is_err()
        {
            return;
        }
        // What cannot be sent just now is lost, as on any network.
        let _ = if self.connected {
            self.port.socket().send(&self.out)
        } else {
            self.port.socket().send_to(&self.out, self.peer.address)
        };
    }
}
