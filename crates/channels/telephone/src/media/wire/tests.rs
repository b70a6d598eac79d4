//! Whose packets are taken, and where ours go, on real sockets.

use super::*;
use crate::media::Ports;
use crate::sdp::{Key, Keys, Suite};
use std::net::UdpSocket;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

fn socket() -> UdpSocket {
    UdpSocket::bind((HERE, 0)).unwrap()
}

fn wire(peer: Peer) -> (Wire, SocketAddr) {
    let port = Ports::new(HERE, (40_000, 60_000), socket().local_addr().unwrap().port()).take().unwrap();
    let at = SocketAddr::new(HERE, port.number());
    (Wire::new(port, peer, 1), at)
}

/// One that names this address, and whose signalling comes from the loopback.
fn peer(address: SocketAddr) -> Peer {
    Peer { address, signalled_from: Some(HERE), sends: true, receives: true, ..Peer::unknown() }
}

/// A packet of sound from there.
fn speak(socket: &UdpSocket, to: SocketAddr, mark: u8) {
    let mut packet = Vec::new();
    Packet::new(8, 1, 160, 7, &[mark; 160]).write(&mut packet);
    socket.send_to(&packet, to).unwrap();
}

/// What the wire took, by the mark of each.
fn taken(wire: &mut Wire) -> Vec<u8> {
    let mut received = Vec::new();
    // On the loopback what was sent is there.
    wire.receive(&mut received);
    received.iter().map(|packet| packet.payload[0]).collect()
}

/// Whether what is sent on the wire comes there.
fn reaches(wire: &mut Wire, socket: &UdpSocket) -> bool {
    socket.set_nonblocking(true).unwrap();
    wire.send(Outgoing { sequence: 1, timestamp: 1, marker: false, kind: Kind::Voice, payload: &[0; 160] });
    let mut buffer = [0; LARGEST];
    std::iter::from_fn(|| socket.recv_from(&mut buffer).ok()).count() > 0
}

#[test]
fn nothing_is_taken_from_another_port_of_a_peer_that_names_its_own() {
    let (far, other) = (socket(), socket());
    let (mut wire, at) = wire(peer(far.local_addr().unwrap()));
    speak(&other, at, 1);
    speak(&far, at, 2);
    speak(&other, at, 3);
    assert_eq!(taken(&mut wire), [2]);
    assert_eq!(wire.refused, 2);
    assert!(reaches(&mut wire, &far) && !reaches(&mut wire, &other));
}

#[test]
fn a_peer_behind_a_router_is_found_by_its_first_packet() {
    let (far, other) = (socket(), socket());
    let (mut wire, at) = wire(peer(SocketAddr::from(([192, 0, 2, 2], 4_000))));
    speak(&far, at, 1);
    speak(&other, at, 2);
    assert_eq!(taken(&mut wire), [1]);
    assert!(reaches(&mut wire, &far) && !reaches(&mut wire, &other));
}

/// What is still sent to whoever had the port before does not keep the peer out.
#[test]
fn a_peer_that_speaks_from_the_port_it_named_is_found_after_another() {
    let (far, late) = (socket(), socket());
    let named = SocketAddr::new(IpAddr::from([192, 0, 2, 2]), far.local_addr().unwrap().port());
    let (mut wire, at) = wire(peer(named));
    speak(&late, at, 1);
    speak(&far, at, 2);
    speak(&late, at, 3);
    assert_eq!(taken(&mut wire), [1, 2]);
    assert!(reaches(&mut wire, &far) && !reaches(&mut wire, &late));
}

#[test]
fn a_peer_that_is_nowhere_for_a_time_is_heard_again() {
    let far = socket();
    let known = peer(far.local_addr().unwrap());
    let (mut wire, at) = wire(known);
    wire.aim(peer(SocketAddr::from(([0, 0, 0, 0], 9))));
    let _ = reaches(&mut wire, &far);
    wire.aim(known);
    speak(&far, at, 1);
    assert_eq!(taken(&mut wire), [1]);
    assert!(reaches(&mut wire, &far));
}

#[test]
fn under_a_new_key_another_source_counts_from_the_beginning() {
    let far = socket();
    far.set_nonblocking(true).unwrap();
    let keys = |ours: u8| Keys { suite: Suite::Sha1_80, ours: Key::new([ours; 30]), theirs: Key::new([9; 30]) };
    let keyed = |ours: u8| Peer { keys: Some(keys(ours)), payload: 8, ..peer(far.local_addr().unwrap()) };
    let (mut wire, _) = wire(keyed(1));
    let heard = |wire: &mut Wire, ours: u8, sequence: u16| {
        wire.send(Outgoing { sequence, timestamp: 1, marker: false, kind: Kind::Voice, payload: &[0; 160] });
        let mut buffer = [0; LARGEST];
        let length = far.recv(&mut buffer).unwrap();
        let theirs = Keys { suite: Suite::Sha1_80, ours: Key::new([9; 30]), theirs: Key::new([ours; 30]) };
        // Somebody who knows of no packet before this one.
        Srtp::new(theirs).open(&mut buffer[..length]).map(|length| {
            let packet = Packet::parse(&buffer[..length]).unwrap();
            (packet.ssrc, packet.sequence, packet.marker)
        })
    };
    assert_eq!(heard(&mut wire, 1, 40_000), Ok((1, 40_000, false)));
    wire.aim(keyed(1));
    assert_eq!(heard(&mut wire, 1, 65_535), Ok((1, 65_535, false)), "the same key is no new one");
    assert_eq!(heard(&mut wire, 1, 0), Err(crate::srtp::Refused::Forged), "the bits have begun anew, which they know");
    wire.aim(keyed(2));
    assert_eq!(heard(&mut wire, 2, 1), Ok((2, 0, true)));
    assert_eq!(heard(&mut wire, 2, 2), Ok((2, 1, false)));
}
