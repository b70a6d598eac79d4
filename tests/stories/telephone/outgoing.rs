//! Calling a citizen.

use crate::called_on_both;
use centre::By;
use model::call::{CallState, Order};
use model::contact::{Direction, Outcome};
use stories::{Answers, Carrier, eventually};

called_on_both! {
    async fn an_operator_calls_a_citizen_from_a_case(exchange, "") {
        let carrier = Carrier::start();
        exchange.server.apply("telephone", &format!(
            "[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\nnumbers = [\"06828881\"]\n",
            carrier.port()
        ));
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let by = || By::Staff(ada.clone());
        let letter = stories::letter("gina@posta.example", "Mi chiami, per favore.");
        let accepted = exchange.centre.work(By::Citizen, move |w| Box::pin(centre::intake::accept(w, letter)));
        let case = accepted.await.unwrap().case;
        let called = exchange.centre.work(by(), move |w| {
            Box::pin(async move { centre::call::call_out(w, case, "333 555 0117").await })
        });
        let contact = called.await.unwrap();
        eventually("they talk", async || {
            let calls = centre::call::live_of(&exchange.centre, ada.id).await.unwrap();
            calls.into_iter().find(|call| call.contact == contact && call.state == Some(CallState::Talking))
        })
        .await;
        let order = exchange.centre.work(by(), move |w| {
            Box::pin(async move { centre::call::order(w, contact, Order::HangUp).await })
        });
        order.await.unwrap();
        let stored = eventually("the call is written down", async || {
            let stored = db::contact::load(exchange.centre.db().read(), contact).await.unwrap().unwrap();
            stored.contact.ended_at.is_some().then_some(stored)
        })
        .await;
        assert_eq!(stored.contact.direction, Direction::Outbound);
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        assert_eq!(stored.contact.case, Some(case));
        assert_eq!(stored.words.from.as_deref(), Some("+393335550117"));
    }

    async fn a_number_that_may_not_be_called_is_not(exchange, "") {
        let carrier = Carrier::start();
        exchange.server.apply("telephone", &format!(
            "[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\n", carrier.port()
        ));
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let letter = stories::letter("gina@posta.example", "Mi chiami, per favore.");
        let accepted = exchange.centre.work(By::Citizen, move |w| Box::pin(centre::intake::accept(w, letter)));
        let case = accepted.await.unwrap().case;
        let called = exchange.centre.work(By::Staff(ada.clone()), move |w| {
            Box::pin(async move { centre::call::call_out(w, case, "+881 6 555 0117").await })
        });
        let contact = called.await.unwrap();
        let stored = eventually("the call comes to nothing", async || {
            let stored = db::contact::load(exchange.centre.db().read(), contact).await.unwrap().unwrap();
            stored.contact.ended_at.is_some().then_some(stored)
        })
        .await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Failed));
        assert_eq!(stored.contact.answered_at, None);
    }
}
