//! A call that an operator makes: their own device rings first, then the citizen's telephone.

use super::far::{AskedBy, Stands, ring_for, ring_outside};
use super::number::way_to;
use super::operator::Operator;
use super::speech::Speech;
use super::third::{RINGS, ringback};
use super::{Call, Side, Told};
use crate::exchange::Exchange;
use crate::media::Room;
use crate::menu::{self, Menu, Opening};
use crate::sip::{Ending, Happening, Target};
use centre::call::Outgoing;
use centre::routing::{Event, Piece, Work, usual_weight};
use model::ContactId;
use model::call::{EndCause, Order};
use model::contact::{Channel, Outcome};
use model::trunk::Trunk;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc;

/// How an attempt came to nothing.
pub(super) struct Failed(pub(super) Outcome, pub(super) EndCause);

/// The operator wants it no more.
pub(super) const fn left() -> Failed {
    Failed(Outcome::NoAnswer, EndCause::Operator)
}

impl Call {
    /// Calls a citizen for an operator; the call, once they talk.
    pub(crate) async fn out(
        exchange: Arc<Exchange>,
        wanted: Outgoing,
    ) -> Option<(Self, mpsc::UnboundedReceiver<Told>)> {
        let contact = wanted.contact;
        let (tell, mut told) = mpsc::unbounded_channel();
        exchange.enrol(contact, tell);
        match attempt(&exchange, &wanted, &mut told).await {
            Ok((room, citizen, operator)) => Some((talk(&exchange, &wanted, room, citizen, operator).await, told)),
            Err(failed) => {
                came_to_nothing(&exchange, contact, failed).await;
                None
            }
        }
    }
}

/// The two did not speak.
pub(super) async fn came_to_nothing(exchange: &Exchange, contact: ContactId, Failed(outcome, cause): Failed) {
    exchange.switchboard.tell(Event::Gone { piece: Piece::Contact(contact) });
    exchange.strike(contact);
    exchange.note(contact, move |w| Box::pin(centre::call::end(w, contact, Some(outcome), cause, None))).await;
}

async fn attempt(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    told: &mut mpsc::UnboundedReceiver<Told>,
) -> Result<(Opened, Side, Operator), Failed> {
    if exchange.is_draining() {
        return Err(Failed(Outcome::Failed, EndCause::Stopped));
    }
    let way = way_to(exchange, &wanted.service, wanted.operator, &wanted.number).await;
    let (trunk, target) = way.map_err(|_| Failed(Outcome::Failed, EndCause::Unanswered))?;
    take(exchange, wanted)?;
    let (room, heard) = exchange.media.open();
    let device = own_device(exchange, &room, wanted, told).await;
    let mut operator = match device {
        Ok(operator) => operator,
        Err(failed) => {
            room.close();
            return Err(failed);
        }
    };
    room.play(operator.far.side.media, ringback());
    let reached = reach(exchange, &room, &mut operator, (&trunk, target), told).await;
    let citizen = match reached {
        Ok(citizen) => citizen,
        Err(failed) => {
            operator.far.side.leg.end().await;
            room.close();
            return Err(failed);
        }
    };
    Ok(((room, heard), citizen, operator))
}

/// The call of two who talk from now on, with all that is written of that.
pub(super) async fn talk(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    room: Opened,
    citizen: Side,
    operator: Operator,
) -> Call {
    let (contact, user) = (wanted.contact, wanted.operator);
    let mut call = between(exchange, wanted, room, citizen, operator);
    let recorded = call.is_recorded();
    call.note(move |w| Box::pin(centre::call::answer(w, contact, user, recorded))).await;
    if recorded {
        call.record_talk().await;
    }
    call
}

/// A room with what is heard in it.
pub(super) type Opened = (Room, mpsc::UnboundedReceiver<crate::media::Heard>);

fn between(
    exchange: &Arc<Exchange>,
    wanted: &Outgoing,
    (room, mut heard): Opened,
    citizen: Side,
    mut operator: Operator,
) -> Call {
    operator.far.stands = Stands::Talking;
    room.hush(operator.far.side.media);
    room.connect(citizen.media, operator.far.side.media);
    room.watch(operator.far.side.media, true);
    while heard.try_recv().is_ok() {}
    let service = Arc::new(wanted.service.clone());
    let who = menu::Caller { number: Some(wanted.number.clone()), known_language: None, may_call_back: false };
    let (menu, _) = Menu::begin(&service, Opening::Open, who);
    Call {
        exchange: exchange.clone(),
        contact: wanted.contact,
        service,
        number: Some(wanted.number.clone()),
        queue: None,
        room,
        heard,
        caller: citizen,
        menu,
        speech: Speech::new(exchange.voice.music()),
        announce_at: None,
        operator: Some(operator),
        third: None,
        overseer: None,
        work: None,
        parted: false,
        outbound: true,
        held: false,
        muted: false,
        refused_recording: false,
        message: None,
        left_message: false,
        over: false,
    }
}

/// The operator is at it from now on; whoever has no room for it cannot call.
pub(super) fn take(exchange: &Exchange, wanted: &Outgoing) -> Result<(), Failed> {
    let (piece, operator) = (Piece::Contact(wanted.contact), wanted.operator);
    let work = Work {
        queue: wanted.queue.clone(),
        channel: Channel::Phone,
        weight: usual_weight(Channel::Phone),
        needs: centre::routing::Needs::default(),
        priority: None,
        since: exchange.centre.now(),
        owner: None,
    };
    exchange.switchboard.tell(Event::Taken { operator, piece, work });
    let has_it =
        exchange.switchboard.look(|state| state.operator(operator).is_some_and(|one| one.hands.contains_key(&piece)));
    if has_it { Ok(()) } else { Err(Failed(Outcome::Failed, EndCause::Unanswered)) }
}

/// The operator does not want the call any more that they asked for, or the program ends. Whatever else is told of a call that
/// nobody speaks on is nothing to it.
async fn given_up(told: &mut mpsc::UnboundedReceiver<Told>) {
    while let Some(told) = told.recv().await {
        if matches!(told, Told::Order { order: Order::HangUp, .. } | Told::Stop) {
            return;
        }
    }
}

/// The operator's own device rings, and they answer it.
async fn own_device(
    exchange: &Arc<Exchange>,
    room: &Room,
    wanted: &Outgoing,
    told: &mut mpsc::UnboundedReceiver<Told>,
) -> Result<Operator, Failed> {
    let lost = || Failed(Outcome::Failed, EndCause::Lost);
    let binding = exchange.registrar.of(wanted.operator, Instant::now()).ok_or_else(lost)?;
    let mut far = ring_for(exchange, room, wanted, &binding, AskedBy::Themselves).map_err(|_| lost())?;
    let answered = tokio::time::timeout(RINGS, async {
        loop {
            tokio::select! {
                happening = far.next() => match happening {
                    Happening::Answered { sdp, .. } if far.answered(room, &sdp, None) => return Ok(()),
                    Happening::Answered { .. } | Happening::Over(_) => return Err(lost()),
                    _ => {}
                },
                () = given_up(told) => return Err(left()),
            }
        }
    });
    match answered.await.unwrap_or_else(|_| Err(lost())) {
        Ok(()) => Ok(Operator { user: wanted.operator, far }),
        Err(failed) => {
            far.end(room).await;
            Err(failed)
        }
    }
}

/// The citizen's telephone rings, and they answer it.
pub(super) async fn reach(
    exchange: &Arc<Exchange>,
    room: &Room,
    operator: &mut Operator,
    (trunk, target): (&Trunk, Target),
    told: &mut mpsc::UnboundedReceiver<Told>,
) -> Result<Side, Failed> {
    let failed = || Failed(Outcome::Failed, EndCause::Stopped);
    let mut far = ring_outside(exchange, trunk, target, operator.far.side.codec()).map_err(|_| failed())?;
    let unanswered = |outcome| Failed(outcome, EndCause::Unanswered);
    let answered = tokio::time::timeout(RINGS, async {
        loop {
            tokio::select! {
                happening = far.next() => match happening {
                    Happening::Answered { sdp, session_expires } => return Ok((sdp, session_expires)),
                    Happening::Ringing { early: Some(sdp) } if far.early(room, &sdp) => {
                        room.hush(operator.far.side.media);
                        room.connect(far.side.media, operator.far.side.media);
                    }
                    Happening::TooBrief { min_se } if far.asked_again(exchange, min_se) => {}
                    Happening::TooBrief { .. } => return Err(unanswered(Outcome::NoAnswer)),
                    Happening::Over(Ending::Refused(486 | 600)) => return Err(unanswered(Outcome::Busy)),
                    Happening::Over(Ending::Refused(404 | 484 | 604)) => return Err(unanswered(Outcome::WrongNumber)),
                    Happening::Over(_) => return Err(unanswered(Outcome::NoAnswer)),
                    _ => {}
                },
                own = operator.far.next() => match own {
                    Happening::Over(_) => return Err(left()),
                    other => operator.far.side.happened(room, other).await,
                },
                () = given_up(told) => return Err(left()),
            }
        }
    })
    .await
    .unwrap_or(Err(unanswered(Outcome::NoAnswer)));
    let heard = match &answered {
        Ok((sdp, session_expires)) => far.answered(room, sdp, session_expires.as_deref()),
        Err(_) => false,
    };
    if heard {
        return Ok(far.side);
    }
    far.end(room).await;
    Err(answered.err().unwrap_or_else(failed))
}
