//! A bad network between two ends of RTP: of every ten packets one is lost and two change places, each way.

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

pub struct Relay {
    port: u16,
    over: Arc<AtomicBool>,
    lost: Arc<AtomicU64>,
    worker: Option<JoinHandle<()>>,
}

impl Relay {
    /// A relay before this port of the loopback.
    #[must_use]
    pub fn before(near: u16) -> Self {
        let outside = UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = outside.local_addr().unwrap().port();
        let inside = UdpSocket::bind("127.0.0.1:0").unwrap();
        for socket in [&outside, &inside] {
            socket.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        }
        let (over, lost) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let worker = {
            let (over, lost) = (over.clone(), lost.clone());
            std::thread::spawn(move || carry(&outside, &inside, near, &over, &lost))
        };
        Self { port, over, lost, worker: Some(worker) }
    }

    /// Where whoever is far away sends to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How many packets were lost so far.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// One way of the network.
#[derive(Default)]
struct Way {
    count: u64,
    kept: Option<Vec<u8>>,
}

impl Way {
    /// What goes on, of what came.
    fn pass(&mut self, packet: &[u8], lost: &AtomicU64) -> Vec<Vec<u8>> {
        self.count += 1;
        match self.count % 10 {
            3 => {
                lost.fetch_add(1, Ordering::Relaxed);
                Vec::new()
            }
            6 => {
                self.kept = Some(packet.to_vec());
                Vec::new()
            }
            _ => [Some(packet.to_vec()), self.kept.take()].into_iter().flatten().collect(),
        }
    }
}

fn carry(outside: &UdpSocket, inside: &UdpSocket, near: u16, over: &AtomicBool, lost: &AtomicU64) {
    let near = SocketAddr::from(([127, 0, 0, 1], near));
    let (mut inwards, mut outwards, mut far) = (Way::default(), Way::default(), None);
    let mut buffer = [0_u8; 2_000];
    while !over.load(Ordering::Relaxed) {
        if let Ok((length, from)) = outside.recv_from(&mut buffer) {
            far = Some(from);
            for packet in inwards.pass(&buffer[..length], lost) {
                let _ = inside.send_to(&packet, near);
            }
        }
        if let Ok((length, _)) = inside.recv_from(&mut buffer)
            && let Some(far) = far
        {
            for packet in outwards.pass(&buffer[..length], lost) {
                let _ = outside.send_to(&packet, far);
            }
        }
    }
}
