//! While they talk: hold, mute, and whatever else operators ask for.

use super::Call;
use super::operator::Stands;
use crate::menu;
use crate::sip::Ending;
use model::UserId;
use model::call::{EndCause, Order};

impl Call {
    pub(super) async fn ordered(&mut self, by: UserId, order: Order) {
        let is_theirs = self.operator.as_ref().is_some_and(|operator| operator.user == by);
        if !is_theirs {
            return;
        }
        match order {
            Order::Hold if self.is_talking() => self.hold(true).await,
            Order::Resume if self.is_talking() => self.hold(false).await,
            Order::Mute | Order::Unmute if self.is_talking() => self.mute(order == Order::Mute).await,
            Order::RecordingOff if self.is_talking() => {
                self.refused_recording = true;
                self.stop_recording();
                let id = self.contact;
                self.note(move |w| Box::pin(centre::call::record(w, id, false))).await;
            }
            Order::RecordingOn if self.is_talking() && self.refused_recording => {
                self.refused_recording = false;
                if self.is_recorded() && !self.held {
                    let id = self.contact;
                    self.note(move |w| Box::pin(centre::call::record(w, id, true))).await;
                    self.record_talk().await;
                }
            }
            Order::HangUp if self.is_talking() => {
                self.drop_operator_side().await;
                self.talk_over(by).await;
            }
            _ => {}
        }
    }

    /// Puts the caller on hold, with music, or takes them back.
    pub(super) async fn hold(&mut self, on: bool) {
        let Some(media) = self.operator.as_ref().map(|operator| operator.side.media) else { return };
        if self.held == on {
            return;
        }
        self.held = on;
        let (caller, id) = (self.caller.media, self.contact);
        if on {
            self.room.hear(caller, &[]);
            self.room.hear(media, &[]);
            // What is said while the other waits is nobody's to keep.
            self.stop_recording();
            self.speech.set_music(&self.room, caller, true);
            self.note(move |w| Box::pin(centre::call::hold(w, id))).await;
        } else {
            self.speech.stop(&self.room, caller);
            self.room.hear(caller, if self.muted { &[] } else { std::slice::from_ref(&media) });
            self.room.hear(media, &[caller]);
            self.note(move |w| Box::pin(centre::call::resume(w, id))).await;
            if self.is_recorded() {
                self.record_talk().await;
            }
        }
    }

    /// The caller hears the operator no more, or again.
    async fn mute(&mut self, on: bool) {
        let Some(media) = self.operator.as_ref().map(|operator| operator.side.media) else { return };
        self.muted = on;
        if !self.held {
            self.room.hear(self.caller.media, if on { &[] } else { std::slice::from_ref(&media) });
        }
    }

    /// The operator's device has ended the talk.
    pub(super) async fn operator_hung_up(&mut self, ending: Ending) {
        let Some(operator) = self.operator.take() else { return };
        self.room.leave(operator.side.media);
        debug_assert_eq!(operator.stands, Stands::Talking);
        if ending == Ending::TimedOut {
            self.operator = Some(operator);
            let user = self.operator.as_ref().map(|operator| operator.user);
            if let Some(user) = user {
                self.operator_lost(user).await;
            }
            return;
        }
        self.talk_over(operator.user).await;
    }

    /// The operator is done; the caller may still be there.
    async fn talk_over(&mut self, user: UserId) {
        self.finish_talk(user, EndCause::Operator).await;
        if self.outbound {
            return self.end(None, EndCause::Operator).await;
        }
        self.step(menu::Heard::TalkOver).await;
        if !self.over && !matches!(self.menu.awaits(), menu::Awaits::Digits | menu::Awaits::Speech) {
            self.end(None, EndCause::Operator).await;
        }
    }

    async fn drop_operator_side(&mut self) {
        if let Some(operator) = &self.operator {
            self.room.leave(operator.side.media);
            operator.side.leg.end().await;
        }
        self.operator = None;
    }
}
