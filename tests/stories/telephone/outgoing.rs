//! Calling a citizen.

use super::ended_of;
use crate::called_on_both;
use centre::By;
use model::call::{CallState, EndCause, Order};
use model::contact::{Direction, Outcome};
use model::user::Staff;
use model::{CaseId, ContactId, UserId};
use std::sync::Arc;
use stories::{Answers, Baresip, Carrier, Exchange, Raw, eventually};

/// An operator at their telephone, a case to call from, and a carrier that carries it.
struct Begun {
    ada: Arc<Staff>,
    telephone: Baresip,
    case: CaseId,
    _carrier: Carrier,
}

impl Begun {
    async fn at(exchange: &Exchange) -> Self {
        let carrier = Carrier::start();
        exchange.server.apply(
            "telephone",
            &format!(
                "[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\nnumbers = [\"06828881\"]\n",
                carrier.port()
            ),
        );
        let ada = exchange.hire("ada").await;
        let telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let letter = stories::letter("gina@posta.example", "Mi chiami, per favore.");
        let accepted = exchange.centre.work(By::Citizen, move |w| Box::pin(centre::intake::accept(w, letter)));
        let case = accepted.await.unwrap().case;
        Self { ada, telephone, case, _carrier: carrier }
    }

    async fn calls(&self, exchange: &Exchange, number: &'static str) -> ContactId {
        let case = self.case;
        let called = exchange.centre.work(By::Staff(self.ada.clone()), move |w| {
            Box::pin(async move { centre::call::call_out(w, case, number).await })
        });
        called.await.unwrap()
    }
}

async fn stands(exchange: &Exchange, contact: ContactId, state: CallState) -> db::call::Call {
    eventually("the call stands there", async || {
        let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap()?;
        (call.state == Some(state)).then_some(call)
    })
    .await
}

called_on_both! {
    async fn an_operator_calls_a_citizen_from_a_case(exchange, "") {
        let begun = Begun::at(&exchange).await;
        let contact = begun.calls(&exchange, "333 555 0117").await;
        stands(&exchange, contact, CallState::Talking).await;
        let order = exchange.centre.work(By::Staff(begun.ada.clone()), move |w| {
            Box::pin(async move { centre::call::order(w, contact, Order::HangUp).await })
        });
        order.await.unwrap();
        let stored = ended_of(&exchange, contact).await;
        assert_eq!(stored.contact.direction, Direction::Outbound);
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        assert_eq!(stored.contact.case, Some(begun.case));
        assert_eq!(stored.words.from.as_deref(), Some("+393335550117"));
    }

    async fn whoever_loses_their_line_while_they_call_a_citizen_writes_it_up_all_the_same(exchange, "") {
        let mut begun = Begun::at(&exchange).await;
        let contact = begun.calls(&exchange, "333 555 0117").await;
        stands(&exchange, contact, CallState::Talking).await;
        begun.telephone.kill9();
        assert_eq!(ended_of(&exchange, contact).await.contact.outcome, Some(Outcome::Answered));
        let call = stands(&exchange, contact, CallState::WrapUp).await;
        assert_eq!((call.cause, call.operator), (Some(EndCause::Lost), Some(begun.ada.id)));
    }

    async fn whoever_hangs_up_at_the_desk_while_it_rings_calls_nobody(exchange, "") {
        let begun = Begun::at(&exchange).await;
        let carrier = Raw::open(exchange.address()).await;
        exchange.server.apply(
            "telephone",
            &format!("[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"{}\"\n", carrier.address()),
        );
        let contact = begun.calls(&exchange, "333 555 0117").await;
        let invite = carrier.hears("INVITE").await;
        carrier.answers(&invite, "180 Ringing", "lontano", "", "").await;
        let browser = exchange.server.signed_in("ada").await;
        let hung_up = browser.post(exchange.server.url(&format!("/desk/chiamata/{contact}/hang-up"))).send().await.unwrap();
        assert_eq!(hung_up.status(), 303);
        carrier.hears("CANCEL").await;
        assert_eq!(ended_of(&exchange, contact).await.contact.outcome, Some(Outcome::NoAnswer));
        let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap().unwrap();
        assert_eq!(call.cause, Some(EndCause::Operator));
    }

    async fn a_number_that_may_not_be_called_is_not(exchange, "") {
        let begun = Begun::at(&exchange).await;
        let contact = begun.calls(&exchange, "+881 6 555 0117").await;
        let stored = ended_of(&exchange, contact).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Failed));
        assert_eq!(stored.contact.answered_at, None);
    }

    async fn nobody_calls_outside_all_day(exchange, "") {
        let begun = Begun::at(&exchange).await;
        for _ in 0..300 {
            centre::call::count_out(&exchange.centre, begun.ada.id).await.unwrap();
        }
        let contact = begun.calls(&exchange, "333 555 0117").await;
        assert_eq!(ended_of(&exchange, contact).await.contact.outcome, Some(Outcome::Failed));
        centre::call::count_out(&exchange.centre, UserId(4_711)).await.unwrap();
    }
}
