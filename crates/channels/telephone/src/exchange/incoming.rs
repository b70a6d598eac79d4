//! A call that comes in: from a trunk to one of our numbers, or from an operator's device.

use super::Exchange;
use super::trunks::srtp;
use crate::call::{Arrival, Call};
use crate::media::{PREFERRED, Peer};
use crate::sip::Request;
use crate::sound::Codec;
use centre::call::Incoming;
use centre::{By, call};
use model::service::{EntryKind, Service};
use model::trunk::{Trunk, same_number};
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Exchange {
    pub(super) async fn take_call(self: Arc<Self>, request: Request) {
        if self.browser_of(&request).is_some() {
            return request.answer(403, Vec::new()).await;
        }
        if let Some(operator) = self.telephone_of(&request) {
            return self.dial(request, operator).await;
        }
        let Some(trunk) = self.door.trunk_of(&request) else { return self.turn_away(request).await };
        let dialled = request.dialled().unwrap_or_default().to_owned();
        let Some(service) = self.service_of(&dialled) else { return request.answer(404, Vec::new()).await };
        if let Some(status) = self.has_no_room() {
            return request.answer(status, vec![("Retry-After", "60".to_owned())]).await;
        }
        self.beginning.fetch_add(1, Ordering::Relaxed);
        let begun = self.clone().begin(request, trunk, dialled, service).await;
        self.beginning.fetch_sub(1, Ordering::Relaxed);
        if let Some((call, told)) = begun {
            call.run(told).await;
        }
    }

    /// Why no call can be begun now, as a status.
    pub(super) fn has_no_room(&self) -> Option<u16> {
        if self.is_draining() {
            return Some(503);
        }
        (self.count() >= self.settings.calls_max).then_some(486)
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
        let number = request.from();
        let invite = self.invited(request, srtp(&trunk)).await?;
        let incoming = Incoming { service: service.id.clone(), dialled: dialled.clone(), number: number.clone() };
        let node = self.centre.node().to_owned();
        let begun = self.centre.work(By::System, move |w| Box::pin(begin_call(w, incoming, node))).await;
        let begun = match begun {
            Ok(begun) => begun,
            Err(error) => {
                tracing::error!(%error, "a call cannot be taken in: it is refused");
                invite.leg.refuse(503);
                return None;
            }
        };
        let arrival = Arrival { contact: begun.contact, service, number, invite };
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
