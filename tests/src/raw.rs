//! A peer that says word for word what it is told to, over UDP, and shows word for word what comes: for what no proper
//! telephone does.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::UdpSocket;

/// After this long nothing comes any more.
const PATIENCE: Duration = Duration::from_secs(60);

static PEERS: AtomicU32 = AtomicU32::new(1);

pub struct Raw {
    socket: UdpSocket,
    server: SocketAddr,
    own: SocketAddr,
    call_id: String,
}

impl Raw {
    /// A peer on the loopback.
    pub async fn open(server: SocketAddr) -> Self {
        Self::open_at([127, 0, 0, 1].into(), server).await
    }

    /// A peer with an address of its own.
    pub async fn open_at(ip: IpAddr, server: SocketAddr) -> Self {
        let socket = UdpSocket::bind(SocketAddr::new(ip, 0)).await.unwrap();
        let own = socket.local_addr().unwrap();
        let call_id = format!("raw{}x{}", PEERS.fetch_add(1, Ordering::Relaxed), own.port());
        Self { socket, server, own, call_id }
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.own
    }

    /// A request with these further headers, each with its line's end; `to_tag` is the other side's.
    #[must_use]
    pub fn request(&self, method: &str, sequence: u32, to_tag: &str, more: &str, body: &str) -> String {
        let Self { own, server, call_id, .. } = self;
        let tag = if to_tag.is_empty() { String::new() } else { format!(";tag={to_tag}") };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let branch = if method == "CANCEL" { "INVITE" } else { method };
        format!(
            "{method} sip:803001@{server} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{call_id}{branch}{sequence};rport\r\n\
             From: <sip:+393335550117@{own}>;tag=own\r\nTo: <sip:803001@{server}>{tag}\r\nCall-ID: {call_id}\r\n\
             CSeq: {sequence} {method}\r\nContact: <sip:raw@{own}>\r\nMax-Forwards: 70\r\n{more}{kind}\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    /// A description of a telephone at this port, with more lines.
    #[must_use]
    pub fn sdp(&self, port: u16, more: &str) -> String {
        let ip = self.own.ip();
        format!(
            "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8\r\n\
             a=rtpmap:8 PCMA/8000\r\n{more}"
        )
    }

    pub async fn say(&self, message: impl AsRef<[u8]>) {
        self.socket.send_to(message.as_ref(), self.server).await.unwrap();
    }

    /// The next message that begins so; whatever comes before is passed over.
    pub async fn hears(&self, begins: &str) -> String {
        let mut buffer = vec![0; 16_000];
        let mut before = String::new();
        loop {
            let Ok(came) = tokio::time::timeout(PATIENCE, self.socket.recv_from(&mut buffer)).await else {
                panic!("waited in vain for {begins:?}; before it came:\n{before}");
            };
            let message = String::from_utf8_lossy(&buffer[..came.unwrap().0]).into_owned();
            if message.starts_with(begins) {
                return message;
            }
            before.push_str(&message);
        }
    }

    /// Answers a request that came.
    pub async fn answers(&self, request: &str, status: &str, tag: &str, more: &str, body: &str) {
        let copied = |line: &&str| {
            ["via:", "from:", "to:", "call-id:", "cseq:"].iter().any(|name| line.to_lowercase().starts_with(name))
        };
        let lines = request.lines().take_while(|line| !line.trim().is_empty()).filter(copied).map(|line| {
            let to = line.to_lowercase().starts_with("to:") && !line.contains("tag=");
            if to { format!("{};tag={tag}\r\n", line.trim_end()) } else { format!("{}\r\n", line.trim_end()) }
        });
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let head = lines.collect::<String>();
        let own = self.own;
        let message = format!(
            "SIP/2.0 {status}\r\n{head}Contact: <sip:raw@{own}>\r\n{more}{kind}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.say(message).await;
    }
}

/// The value of a header.
#[must_use]
pub fn said(message: &str, name: &str) -> String {
    let wanted = format!("{}:", name.to_lowercase());
    let line = message.lines().find(|line| line.to_lowercase().starts_with(&wanted));
    line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// The tag of whoever answered.
#[must_use]
pub fn tag(message: &str) -> String {
    let to = said(message, "To");
    to.split_once("tag=").map(|(_, tag)| tag.split(';').next().unwrap_or(tag).to_owned()).unwrap_or_default()
}
