//! Citizens who are to be called back: routing is told of them, and their calls begin when an operator is found.

use super::Exchange;
use crate::call::{Call, Waits};
use centre::By;
use centre::routing::{Event, Piece};
use chrono::{DateTime, Utc};
use model::{ContactId, UserId};
use std::sync::Arc;
use tokio::sync::mpsc;

impl Exchange {
    /// Tells routing of everybody who waits to be called back, and whom it does not know: at the beginning that is all of
    /// them, later whoever was sent away from a queue that was closed or full.
    pub(super) async fn remember_promises(&self) {
        let is_new = |contact| self.switchboard.look(|state| state.piece(Piece::Contact(contact)).is_none());
        let promised = match centre::call::promised(&self.centre, is_new).await {
            Ok(promised) => promised,
            Err(error) => return tracing::warn!(%error, "cannot look for whom to call back"),
        };
        for promised in promised {
            let piece = Piece::Contact(promised.contact.id);
            let contact = &promised.contact;
            let waits = Waits {
                contact: contact.id,
                service: &contact.service,
                queue: &promised.queue,
                topic: contact.topic.as_ref(),
                language: contact.language.as_deref(),
                since: contact.queued_at.unwrap_or(contact.started_at),
            };
            let work = waits.work(&self.centre).await;
            self.switchboard.tell(Event::Waits { piece, work });
        }
    }

    /// Routing offers something to an operator that no call of ours is about: somebody to be called back, or nobody.
    pub(crate) fn offer_back(self: &Arc<Self>, contact: ContactId, operator: UserId, until: DateTime<Utc>) {
        let (tell, told) = mpsc::unbounded_channel();
        self.enrol(contact, tell);
        let exchange = self.clone();
        tokio::spawn(async move {
            match centre::call::wanted_back(&exchange.centre, contact, operator).await {
                Ok(Some(wanted)) => {
                    if let Some((call, told)) = Call::back(&exchange, wanted, until, told).await {
                        call.run(told).await;
                    }
                }
                Ok(None) => exchange.nobody_is_offered(contact),
                Err(error) => {
                    tracing::error!(%error, contact.id = %contact, "a citizen is not called back");
                    exchange.nobody_is_offered(contact);
                }
            }
        });
    }

    fn nobody_is_offered(&self, contact: ContactId) {
        self.strike(contact);
        self.switchboard.tell(Event::Gone { piece: Piece::Contact(contact) });
    }

    /// Writes down that a caller is to be called back; the contact that it will be.
    pub(crate) async fn promise(&self, caller: ContactId, promise: centre::call::Promise) -> centre::Result<ContactId> {
        self.centre.work(By::System, move |w| Box::pin(centre::call::promise(w, caller, promise))).await
    }
}
