//! A caller: a small telephone of the tests' own that speaks SIP over UDP, because what is asserted on is what is heard,
//! packet by packet, and when. The protocol itself is tried by sipp and baresip.

use crate::ear::Ear;
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A call that stands, or a telephone that somebody calls.
pub struct Caller {
    pub ear: Ear,
    shared: Arc<Shared>,
    worker: Option<JoinHandle<()>>,
}

struct Shared {
    socket: UdpSocket,
    server: SocketAddr,
    own: SocketAddr,
    call_id: String,
    number: String,
    from: String,
    rtp: u16,
    state: Mutex<State>,
    sequence: AtomicU32,
    over: AtomicBool,
    quit: AtomicBool,
}

#[derive(Default)]
struct State {
    to_tag: String,
    target: String,
    /// The status of our INVITE, when it is final.
    status: Option<u16>,
    provisional: Vec<u16>,
    retry_after: Option<u32>,
    answered_at: Option<Instant>,
    invited_at: Option<Instant>,
    last: Vec<String>,
}

impl Caller {
    /// Dials a number, as somebody who is known by `from`, with a tone of so many hertz for a voice.
    #[must_use]
    pub fn dial(server: SocketAddr, number: &str, from: &str, hertz: f32) -> Self {
        let ear = Ear::open(hertz);
        let rtp = ear.port();
        Self::dial_with(server, number, from, ear, rtp)
    }

    /// The same with an ear that is reached at this port.
    #[must_use]
    pub fn dial_with(server: SocketAddr, number: &str, from: &str, ear: Ear, rtp: u16) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        let own = socket.local_addr().unwrap();
        let shared = Arc::new(Shared {
            socket,
            server,
            own,
            call_id: format!("{:x}@{own}", own.port()),
            number: number.to_owned(),
            from: from.to_owned(),
            rtp,
            state: Mutex::default(),
            sequence: AtomicU32::new(1),
            over: AtomicBool::new(false),
            quit: AtomicBool::new(false),
        });
        shared.state.lock().unwrap().invited_at = Some(Instant::now());
        shared.send(&shared.invite());
        let worker = {
            let shared = shared.clone();
            std::thread::spawn(move || shared.follow())
        };
        Self { ear, shared, worker: Some(worker) }
    }

    /// The final answer to our call, once it is there.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.shared.state.lock().unwrap().status
    }

    /// After how many seconds we may try again, where the final answer says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.shared.state.lock().unwrap().retry_after
    }

    /// Answers before the final one.
    #[must_use]
    pub fn provisional(&self) -> Vec<u16> {
        self.shared.state.lock().unwrap().provisional.clone()
    }

    /// The other side has hung up, or refused.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.shared.over.load(Ordering::Relaxed)
    }

    /// Hangs up, as far as the call has come.
    pub fn hang_up(&self) {
        let shared = &self.shared;
        shared.over.store(true, Ordering::Relaxed);
        let method = if self.status().is_some() { "BYE" } else { "CANCEL" };
        let sequence = if method == "CANCEL" { 1 } else { shared.sequence.fetch_add(1, Ordering::Relaxed) + 1 };
        shared.send(&shared.request(method, sequence, ""));
    }

    /// Dies from one moment to the next: nothing is said any more.
    pub fn die(&self) {
        self.ear.die();
        self.shared.quit.store(true, Ordering::Relaxed);
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let (packets, last) = (self.ear.packets(), Instant::now());
            let age = packets.last().map(|packet| last - packet.at);
            println!(
                "a caller was answered {:?}, heard {} packets, the last of them {age:?} ago, and sent {}",
                self.status(),
                packets.len(),
                self.ear.sent(),
            );
        }
        if self.status() == Some(200) && !self.is_over() && !self.shared.quit.load(Ordering::Relaxed) {
            self.hang_up();
        }
        self.shared.quit.store(true, Ordering::Relaxed);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

impl Shared {
    fn send(&self, message: &str) {
        self.state.lock().unwrap().last.push(message.to_owned());
        let _ = self.socket.send_to(message.as_bytes(), self.server);
    }

    fn sdp(&self) -> String {
        let Self { own, rtp, .. } = self;
        let ip = own.ip();
        format!(
            "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {rtp} RTP/AVP 8 101\r\n\
             a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
        )
    }

    fn invite(&self) -> String {
        self.request("INVITE", 1, &self.sdp())
    }

    fn request(&self, method: &str, sequence: u32, body: &str) -> String {
        let Self { own, call_id, number, from, server, .. } = self;
        let state = self.state.lock().unwrap();
        let to_tag = if state.to_tag.is_empty() || method == "CANCEL" {
            String::new()
        } else {
            format!(";tag={}", state.to_tag)
        };
        let target = if state.target.is_empty() || matches!(method, "INVITE" | "CANCEL") {
            format!("sip:{number}@{server}")
        } else {
            state.target.clone()
        };
        // A CANCEL is of the transaction of its INVITE; an ACK of a 2xx, and everything else, is one of its own.
        let branch = if method == "CANCEL" { "INVITE" } else { method };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{}{branch}{sequence};rport\r\n\
             From: <sip:{from}@{}>;tag=own\r\nTo: <sip:{number}@{server}>{to_tag}\r\nCall-ID: {call_id}\r\n\
             CSeq: {sequence} {method}\r\nContact: <sip:{from}@{own}>\r\nMax-Forwards: 70\r\n{kind}\
             Content-Length: {}\r\n\r\n{body}",
            call_id.replace(['@', ':', '.'], ""),
            own.ip(),
            body.len()
        )
    }

    fn follow(&self) {
        let mut buffer = [0_u8; 8_000];
        let mut again = Instant::now() + Duration::from_millis(500);
        while !self.quit.load(Ordering::Relaxed) {
            let waits = {
                let state = self.state.lock().unwrap();
                state.status.is_none() && state.provisional.is_empty()
            };
            if waits && Instant::now() > again {
                again = Instant::now() + Duration::from_secs(1);
                self.send(&self.invite());
            }
            let Ok((length, from)) = self.socket.recv_from(&mut buffer) else { continue };
            let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
            if let Some(rest) = message.strip_prefix("SIP/2.0 ") {
                self.answered(rest, &message);
            } else {
                self.asked(&message, from);
            }
        }
    }

    fn answered(&self, rest: &str, message: &str) {
        let status: u16 = rest.split(' ').next().and_then(|s| s.parse().ok()).unwrap_or(0);
        let is_invite = header(message, "CSeq").is_some_and(|c| c.ends_with("INVITE"));
        if !is_invite {
            return;
        }
        if status < 200 {
            self.state.lock().unwrap().provisional.push(status);
            return;
        }
        let sequence: u32 = header(message, "CSeq").and_then(|c| c.split(' ').next()?.parse().ok()).unwrap_or(1);
        {
            let mut state = self.state.lock().unwrap();
            if let Some((_, tag)) = header(message, "To").as_deref().and_then(|to| to.split_once("tag=")) {
                state.to_tag = tag.split(';').next().unwrap_or(tag).to_owned();
            }
            if let Some(contact) = header(message, "Contact") {
                state.target = contact.trim_matches(['<', '>']).split('>').next().unwrap_or_default().to_owned();
            }
            if state.status.is_none() {
                state.status = Some(status);
                state.retry_after = header(message, "Retry-After").and_then(|seconds| seconds.parse().ok());
                state.answered_at = Some(Instant::now());
            }
        }
        let ack = self.request("ACK", sequence, "");
        // An ACK of a refusal is of the transaction that was refused (RFC 3261, 17.1.1.3).
        let ack =
            if status >= 300 { ack.replace(&format!("ACK{sequence};"), &format!("INVITE{sequence};")) } else { ack };
        self.send(&ack);
        if status >= 300 {
            self.over.store(true, Ordering::Relaxed);
        }
    }

    fn asked(&self, message: &str, from: SocketAddr) {
        let method = message.split(' ').next().unwrap_or_default().to_owned();
        if method == "ACK" {
            return;
        }
        if method == "BYE" {
            self.over.store(true, Ordering::Relaxed);
        }
        let copied: Vec<String> = message
            .lines()
            .take_while(|line| !line.trim().is_empty())
            .filter(|line| {
                ["via:", "from:", "to:", "call-id:", "cseq:"].iter().any(|h| line.to_lowercase().starts_with(h))
            })
            .map(|line| format!("{}\r\n", line.trim_end()))
            .collect();
        let body = if method == "INVITE" { self.sdp() } else { String::new() };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let answer = format!(
            "SIP/2.0 200 OK\r\n{}Contact: <sip:{}@{}>\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            copied.concat(),
            self.from,
            self.own,
            body.len()
        );
        let _ = self.socket.send_to(answer.as_bytes(), from);
    }
}

fn header(message: &str, name: &str) -> Option<String> {
    let wanted = format!("{}:", name.to_lowercase());
    let line = message.lines().find(|line| line.to_lowercase().starts_with(&wanted))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
