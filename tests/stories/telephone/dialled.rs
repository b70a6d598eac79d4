//! Numbers that operators dial on their own telephones.

use super::{ended, recording};
use crate::called_on_both;
use model::call::CallState;
use model::contact::{Direction, Outcome};
use model::user::Staff;
use std::sync::Arc;
use stories::{Answers, Baresip, Echo, Exchange, Speaks, TELEPHONE_PASSWORD, eventually};

/// An operator at their telephone, and a citizen whom the carrier reaches, who gives back what they hear.
struct Sits {
    ada: Arc<Staff>,
    telephone: Baresip,
    _citizen: Echo,
}

impl Sits {
    async fn at(exchange: &Exchange) -> Self {
        let speaks = Speaks { codec: "PCMA/8000/1", over_tls: None, encrypted: false };
        let citizen = Echo::answers("+393335550117", speaks).await;
        exchange.server.apply(
            "telephone",
            &format!("[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\n", citizen.port()),
        );
        let ada = exchange.hire("ada").await;
        let telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        Self { ada, telephone, _citizen: citizen }
    }

    async fn dials(&self, exchange: &Exchange, number: &str) {
        self.telephone.tell("dial", &format!("sip:{number}@{}", exchange.address())).await;
    }
}

called_on_both! {
    async fn an_operator_dials_a_citizen_and_both_are_heard(exchange, recording::RECORDED) {
        let sits = Sits::at(&exchange).await;
        sits.dials(&exchange, "3335550117").await;
        let contact = eventually("they talk", async || {
            let contact = exchange.contacts().await.first()?.contact.id;
            let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap()?;
            let talks = call.state == Some(CallState::Talking) && call.operator == Some(sits.ada.id);
            let long = call.since.is_some_and(|since| exchange.centre.now() - since > chrono::TimeDelta::seconds(4));
            (talks && long).then_some(contact)
        })
        .await;
        sits.telephone.tell("hangup", "").await;
        let stored = ended(&exchange).await;
        assert_eq!((stored.contact.id, stored.contact.direction), (contact, Direction::Outbound));
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        assert_eq!(stored.contact.operator, Some(sits.ada.id));
        assert_eq!(stored.words.from.as_deref(), Some("+393335550117"));
        let kept = recording::kept(&exchange, contact).await;
        for side in recording::channels(&exchange, &kept[0]).await {
            assert!(recording::most(&side, 440.0) > 0.5, "what the operator says goes there and comes back");
        }
        // Once it is written up, it is on a case of its own.
        let done = exchange.centre.work(centre::By::Staff(sits.ada.clone()), move |w| {
            Box::pin(async move { centre::call::wrap_up(w, contact, None).await })
        });
        done.await.unwrap();
        let case = exchange.contacts().await.first().unwrap().contact.case.unwrap();
        let stored = db::case::load(exchange.centre.db().read(), case).await.unwrap().unwrap();
        assert_eq!(stored.case.assignee, Some(sits.ada.id));
    }

    async fn a_telephone_that_may_not_call_a_number_is_told(exchange, "") {
        let sits = Sits::at(&exchange).await;
        sits.dials(&exchange, "+88165550117").await;
        eventually("it is told", async || sits.telephone.log().contains("403 ").then_some(())).await;
        assert_eq!(ended(&exchange).await.contact.outcome, Some(Outcome::Failed));
        // What is no number at all is no call, and no contact.
        sits.dials(&exchange, "nessuno").await;
        eventually("it is told", async || sits.telephone.log().contains("484 ").then_some(())).await;
        assert_eq!(exchange.contacts().await.len(), 1);
    }

    async fn a_telephone_whose_password_is_another_calls_nobody(exchange, "") {
        let sits = Sits::at(&exchange).await;
        let changed = exchange.server.try_command(&["telephone", "account", "ada", "--password-stdin"], "tutta-un'altra-parola");
        changed.unwrap();
        eventually("it is not registered any more", async || {
            let stands = centre::availability::of(&exchange.centre, sits.ada.id).await.unwrap();
            stands.device.is_none().then_some(())
        })
        .await;
        // What comes from there is of the trunk, which is at the same address, and has not dialled one of our numbers.
        sits.dials(&exchange, "3335550117").await;
        eventually("it is refused", async || sits.telephone.log().contains("404 ").then_some(())).await;
        assert!(exchange.contacts().await.is_empty());
        // It signs off by the password that it has.
        exchange.server.try_command(&["telephone", "account", "ada", "--password-stdin"], TELEPHONE_PASSWORD).unwrap();
    }
}
