//! A request for a session, from a trunk or from an operator's telephone, with our answer ready.

use super::Exchange;
use super::incoming::peer;
use crate::media::{PREFERRED, Peer, Wire};
use crate::sdp::{Description, Direction, Key, Session, Srtp, Wants};
use crate::sip::{Happening, Leg, Request};
use crate::timer::{self, Asked, Terms, TooSmall};
use std::net::{IpAddr, SocketAddr};
use tokio::sync::mpsc;

pub(crate) struct Invite {
    pub leg: Leg,
    pub happens: mpsc::UnboundedReceiver<Happening>,
    pub session: Session,
    pub answer: String,
    pub wire: Wire,
    pub signalled_from: Option<IpAddr>,
    /// What is asked of a session timer; whoever asks for too little has been told.
    pub timer: Asked,
    /// They have said what they speak, and can hear us before we answer.
    pub described: bool,
}

impl Exchange {
    /// Takes a request for a session in; one that cannot be answered is refused.
    pub(super) async fn invited(&self, request: Request, srtp: Srtp) -> Option<Invite> {
        let signalled_from = request.source().map(|source| source.ip());
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
        let wants = Wants { codecs: PREFERRED.to_vec(), srtp, mux: false };
        let id = u64::from_le_bytes(chance.bytes::<8>());
        let mut session = Session::new(id, local, wants, Key::new(chance.bytes()));
        // Whoever offers nothing is offered something in the answer, and says with the acknowledgement what they take.
        let answered = if body.is_empty() {
            session.offer(Direction::SendRecv).ok().map(|offer| (offer, Peer::unknown()))
        } else {
            let answered = Description::read(&body).ok().map(|offer| session.answer(&offer, Direction::SendRecv));
            answered.and_then(Result::ok).map(|(answer, agreed)| (answer, peer(&agreed, signalled_from)))
        };
        let Some((answer, peer)) = answered else {
            leg.refuse(488);
            return None;
        };
        let wire = Wire::new(port, peer, u32::from_le_bytes(chance.bytes()));
        Some(Invite { leg, happens, session, answer, wire, signalled_from, timer, described: !body.is_empty() })
    }
}
