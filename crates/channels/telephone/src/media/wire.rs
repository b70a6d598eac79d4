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
    /// nothing here: it is then found by what it sends, which comes from where its signalling does.
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

    /// How well a packet's source fits what is known of the peer; nothing where it cannot be the peer's.
    fn fits(&self, from: SocketAddr) -> Option<Fit> {
        if from == self.address {
            return Some(Fit::Named);
        }
        let signalled = self.signalled_from?;
        // Whoever names the machine that it speaks from knows its port, too.
        if signalled == self.address.ip() || signalled != from.ip() {
            return None;
        }
        Some(if from.port() == self.address.port() { Fit::Port } else { Fit::Machine })
    }
}

/// How well a source fits; the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its signalling comes from the same machine, as may the sound of others.
    Machine,
    /// And it is the port that was named.
    Port,
    /// It is what was named.
    Named,
}

/// RTP on one port.
pub struct Wire {
    port: Port,
    peer: Peer,
    ssrc: u32,
    /// The stream's number with which our source began to count; nothing until it has sent anything.
    began: Option<u16>,
    /// Kept when the peer goes over to plain RTP: its keys may come back.
    srtp: Option<Box<Srtp>>,
    /// Where the peer was found to be.
    found: Option<(SocketAddr, Fit)>,
    buffer: Box<[u8; LARGEST]>,
    out: Vec<u8>,
    /// Packets that came from elsewhere or could not be read.
    pub(super) refused: u64,
}

impl Wire {
    /// A wire to this peer, known to it by this source.
    #[must_use]
    pub fn new(port: Port, peer: Peer, ssrc: u32) -> Self {
        Self {
            port,
            peer,
            ssrc,
            began: Some(0),
            srtp: peer.keys.map(|keys| Box::new(Srtp::new(keys))),
            found: None,
            buffer: Box::new([0; LARGEST]),
            out: Vec::with_capacity(256),
            refused: 0,
        }
    }

    /// The far end is elsewhere, or speaks otherwise, from now on.
    pub fn aim(&mut self, peer: Peer) {
        let is_elsewhere = peer.address != self.peer.address;
        if is_elsewhere {
            self.found = None;
        }
        let before = std::mem::replace(&mut self.peer, peer);
        let Some(keys) = peer.keys.filter(|_| is_elsewhere || peer.keys != before.keys) else { return };
        // Whoever counts our packets from the beginning, and whoever does not, count those of another source alike.
        (self.ssrc, self.began) = (self.ssrc.wrapping_add(1), None);
        match &mut self.srtp {
            Some(srtp) => srtp.change(keys),
            None => self.srtp = Some(Box::new(Srtp::new(keys))),
        }
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
            let (length, from) = match self.port.socket().recv_from(self.buffer.as_mut_slice()) {
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return,
                Err(_) => continue,
            };
            let Some(fit) = self.peer.fits(from).filter(|fit| self.is_from(from, *fit)) else {
                self.refused += 1;
                continue;
            };
            let Some(datagram) = self.buffer.get_mut(..length) else { continue };
            let opened = match (&mut self.srtp, self.peer.keys) {
                (Some(srtp), Some(_)) => srtp.open(datagram).ok(),
                _ => Some(length),
            };
            let Some(Ok(packet)) = opened.and_then(|length| datagram.get(..length)).map(Packet::parse) else {
                self.refused += 1;
                continue;
            };
            self.found = Some((from, fit));
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

    /// Whether it comes from where the peer was found, or from where it is found better: what came first may have been
    /// sent to whoever had the port before.
    fn is_from(&self, from: SocketAddr, fit: Fit) -> bool {
        self.found.is_none_or(|(at, so_far)| from == at || fit > so_far)
    }

    pub(super) fn send(&mut self, packet: Outgoing<'_>) {
        let to = self.found.map_or(self.peer.address, |(at, _)| at);
        if !self.peer.sends || to.ip().is_unspecified() {
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
        let is_first = self.began.is_none();
        let sequence = packet.sequence.wrapping_sub(*self.began.get_or_insert(packet.sequence));
        let mut rtp = Packet::new(number, sequence, packet.timestamp, self.ssrc, packet.payload);
        rtp.marker = packet.marker || is_first;
        self.out.clear();
        rtp.write(&mut self.out);
        if let (Some(srtp), Some(_)) = (&mut self.srtp, self.peer.keys)
            && srtp.seal(&mut self.out).is_err()
        {
            return;
        }
        // What cannot be sent just now is lost, as on any network.
        let _ = self.port.socket().send_to(&self.out, to);
    }
}

#[cfg(test)]
mod tests;
