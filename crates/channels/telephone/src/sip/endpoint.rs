//! The SIP endpoint: listens on every transport, hands on what comes in, and calls others.

use super::leg::{Happening, Leg};
use super::request::{Request, other};
use super::{Error, Result, failed, tls};
use crate::settings::Settings;
use rsipstack::EndpointBuilder;
use rsipstack::dialog::authenticate::Credential;
use rsipstack::dialog::dialog_layer::DialogLayer;
use rsipstack::dialog::invitation::InviteOption;
use rsipstack::sip::{Method, SipMessage, StatusCode, Transport, Uri};
use rsipstack::transaction::endpoint::EndpointOption;
use rsipstack::transaction::key::{TransactionKey, TransactionRole};
use rsipstack::transaction::transaction::Transaction;
use rsipstack::transaction::{CallIdFormat, Endpoint as Inner, TransactionReceiver, make_tag};
use rsipstack::transport::tcp_listener::TcpListenerConnection;
use rsipstack::transport::tls::TlsListenerConnection;
use rsipstack::transport::udp::{UdpConnection, UdpInner};
use rsipstack::transport::{SipAddr, SipConnection, TransportLayer};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What the kernel keeps of datagrams that were not read yet: a burst of calls fits into it.
const RECEIVE_BUFFER: usize = 4 << 20;

/// Listens, and calls.
pub struct Endpoint {
    pub(super) inner: Inner,
    layer: Arc<DialogLayer>,
    incoming: Mutex<Option<TransactionReceiver>>,
    address: SocketAddr,
    /// Where it listens over TLS.
    encrypted: Option<SocketAddr>,
    /// The host that others reach us under.
    host: IpAddr,
    pub(super) stop: CancellationToken,
}

/// What comes in from outside a dialog.
pub enum Incoming {
    /// Somebody calls.
    Call(Request),
    /// Anything else: REGISTER, OPTIONS, …
    Other(Request),
}

/// Whom to call.
#[derive(Clone)]
pub struct Target {
    /// `sip:user@host`.
    pub to: String,
    /// Where the request goes, where that is not in `to`: a connection that is open, a proxy.
    pub via: Option<SipAddr>,
    /// Who calls: `sip:number@host`, and the name to show.
    pub from: String,
    pub name: Option<String>,
    /// The account of whoever asks who we are.
    pub account: Option<(String, String)>,
    pub headers: Vec<(&'static str, String)>,
}

impl Endpoint {
    /// Binds every transport; none is served before [`Self::serve`].
    ///
    /// # Errors
    /// An address that is taken, a certificate that cannot be read.
    pub async fn open(settings: &Settings, address: SocketAddr, allow: impl Allow) -> Result<Self> {
        // The program is built with two ways to encrypt; TLS asks which.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let stop = CancellationToken::new();
        let layer = TransportLayer::new(stop.clone());
        let host = settings.public_address.unwrap_or_else(|| address.ip());
        let listen = |transport, why: String| Error::Listen { address, transport, why };

        let socket = udp_socket(address).map_err(|e| listen("UDP", e.to_string()))?;
        let address = socket.local_addr().map_err(|e| listen("UDP", e.to_string()))?;
        let external = settings.public_address.map(|ip| SocketAddr::new(ip, address.port()));
        let own = SipAddr { r#type: Some(Transport::Udp), addr: address.into() };
        let udp = UdpInner { conn: Arc::new(socket), addr: own };
        layer.add_transport(UdpConnection::attach(udp, external, Some(stop.child_token())).await.into());

        // The library binds later and only logs what goes wrong: a port that is taken is found out here.
        drop(std::net::TcpListener::bind(address).map_err(|e| listen("TCP", e.to_string()))?);
        let tcp = TcpListenerConnection::new(address, external);
        layer.add_transport(tcp.await.map_err(|e| listen("TCP", e.to_string()))?.into());

        let encrypts = tls::config(settings)?;
        layer.set_tls_config(encrypts.clone());
        if let Some(address) = settings.tls_listen {
            tls::check(settings, &encrypts, address)?;
            let external = settings.public_address.map(|ip| SocketAddr::new(ip, address.port()));
            drop(std::net::TcpListener::bind(address).map_err(|e| Error::Listen {
                address,
                transport: "TLS",
                why: e.to_string(),
            })?);
            let tls = TlsListenerConnection::new(address, external, encrypts).await;
            layer.add_transport(tls.map_err(|e| listen("TLS", e.to_string()))?.into());
        }
        let allow = Arc::new(allow);
        layer.set_whitelist(move |ip: IpAddr| {
            let allow = allow.clone();
            async move { allow.allows(ip) }
        });

        let option = EndpointOption {
            callid_suffix: Some(host.to_string()),
            callid_format: CallIdFormat::UuidWithSuffix,
            ..EndpointOption::default()
        };
        let inner = EndpointBuilder::new()
            .with_user_agent(concat!("lineaamica/", env!("CARGO_PKG_VERSION")))
            .with_transport_layer(layer)
            .with_cancel_token(stop.clone())
            .with_option(option)
            .build();
        let incoming = inner.incoming_transactions().map_err(failed("take incoming requests"))?;
        let layer = Arc::new(DialogLayer::new(inner.inner.clone()));
        let encrypted = settings.tls_listen;
        Ok(Self { inner, layer, incoming: Mutex::new(Some(incoming)), address, encrypted, host, stop })
    }

    /// Where it listens over UDP and TCP.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The host that stands in our addresses and offers.
    #[must_use]
    pub fn host(&self) -> IpAddr {
        self.host
    }

    /// Dialogs and transactions that are there now: they must not grow for ever.
    #[must_use]
    pub fn standing(&self) -> (usize, usize) {
        let stats = self.inner.inner.get_stats();
        (self.layer.len(), stats.running_transactions)
    }

    /// Serves until it is stopped, handing on each request outside a dialog.
    pub async fn serve(self: Arc<Self>, hand_on: mpsc::UnboundedSender<Incoming>) {
        let taken = self.incoming.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut incoming) = taken else { return };
        let inner = self.inner.inner.clone();
        tokio::spawn(async move {
            if let Err(error) = inner.serve().await {
                tracing::error!(%error, "SIP is no longer served");
            }
        });
        while let Some(transaction) = incoming.recv().await {
            self.take(transaction, &hand_on);
        }
    }

    /// Stops listening; dialogs are for their owners to end before.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    fn take(&self, mut transaction: Transaction, hand_on: &mpsc::UnboundedSender<Incoming>) {
        use rsipstack::sip::prelude::HeadersExt;
        let within = transaction.original.to_header().ok().and_then(|to| to.tag().ok().flatten()).is_some();
        if within {
            let dialog = self.layer.match_dialog(&transaction);
            tokio::spawn(async move {
                let done = match dialog {
                    Some(mut dialog) => dialog.handle(&mut transaction).await,
                    None if transaction.original.method == Method::Ack => Ok(()),
                    None => transaction.reply(StatusCode::CallTransactionDoesNotExist).await,
                };
                if let Err(error) = done {
                    tracing::debug!(%error, "cannot take a request within a dialog");
                }
            });
            return;
        }
        let is_call = transaction.original.method == Method::Invite;
        let request = Request::new(transaction);
        let _ = hand_on.send(if is_call { Incoming::Call(request) } else { Incoming::Other(request) });
    }

    /// Makes a leg of a call that came in: it is to be answered or refused by [`Leg`]'s own methods.
    ///
    /// # Errors
    /// A request that lacks what a dialog is made of.
    pub fn receive(&self, request: Request) -> Result<(Leg, mpsc::UnboundedReceiver<Happening>)> {
        let mut transaction = request.transaction;
        let (states, received) = self.layer.new_dialog_state_channel();
        let contact = self.contact(None, transaction.connection.as_ref().map(SipConnection::transport))?;
        let dialog = self
            .layer
            .get_or_create_server_invite(&transaction, states, None, Some(contact))
            .map_err(failed("take a call"))?;
        let mut handled = dialog.clone();
        tokio::spawn(async move {
            if let Err(error) = handled.handle(&mut transaction).await {
                tracing::debug!(%error, "a call broke off while it was being set up");
            }
        });
        Ok(Leg::new(dialog, self.layer.clone(), received))
    }

    /// Calls somebody with this offer.
    ///
    /// # Errors
    /// An address that is none.
    pub fn call(&self, target: &Target, offer: Vec<u8>) -> Result<(Leg, mpsc::UnboundedReceiver<Happening>)> {
        let address = |text: &str| Uri::try_from(text).map_err(|_| Error::Address(text.to_owned()));
        let transport = target.via.as_ref().and_then(|via| via.r#type);
        let option = InviteOption {
            caller: address(&target.from)?,
            caller_display_name: target.name.clone(),
            callee: address(&target.to)?,
            destination: target.via.clone(),
            content_type: Some("application/sdp".to_owned()),
            offer: Some(offer),
            contact: self.contact(None, transport)?,
            credential: target.account.clone().map(|(username, password)| Credential {
                username,
                password,
                realm: None,
                auth_username: None,
            }),
            headers: Some(target.headers.iter().map(|(name, value)| other(name, value)).collect()),
            ..InviteOption::default()
        };
        let (states, received) = self.layer.new_dialog_state_channel();
        let (dialog, answered) = self.layer.do_invite_async(option, states).map_err(failed("call"))?;
        Ok(Leg::calling(dialog, self.layer.clone(), received, answered))
    }

    /// The address by which a WebSocket from this peer is known.
    #[must_use]
    pub fn socket_address(peer: SocketAddr) -> SipAddr {
        SipAddr { r#type: Some(Transport::Ws), addr: peer.into() }
    }

    /// Registers with somebody else's registrar, and again before it is forgotten there, until it is stopped.
    ///
    /// # Errors
    /// An address that is none.
    pub async fn keep_registered(
        &self,
        registrar: &str,
        (username, password): (String, String),
        stop: CancellationToken,
        told: impl Fn(std::result::Result<(), String>),
    ) -> Result<()> {
        use rsipstack::dialog::registration::{RefreshOutcome, Registration};
        let server = Uri::try_from(registrar).map_err(|_| Error::Address(registrar.to_owned()))?;
        let credential = Credential { username: username.clone(), password, realm: None, auth_username: None };
        let mut registration = Registration::new(self.inner.inner.clone(), Some(credential));
        let transport = SipAddr::try_from(&server).ok().and_then(|server| server.r#type);
        let uri = self.contact(Some(&username), transport)?;
        registration.contact = Some(rsipstack::sip::typed::Contact { display_name: None, uri, params: Vec::new() });
        let on_result = |outcome: RefreshOutcome<'_>| match outcome {
            RefreshOutcome::Registered(_) => told(Ok(())),
            RefreshOutcome::Rejected(response) => told(Err(response.status_code.to_string())),
            RefreshOutcome::Failed(error) => told(Err(error.to_string())),
        };
        registration.keep_alive(server.clone(), 300, stop, on_result).await;
        let _ = registration.register(server, Some(0)).await;
        Ok(())
    }

    /// Asks somebody whether they are there (RFC 3261 section 11); the status of the answer.
    ///
    /// # Errors
    /// An address that is none, or nobody who can be asked there.
    pub async fn ask(&self, whom: &str) -> Result<u16> {
        use rsipstack::sip::typed::{From, To};
        let failed = failed("ask whether somebody is there");
        let uri = Uri::try_from(whom).map_err(|_| Error::Address(whom.to_owned()))?;
        let target = SipAddr::try_from(&uri).map_err(&failed)?;
        let inner = &self.inner.inner;
        let (connection, _) = inner.transport_layer.lookup(&target, None).await.map_err(&failed)?;
        let via = inner.get_via(Some(connection.get_addr().clone()), None).map_err(&failed)?;
        let own = self.contact(None, target.r#type)?;
        let from = From { display_name: None, uri: own.clone(), params: Vec::new() }.with_tag(make_tag());
        let to = To { display_name: None, uri: uri.clone(), params: Vec::new() };
        let mut request = inner.make_request(Method::Options, uri, via, from, to, 1, None);
        request
            .headers
            .push(rsipstack::sip::typed::Contact { display_name: None, uri: own, params: Vec::new() }.into());
        let key = TransactionKey::from_request(&request, TransactionRole::Client).map_err(&failed)?;
        let mut transaction = Transaction::new_client(key, request, inner.clone(), None);
        transaction.send().await.map_err(&failed)?;
        while let Some(message) = transaction.receive().await {
            if let SipMessage::Response(response) = message
                && u16::from(response.status_code.clone()) >= 200
            {
                return Ok(u16::from(response.status_code));
            }
        }
        Err(Error::Exchange { what: "ask whether somebody is there", why: "nobody answers".to_owned() })
    }

    /// Our own address, as it stands in Contact headers.
    fn contact(&self, user: Option<&str>, transport: Option<Transport>) -> Result<Uri> {
        let own = self.encrypted.filter(|_| transport == Some(Transport::Tls)).unwrap_or(self.address);
        let host = SocketAddr::new(self.host, own.port());
        let user = user.unwrap_or("lineaamica");
        let transport = match transport {
            None | Some(Transport::Udp) => String::new(),
            Some(other) => format!(";transport={}", other.to_string().to_ascii_lowercase()),
        };
        let text = format!("sip:{user}@{host}{transport}");
        Uri::try_from(text.as_str()).map_err(|_| Error::Address(text))
    }
}

/// Whether anything is taken from an address at all.
pub trait Allow: Send + Sync + 'static {
    fn allows(&self, ip: IpAddr) -> bool;
}

impl<F: Fn(IpAddr) -> bool + Send + Sync + 'static> Allow for F {
    fn allows(&self, ip: IpAddr) -> bool {
        self(ip)
    }
}

fn udp_socket(address: SocketAddr) -> std::io::Result<tokio::net::UdpSocket> {
    use socket2::{Domain, Protocol, Socket, Type};
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    // The kernel may give less; then a burst is sent again by those who sent it.
    let _ = socket.set_recv_buffer_size(RECEIVE_BUFFER);
    socket.bind(&address.into())?;
    tokio::net::UdpSocket::from_std(socket.into())
}
