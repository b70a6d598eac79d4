//! The end of a call, however it comes.

use super::Call;
use centre::routing::{Event, Piece};
use chrono::{DateTime, Utc};
use model::UserId;
use model::call::EndCause;
use model::contact::Outcome;

impl Call {
    /// Parts the sides and writes down how it ended.
    pub(super) async fn end(&mut self, outcome: Option<Outcome>, cause: EndCause) {
        if self.over {
            return;
        }
        self.over = true;
        self.end_message();
        self.stop_recording();
        self.drop_third().await;
        let talked_with = self.operator.as_ref().filter(|_| self.is_talking()).map(|operator| operator.user);
        self.drop_operator().await;
        self.caller.leg.end().await;
        if self.parted {
            return;
        }
        if let Some(user) = talked_with {
            self.finish_talk(user, cause).await;
            return;
        }
        self.exchange.switchboard.tell(Event::Gone { piece: self.piece() });
        if self.left_message {
            return self.file_message(cause).await;
        }
        let (id, outcome) = (self.contact, outcome.or_else(|| Some(self.menu.outcome_if_gone())));
        self.note(move |w| Box::pin(centre::call::end(w, id, outcome, cause, None))).await;
    }

    /// A talk is over: the operator writes it up.
    pub(super) async fn finish_talk(&mut self, user: UserId, cause: EndCause) {
        self.stop_recording();
        let piece = self.piece();
        self.exchange.switchboard.tell(Event::Finished { operator: user, piece });
        let until = self.wrap_up_until(user, piece);
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::end(w, id, None, cause, until))).await;
    }

    pub(super) fn wrap_up_until(&self, user: UserId, piece: Piece) -> Option<DateTime<Utc>> {
        self.exchange
            .switchboard
            .look(|state| state.operator(user).and_then(|one| one.wrap_ups.get(&piece)).map(|wrap_up| wrap_up.until))
    }
}
