//! Handing letters to a mail server (RFC 5321), by lettre.

use crate::Letter;
use crate::reply::Reply;
use centre::mail::Mail;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, MessageId};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The mail server, as the section `email` of the configuration names it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Nothing means that no mail is sent: it waits in the outbox.
    pub smtp_host: Option<String>,
    pub smtp_port: u16,
    /// `starttls` (asked for and required), `tls` from the first byte, or `none` for a server on this machine.
    pub smtp_security: Security,
    pub smtp_user: Option<String>,
    pub smtp_password: Option<String>,
    /// Where mail will come in by LMTP; this version sends only, and says so when it is set.
    pub lmtp_listen: Option<std::net::SocketAddr>,
    /// Who the letters are from: `Linea Amica <risposte@example.org>`.
    pub from: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    Starttls,
    Tls,
    None,
}

impl Settings {
    /// Do letters go to their server encrypted?
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        !matches!(self.smtp_security, Security::None)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            smtp_host: None,
            smtp_port: 587,
            smtp_security: Security::Starttls,
            smtp_user: None,
            smtp_password: None,
            lmtp_listen: None,
            from: "Linea Amica <noreply@localhost>".to_owned(),
        }
    }
}

/// Why a letter did not go.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the address is none that a mail server would take")]
    Address,
    #[error("cannot set up mail by {host}: {why}")]
    Settings { host: String, why: String },
    #[error("cannot put the letter into words: {0}")]
    Words(String),
    /// Holds the reply's code alone: its words repeat the citizen's address, and this goes into logs and lists.
    #[error("the mail server refused: {0}")]
    Refused(Reply),
    #[error("the letter was not handed over: {0}")]
    Failed(String),
}

impl Error {
    /// True when trying again cannot help.
    #[must_use]
    pub fn for_good(&self) -> bool {
        match self {
            Self::Address => true,
            Self::Refused(reply) => reply.refuses_recipient(),
            Self::Settings { .. } | Self::Words(_) | Self::Failed(_) => false,
        }
    }
}

fn silent() -> Error {
    Error::Failed("the mail server has gone silent".to_owned())
}

/// How long a connection is waited for.
const CONNECT: Duration = Duration::from_secs(30);
/// How long a letter may be on its way: a server may take ten minutes after its end (RFC 5321, 4.5.3.2.6). The lease of a
/// letter lasts longer. Each letter has a connection of its own, so that one given up is not taken up by the next.
const DEADLINE: Duration = Duration::from_secs(12 * 60);

/// A mail server to hand letters to.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    public_url: String,
    deadline: Duration,
}

impl Smtp {
    /// Sets up the way to the mail server; `None` when none is named. Nothing is sent yet.
    ///
    /// # Errors
    /// A sender that is no address, a host that is no name.
    pub fn new(settings: &Settings, public_url: &str) -> Result<Option<Self>, Error> {
        let Some(host) = settings.smtp_host.clone() else { return Ok(None) };
        let wrong = |why: String| Error::Settings { host: host.clone(), why };
        let from: Mailbox = settings.from.parse().map_err(|e| wrong(format!("email.from {:?}: {e}", settings.from)))?;
        let tls = || TlsParameters::new(host.clone()).map_err(|e| wrong(e.to_string()));
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host)
            .port(settings.smtp_port)
            .timeout(Some(CONNECT));
        builder = match settings.smtp_security {
            Security::Starttls => builder.tls(Tls::Required(tls()?)),
            Security::Tls => builder.tls(Tls::Wrapper(tls()?)),
            Security::None => builder.tls(Tls::None),
        };
        if let (Some(user), Some(password)) = (&settings.smtp_user, &settings.smtp_password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Some(Self { transport: builder.build(), from, public_url: public_url.to_owned(), deadline: DEADLINE }))
    }

    /// Hands one letter over; it is the server's when this returns.
    ///
    /// # Errors
    /// Why it did not go, and whether it ever will.
    pub async fn send(&self, mail: &Mail) -> Result<(), Error> {
        let to = mail.to.parse().map_err(|_| Error::Address)?;
        let letter = Letter::write(mail, &self.public_url).map_err(|e| Error::Words(e.to_string()))?;
        // The same key makes the same Message-ID, by which a mailbox knows a letter that was sent twice.
        let id = format!("<{}@{}>", mail.key, self.from.email.domain());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .header(MessageId::from(id))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body)
            .map_err(|e| Error::Words(e.to_string()))?;
        let handed = tokio::time::timeout(self.deadline, self.transport.send(message)).await.map_err(|_| silent())?;
        handed.map(drop).map_err(|error| {
            Reply::of(&error).map_or_else(
                // A reply that makes no sense may hold the address all the same.
                || {
                    Error::Failed(if error.is_response() {
                        "its reply makes no sense".to_owned()
                    } else {
                        error.to_string()
                    })
                },
                Error::Refused,
            )
        })
    }

    /// True when the server answers.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn check(&self) -> Result<bool, Error> {
        let asked = tokio::time::timeout(CONNECT, self.transport.test_connection()).await.map_err(|_| silent())?;
        asked.map_err(|e| Error::Failed(e.to_string()))
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834): answering machines leave it alone.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use centre::mail::{Content, Named};
    use model::number::CaseNumber;
    use model::{CaseId, OutboxId};

    #[tokio::test]
    async fn a_server_that_takes_a_connection_and_says_nothing_is_given_up() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = Settings {
            smtp_host: Some("127.0.0.1".to_owned()),
            smtp_port: silent.local_addr().unwrap().port(),
            smtp_security: Security::None,
            ..Settings::default()
        };
        let smtp = Smtp::new(&settings, "http://portale.example").unwrap().unwrap();
        let smtp = Smtp { deadline: Duration::from_millis(200), ..smtp };
        let case = Named {
            number: CaseNumber { year: 2026, id: CaseId(1) },
            code: model::code::Code::from_bytes([1; 16]),
            subject: None,
        };
        let mail = Mail {
            id: OutboxId(1),
            case: Some(CaseId(1)),
            key: "k".to_owned(),
            to: "giulia@posta.example".to_owned(),
            language: "it".to_owned(),
            content: Content::Solved { case },
            tries: 1,
        };
        let error = smtp.send(&mail).await.unwrap_err();
        assert!(!error.for_good() && error.to_string().contains("silent"), "{error}");
        // Somebody did come.
        silent.accept().await.unwrap();
    }
}
