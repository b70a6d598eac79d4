//! The operator's side: called when routing offers the call to them, connected when it says so.

use super::Call;
use super::far::{AskedBy, Far, Stands};
use crate::media::LegId;
use crate::menu;
use crate::sip::Happening;
use centre::routing::{Event, Withdrawal};
use chrono::{DateTime, Utc};
use model::UserId;
use std::time::Instant;

pub(super) struct Operator {
    pub(super) user: UserId,
    pub(super) far: Far,
}

/// The next thing that happens on the operator's side; never, where there is none.
pub(super) async fn next(operator: &mut Option<Operator>) -> Happening {
    match operator {
        Some(operator) => operator.far.next().await,
        None => std::future::pending().await,
    }
}

impl Operator {
    pub(super) fn due(&self) -> Option<Instant> {
        self.far.side.due()
    }
}

impl Call {
    pub(super) fn is_talking(&self) -> bool {
        self.operator.as_ref().is_some_and(|operator| operator.far.stands == Stands::Talking)
    }

    /// Routing offers the call to somebody: their device rings.
    pub(super) async fn offered(&mut self, user: UserId, until: DateTime<Utc>) {
        let piece = self.piece();
        let Some(binding) = self.exchange.registrar.of(user, Instant::now()) else {
            return self.exchange.lost(user).await;
        };
        // Whoever had it before has it no more.
        self.drop_operator().await;
        match self.ring(&binding, AskedBy::Another) {
            Ok(far) => self.operator = Some(Operator { user, far }),
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
        let (user, stands) = (operator.user, operator.far.stands);
        match happening {
            Happening::Answered { sdp, session_expires } => {
                if operator.far.answered(&self.room, &sdp, session_expires.as_deref()) {
                    let piece = self.piece();
                    self.exchange.switchboard.tell(Event::Accepted { operator: user, piece });
                } else {
                    self.drop_operator().await;
                    self.exchange.switchboard.tell(Event::Missed { operator: user, piece: self.piece() });
                }
            }
            Happening::Over(ending) if stands == Stands::Talking => self.operator_hung_up(ending).await,
            Happening::Over(_) => {
                self.drop_operator().await;
                let (id, piece) = (self.contact, self.piece());
                self.exchange.switchboard.tell(Event::Missed { operator: user, piece });
                self.note(move |w| Box::pin(centre::call::unanswered(w, id, user, true))).await;
            }
            Happening::Refer { to, .. } if stands == Stands::Talking => {
                let status = self.referred(name_in(&to)).await;
                if let Some(operator) = &self.operator {
                    operator.far.side.leg.tell_referrer(status, true).await;
                }
            }
            other => {
                let held = operator.far.side.holds;
                operator.far.side.happened(&self.room, other).await;
                // A device that says anew how it stands takes back nothing that was said at the desk.
                let holds = operator.far.side.holds;
                if stands == Stands::Talking && self.third.is_none() && holds != held {
                    self.hold(holds).await;
                }
            }
        }
    }

    /// Routing says that the call is theirs: the two hear each other.
    pub(super) async fn connect(&mut self, user: UserId) {
        let Some(operator) = self.operator.as_mut().filter(|operator| operator.user == user) else { return };
        if operator.far.stands == Stands::Talking {
            // Whom they called themselves they speak with already.
            return;
        }
        // Since routing said so, something else may have come between.
        if !self.has(user, self.piece()) {
            return self.let_go(user).await;
        }
        let Some(operator) = self.operator.as_mut() else { return };
        operator.far.stands = Stands::Talking;
        let media = operator.far.side.media;
        self.speech.stop(&self.room, self.caller.media);
        self.room.watch(media, true);
        self.announce_at = None;
        (self.held, self.muted) = (false, false);
        self.arrange();
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
        if self
            .operator
            .as_ref()
            .is_some_and(|operator| operator.user == user && operator.far.stands != Stands::Talking)
        {
            self.drop_operator().await;
        }
    }

    /// Takes the operator's side away, and whoever oversaw it.
    pub(super) async fn drop_operator(&mut self) {
        if let Some(operator) = self.operator.take() {
            operator.far.end(&self.room).await;
        }
        self.drop_overseer().await;
    }

    /// Nothing comes from a leg any more: an operator's lets the caller go back to the head of the queue.
    pub(super) async fn leg_silent(&mut self, leg: LegId) {
        if self.third.as_ref().is_some_and(|third| third.far.side.media == leg) {
            return self.third_happened(Happening::Over(crate::sip::Ending::TimedOut)).await;
        }
        if self.overseer.as_ref().is_some_and(|overseer| overseer.far.side.media == leg) {
            return self.overseer_happened(Happening::Over(crate::sip::Ending::TimedOut)).await;
        }
        let Some(operator) = self.operator.as_ref().filter(|operator| operator.far.side.media == leg) else { return };
        let user = operator.user;
        tracing::warn!("an operator's line is dead: the caller waits again, first of all");
        self.operator_lost(user).await;
    }

    /// The operator's line is dead.
    pub(super) async fn operator_lost(&mut self, user: UserId) {
        let was_talking = self.is_talking();
        if was_talking && self.outbound {
            self.end(None, model::call::EndCause::Lost).await;
            return self.exchange.lost(user).await;
        }
        self.drop_third().await;
        self.drop_operator().await;
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
        self.exchange.switchboard.tell(Event::Missed { operator: user, piece: self.piece() });
    }

    pub(super) async fn keep_operator(&mut self, now: Instant) {
        let Some(operator) = &mut self.operator else { return };
        let user = operator.user;
        if !operator.far.side.keep(now).await {
            self.operator_lost(user).await;
        }
    }
}

/// The name in an address of SIP: `<sip:anna@host;transport=udp>`.
fn name_in(address: &str) -> &str {
    let inner = address.split_once('<').map_or(address, |(_, after)| after.split('>').next().unwrap_or(after));
    let plain = inner.trim().trim_start_matches("sips:").trim_start_matches("sip:").trim_start_matches("tel:");
    plain.split(['@', ';', '?']).next().unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn whom_a_telephone_names_is_read_in_every_spelling() {
        for (address, name) in [
            ("<sip:anna@127.0.0.1:5060;transport=udp>", "anna"),
            ("\"Anna\" <sips:anna@host?Replaces=x>", "anna"),
            ("sip:urp-front@host", "urp-front"),
            ("tel:+390612345678;phone-context=x", "+390612345678"),
            ("", ""),
        ] {
            assert_eq!(name_in(address), name);
        }
    }
}
