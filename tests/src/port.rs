//! Ports on the loopback that nobody has.

use std::net::{TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below what the system gives to whoever asks for any port, and apart from where sound goes: a port that was given here
/// is nobody else's until it is used.
const FIRST: u16 = 10_000;
const SLOTS: u16 = 2_500;

/// A port that is free for TCP and UDP, as the three after it are: telephones and carriers take those, too. Nobody else in
/// this process is given them.
///
/// # Panics
/// When none is free.
#[must_use]
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Where tests run in several processes they begin at different ports.
    let begin = u16::try_from(std::process::id() % 2_499).unwrap_or_default();
    let is_free =
        |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok() && UdpSocket::bind(("127.0.0.1", port)).is_ok();
    for _ in 0..SLOTS {
        let turn = begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % SLOTS;
        let port = FIRST + turn * 4;
        if (port..port + 4).all(is_free) {
            return port;
        }
    }
    panic!("no free port on the loopback");
}
