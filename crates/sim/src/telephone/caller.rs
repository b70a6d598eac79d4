//! Callers behind a trunk: all of them at one port.

use super::message::{description, ending, header, ok, sound_address, status, within};
use super::sound::{End, Sounds};
use anyhow::{Context, Result, bail, ensure};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

type Answers = Arc<Mutex<HashMap<String, oneshot::Sender<String>>>>;

pub struct Callers {
    socket: Arc<UdpSocket>,
    server: SocketAddr,
    answers: Answers,
    sounds: Arc<Sounds>,
    hearing: JoinHandle<()>,
}

/// A call that stands.
pub struct Dialled {
    pub end: End,
    pub invited_at: Instant,
    call_id: String,
    number: String,
    to: String,
    target: String,
}

impl Drop for Callers {
    fn drop(&mut self) {
        self.hearing.abort();
    }
}

impl Callers {
    /// # Errors
    /// A system that gives no port.
    pub async fn open(server: SocketAddr, sounds: Arc<Sounds>) -> Result<Self> {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await?);
        let answers = Answers::default();
        let hearing = tokio::spawn(hear(socket.clone(), answers.clone()));
        Ok(Self { socket, server, answers, sounds, hearing })
    }

    fn head(&self, method: &str, target: &str, call_id: &str, number: &str, to: &str, sequence: u32) -> Result<String> {
        let (own, server) = (self.socket.local_addr()?, self.server);
        let to = if to.is_empty() { format!("<sip:803001@{server}>") } else { to.to_owned() };
        Ok(format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{call_id}{method}{sequence}\r\n\
             From: <sip:{number}@{own}>;tag=own\r\nTo: {to}\r\nCall-ID: {call_id}\r\nCSeq: {sequence} {method}\r\n\
             Contact: <sip:{number}@{own}>\r\nMax-Forwards: 70\r\n"
        ))
    }

    /// Dials, and speaks as soon as it is answered.
    ///
    /// # Errors
    /// When it is refused, or not answered.
    pub async fn dial(&self, call_id: &str, number: &str) -> Result<Dialled> {
        let (answered, answer) = oneshot::channel();
        self.answers.lock().ok().context("the callers are gone")?.insert(call_id.to_owned(), answered);
        let prepared = self.sounds.prepare()?;
        let target = format!("sip:803001@{}", self.server);
        let head = self.head("INVITE", &target, call_id, number, "", 1)?;
        let invited_at = Instant::now();
        let invite = format!("{head}{}", ending("", &description(prepared.port())));
        self.socket.send_to(invite.as_bytes(), self.server).await?;
        let answer =
            tokio::time::timeout(Duration::from_secs(20), answer).await.context("a call is not answered")??;
        ensure!(status(&answer) == Some(200), "a call is refused: {answer}");
        let to = header(&answer, "To").context("an answer to nobody")?.to_owned();
        let target = header(&answer, "Contact").context("an answer from nowhere")?;
        let target = target.split('<').nth(1).and_then(|rest| rest.split('>').next()).unwrap_or(target).to_owned();
        ensure!(within(&to, "tag").is_some(), "an answer without a tag");
        let call = (call_id.to_owned(), number.to_owned());
        let ack = self.head("ACK", &target, call_id, number, &to, 1)?;
        self.socket.send_to(format!("{ack}{}", ending("", "")).as_bytes(), self.server).await?;
        let Some(sound) = sound_address(&answer) else { bail!("an answer without sound: {answer}") };
        let end = prepared.begin(sound);
        Ok(Dialled { end, invited_at, call_id: call.0, number: call.1, to, target })
    }

    /// # Errors
    /// A system that sends nothing.
    pub async fn hang_up(&self, call: &Dialled) -> Result<()> {
        let bye = self.head("BYE", &call.target, &call.call_id, &call.number, &call.to, 2)?;
        self.socket.send_to(format!("{bye}{}", ending("", "")).as_bytes(), self.server).await?;
        self.sounds.end(call.end);
        Ok(())
    }
}

async fn hear(socket: Arc<UdpSocket>, answers: Answers) {
    let mut buffer = [0_u8; 8_000];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let message = String::from_utf8_lossy(buffer.get(..length).unwrap_or_default()).into_owned();
        match status(&message) {
            Some(..=199) => {}
            Some(_) => {
                let call = header(&message, "Call-ID").unwrap_or_default();
                let waits = answers.lock().ok().and_then(|mut answers| answers.remove(call));
                if let Some(waits) = waits {
                    let _ = waits.send(message);
                }
            }
            None if message.starts_with("ACK ") => {}
            None => {
                let _ = socket.send_to(ok(&message, "", "").as_bytes(), from).await;
            }
        }
    }
}
