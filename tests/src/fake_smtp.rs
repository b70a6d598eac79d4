//! A mail server that says what a story tells it to: for the refusals that a real one gives only on bad days.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// It greets with a 554.
    Closed,
    /// It takes nobody's password.
    KnowsNobody,
    /// The address is refused, and repeated in the reply as real servers do.
    RefusesRecipient,
}

pub struct FakeSmtp {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<usize>>,
}

impl FakeSmtp {
    pub async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mood, taken): (_, Arc<Mutex<usize>>) = (Arc::new(Mutex::new(mood)), Arc::default());
        let (moods, count) = (mood.clone(), Arc::clone(&taken));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, moods.clone(), count.clone()));
            }
        });
        Self { port, mood, taken }
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Letters taken so far.
    #[must_use]
    pub fn taken(&self) -> usize {
        *self.taken.lock().unwrap()
    }
}

async fn talk(stream: TcpStream, mood: Arc<Mutex<Mood>>, taken: Arc<Mutex<usize>>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mood = || *mood.lock().unwrap();
    let greeting = if mood() == Mood::Closed { "554 no SMTP service here\r\n" } else { "220 ready\r\n" };
    write.write_all(greeting.as_bytes()).await.ok()?;
    let mut letter = false;
    while let Some(line) = lines.next_line().await.ok()? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            _ if letter && line != "." => continue,
            "." => {
                letter = false;
                *taken.lock().unwrap() += 1;
                "250 2.0.0 taken".to_owned()
            }
            "EHLO" => "250-fake.example\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN".to_owned(),
            "AUTH" if mood() == Mood::KnowsNobody => "535 5.7.8 authentication failed".to_owned(),
            "AUTH" => "235 2.7.0 welcome".to_owned(),
            "RCPT" if mood() == Mood::RefusesRecipient => format!("550 5.1.1 {line}: user unknown"),
            "DATA" => {
                letter = true;
                "354 go on".to_owned()
            }
            "QUIT" => "221 2.0.0 bye".to_owned(),
            _ => "250 2.0.0 ok".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
    Some(())
}
