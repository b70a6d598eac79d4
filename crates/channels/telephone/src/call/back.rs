//! Calling back whoever asked for it: routing offers them like a caller, the operator's device rings, and when it is
//! answered the citizen's does.

use super::far::{AskedBy, Far, ring_for};
use super::number::way_to;
use super::operator::Operator;
use super::outgoing::{Failed, Opened, reach, talk};
use super::third::ringback;
use super::{Call, Told};
use crate::exchange::Exchange;
use crate::media::Room;
use crate::sip::Happening;
use centre::By;
use centre::call::Outgoing;
use centre::routing::{Event, Piece};
use chrono::{DateTime, TimeDelta, Utc};
use model::ContactId;
use model::call::EndCause;
use model::contact::Outcome;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc;

/// After how long a citizen who did not answer is called again.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

impl Call {
    /// Calls somebody back whom routing offers to an operator until then; the call, once they talk. The exchange knows the
    /// call by its contact already.
    pub(crate) async fn back(
        exchange: &Arc<Exchange>,
        wanted: Outgoing,
        until: DateTime<Utc>,
        mut told: mpsc::UnboundedReceiver<Told>,
    ) -> Option<(Self, mpsc::UnboundedReceiver<Told>)> {
        let contact = wanted.contact;
        let (room, heard) = exchange.media.open();
        let talked = if can_be_made(exchange, &wanted).await {
            offered(exchange, &wanted, until, &mut told, (room.clone(), heard)).await
        } else {
            put_off(exchange, contact);
            None
        };
        match talked {
            Some(call) => Some((call, told)),
            None => {
                room.close();
                exchange.strike(contact);
                // Routing may have found somebody else in the meantime.
                let offered = std::iter::from_fn(|| told.try_recv().ok()).fold(None, |offered, told| match told {
                    Told::Offer { operator, until } => Some((operator, until)),
                    Told::Withdraw { .. } => None,
                    _ => offered,
                });
                if let Some((operator, until)) = offered {
                    exchange.offer_back(contact, operator, until);
                }
                None
            }
        }
    }
}

/// No operator is rung for a call that nothing carries.
async fn can_be_made(exchange: &Arc<Exchange>, wanted: &Outgoing) -> bool {
    let shown = wanted.service.telephone.outgoing_from.as_deref();
    !exchange.is_draining() && matches!(exchange.way_out(&wanted.number, shown).await, Ok(Some(_)))
}

/// It rings at the operator's, and what comes of it is written down; the call, once they talk with the citizen.
async fn offered(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    until: DateTime<Utc>,
    told: &mut mpsc::UnboundedReceiver<Told>,
    room: Opened,
) -> Option<Call> {
    let (contact, operator) = (wanted.contact, wanted.operator);
    exchange.note(contact, move |w| Box::pin(centre::call::offer(w, contact, operator, until))).await;
    match taken(exchange, wanted, &room.0, told).await {
        Ok(far) => connected(exchange, wanted, room, far, told).await,
        Err(NotTaken { declined }) => {
            let step = centre::call::unanswered;
            exchange.note(contact, move |w| Box::pin(step(w, contact, operator, declined))).await;
            None
        }
    }
}

/// The operator's device did not answer, or they would not have it.
struct NotTaken {
    declined: bool,
}

/// The operator's device rings; it, once routing says that the citizen is theirs to call.
async fn taken(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    room: &Room,
    told: &mut mpsc::UnboundedReceiver<Told>,
) -> Result<Far, NotTaken> {
    let (operator, piece) = (wanted.operator, Piece::Contact(wanted.contact));
    let Some(binding) = exchange.registrar.of(operator, Instant::now()) else {
        exchange.lost(operator).await;
        return Err(NotTaken { declined: false });
    };
    let missed = || exchange.switchboard.tell(Event::Missed { operator, piece });
    let Ok(mut far) = ring_for(exchange, room, wanted, &binding, AskedBy::Another) else {
        missed();
        return Err(NotTaken { declined: true });
    };
    let declined = loop {
        tokio::select! {
            happening = far.next() => match happening {
                Happening::Answered { sdp, .. } if far.answered(room, &sdp, None) => {
                    room.play(far.side.media, ringback());
                    exchange.switchboard.tell(Event::Accepted { operator, piece });
                }
                Happening::Answered { .. } | Happening::Over(_) => {
                    missed();
                    break true;
                }
                other => far.side.happened(room, other).await,
            },
            told = told.recv() => match told {
                Some(Told::Connect { operator: to }) if to == operator => return Ok(far),
                Some(Told::Withdraw { .. } | Told::TooLate { .. } | Told::Stop) | None => break false,
                Some(_) => {}
            },
        }
    };
    far.end(room).await;
    Err(NotTaken { declined })
}

/// The citizen's telephone rings; the call, once they talk.
async fn connected(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    room: Opened,
    far: Far,
    told: &mut mpsc::UnboundedReceiver<Told>,
) -> Option<Call> {
    let (contact, user) = (wanted.contact, wanted.operator);
    exchange
        .note(contact, move |w| {
            Box::pin(async move { centre::call::call_back(w, contact, user, w.centre.node()).await })
        })
        .await;
    let mut operator = Operator { user, far };
    let reached = match way_to(exchange, &wanted.service, user, &wanted.number).await {
        Ok((trunk, target)) => reach(exchange, &room.0, &mut operator, (&trunk, target), told).await,
        Err(_) => Err(Failed(Outcome::Failed, EndCause::Stopped)),
    };
    match reached {
        Ok(citizen) => Some(talk(exchange, wanted, room, citizen, operator).await),
        Err(Failed(outcome, cause)) => {
            operator.far.end(&room.0).await;
            // That the operator hung up, or nothing carried the call, is no try of the citizen's.
            let tried = (cause == EndCause::Unanswered).then_some(outcome);
            not_reached(exchange, wanted, tried).await;
            None
        }
    }
}

async fn not_reached(exchange: &Arc<Exchange>, wanted: &Outgoing, tried: Option<Outcome>) {
    let (contact, piece) = (wanted.contact, Piece::Contact(wanted.contact));
    let again = exchange.centre.work(By::System, move |w| Box::pin(centre::call::not_reached(w, contact, tried))).await;
    match again {
        Ok(true) => put_off(exchange, contact),
        Ok(false) => exchange.switchboard.tell(Event::Gone { piece }),
        Err(error) => {
            tracing::error!(%error, contact.id = %contact, "cannot write down that a citizen was not reached");
            exchange.switchboard.tell(Event::Gone { piece });
        }
    }
}

/// Not now, but soon.
fn put_off(exchange: &Exchange, contact: ContactId) {
    let until = exchange.centre.now() + AGAIN;
    exchange.switchboard.tell(Event::Postponed { piece: Piece::Contact(contact), until });
}
