//! A call that an operator dials on their own telephone: they hear it ring, and are answered when the citizen answers.

use super::far::Far;
use super::number::way_to;
use super::operator::Operator;
use super::outgoing::{Failed, Opened, came_to_nothing, left, reach, take, talk};
use super::third::ringback;
use super::{Call, Side, Told};
use crate::exchange::{Exchange, Invite};
use centre::call::Outgoing;
use model::call::EndCause;
use model::contact::Outcome;
use std::sync::Arc;
use tokio::sync::mpsc;

impl Call {
    /// Calls a citizen whom an operator dialled; the call, once they talk.
    pub(crate) async fn dialled(
        exchange: Arc<Exchange>,
        wanted: Outgoing,
        invite: Invite,
    ) -> Option<(Self, mpsc::UnboundedReceiver<Told>)> {
        let contact = wanted.contact;
        let (tell, mut told) = mpsc::unbounded_channel();
        exchange.enrol(contact, tell);
        let leg = invite.leg.clone();
        match attempt(&exchange, &wanted, invite, &mut told).await {
            Ok((room, citizen, operator)) => Some((talk(&exchange, &wanted, room, citizen, operator).await, told)),
            Err(failed) => {
                leg.refuse(status(failed.0));
                came_to_nothing(&exchange, contact, failed).await;
                None
            }
        }
    }
}

/// How a telephone is told why the two do not speak.
fn status(outcome: Outcome) -> u16 {
    match outcome {
        Outcome::Busy => 486,
        Outcome::WrongNumber => 404,
        Outcome::NoAnswer => 480,
        _ => 403,
    }
}

async fn attempt(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    invite: Invite,
    told: &mut mpsc::UnboundedReceiver<Told>,
) -> Result<(Opened, Side, Operator), Failed> {
    let way = way_to(exchange, &wanted.service, wanted.operator, &wanted.number).await;
    let (trunk, target) = way.map_err(|_| Failed(Outcome::Failed, EndCause::Unanswered))?;
    take(exchange, wanted)?;
    let (room, heard) = exchange.media.open();
    let hears_before = invite.described;
    let (side, timer, answer) = Side::invited(&room, invite);
    // Before it is answered, a telephone need not send anything.
    room.watch(side.media, false);
    let mut operator = Operator { user: wanted.operator, far: Far::calling(side) };
    let side = &operator.far.side;
    let reached = match side.leg.ring(hears_before.then(|| answer.clone())) {
        Ok(()) => {
            room.play(side.media, ringback());
            reach(exchange, &room, &mut operator, (&trunk, target), told).await
        }
        Err(_) => Err(left()),
    };
    let citizen = match reached {
        Ok(citizen) => citizen,
        Err(failed) => {
            room.close();
            return Err(failed);
        }
    };
    let side = &mut operator.far.side;
    let headers = side.agree_on_timer(&timer).unwrap_or_default();
    if side.leg.answer(answer, headers).is_err() {
        citizen.leg.end().await;
        room.close();
        return Err(left());
    }
    Ok(((room, heard), citizen, operator))
}
