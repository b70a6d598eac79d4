//! What routing and operators want of calls, passed on to those that are here.

use super::{Exchange, figures};
use crate::call::{Call, Told};
use centre::By;
use centre::routing::{Command, Doing, Event, Piece};
use model::call::Order;
use model::event::{Actor, Record, Subject};
use model::{ContactId, UserId};
use std::sync::Arc;
use std::time::Duration;

impl Exchange {
    /// Passes a command of routing on to the call that it is about.
    pub(super) async fn pass_on(self: &Arc<Self>, command: Command) {
        match command {
            Command::Offer { piece: Piece::Contact(contact), operator, until }
                if !self.tell(contact, Told::Offer { operator, until }) =>
            {
                self.offer_back(contact, operator, until);
            }
            Command::Withdraw { piece: Piece::Contact(contact), operator, why } => {
                self.tell(contact, Told::Withdraw { operator, why });
            }
            Command::Connect { piece: Piece::Contact(contact), operator } => {
                self.tell(contact, Told::Connect { operator });
            }
            Command::TooLate { piece: Piece::Contact(contact), operator } => {
                self.tell(contact, Told::TooLate { operator });
            }
            Command::Close { piece: Piece::Contact(contact), why } => {
                self.tell(contact, Told::Close { why });
            }
            Command::Suggest { piece: Piece::Contact(contact), way } => {
                self.tell(contact, Told::Suggest { way });
            }
            Command::Show { operator, shown } if shown.doing != Doing::WrapUp => {
                let exchange = self.clone();
                tokio::spawn(async move { exchange.end_wrap_ups(operator).await });
            }
            _ => {}
        }
    }

    /// An operator wants to call a citizen.
    async fn call_out(self: Arc<Self>, contact: ContactId) {
        match centre::call::wanted_out(&self.centre, contact).await {
            Ok(Some(wanted)) => {
                if let Some((call, told)) = Call::out(self, wanted).await {
                    call.run(told).await;
                }
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, contact.id = %contact, "a citizen is not called"),
        }
    }

    /// The time to write a call up is over, by the clock of routing: so it is in the centre.
    async fn end_wrap_ups(&self, operator: UserId) {
        let Ok(calls) = centre::call::live_of(&self.centre, operator).await else { return };
        for call in calls.into_iter().filter(|call| call.state == Some(model::call::CallState::WrapUp)) {
            let contact = call.contact;
            let goes_on = self.switchboard.look(|state| {
                state.operator(operator).is_some_and(|one| one.wrap_ups.contains_key(&Piece::Contact(contact)))
            });
            if goes_on {
                continue;
            }
            let done = self.centre.work(By::System, move |w| Box::pin(centre::call::wrap_up(w, contact, None))).await;
            if let Err(error) = done {
                tracing::warn!(%error, contact.id = %contact, "cannot end the writing up of a call");
            }
        }
    }

    /// Follows what operators ask of calls, what they have written up, and by what password their telephones register.
    pub(super) async fn follow_orders(self: Arc<Self>) {
        let mut follower = self.centre.follow(None);
        loop {
            match follower.next().await {
                Ok(record) if record.subject == Subject::Call => {
                    figures::count(&record);
                    self.ordered(&record);
                }
                Ok(record) if record.subject == Subject::SipAccount => {
                    if let Ok(operator) = record.subject_id.parse() {
                        self.account_changed(operator, record.at).await;
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "cannot follow what is asked of calls; trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    fn ordered(self: &Arc<Self>, record: &Record) {
        let (Ok(contact), Actor::Staff(by)) = (record.subject_id.parse::<ContactId>(), record.actor) else { return };
        match record.kind.as_str() {
            "ordered" => {
                let order = record.data.get("order").cloned();
                if let Some(order) = order.and_then(|order| serde_json::from_value::<Order>(order).ok()) {
                    self.tell(contact, Told::Order { by, order });
                }
            }
            "began" => {
                tokio::spawn(self.clone().call_out(contact));
            }
            "wrapped-up" => {
                let piece = Piece::Contact(contact);
                self.switchboard.tell(Event::WrappedUp { operator: by, piece });
            }
            _ => {}
        }
    }
}
