//! A call that an operator makes: their own device rings first, then the citizen's telephone.

use super::operator::{Operator, Ringing, Stands, ring};
use super::speech::Speech;
use super::{Call, Side, Told};
use crate::exchange::{Exchange, codecs_for, peer, srtp};
use crate::guard::outgoing::{Calls, Limits, Policy, Rules};
use crate::media::{LegId, Line, Program, Room, Wire};
use crate::menu::{self, Menu, Opening};
use crate::sdp::{Description, Direction, Key, Session, Wants};
use crate::sip::{Ending, Happening, Target};
use crate::sound::prompt::Prompt;
use crate::sound::{Rate, tone};
use centre::By;
use centre::call::Outgoing;
use centre::routing::{Event, Piece, Work, usual_weight};
use model::call::EndCause;
use model::contact::{Channel, Outcome};
use model::trunk::Trunk;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// How long somebody's telephone rings before it counts as not answered.
const RINGS: Duration = Duration::from_secs(45);
/// The program that whoever calls hears while it rings.
const RINGING: u32 = 0;

/// Calls of one operator, and of the whole centre, in a day: a telephone that was taken over must not cost a fortune.
const DAILY: Limits = Limits { person: Some(300), centre: Some(20_000) };

/// How an attempt came to nothing.
struct Failed(Outcome, EndCause);

impl Call {
    /// Calls a citizen for an operator; the call, once they talk.
    pub(crate) async fn out(
        exchange: Arc<Exchange>,
        wanted: Outgoing,
    ) -> Option<(Self, mpsc::UnboundedReceiver<Told>)> {
        let (contact, operator) = (wanted.contact, wanted.operator);
        let (tell, told) = mpsc::unbounded_channel();
        exchange.enrol(contact, tell);
        let piece = Piece::Contact(contact);
        match attempt(&exchange, &wanted).await {
            Ok(mut call) => {
                let recorded = call.is_recorded();
                call.note(move |w| Box::pin(centre::call::answer(w, contact, operator, recorded))).await;
                if recorded {
                    call.record_talk().await;
                }
                Some((call, told))
            }
            Err(Failed(outcome, cause)) => {
                exchange.switchboard.tell(Event::Gone { piece });
                exchange.strike(contact);
                let ended = exchange
                    .centre
                    .work(By::System, move |w| Box::pin(centre::call::end(w, contact, Some(outcome), cause, None)))
                    .await;
                if let Err(error) = ended {
                    tracing::error!(%error, contact.id = %contact, "cannot write down how a call came to nothing");
                }
                None
            }
        }
    }
}

async fn attempt(exchange: &Arc<Exchange>, wanted: &Outgoing) -> Result<Call, Failed> {
    let refused = Failed(Outcome::Failed, EndCause::Unanswered);
    let policy = Policy::new(Rules::new(Vec::new()).map_err(|_| Failed(Outcome::Failed, EndCause::Stopped))?, DAILY);
    let today = Calls { person: wanted.today_by_operator, centre: wanted.today };
    let Ok(dialled) = policy.judge(&wanted.number, today) else { return Err(refused) };
    let shown = wanted.service.telephone.outgoing_from.clone();
    let way = exchange.way_out(dialled.number.dialled(), shown.as_deref()).await;
    let Ok(Some((trunk, target))) = way else { return Err(refused) };
    take(exchange, wanted)?;
    let (room, mut heard) = exchange.media.open();
    let device = own_device(exchange, &room, wanted).await;
    let mut operator = match device {
        Ok(operator) => operator,
        Err(failed) => {
            room.close();
            return Err(failed);
        }
    };
    let ringback = Prompt::as_is(tone::ringback(Rate::Narrow), Rate::Narrow);
    room.play(operator.side.media, Program { number: RINGING, pieces: vec![ringback], again_and_again: true });
    let reached = reach(exchange, &room, &mut operator, &trunk, &target).await;
    let citizen = match reached {
        Ok(citizen) => citizen,
        Err(failed) => {
            operator.side.leg.end().await;
            room.close();
            return Err(failed);
        }
    };
    operator.stands = Stands::Talking;
    room.hush(operator.side.media);
    room.connect(citizen.media, operator.side.media);
    room.watch(operator.side.media, true);
    while heard.try_recv().is_ok() {}
    let service = Arc::new(wanted.service.clone());
    let who = menu::Caller { number: Some(wanted.number.clone()), known_language: None, may_call_back: false };
    let (menu, _) = Menu::begin(&service, Opening::Open, who);
    Ok(Call {
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
        outbound: true,
        held: false,
        muted: false,
        refused_recording: false,
        message: None,
        left_message: false,
        over: false,
    })
}

/// The operator is at it from now on; whoever has no room for it cannot call.
fn take(exchange: &Exchange, wanted: &Outgoing) -> Result<(), Failed> {
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

/// The operator's own device rings, and they answer it.
async fn own_device(exchange: &Arc<Exchange>, room: &Room, wanted: &Outgoing) -> Result<Operator, Failed> {
    let lost = || Failed(Outcome::Failed, EndCause::Lost);
    let binding = exchange.registrar.of(wanted.operator, Instant::now()).ok_or_else(lost)?;
    let ringing = Ringing {
        user: wanted.operator,
        binding: &binding,
        number: Some(&wanted.number),
        service: &wanted.service.name,
        contact: wanted.contact,
        codec: None,
    };
    let mut operator = ring(exchange, room, &ringing).map_err(|_| lost())?;
    let answered = tokio::time::timeout(RINGS, async {
        loop {
            match operator.side.happens.recv().await {
                Some(Happening::Answered { sdp, .. }) => return operator.answered(exchange, room, &sdp),
                Some(Happening::Over(_)) | None => return false,
                Some(_) => {}
            }
        }
    })
    .await;
    if answered == Ok(true) {
        return Ok(operator);
    }
    operator.side.leg.end().await;
    Err(lost())
}

/// The citizen's telephone rings, and they answer it.
async fn reach(
    exchange: &Arc<Exchange>,
    room: &Room,
    operator: &mut Operator,
    trunk: &Trunk,
    target: &Target,
) -> Result<Side, Failed> {
    let failed = || Failed(Outcome::Failed, EndCause::Stopped);
    let chance = exchange.centre.chance();
    let port = exchange.ports.take().map_err(|_| failed())?;
    let local = SocketAddr::new(exchange.endpoint.host(), port.number());
    let wants = Wants { codecs: codecs_for(operator.side.codec()), srtp: srtp(trunk), mux: false };
    let mut session = Session::new(u64::from_le_bytes(chance.bytes::<8>()), local, wants, Key::new(chance.bytes()));
    let offer = session.offer(Direction::SendRecv).map_err(|_| failed())?;
    let (leg, mut happens) = exchange.endpoint.call(target, offer.into_bytes()).map_err(|_| failed())?;
    let outcome = tokio::time::timeout(RINGS, async {
        loop {
            tokio::select! {
                happening = happens.recv() => match happening {
                    Some(Happening::Answered { sdp, .. }) => return Ok(sdp),
                    Some(Happening::Over(Ending::Refused(486 | 600))) => return Err(Failed(Outcome::Busy, EndCause::Unanswered)),
                    Some(Happening::Over(Ending::Refused(404 | 484 | 604))) => {
                        return Err(Failed(Outcome::WrongNumber, EndCause::Unanswered));
                    }
                    Some(Happening::Over(_)) | None => return Err(Failed(Outcome::NoAnswer, EndCause::Unanswered)),
                    Some(_) => {}
                },
                own = operator.side.happens.recv() => match own {
                    Some(Happening::Over(_)) | None => return Err(Failed(Outcome::NoAnswer, EndCause::Operator)),
                    Some(other) => operator.side.happened(room, other).await,
                },
            }
        }
    })
    .await
    .unwrap_or(Err(Failed(Outcome::NoAnswer, EndCause::Unanswered)));
    let described = match outcome {
        Ok(sdp) => Description::read(&sdp).ok().and_then(|answer| session.accept(&answer).ok()),
        Err(why) => {
            leg.end().await;
            return Err(why);
        }
    };
    let Some(agreed) = described else {
        leg.end().await;
        return Err(failed());
    };
    let wire = Wire::new(port, peer(&agreed, None), u32::from_le_bytes(chance.bytes()));
    let media: LegId = room.join(Line::Wire(wire), true);
    Ok(Side::of_session(leg, happens, media, session, None))
}
