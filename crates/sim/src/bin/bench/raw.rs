//! The raw limit of talks: a process that passes packets on between pairs of ports, and does nothing else.

use anyhow::{Context, Result};
use std::net::{SocketAddr, UdpSocket};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const TURN: Duration = Duration::from_millis(5);

/// Passes on what comes at one port of a pair to whoever spoke last at the other, until its input ends.
pub fn relay(pairs: usize) -> Result<()> {
    let open = || -> Result<UdpSocket> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_nonblocking(true)?;
        Ok(socket)
    };
    let mut all = Vec::new();
    for _ in 0..pairs {
        let pair = (open()?, open()?);
        println!("{} {}", pair.0.local_addr()?.port(), pair.1.local_addr()?.port());
        all.push((pair, None::<SocketAddr>, None::<SocketAddr>));
    }
    println!();
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    let mut buffer = [0_u8; 2_000];
    let mut due = Instant::now();
    loop {
        for ((one, other), at_one, at_other) in &mut all {
            pass(one, at_one, other, *at_other, &mut buffer);
            pass(other, at_other, one, *at_one, &mut buffer);
        }
        due += TURN;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

fn pass(from: &UdpSocket, who: &mut Option<SocketAddr>, to: &UdpSocket, whom: Option<SocketAddr>, buffer: &mut [u8]) {
    while let Ok((length, source)) = from.recv_from(buffer) {
        *who = Some(source);
        if let (Some(whom), Some(packet)) = (whom, buffer.get(..length)) {
            let _ = to.send_to(packet, whom);
        }
    }
}

/// The relay as a process of its own, and its pairs of ports.
pub struct Relay {
    child: Child,
    pub pairs: Vec<(u16, u16)>,
}

impl Relay {
    pub async fn start(pairs: usize) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["relay", "--pairs", &pairs.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("the relay says nothing")?).lines();
        let mut all = Vec::new();
        while let Some(line) = lines.next_line().await?.filter(|line| !line.is_empty()) {
            let (one, other) = line.split_once(' ').context("the relay names no ports")?;
            all.push((one.parse()?, other.parse()?));
        }
        Ok(Self { child, pairs: all })
    }

    pub fn processor_s(&self) -> Result<f64> {
        sim::server::processor_s(self.child.id().context("the relay has ended")?)
    }
}
