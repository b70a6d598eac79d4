//! SIP over a WebSocket (RFC 7118) that somebody else has opened: each message of one is a message of the other.

use super::endpoint::Endpoint;
use rsipstack::sip::{SipMessage, Transport};
use rsipstack::transport::channel::ChannelConnection;
use rsipstack::transport::{SipAddr, SipConnection, TransportEvent};
use std::net::SocketAddr;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// The longest message that is taken.
const LONGEST: usize = 64 * 1024;

/// An open WebSocket as the endpoint sees it. It is forgotten when this is dropped.
pub struct Socket {
    connection: SipConnection,
    take: mpsc::UnboundedSender<TransportEvent>,
    give: mpsc::UnboundedReceiver<TransportEvent>,
    address: SipAddr,
    over: CancellationToken,
    endpoint: std::sync::Arc<Endpoint>,
}

impl Endpoint {
    /// Takes in a WebSocket from this peer.
    ///
    /// # Errors
    /// Those of the library.
    pub async fn attach(self: &std::sync::Arc<Self>, peer: SocketAddr) -> super::Result<Socket> {
        let address = SipAddr { r#type: Some(Transport::Ws), addr: peer.into() };
        let (take, taken) = mpsc::unbounded_channel();
        let (giving, give) = mpsc::unbounded_channel();
        let over = self.stop.child_token();
        let channel = ChannelConnection::create_connection(taken, giving, address.clone(), Some(over.clone()))
            .await
            .map_err(super::failed("open a socket"))?;
        let connection = SipConnection::Channel(channel);
        self.inner.inner.transport_layer.add_connection(connection.clone());
        Ok(Socket { connection, take, give, address, over, endpoint: self.clone() })
    }
}

impl Socket {
    /// Takes a message that came; false for one that cannot be read.
    pub fn take(&self, message: &[u8]) -> bool {
        if message.iter().all(u8::is_ascii_whitespace) {
            return true;
        }
        if message.len() > LONGEST {
            return false;
        }
        let Ok(message) = SipMessage::try_from(message) else { return false };
        self.take.send(TransportEvent::Incoming(message, self.connection.clone(), self.address.clone())).is_ok()
    }

    /// The next message to be sent; None when the endpoint has stopped.
    pub async fn give(&mut self) -> Option<String> {
        loop {
            tokio::select! {
                () = self.over.cancelled() => return None,
                event = self.give.recv() => match event? {
                    TransportEvent::Incoming(message, ..) => return Some(message.to_string()),
                    TransportEvent::New(_) | TransportEvent::Closed(_) => {}
                }
            }
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.over.cancel();
        self.endpoint.inner.inner.transport_layer.remove_connection(&self.connection);
    }
}
