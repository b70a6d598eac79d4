//! `/sip`: SIP over a WebSocket (RFC 7118) for the softphones of the desk. Who sits at one is known by their session, so
//! that no password of a telephone is ever in a browser; with the session ends the socket.

use crate::telephone::Here;
use axum::Extension;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use channel_telephone::Exchange;
use futures::StreamExt;
use gate::{Gate, Me, Session};
use http::{HeaderMap, StatusCode, header};
use model::UserId;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// The subprotocol that browsers name (RFC 7118, 4.1).
const SUBPROTOCOL: &str = "sip";
/// The longest message that is read; the exchange takes none that is longer.
const LONGEST: usize = 64 * 1024;
/// How often the browser is asked whether it is there, and how long it may say nothing.
const PING: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether the session is still there.
const LOOKS_AGAIN: Duration = Duration::from_secs(10);
/// How long a message may take to be written to a browser that reads nothing.
const WRITING: Duration = Duration::from_secs(10);
/// Open sockets at the most: they are no longer among the connections that the listener counts.
const SOCKETS: usize = 5_000;

/// What the route needs of this process.
#[derive(Clone)]
pub struct Door {
    exchange: Here,
    places: Arc<Semaphore>,
}

impl Door {
    pub fn new(exchange: Here) -> Self {
        Self { exchange, places: Arc::new(Semaphore::new(SOCKETS)) }
    }
}

/// `GET /sip`
pub async fn socket(
    State(gate): State<Gate>,
    Me(me): Me,
    session: Session,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(door): Extension<Door>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !is_own_page(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(place) = door.places.clone().try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    // Another process answers the telephone: whatever stands in front of both asks that one.
    let Some(exchange) = door.exchange.borrow().clone() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let upgrade = upgrade.protocols([SUBPROTOCOL]).max_message_size(LONGEST).max_frame_size(LONGEST);
    if upgrade.selected_protocol().is_none() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let operator = me.id;
    upgrade
        .on_upgrade(move |socket| async move { carry(socket, &gate, &session, &exchange, peer, operator, place).await })
}

/// A browser says from which page a WebSocket is opened, and no page can say it for itself. Cookies go along from every
/// page, so that another site's is refused here.
fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        _ => false,
    }
}

/// Carries messages both ways until one side has gone.
async fn carry(
    mut web: WebSocket,
    gate: &Gate,
    session: &Session,
    exchange: &Arc<Exchange>,
    peer: SocketAddr,
    operator: UserId,
    _place: OwnedSemaphorePermit,
) {
    match exchange.browser(peer, operator).await {
        Ok(sip) => {
            tracing::debug!(staff.id = %operator, "a softphone is connected");
            let (code, why) = exchanged(&mut web, gate, session, sip).await;
            exchange.browser_gone(peer).await;
            tracing::debug!(staff.id = %operator, why, "a softphone is gone");
            close(web, code, why).await;
        }
        Err(error) => {
            tracing::warn!(%error, "a softphone cannot be connected");
            exchange.browser_gone(peer).await;
            close(web, close_code::ERROR, "unavailable").await;
        }
    }
}

async fn exchanged(
    web: &mut WebSocket,
    gate: &Gate,
    session: &Session,
    mut sip: channel_telephone::sip::Socket,
) -> (u16, &'static str) {
    let mut heard = Instant::now();
    let mut ping = interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look = interval(LOOKS_AGAIN);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut closing = std::pin::pin!(gate.closing());
    loop {
        let out = tokio::select! {
            came = web.next() => {
                heard = Instant::now();
                match came {
                    Some(Ok(Message::Text(text))) => {
                        sip.take(text.as_bytes());
                        continue;
                    }
                    Some(Ok(Message::Binary(bytes))) => {
                        sip.take(&bytes);
                        continue;
                    }
                    // Pings are answered by the library.
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Close(_))) | None => return (close_code::NORMAL, "closed"),
                    Some(Err(_)) => return (close_code::PROTOCOL, "broken off"),
                }
            }
            gives = sip.give() => match gives {
                Some(message) => Message::Text(message.into()),
                None => return (close_code::AWAY, "the telephone is closed"),
            },
            _ = ping.tick() => {
                if heard.elapsed() >= SILENCE {
                    return (close_code::AWAY, "silence");
                }
                Message::Ping(axum::body::Bytes::new())
            }
            _ = look.tick() => {
                if !gate::goes_on(gate, session).await {
                    return (close_code::POLICY, "signed out");
                }
                continue;
            }
            () = &mut closing => return (close_code::AWAY, "stopping"),
        };
        match tokio::time::timeout(WRITING, web.send(out)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return (close_code::PROTOCOL, "broken off"),
            Err(_) => return (close_code::AWAY, "reads nothing"),
        }
    }
}

/// Says goodbye to whoever still listens.
async fn close(mut web: WebSocket, code: u16, why: &'static str) {
    let farewell = Message::Close(Some(CloseFrame { code, reason: why.into() }));
    let _ = tokio::time::timeout(WRITING, web.send(farewell)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(header::HeaderName, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), http::HeaderValue::from_static(value))).collect();
        is_own_page(&headers)
    }

    #[test]
    fn a_socket_is_opened_by_our_own_pages_only() {
        assert!(from(&[(header::ORIGIN, "https://a.example"), (header::HOST, "a.example")]));
        assert!(from(&[(header::ORIGIN, "http://127.0.0.1:8080"), (header::HOST, "127.0.0.1:8080")]));
        assert!(!from(&[(header::ORIGIN, "https://b.example"), (header::HOST, "a.example")]));
        assert!(!from(&[(header::ORIGIN, "null"), (header::HOST, "a.example")]));
        assert!(!from(&[(header::HOST, "a.example")]));
        assert!(!from(&[]));
    }
}
