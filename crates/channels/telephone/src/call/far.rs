//! Whoever we call: an operator's device, a supervisor's, a telephone outside. It rings, it is answered, they speak.

use super::Side;
use crate::browser::Browser;
use crate::exchange::{Exchange, codecs_for, peer, srtp};
use crate::media::port::Port;
use crate::media::{LegId, Line, Room, Wire};
use crate::registrar::Binding;
use crate::sdp::{Direction, Key, Session, Srtp, Wants};
use crate::sip::{Ending, Happening, Target};
use crate::sound::Codec;
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
    pub(super) stands: Stands,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Ringing,
    /// They took it, and nobody has said yet whom they are to hear.
    Taken,
    Talking,
}

impl Far {
    /// The next thing that happens.
    pub(super) async fn next(&mut self) -> Happening {
        self.side.happens.recv().await.unwrap_or(Happening::Over(Ending::TimedOut))
    }

    /// It was answered; false when nothing can be heard on it.
    pub(super) fn answered(&mut self, exchange: &Exchange, room: &Room, sdp: &[u8]) -> bool {
        self.stands = Stands::Taken;
        let Some(port) = self.port.take() else {
            self.side.described(room, sdp);
            return true;
        };
        let signalled = self.side.signalled_from();
        let Some(session) = self.side.session_mut() else { return false };
        let answer = crate::sdp::Description::read(sdp).ok();
        let Some(agreed) = answer.and_then(|answer| session.accept(&answer).ok()) else { return false };
        let ssrc = u32::from_le_bytes(exchange.centre.chance().bytes());
        let wire = Wire::new(port, peer(&agreed, signalled), ssrc);
        self.side.media = room.join(Line::Wire(wire), true);
        true
    }

    /// Takes it away.
    pub(super) async fn end(&self, room: &Room) {
        room.leave(self.side.media);
        self.side.leg.end().await;
    }
}

/// A telephone is called, and described when it answers.
fn call(
    exchange: &Exchange,
    target: &Target,
    codec: Option<Codec>,
    srtp: Srtp,
    signalled: Option<IpAddr>,
) -> Result<Far, String> {
    let chance = exchange.centre.chance();
    let port = exchange.ports.take().map_err(|e| e.to_string())?;
    let local = SocketAddr::new(exchange.endpoint.host(), port.number());
    let wants = Wants { codecs: codecs_for(codec), srtp, mux: false };
    let id = u64::from_le_bytes(chance.bytes::<8>());
    let mut session = Session::new(id, local, wants, Key::new(chance.bytes()));
    let offer = session.offer(Direction::SendRecv).map_err(|e| e.to_string())?;
    let (leg, happens) = exchange.endpoint.call(target, offer.into_bytes()).map_err(|e| e.to_string())?;
    let side = Side::of_session(leg, happens, NOT_YET, session, signalled);
    Ok(Far { side, port: Some(port), stands: Stands::Ringing })
}

/// Calls a number outside.
pub(super) fn ring_outside(
    exchange: &Exchange,
    trunk: &Trunk,
    target: &Target,
    codec: Option<Codec>,
) -> Result<Far, String> {
    call(exchange, target, codec, srtp(trunk), None)
}

/// Whose device is called, and with what to show on it.
pub(super) struct Ringing<'a> {
    pub(super) binding: &'a Binding,
    /// Whom they will speak with.
    pub(super) number: Option<&'a str>,
    pub(super) service: &'a str,
    pub(super) contact: ContactId,
    /// What the other side speaks.
    pub(super) codec: Option<Codec>,
}

/// A caller's number as it may stand in an address: what a stranger's telephone calls itself by may hold anything.
fn user_part(number: Option<&str>) -> &str {
    let plain =
        |number: &&str| number.len() <= 32 && number.chars().all(|c| c.is_ascii_alphanumeric() || "+*#._-".contains(c));
    number.filter(plain).filter(|number| !number.is_empty()).unwrap_or("anonymous")
}

/// Calls somebody's device.
pub(super) fn ring(exchange: &Exchange, room: &Room, ringing: &Ringing<'_>) -> Result<Far, String> {
    let Ringing { binding, contact, .. } = *ringing;
    let host = exchange.endpoint.host();
    let target = Target {
        to: binding.contact.clone(),
        via: binding.via.clone(),
        from: format!("sip:{}@{host}", user_part(ringing.number)),
        name: Some(ringing.service.to_owned()),
        account: None,
        headers: vec![("X-Contact", contact.to_string())],
    };
    if binding.device == Device::Softphone {
        let codecs = [Codec::Opus, Codec::Pcma, Codec::Pcmu];
        let port = exchange.ports.take().map_err(|e| e.to_string())?;
        let mut browser = Browser::new(port, host, &codecs, Instant::now()).map_err(|e| e.to_string())?;
        let offer = browser.offer().map_err(|e| e.to_string())?;
        let (leg, happens) = exchange.endpoint.call(&target, offer.into_bytes()).map_err(|e| e.to_string())?;
        let media = room.join(Line::Browser(Box::new(browser)), false);
        return Ok(Far { side: Side::of_browser(leg, happens, media), port: None, stands: Stands::Ringing });
    }
    let signalled = binding.via.as_ref().and_then(|via| via.get_socketaddr().ok()).map(|a| a.ip());
    call(exchange, &target, ringing.codec, Srtp::Never, signalled)
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
