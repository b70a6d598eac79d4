//! A call that comes in: from a trunk to one of our numbers, or from an operator's device.

use super::Exchange;
use super::trunks::srtp;
use crate::call::{Arrival, Call};
use crate::media::{PREFERRED, Peer, Wire};
use crate::sdp::{Description, Direction, Key, Session, Wants};
use crate::sip::Request;
use crate::sound::Codec;
use crate::timer::{self, Terms, TooSmall};
use centre::call::Incoming;
use centre::{By, call};
use model::service::{EntryKind, Service};
use model::trunk::{Trunk, same_number};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Exchange {
    pub(super) async fn take_call(self: Arc<Self>, request: Request) {
        if self.browser_of(&request).is_some() {
            return request.answer(403, Vec::new()).await;
        }
        let Some(trunk) = self.door.trunk_of(&request) else { return self.turn_away(request).await };
        if self.is_draining() {
            return request.answer(503, vec![("Retry-After", "60".to_owned())]).await;
        }
        let dialled = request.dialled().unwrap_or_default().to_owned();
        let Some(service) = self.service_of(&dialled) else { return request.answer(404, Vec::new()).await };
        if self.count() >= self.settings.calls_max {
            return request.answer(486, Vec::new()).await;
        }
        self.beginning.fetch_add(1, Ordering::Relaxed);
        let begun = self.clone().begin(request, trunk, dialled, service).await;
        self.beginning.fetch_sub(1, Ordering::Relaxed);
        if let Some((call, told)) = begun {
            call.run(told).await;
        }
    }

    /// The service that a number belongs to.
    fn service_of(&self, dialled: &str) -> Option<Arc<Service>> {
        let catalogue = self.centre.catalogue();
        let has = |service: &&Service| {
            let mut points = service.entry_points.iter().filter(|point| point.kind == EntryKind::Phone);
            points.any(|point| same_number(&point.value, dialled))
        };
        // Where no number is written anywhere, there is but one line.
        let phones = |service: &Service| service.entry_points.iter().any(|point| point.kind == EntryKind::Phone);
        let only = || catalogue.active().next().filter(|_| !catalogue.active().any(phones));
        catalogue.active().find(has).or_else(only).cloned().map(Arc::new)
    }

    async fn begin(
        self: Arc<Self>,
        request: Request,
        trunk: Trunk,
        dialled: String,
        service: Arc<Service>,
    ) -> Option<(Call, tokio::sync::mpsc::UnboundedReceiver<crate::call::Told>)> {
        let signalled_from = request.source().map(|source| source.ip());
        let number = request.from();
        let body = request.body().to_vec();
        let Ok(timer) = request.timer() else {
            request.answer(400, Vec::new()).await;
            return None;
        };
        if let Err(TooSmall { min_se }) = timer::answer(Terms::default(), &timer, None) {
            request.answer(422, vec![("Min-SE", min_se.to_string())]).await;
            return None;
        }
        let (leg, happens) = match self.endpoint.receive(request) {
            Ok(received) => received,
            Err(error) => {
                tracing::debug!(%error, "a call cannot be taken");
                return None;
            }
        };
        let Ok(port) = self.ports.take() else {
            tracing::warn!("no port is free for sound: a call is refused");
            leg.refuse(503);
            return None;
        };
        let local = SocketAddr::new(self.endpoint.host(), port.number());
        let chance = self.centre.chance();
        let wants = Wants { codecs: PREFERRED.to_vec(), srtp: srtp(&trunk), mux: false };
        let id = u64::from_le_bytes(chance.bytes::<8>());
        let mut session = Session::new(id, local, wants, Key::new(chance.bytes()));
        // Whoever offers nothing is offered something in the answer, and says with the acknowledgement what they take.
        let described = if body.is_empty() {
            session.offer(Direction::SendRecv).ok().map(|offer| (offer, Peer::unknown()))
        } else {
            let answered = Description::read(&body).ok().map(|offer| session.answer(&offer, Direction::SendRecv));
            answered.and_then(Result::ok).map(|(answer, agreed)| (answer, peer(&agreed, signalled_from)))
        };
        let Some((answer, peer)) = described else {
            leg.refuse(488);
            return None;
        };
        let wire = Wire::new(port, peer, u32::from_le_bytes(chance.bytes()));
        let incoming = Incoming { service: service.id.clone(), dialled: dialled.clone(), number: number.clone() };
        let node = self.centre.node().to_owned();
        let begun = self.centre.work(By::System, move |w| Box::pin(begin_call(w, incoming, node))).await;
        let begun = match begun {
            Ok(begun) => begun,
            Err(error) => {
                tracing::error!(%error, "a call cannot be taken in: it is refused");
                leg.refuse(503);
                return None;
            }
        };
        let arrival = Arrival {
            contact: begun.contact,
            service,
            number,
            leg,
            happens,
            session,
            answer,
            wire,
            signalled_from,
            timer,
        };
        Some(Call::begin(self, arrival).await)
    }
}

async fn begin_call(
    work: &centre::Work<'_>,
    incoming: Incoming,
    node: String,
) -> centre::Result<centre::intake::Begun> {
    call::begin(work, incoming, &node).await
}

/// What was agreed on, as the wire needs it.
pub(crate) fn peer(agreed: &crate::sdp::Agreed, signalled_from: Option<std::net::IpAddr>) -> Peer {
    Peer {
        address: agreed.remote,
        signalled_from,
        codec: agreed.codec,
        payload: agreed.sends_as,
        event_payload: agreed.keypad.map(|keypad| keypad.sends_as),
        sends: agreed.sends,
        receives: agreed.receives,
        keys: agreed.keys,
    }
}

/// Codecs for a leg that is to speak with another: the other's own first, so that nothing has to be decoded.
pub(crate) fn codecs_for(other: Option<Codec>) -> Vec<Codec> {
    let mut codecs: Vec<Codec> = other.filter(|codec| *codec != Codec::Opus).into_iter().collect();
    codecs.extend(PREFERRED.into_iter().filter(|codec| Some(*codec) != other));
    codecs
}
