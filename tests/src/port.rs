//! A port on the loopback that nobody has.

use std::net::TcpListener;

/// A port that is free now. Another may take it before it is used: whoever listens on it says so and is tried again.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).expect("no free port on the loopback").port()
}
