//! The devices of operators: telephones that register by their passwords, browsers by the session of the desk.

use super::{Exchange, MutexGuard, PoisonError};
use crate::door::Verdict;
use crate::registrar::{Registrar, Wanted};
use crate::sip::{Request, Socket};
use chrono::{DateTime, Utc};
use model::UserId;
use model::call::Device;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

impl Exchange {
    fn browsers(&self) -> MutexGuard<'_, HashMap<SocketAddr, UserId>> {
        self.browsers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in the WebSocket of somebody's browser.
    ///
    /// # Errors
    /// Those of SIP.
    pub async fn browser(self: &Arc<Self>, peer: SocketAddr, operator: UserId) -> crate::sip::Result<Socket> {
        self.browsers().insert(peer, operator);
        self.endpoint.attach(peer).await
    }

    /// A browser's WebSocket is closed: its softphone is gone at once.
    pub async fn browser_gone(&self, peer: SocketAddr) {
        self.browsers().remove(&peer);
        let via = crate::sip::Endpoint::socket_address(peer);
        for operator in self.registrar.gone(&via) {
            self.say_device(operator).await;
        }
    }

    /// Somebody's browser, if a request comes over one.
    pub(super) fn browser_of(&self, request: &Request) -> Option<UserId> {
        if !matches!(request.transport().as_str(), "WS" | "WSS") {
            return None;
        }
        self.browsers().get(&request.source()?).copied()
    }

    pub(super) async fn take_other(self: Arc<Self>, request: Request) {
        match request.method().as_str() {
            "REGISTER" => self.register(request).await,
            "OPTIONS" if self.is_known(&request) => request.answer(200, vec![("Allow", ALLOW.to_owned())]).await,
            "SUBSCRIBE" if self.is_known(&request) => request.answer(489, Vec::new()).await,
            _ if self.is_known(&request) => request.answer(405, vec![("Allow", ALLOW.to_owned())]).await,
            _ => self.turn_away(request).await,
        }
    }

    fn is_known(&self, request: &Request) -> bool {
        let registered = || request.back().is_some_and(|back| self.registrar.at(&back).is_some());
        self.browser_of(request).is_some() || self.door.trunk_of(request).is_some() || registered()
    }

    /// Refuses whoever is nobody here, and after a few times says nothing any more.
    pub(super) async fn turn_away(&self, request: Request) {
        match self.door.unknown(&request) {
            Verdict::Silence => request.ignore(),
            _ => request.answer(403, Vec::new()).await,
        }
    }

    async fn register(self: Arc<Self>, request: Request) {
        let (operator, device) = match self.browser_of(&request) {
            Some(operator) => (operator, Device::Softphone),
            None => match self.door.enter(&request, "Authorization").await {
                Ok(Verdict::In(operator)) => (operator, Device::Telephone),
                Ok(verdict) => return refuse(request, verdict, 401, "WWW-Authenticate").await,
                Err(error) => {
                    tracing::warn!(%error, "cannot look a telephone's account up");
                    return request.answer(503, vec![("Retry-After", "5".to_owned())]).await;
                }
            },
        };
        if self.is_draining() {
            return request.answer(503, vec![("Retry-After", "30".to_owned())]).await;
        }
        let now = Instant::now();
        match Wanted::of(&request) {
            Wanted::Bind { contact, expires } => {
                let back = request.back();
                self.registrar.bind(operator, device, contact.clone(), back, expires, now);
                self.say_device(operator).await;
                let value = format!("<{contact}>;expires={}", expires.as_secs());
                request.answer(200, vec![("Contact", value)]).await;
            }
            Wanted::Unbind { contact } => {
                self.registrar.unbind(operator, contact.as_deref());
                self.say_device(operator).await;
                request.answer(200, Vec::new()).await;
            }
            Wanted::TooBrief => {
                request.answer(423, vec![("Min-Expires", Registrar::least().to_string())]).await;
            }
            Wanted::Nothing => request.answer(200, Vec::new()).await,
        }
    }

    /// Says by what somebody is reached now.
    pub(super) async fn say_device(&self, operator: UserId) {
        let device = self.registrar.of(operator, Instant::now()).map(|binding| binding.device);
        if let Err(error) = self.switchboard.device(operator, device).await {
            tracing::warn!(%error, "cannot look an operator up");
        }
    }

    /// The password of somebody's telephone is another, or there is none any more: what is registered by the old one is
    /// reached no longer. What has registered since then has done so by the new one.
    pub(super) async fn account_changed(&self, operator: UserId, at: DateTime<Utc>) {
        let ago = (self.centre.now() - at).to_std().unwrap_or_default();
        let before = Instant::now().checked_sub(ago).unwrap_or_else(Instant::now);
        self.registrar.forget(operator, Device::Telephone, before);
        self.say_device(operator).await;
    }

    /// An operator's line is dead, whatever their device said last: they are reached again when one says so anew.
    pub(crate) async fn lost(&self, operator: UserId) {
        self.registrar.unbind(operator, None);
        self.say_device(operator).await;
    }
}

const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, REFER, NOTIFY";

/// Answers as the door says.
pub(super) async fn refuse(request: Request, verdict: Verdict, status: u16, header: &'static str) {
    match verdict {
        Verdict::Silence => request.ignore(),
        Verdict::Challenge(challenges, wait) => {
            tokio::time::sleep(wait).await;
            let headers = challenges.into_iter().map(|challenge| (header, challenge)).collect();
            request.answer(status, headers).await;
        }
        Verdict::Forbid | Verdict::In(_) => request.answer(403, Vec::new()).await,
    }
}
