//! UDP ports of sound: one for each leg, even ones, as RTP has them (RFC 3550, 11).

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};

/// Gives ports of a range.
#[derive(Clone)]
pub struct Ports(Arc<Inner>);

struct Inner {
    host: IpAddr,
    first: u16,
    last: u16,
    state: Mutex<State>,
}

struct State {
    taken: HashSet<u16>,
    next: u16,
}

/// A port that is given back when this is dropped.
pub struct Port {
    socket: UdpSocket,
    number: u16,
    of: Ports,
}

impl Port {
    #[must_use]
    pub fn socket(&self) -> &UdpSocket {
        &self.socket
    }

    #[must_use]
    pub fn number(&self) -> u16 {
        self.number
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.of.state().taken.remove(&self.number);
    }
}

impl Ports {
    /// Those of a range, beginning somewhere in it: what is still sent to a program that was here before does not meet
    /// the first calls of this one.
    #[must_use]
    pub fn new(host: IpAddr, (first, last): (u16, u16), begin: u16) -> Self {
        let first = first.saturating_add(first % 2);
        let last = last.max(first);
        let next = first + begin % ((last - first) / 2 + 1) * 2;
        let state = Mutex::new(State { taken: HashSet::new(), next });
        Self(Arc::new(Inner { host, first, last, state }))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are in use.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.state().taken.len()
    }

    /// Takes a port: the next of the range that is free, so that late packets of an ended call seldom meet a new one.
    ///
    /// # Errors
    /// When none is free.
    pub fn take(&self) -> std::io::Result<Port> {
        let Inner { host, first, last, .. } = *self.0;
        let tries = usize::from((last - first) / 2) + 1;
        for _ in 0..tries {
            let number = {
                let mut state = self.state();
                let number = state.next;
                state.next = number.checked_add(2).filter(|next| *next <= last).unwrap_or(first);
                if !state.taken.insert(number) {
                    continue;
                }
                number
            };
            match UdpSocket::bind(SocketAddr::new(host, number)).and_then(|s| s.set_nonblocking(true).map(|()| s)) {
                Ok(socket) => return Ok(Port { socket, number, of: self.clone() }),
                // Another program has it.
                Err(_) => drop(self.state().taken.remove(&number)),
            }
        }
        Err(std::io::Error::other(format!("no UDP port from {first} to {last} is free for sound")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three ports of a range that nobody else has any of.
    fn three() -> (Ports, [Port; 3]) {
        (41_001..60_000)
            .step_by(6)
            .find_map(|first| {
                let ports = Ports::new(IpAddr::from([127, 0, 0, 1]), (first, first + 5), first);
                let taken = [ports.take().ok()?, ports.take().ok()?, ports.take().ok()?];
                Some((ports, taken))
            })
            .unwrap()
    }

    #[test]
    fn ports_are_even_and_come_back() {
        let (ports, [one, two, three]) = three();
        assert!([one.number(), two.number(), three.number()].iter().all(|n| n % 2 == 0));
        assert!(ports.take().is_err());
        drop(two);
        assert!(ports.take().is_ok());
        assert_eq!(ports.taken(), 2);
        drop((one, three));
    }
}
