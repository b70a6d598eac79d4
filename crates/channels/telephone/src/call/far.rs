//! Whoever we call: an operator's device, a supervisor's, a telephone outside. It rings, it is answered, they speak.

use super::{Call, Side};
use crate::browser::Browser;
use crate::exchange::{Exchange, codecs_for, peer, srtp};
use crate::media::port::Port;
use crate::media::{LegId, Line, Room, Wire};
use crate::registrar::Binding;
use crate::sdp::{Agreed, Description, Direction, Key, Session, Srtp, Wants};
use crate::sip::{Ending, Happening, Target};
use crate::sound::Codec;
use crate::timer::{Ask, SessionExpires, Terms};
use centre::call::Outgoing;
use model::ContactId;
use model::call::Device;
use model::trunk::Trunk;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

/// The leg of a telephone that has not said yet where it is.
const NOT_YET: LegId = LegId(u32::MAX);

pub(super) struct Far {
    pub(super) side: Side,
    /// Kept until the far end has said where it is.
    port: Option<Port>,
    ssrc: u32,
    pub(super) stands: Stands,
    /// What was asked for, to ask again for a longer session; of carriers alone.
    asked: Option<(Target, Ask)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Ringing,
    /// There is something to be heard before they answer.
    Early,
    /// They took it, and nobody has said yet whom they are to hear.
    Taken,
    Talking,
}

impl Far {
    /// Whoever called us, and is described already.
    pub(super) fn calling(side: Side) -> Self {
        Self { side, port: None, ssrc: 0, stands: Stands::Taken, asked: None }
    }

    /// The next thing that happens.
    pub(super) async fn next(&mut self) -> Happening {
        self.side.happens.recv().await.unwrap_or(Happening::Over(Ending::TimedOut))
    }

    /// What they play before they answer is heard from now on; false where nothing of it can be understood.
    pub(super) fn early(&mut self, room: &Room, sdp: &[u8]) -> bool {
        let Some(session) = self.side.session_mut() else { return false };
        let answer = Description::read(sdp).ok();
        let Some(agreed) = answer.and_then(|answer| session.early(&answer).ok()) else { return false };
        self.goes_to(room, &agreed);
        self.stands = Stands::Early;
        true
    }

    /// They were asked for too short a session, and are asked again; false where that is of no use.
    pub(super) fn asked_again(&mut self, exchange: &Exchange, min_se: Option<u32>) -> bool {
        let Some((target, ask)) = &mut self.asked else { return false };
        if ask.too_small(min_se).is_err() {
            return false;
        }
        let Some(session) = self.side.session_mut() else { return false };
        match invite(exchange, session, target, Some(ask)) {
            Ok((leg, happens)) => {
                (self.side.leg, self.side.happens) = (leg, happens);
                true
            }
            Err(why) => {
                tracing::warn!(%why, "a carrier that wants a longer session is not asked again");
                false
            }
        }
    }

    /// It was answered; false when nothing can be heard on it.
    pub(super) fn answered(&mut self, room: &Room, sdp: &[u8], session_expires: Option<&str>) -> bool {
        self.stands = Stands::Taken;
        let Some(session) = self.side.session_mut() else {
            self.side.described(room, sdp);
            return true;
        };
        let agreed = if sdp.is_empty() {
            session.settle().ok().cloned()
        } else {
            Description::read(sdp).ok().and_then(|answer| session.accept(&answer).ok())
        };
        let Some(agreed) = agreed else { return false };
        self.goes_to(room, &agreed);
        room.watch(self.side.media, true);
        if let Some((_, ask)) = &self.asked {
            let expires = session_expires.and_then(|value| SessionExpires::read(value).ok());
            self.side.keep_timer(ask.answered(expires));
        }
        true
    }

    /// Their sound goes there from now on.
    fn goes_to(&mut self, room: &Room, agreed: &Agreed) {
        let peer = peer(agreed, self.side.signalled_from());
        match self.port.take() {
            Some(port) => self.side.media = room.join(Line::Wire(Box::new(Wire::new(port, peer, self.ssrc))), false),
            None => room.aim(self.side.media, peer),
        }
    }

    /// Takes it away.
    pub(super) async fn end(&self, room: &Room) {
        room.leave(self.side.media);
        self.side.leg.end().await;
    }
}

type Invited = (crate::sip::Leg, tokio::sync::mpsc::UnboundedReceiver<Happening>);

/// Asks for a session.
fn invite(exchange: &Exchange, session: &mut Session, target: &Target, ask: Option<&Ask>) -> Result<Invited, String> {
    session.withdraw();
    let offer = session.offer(Direction::SendRecv).map_err(|e| e.to_string())?;
    let headers = target.headers.iter().cloned().chain(ask.map(Ask::headers).unwrap_or_default()).collect();
    let target = Target { headers, ..target.clone() };
    exchange.endpoint.call(&target, offer.into_bytes()).map_err(|e| e.to_string())
}

/// A telephone is called, and described when it answers.
fn call(
    exchange: &Exchange,
    target: Target,
    ask: Option<Ask>,
    (codec, srtp): (Option<Codec>, Srtp),
    signalled: Option<IpAddr>,
) -> Result<Far, String> {
    let chance = exchange.centre.chance();
    let port = exchange.ports.take().map_err(|e| e.to_string())?;
    let local = SocketAddr::new(exchange.endpoint.host(), port.number());
    let wants = Wants { codecs: codecs_for(codec), srtp, mux: false };
    let id = u64::from_le_bytes(chance.bytes::<8>());
    let mut session = Session::new(id, local, wants, Key::new(chance.bytes()));
    let (leg, happens) = invite(exchange, &mut session, &target, ask.as_ref())?;
    let side = Side::of_session(leg, happens, NOT_YET, session, signalled);
    let ssrc = u32::from_le_bytes(chance.bytes());
    Ok(Far { side, port: Some(port), ssrc, stands: Stands::Ringing, asked: ask.map(|ask| (target, ask)) })
}

/// Where a carrier's answers come from, if its host is written as an address.
fn carrier(trunk: &Trunk) -> Option<IpAddr> {
    let host = trunk.host.as_deref()?;
    host.parse().ok().or_else(|| host.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// Calls a number outside.
pub(super) fn ring_outside(
    exchange: &Exchange,
    trunk: &Trunk,
    target: Target,
    codec: Option<Codec>,
) -> Result<Far, String> {
    call(exchange, target, Some(Ask::new(Terms::default())), (codec, srtp(trunk)), carrier(trunk))
}

/// What is shown on a device that is called.
struct Shown<'a> {
    /// Whom they will speak with.
    number: Option<&'a str>,
    service: &'a str,
    contact: ContactId,
    /// What the other side speaks.
    codec: Option<Codec>,
    asked_by: AskedBy,
}

/// Who wants a device to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedBy {
    /// Whoever it belongs to: they have just said so, and need not say it again by answering.
    Themselves,
    Another,
}

impl Call {
    /// Calls somebody's device for this call.
    pub(super) fn ring(&self, binding: &Binding, asked_by: AskedBy) -> Result<Far, String> {
        let shown = Shown {
            number: self.number.as_deref(),
            service: &self.service.name,
            contact: self.contact,
            codec: self.caller.codec(),
            asked_by,
        };
        ring(&self.exchange, &self.room, binding, &shown)
    }
}

/// Calls somebody's device for a call that is still to be made.
pub(super) fn ring_for(
    exchange: &Exchange,
    room: &Room,
    wanted: &Outgoing,
    binding: &Binding,
    asked_by: AskedBy,
) -> Result<Far, String> {
    let (number, service) = (Some(wanted.number.as_str()), wanted.service.name.as_str());
    ring(exchange, room, binding, &Shown { number, service, contact: wanted.contact, codec: None, asked_by })
}

/// A caller's number as it may stand in an address: what a stranger's telephone calls itself by may hold anything.
fn user_part(number: Option<&str>) -> &str {
    let plain =
        |number: &&str| number.len() <= 32 && number.chars().all(|c| c.is_ascii_alphanumeric() || "+*#._-".contains(c));
    number.filter(plain).filter(|number| !number.is_empty()).unwrap_or("anonymous")
}

fn ring(exchange: &Exchange, room: &Room, binding: &Binding, shown: &Shown<'_>) -> Result<Far, String> {
    let host = exchange.endpoint.host();
    let mut headers = vec![("X-Contact", shown.contact.to_string())];
    if shown.asked_by == AskedBy::Themselves {
        // As telephones of many makers know it.
        headers.push(("Call-Info", format!("<sip:{host}>;answer-after=0")));
    }
    let target = Target {
        to: binding.contact.clone(),
        via: binding.via.clone(),
        from: format!("sip:{}@{host}", user_part(shown.number)),
        name: Some(shown.service.to_owned()),
        account: None,
        headers,
    };
    if binding.device == Device::Softphone {
        let codecs = [Codec::Opus, Codec::Pcma, Codec::Pcmu];
        let port = exchange.ports.take().map_err(|e| e.to_string())?;
        let mut browser = Browser::new(port, host, &codecs, Instant::now()).map_err(|e| e.to_string())?;
        let offer = browser.offer().map_err(|e| e.to_string())?;
        let (leg, happens) = exchange.endpoint.call(&target, offer.into_bytes()).map_err(|e| e.to_string())?;
        let media = room.join(Line::Browser(Box::new(browser)), false);
        let side = Side::of_browser(leg, happens, media);
        return Ok(Far { side, port: None, ssrc: 0, stands: Stands::Ringing, asked: None });
    }
    let signalled = binding.via.as_ref().and_then(|via| via.get_socketaddr().ok()).map(|a| a.ip());
    call(exchange, target, None, (shown.codec, Srtp::Never), signalled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_that_calls_itself_oddly_is_shown_as_nobody() {
        assert_eq!(user_part(Some("+393335550117")), "+393335550117");
        assert_eq!(user_part(Some("x@evil.example;transport=tcp?To=y")), "anonymous");
        assert_eq!(user_part(Some(&"1".repeat(33))), "anonymous");
        assert_eq!((user_part(Some("")), user_part(None)), ("anonymous", "anonymous"));
    }
}
