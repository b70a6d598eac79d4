//! Operators' telephones: all of them behind one port, each registered by its own password, and each answers at once.

use super::message::{description, ending, header, ok, sound_address, status, within};
use super::sound::{End, Sounds};
use anyhow::{Context, Result, ensure};
use std::collections::HashMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

pub struct Operators {
    rung: Arc<Mutex<Option<Instant>>>,
    answering: JoinHandle<()>,
}

impl Drop for Operators {
    fn drop(&mut self) {
        self.answering.abort();
    }
}

fn md5(text: &str) -> String {
    let digest = <md5::Md5 as md5::Digest>::digest(text);
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Operators {
    /// Registers telephones by their names and passwords, and lets them answer, with these sounds.
    ///
    /// # Errors
    /// When one is not let in.
    pub async fn register(server: SocketAddr, accounts: &[(String, String)], sounds: Arc<Sounds>) -> Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        for (name, password) in accounts {
            register(&socket, server, name, password).await?;
        }
        let rung = Arc::<Mutex<Option<Instant>>>::default();
        let answering = tokio::spawn(answer(socket, sounds, rung.clone()));
        Ok(Self { rung, answering })
    }

    /// When a telephone rang for the last time.
    pub fn last_rung(&self) -> Option<Instant> {
        *self.rung.lock().ok()?
    }
}

async fn register(socket: &UdpSocket, server: SocketAddr, name: &str, password: &str) -> Result<()> {
    let own = socket.local_addr()?;
    let uri = format!("sip:{server}");
    let mut proof = String::new();
    for sequence in 1..=2 {
        let lines = format!(
            "Via: SIP/2.0/UDP {own};branch=z9hG4bK{name}r{sequence}\r\nFrom: <sip:{name}@{server}>;tag=own\r\n\
             To: <sip:{name}@{server}>\r\nCall-ID: {name}@{own}\r\nCSeq: {sequence} REGISTER\r\n\
             Contact: <sip:{name}@{own}>\r\nExpires: 3600\r\nMax-Forwards: 70\r\n{proof}"
        );
        let request = format!("REGISTER {uri} SIP/2.0\r\n{}", ending(&lines, ""));
        socket.send_to(request.as_bytes(), server).await?;
        let mut buffer = [0_u8; 8_000];
        let waits = tokio::time::timeout(Duration::from_secs(5), socket.recv_from(&mut buffer)).await;
        let (length, _) = waits.with_context(|| format!("{name} is not answered"))??;
        let answer = String::from_utf8_lossy(buffer.get(..length).unwrap_or_default()).into_owned();
        match status(&answer) {
            Some(200) => return Ok(()),
            Some(401) => {
                let asks = header(&answer, "WWW-Authenticate").context("a 401 asks nothing")?;
                let (realm, nonce) = within(asks, "realm").zip(within(asks, "nonce")).context("a 401 asks nothing")?;
                let (ha1, ha2) = (md5(&format!("{name}:{realm}:{password}")), md5(&format!("REGISTER:{uri}")));
                let response = md5(&format!("{ha1}:{nonce}:00000001:own:auth:{ha2}"));
                proof = format!(
                    "Authorization: Digest username=\"{name}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
                     response=\"{response}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"own\"\r\n"
                );
            }
            _ => ensure!(false, "{name} is not let in: {answer}"),
        }
    }
    anyhow::bail!("{name} is not let in")
}

async fn answer(socket: UdpSocket, sounds: Arc<Sounds>, rung: Arc<Mutex<Option<Instant>>>) {
    let Ok(own) = socket.local_addr() else { return };
    let mut answered: HashMap<String, (String, End)> = HashMap::new();
    let mut buffer = [0_u8; 8_000];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let message = String::from_utf8_lossy(buffer.get(..length).unwrap_or_default()).into_owned();
        let call = header(&message, "Call-ID").unwrap_or_default().to_owned();
        let said = match message.split(' ').next() {
            Some("INVITE") => match answered.get(&call) {
                Some((again, _)) => again.clone(),
                None => {
                    if let Ok(mut rung) = rung.lock() {
                        *rung = Some(Instant::now());
                    }
                    let Some(to) = sound_address(&message) else { continue };
                    let Ok(end) = sounds.begin(to) else { continue };
                    let lines = format!("Contact: <sip:operator@{own}>\r\n");
                    let said = ok(&message, &lines, &description(end.port));
                    answered.insert(call, (said.clone(), end));
                    said
                }
            },
            Some("ACK" | "SIP/2.0") => continue,
            Some("BYE") => {
                if let Some((_, end)) = answered.remove(&call) {
                    sounds.end(end);
                }
                ok(&message, "", "")
            }
            _ => ok(&message, "", ""),
        };
        let _ = socket.send_to(said.as_bytes(), from).await;
    }
}
