//! A plain HTTP/1.1 client that keeps its connection: as little work a request as can be, because it shares the machine
//! with the server it measures.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One kept connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer: its status, its head as text, its body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(':').filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim()))
    }
}

impl Connection {
    /// # Errors
    /// When nobody listens there.
    pub async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await.with_context(|| format!("cannot reach {to}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and reads its whole answer. `headers` are lines that end in CR LF.
    ///
    /// # Errors
    /// When the connection ends in between, or the answer is not HTTP.
    pub async fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> Result<Answer> {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {}\r\n\r\n", body.len())
                .into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request).await?;
        self.buffer.clear();
        let end = loop {
            if let Some(at) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8(self.buffer.drain(..end).collect())?;
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).context("the answer is not HTTP")?;
        let mut answer = Answer { status, head, body: Vec::new() };
        if let Some(length) = answer.header("content-length") {
            let length: usize = length.parse()?;
            while self.buffer.len() < length {
                self.more().await?;
            }
            answer.body = self.buffer.drain(..length).collect();
        } else if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = self.chunks().await?;
        }
        Ok(answer)
    }

    /// Asks for a stream of events; what they are called is then told by [`Self::next_event`].
    ///
    /// # Errors
    /// When the connection ends.
    pub async fn follow(&mut self, path: &str, headers: &str) -> Result<()> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n{headers}\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        Ok(())
    }

    /// The name of the next event of the stream.
    ///
    /// # Errors
    /// When the stream ends.
    pub async fn next_event(&mut self) -> Result<String> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                if let Some(name) = String::from_utf8_lossy(&line).trim().strip_prefix("event:") {
                    return Ok(name.trim().to_owned());
                }
                continue;
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the connection ended before the answer did");
        }
        Ok(())
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                if let Some(at) = self.buffer.windows(2).position(|w| w == b"\r\n") {
                    break self.buffer.drain(..at + 2).collect::<Vec<u8>>();
                }
                self.more().await?;
            };
            let length = usize::from_str_radix(String::from_utf8(line)?.trim(), 16)?;
            while self.buffer.len() < length + 2 {
                self.more().await?;
            }
            body.extend(self.buffer.drain(..length));
            self.buffer.drain(..2);
            if length == 0 {
                return Ok(body);
            }
        }
    }
}
