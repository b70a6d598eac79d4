//! The operator's side: called when routing offers the call to them, connected when it says so.

use super::{Call, Side};
use crate::browser::Browser;
use crate::exchange::{Exchange, codecs_for, peer};
use crate::media::port::Port;
use crate::media::{LegId, Line, Room, Wire};
use crate::menu;
use crate::registrar::Binding;
use crate::sdp::{Direction, Key, Session, Srtp, Wants};
use crate::sip::{Happening, Target};
use crate::sound::Codec;
use centre::routing::{Event, Withdrawal};
use chrono::{DateTime, Utc};
use model::call::Device;
use model::{ContactId, UserId};
use std::net::SocketAddr;
use std::time::Instant;

pub(super) struct Operator {
    pub(super) user: UserId,
    pub(super) side: Side,
    /// Kept until the far end has said where it is.
    port: Option<Port>,
    pub(super) stands: Stands,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Ringing,
    /// They took it, and routing has not said yet that it is theirs.
    Taken,
    Talking,
}

/// The next thing that happens on the operator's side; never, where there is none.
pub(super) async fn next(operator: &mut Option<Operator>) -> Happening {
    match operator {
        Some(operator) => match operator.side.happens.recv().await {
            Some(happening) => happening,
            None => Happening::Over(crate::sip::Ending::TimedOut),
        },
        None => std::future::pending().await,
    }
}

impl Operator {
    pub(super) fn due(&self) -> Option<Instant> {
        self.side.due()
    }

    /// Their device has answered; false when nothing can be heard on it.
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
}

/// Whose device is called, and with what to show on it.
pub(super) struct Ringing<'a> {
    pub(super) user: UserId,
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
pub(super) fn ring(exchange: &Exchange, room: &Room, ringing: &Ringing<'_>) -> Result<Operator, String> {
    let Ringing { user, binding, contact, .. } = *ringing;
    let host = exchange.endpoint.host();
    let port = exchange.ports.take().map_err(|e| e.to_string())?;
    let target = Target {
        to: binding.contact.clone(),
        via: binding.via.clone(),
        from: format!("sip:{}@{host}", user_part(ringing.number)),
        name: Some(ringing.service.to_owned()),
        account: None,
        headers: vec![("X-Contact", contact.to_string())],
    };
    let cannot = |e: crate::sip::Error| e.to_string();
    if binding.device == Device::Softphone {
        let codecs = [Codec::Opus, Codec::Pcma, Codec::Pcmu];
        let mut browser = Browser::new(port, host, &codecs, Instant::now()).map_err(|e| e.to_string())?;
        let offer = browser.offer().map_err(|e| e.to_string())?;
        let (leg, happens) = exchange.endpoint.call(&target, offer.into_bytes()).map_err(cannot)?;
        let media = room.join(Line::Browser(Box::new(browser)), false);
        let side = Side::of_browser(leg, happens, media);
        return Ok(Operator { user, side, port: None, stands: Stands::Ringing });
    }
    let chance = exchange.centre.chance();
    let local = SocketAddr::new(host, port.number());
    let wants = Wants { codecs: codecs_for(ringing.codec), srtp: Srtp::Never, mux: false };
    let id = u64::from_le_bytes(chance.bytes::<8>());
    let mut session = Session::new(id, local, wants, Key::new(chance.bytes()));
    let offer = session.offer(Direction::SendRecv).map_err(|e| e.to_string())?;
    let (leg, happens) = exchange.endpoint.call(&target, offer.into_bytes()).map_err(cannot)?;
    let signalled = binding.via.as_ref().and_then(|via| via.get_socketaddr().ok()).map(|a| a.ip());
    // The leg joins the room when its telephone has said where it is.
    let side = Side::of_session(leg, happens, LegId(u32::MAX), session, signalled);
    Ok(Operator { user, side, port: Some(port), stands: Stands::Ringing })
}

impl Call {
    pub(super) fn is_talking(&self) -> bool {
        self.operator.as_ref().is_some_and(|operator| operator.stands == Stands::Talking)
    }

    /// Routing offers the call to somebody: their device rings.
    pub(super) async fn offered(&mut self, user: UserId, until: DateTime<Utc>) {
        let piece = self.piece();
        let Some(binding) = self.exchange.registrar.of(user, Instant::now()) else {
            return self.exchange.lost(user).await;
        };
        let ringing = Ringing {
            user,
            binding: &binding,
            number: self.number.as_deref(),
            service: &self.service.name,
            contact: self.contact,
            codec: self.caller.codec(),
        };
        match ring(&self.exchange, &self.room, &ringing) {
            Ok(operator) => self.operator = Some(operator),
            Err(why) => {
                tracing::warn!(%why, "an operator cannot be called");
                return self.exchange.switchboard.tell(Event::Missed { operator: user, piece });
            }
        }
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::offer(w, id, user, until))).await;
    }

    pub(super) async fn operator_happened(&mut self, happening: Happening) {
        let Some(operator) = &mut self.operator else { return };
        let (user, stands) = (operator.user, operator.stands);
        match happening {
            Happening::Answered { sdp, .. } => {
                if operator.answered(&self.exchange, &self.room, &sdp) {
                    let piece = self.piece();
                    self.exchange.switchboard.tell(Event::Accepted { operator: user, piece });
                } else {
                    self.drop_operator().await;
                    self.exchange.switchboard.tell(Event::Missed { operator: user, piece: self.piece() });
                }
            }
            Happening::Over(ending) if stands == Stands::Talking => self.operator_hung_up(ending).await,
            Happening::Over(_) => {
                self.operator = None;
                let (id, piece) = (self.contact, self.piece());
                self.exchange.switchboard.tell(Event::Missed { operator: user, piece });
                self.note(move |w| Box::pin(centre::call::unanswered(w, id, user, true))).await;
            }
            other => {
                operator.side.happened(&self.room, other).await;
                let holds = operator.side.holds;
                if stands == Stands::Talking && holds != self.held {
                    self.hold(holds).await;
                }
            }
        }
    }

    /// Routing says that the call is theirs: the two hear each other.
    pub(super) async fn connect(&mut self, user: UserId) {
        let Some(operator) = self.operator.as_mut().filter(|operator| operator.user == user) else { return };
        operator.stands = Stands::Talking;
        let (caller, media) = (self.caller.media, operator.side.media);
        self.speech.stop(&self.room, caller);
        self.room.connect(caller, media);
        self.room.watch(media, true);
        self.announce_at = None;
        (self.held, self.muted) = (false, false);
        // What the menu would say before is left out: somebody speaks already.
        let _ = self.menu.step(menu::Heard::Connecting);
        let _ = self.menu.step(menu::Heard::Connected);
        let (id, recorded) = (self.contact, self.is_recorded());
        self.note(move |w| Box::pin(centre::call::answer(w, id, user, recorded))).await;
        if recorded {
            self.record_talk().await;
        }
    }

    /// Routing takes an offer back.
    pub(super) async fn withdrawn(&mut self, user: UserId, why: Withdrawal) {
        if self.operator.as_ref().is_none_or(|operator| operator.user != user) {
            return;
        }
        self.drop_operator().await;
        if why == Withdrawal::Unanswered {
            let id = self.contact;
            self.note(move |w| Box::pin(centre::call::unanswered(w, id, user, false))).await;
        }
    }

    /// Somebody took the call who was not to have it any more.
    pub(super) async fn let_go(&mut self, user: UserId) {
        if self.operator.as_ref().is_some_and(|operator| operator.user == user && operator.stands != Stands::Talking) {
            self.drop_operator().await;
        }
    }

    /// Takes the operator's side away.
    pub(super) async fn drop_operator(&mut self) {
        if let Some(operator) = self.operator.take() {
            self.room.leave(operator.side.media);
            operator.side.leg.end().await;
        }
    }

    /// Nothing comes from an operator's device any more: the caller goes back to the head of the queue.
    pub(super) async fn operator_silent(&mut self, leg: LegId) {
        let Some(operator) = self.operator.as_ref().filter(|operator| operator.side.media == leg) else { return };
        let user = operator.user;
        tracing::warn!("an operator's line is dead: the caller waits again, first of all");
        self.operator_lost(user).await;
    }

    /// The operator's line is dead.
    pub(super) async fn operator_lost(&mut self, user: UserId) {
        let was_talking = self.is_talking();
        self.drop_operator().await;
        if was_talking && self.outbound {
            self.exchange.lost(user).await;
            return self.end(None, model::call::EndCause::Lost).await;
        }
        if was_talking {
            self.stop_recording();
            let id = self.contact;
            self.note(move |w| Box::pin(centre::call::return_to_queue(w, id))).await;
            self.speech.set_music(&self.room, self.caller.media, true);
            self.announce_at = Some(Instant::now() + std::time::Duration::from_secs(10));
            self.step(menu::Heard::OperatorGone).await;
        } else {
            let id = self.contact;
            self.note(move |w| Box::pin(centre::call::unanswered(w, id, user, false))).await;
        }
        self.exchange.lost(user).await;
    }

    pub(super) async fn keep_operator(&mut self, now: Instant) {
        let Some(operator) = &mut self.operator else { return };
        let user = operator.user;
        if !operator.side.keep(now).await {
            self.operator_lost(user).await;
        }
    }
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
