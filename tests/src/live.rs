//! A follower of server-sent events (the event stream of the HTML standard).

use futures::{Stream, StreamExt};
use std::collections::VecDeque;
use std::pin::Pin;
use std::time::Duration;

/// One event as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub id: String,
    pub name: String,
    pub data: String,
}

pub struct Live {
    bytes: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    rest: Vec<u8>,
    read: VecDeque<Told>,
    being_told: Told,
}

impl Live {
    /// Opens the stream.
    pub async fn open(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let bytes = Box::pin(response.bytes_stream().map(|chunk| chunk.map(|bytes| bytes.to_vec())));
        Self { bytes, rest: Vec::new(), read: VecDeque::new(), being_told: Told::default() }
    }

    /// The next event; `None` when the server has ended the stream.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(told) = self.read.pop_front() {
                return Some(told);
            }
            let chunk =
                tokio::time::timeout(Duration::from_secs(40), self.bytes.next()).await.expect("nothing was told");
            self.rest.extend(chunk?.ok()?);
            while let Some(end) = self.rest.iter().position(|b| *b == b'\n') {
                let line: Vec<u8> = self.rest.drain(..=end).collect();
                self.line(String::from_utf8(line).unwrap().trim_end());
            }
        }
    }

    fn line(&mut self, line: &str) {
        let told = &mut self.being_told;
        match line.split_once(':') {
            Some(("id", value)) => told.id = value.trim_start().to_owned(),
            Some(("event", value)) => told.name = value.trim_start().to_owned(),
            Some(("data", value)) => told.data.push_str(value.trim_start()),
            _ if line.is_empty() && !told.data.is_empty() => self.read.push_back(std::mem::take(told)),
            _ => {}
        }
    }
}
