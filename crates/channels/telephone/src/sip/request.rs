//! A request as it came in: who sent it from where, and what it says.

use crate::timer::{Asked, Bad};
use rsipstack::sip::prelude::{HeadersExt, ToTypedHeader};
use rsipstack::sip::{Header, StatusCode, Uri};
use rsipstack::transaction::transaction::Transaction;
use std::net::SocketAddr;

/// A request outside any dialog, to be answered once.
pub struct Request {
    pub(super) transaction: Transaction,
}

impl Request {
    pub(super) fn new(transaction: Transaction) -> Self {
        Self { transaction }
    }

    #[must_use]
    pub fn method(&self) -> String {
        self.transaction.original.method.to_string()
    }

    /// The address of the request (`sip:803001@…`), as it was written.
    #[must_use]
    pub fn uri(&self) -> String {
        self.transaction.original.uri.to_string()
    }

    /// What stands before the `@` of the request's address.
    #[must_use]
    pub fn dialled(&self) -> Option<&str> {
        self.transaction.original.uri.user()
    }

    /// From where it came.
    #[must_use]
    pub fn source(&self) -> Option<SocketAddr> {
        self.transaction.connection.as_ref()?.get_remote_addr()?.get_socketaddr().ok()
    }

    /// Over which transport: `UDP`, `TCP`, `TLS`, `WS` …
    #[must_use]
    pub fn transport(&self) -> String {
        let connection = self.transaction.connection.as_ref();
        let over = connection.map(|c| c.get_remote_addr().and_then(|a| a.r#type).unwrap_or_else(|| c.transport()));
        over.map_or_else(String::new, |transport| transport.to_string())
    }

    /// Where whoever sent it is reached again: on the connection that it came over.
    #[must_use]
    pub fn back(&self) -> Option<super::Address> {
        self.transaction.connection.as_ref()?.get_remote_addr().cloned()
    }

    /// Who sends it, by its own word: the asserted identity (RFC 3325) where there is one, else the sender's address.
    /// None for one who wants to stay unknown.
    #[must_use]
    pub fn from(&self) -> Option<String> {
        let asserted = self.header("P-Asserted-Identity").and_then(|value| user_of(&value));
        let from = || self.transaction.original.from_header().ok()?.typed().ok()?.uri.user().map(str::to_owned);
        let said = asserted.or_else(from)?;
        let hidden = said.eq_ignore_ascii_case("anonymous") || said.eq_ignore_ascii_case("unavailable");
        let private = self.header("Privacy").is_some_and(|privacy| privacy.to_ascii_lowercase().contains("id"));
        (!hidden && !private && !said.is_empty()).then_some(said)
    }

    /// Who is registered: what stands before the `@` of the To header.
    #[must_use]
    pub fn to(&self) -> Option<String> {
        self.transaction.original.to_header().ok()?.typed().ok()?.uri.user().map(str::to_owned)
    }

    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.transaction.original.body
    }

    /// The value of a header by its name, in whatever case it was written.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        header(&self.transaction.original.headers, name)
    }

    /// What it says about a session timer.
    ///
    /// # Errors
    /// A header that cannot be read.
    pub fn timer(&self) -> Result<Asked, Bad> {
        Asked::read(|name| every(&self.transaction.original.headers, name).collect())
    }

    #[must_use]
    pub fn call_id(&self) -> String {
        self.transaction.original.call_id_header().map_or_else(|_| String::new(), |id| id.to_string())
    }

    /// Answers and is done with it.
    pub async fn answer(mut self, status: u16, headers: Vec<(&str, String)>) {
        let headers = headers.into_iter().map(|(name, value)| other(name, value)).collect();
        let answered = self.transaction.reply_with(StatusCode::from(status), headers, None).await;
        if let Err(error) = answered {
            tracing::debug!(%error, status, "cannot answer a SIP request");
            return;
        }
        // An INVITE that was refused waits for its ACK, and answers what is sent again meanwhile.
        while self.transaction.receive().await.is_some() {}
    }

    /// Leaves it without an answer, as if nobody were here.
    pub fn ignore(self) {
        drop(self);
    }
}

/// A header of a request or answer by its name, the first where there are several.
pub(super) fn header(headers: &rsipstack::sip::Headers, name: &str) -> Option<String> {
    every(headers, name).next()
}

/// Headers of this name, or of its short form.
pub(super) fn every(headers: &rsipstack::sip::Headers, name: &str) -> impl Iterator<Item = String> {
    let short = match name {
        "Session-Expires" => "x",
        "Supported" => "k",
        "Refer-To" => "r",
        "Content-Type" => "c",
        name => name,
    };
    headers.iter().filter_map(move |header| {
        let line = header.to_string();
        let (own, value) = line.split_once(':')?;
        let own = own.trim();
        (own.eq_ignore_ascii_case(name) || own.eq_ignore_ascii_case(short)).then(|| value.trim().to_owned())
    })
}

/// A header with a name of its own.
pub(super) fn other(name: &str, value: impl Into<String>) -> Header {
    Header::Other(name.to_owned(), value.into())
}

/// What stands before the `@` in an address within a header's value.
fn user_of(value: &str) -> Option<String> {
    let inner = value.split_once('<').map_or(value, |(_, rest)| rest);
    let inner = inner.split_once('>').map_or(inner, |(uri, _)| uri);
    let uri: Uri = inner.trim().parse().ok()?;
    uri.user().map(str::to_owned)
}
