//! While they talk: hold, mute, and whatever else operators ask for.

use super::Call;
use crate::menu;
use crate::sip::Ending;
use model::UserId;
use model::call::{EndCause, Order};

impl Call {
    pub(super) async fn ordered(&mut self, by: UserId, order: Order) {
        if order == Order::Oversee {
            return self.oversee().await;
        }
        let is_theirs = self.operator.as_ref().is_some_and(|operator| operator.user == by);
        if !is_theirs {
            return;
        }
        match order {
            // Whoever asks somebody has the caller on hold until they say what is to become of them.
            Order::Hold | Order::Resume if self.third.is_some() => {}
            Order::Hold if self.is_talking() => self.hold(true).await,
            Order::Resume if self.is_talking() => self.hold(false).await,
            Order::Mute | Order::Unmute if self.is_talking() => self.mute(order == Order::Mute),
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
            Order::HangUp if self.is_talking() => self.operator_leaves(by).await,
            Order::Transfer => self.hand_on(false).await,
            Order::Consult => self.hand_on(true).await,
            Order::HandOver => drop(self.hand_over().await),
            Order::Conference => self.conference().await,
            Order::TakeBack => self.take_back().await,
            _ => {}
        }
    }

    /// Puts the caller on hold, with music, or takes them back.
    pub(super) async fn hold(&mut self, on: bool) {
        if self.held == on || self.operator.is_none() {
            return;
        }
        self.held = on;
        let (caller, id) = (self.caller.media, self.contact);
        if on {
            self.arrange();
            // What is said while the other waits is nobody's to keep.
            self.stop_recording();
            self.speech.set_music(&self.room, caller, true);
            self.note(move |w| Box::pin(centre::call::hold(w, id))).await;
        } else {
            self.speech.stop(&self.room, caller);
            self.arrange();
            self.note(move |w| Box::pin(centre::call::resume(w, id))).await;
            if self.is_recorded() {
                self.record_talk().await;
            }
        }
    }

    /// The caller hears the operator no more, or again.
    fn mute(&mut self, on: bool) {
        self.muted = on;
        self.arrange();
    }

    /// The operator's device has ended the talk.
    pub(super) async fn operator_hung_up(&mut self, ending: Ending) {
        let Some(user) = self.operator.as_ref().map(|operator| operator.user) else { return };
        if ending == Ending::TimedOut {
            return self.operator_lost(user).await;
        }
        self.operator_leaves(user).await;
    }

    /// The operator leaves the talk: to whoever is beside, else it is over.
    async fn operator_leaves(&mut self, user: UserId) {
        if !self.left_to_third(user).await {
            self.drop_operator().await;
            self.talk_over(user).await;
        }
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
}
