//! A talk goes to somebody else: at once, after a word with them, or with all three speaking.

use super::ended;
use crate::called_on_both;
use centre::By;
use model::QueueId;
use model::availability::Standing;
use model::call::{BesideState, CallState, Order, Overseer, Oversight, Trouble, Whom};
use model::contact::Outcome;
use model::user::Staff;
use model::{ContactId, UserId};
use std::sync::Arc;
use stories::{Answers, Caller, Carrier, Exchange, eventually};

/// The talk that an operator has.
async fn talk_of(exchange: &Exchange, operator: &Staff) -> ContactId {
    eventually("the operator talks", async || {
        let calls = centre::call::live_of(&exchange.centre, operator.id).await.unwrap();
        calls.into_iter().find(|call| call.state == Some(CallState::Talking)).map(|call| call.contact)
    })
    .await
}

async fn call(exchange: &Exchange, contact: ContactId) -> db::call::Call {
    db::call::load(exchange.centre.db().read(), contact).await.unwrap().unwrap()
}

async fn hand(exchange: &Exchange, by: &Arc<Staff>, contact: ContactId, whom: Whom, first_ask: bool) {
    let wished = exchange.centre.work(By::Staff(by.clone()), move |w| {
        Box::pin(async move { centre::call::hand(w, contact, whom, first_ask).await })
    });
    wished.await.unwrap();
}

async fn order(exchange: &Exchange, by: &Arc<Staff>, contact: ContactId, order: Order) {
    let given = exchange
        .centre
        .work(By::Staff(by.clone()), move |w| Box::pin(async move { centre::call::order(w, contact, order).await }));
    given.await.unwrap();
}

async fn beside_is(exchange: &Exchange, contact: ContactId, state: Option<BesideState>) {
    eventually("somebody is beside the talk as they should", async || {
        (call(exchange, contact).await.beside.map(|beside| beside.state) == state).then_some(())
    })
    .await;
}

async fn hears(caller: &Caller, what: &str, hertz: f32) {
    eventually(what, async || caller.ear.hears(hertz).then_some(())).await;
}

async fn stands(exchange: &Exchange, operator: UserId) -> Standing {
    centre::availability::of(&exchange.centre, operator).await.unwrap().standing
}

called_on_both! {
    async fn a_colleague_is_asked_first_and_takes_over(exchange, "") {
        let (ada, bea) = (exchange.hire("ada").await, exchange.hire("bea").await);
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the first", 440.0).await;
        let _bea = exchange.telephone("bea", 520, Answers::AtOnce).await;
        exchange.ready(&bea).await;
        let contact = talk_of(&exchange, &ada).await;
        hand(&exchange, &ada, contact, Whom::Operator(bea.id), true).await;
        beside_is(&exchange, contact, Some(BesideState::Consulted)).await;
        eventually("the caller hears music", async || {
            caller.ear.hears_something_but(&[440.0, 520.0]).then_some(())
        })
        .await;
        assert_eq!(stands(&exchange, bea.id).await, Standing::Busy, "who is asked is in a talk");
        order(&exchange, &ada, contact, Order::HandOver).await;
        hears(&caller, "the caller hears the second", 520.0).await;
        let now = call(&exchange, contact).await;
        assert_eq!((now.operator, now.state, now.beside), (Some(bea.id), Some(CallState::Talking), None));
        assert!(now.held_s < 60);
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        assert_eq!(stored.contact.operator, Some(bea.id));
    }

    async fn whoever_was_asked_speaks_with_both_and_the_operator_leaves(exchange, "") {
        let (ada, bea) = (exchange.hire("ada").await, exchange.hire("bea").await);
        let mut telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the first", 440.0).await;
        let _bea = exchange.telephone("bea", 520, Answers::AtOnce).await;
        exchange.ready(&bea).await;
        let contact = talk_of(&exchange, &ada).await;
        hand(&exchange, &ada, contact, Whom::Operator(bea.id), true).await;
        beside_is(&exchange, contact, Some(BesideState::Consulted)).await;
        order(&exchange, &ada, contact, Order::Conference).await;
        eventually("the caller hears both", async || caller.ear.hears_all(&[440.0, 520.0]).then_some(())).await;
        order(&exchange, &ada, contact, Order::HangUp).await;
        hears(&caller, "the caller hears the second alone", 520.0).await;
        assert_eq!(call(&exchange, contact).await.operator, Some(bea.id));
        telephone.kill9();
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(bea.id));
    }

    async fn a_colleague_who_is_not_free_is_not_asked_and_the_talk_goes_on(exchange, "") {
        let (ada, bea) = (exchange.hire("ada").await, exchange.hire("bea").await);
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the operator", 440.0).await;
        let contact = talk_of(&exchange, &ada).await;
        for first_ask in [true, false] {
            hand(&exchange, &ada, contact, Whom::Operator(bea.id), first_ask).await;
            eventually("it is said why not", async || {
                let now = call(&exchange, contact).await;
                (now.trouble == Some(Trouble::NotFree) && now.beside.is_none()).then_some(())
            })
            .await;
        }
        hears(&caller, "the caller hears the operator still", 440.0).await;
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn a_call_goes_to_the_back_office_without_a_word(
        exchange,
        "\n[[queues]]\nid = \"esperti\"\nname = \"Esperti\"\nlevel = \"back\"\n"
    ) {
        let ada = exchange.hire("ada").await;
        let eva = exchange.hire_as("eva", "back").await;
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        let _eva = exchange.telephone("eva", 520, Answers::AtOnce).await;
        exchange.ready(&eva).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the front office", 440.0).await;
        let contact = talk_of(&exchange, &ada).await;
        hand(&exchange, &ada, contact, Whom::Queue(QueueId::new("esperti")), false).await;
        hears(&caller, "the caller hears the back office", 520.0).await;
        let now = call(&exchange, contact).await;
        assert_eq!((now.operator, now.queue), (Some(eva.id), Some(QueueId::new("esperti"))));
        assert_eq!(stands(&exchange, ada.id).await, Standing::WrapUp);
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(eva.id));
    }

    async fn a_caller_is_handed_on_to_a_number_outside(exchange, "") {
        let carrier = Carrier::start();
        exchange.server.apply("telephone", &format!(
            "[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\nnumbers = [\"06828881\"]\n",
            carrier.port()
        ));
        let ada = exchange.hire("ada").await;
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the operator", 440.0).await;
        let contact = talk_of(&exchange, &ada).await;
        hand(&exchange, &ada, contact, Whom::Outside("+881 6 555 0117".to_owned()), false).await;
        eventually("a satellite is not called", async || {
            (call(&exchange, contact).await.trouble == Some(Trouble::NotAllowed)).then_some(())
        })
        .await;
        hand(&exchange, &ada, contact, Whom::Outside("06 555 0123".to_owned()), false).await;
        // Whoever is outside says again what they hear.
        hears(&caller, "the caller hears themselves, from outside", 300.0).await;
        let stored = ended(&exchange).await;
        assert_eq!((stored.contact.outcome, stored.contact.operator), (Some(Outcome::Answered), Some(ada.id)));
        assert!(stored.contact.case.is_some());
        caller.hang_up();
    }

    async fn a_supervisor_listens_whispers_and_joins_and_the_operator_sees_it(
        exchange,
        "\n[telephone]\noversight = true\n"
    ) {
        let ada = exchange.hire("ada").await;
        let sara = exchange.hire_as("sara", "supervisor").await;
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        let _sara = exchange.telephone("sara", 700, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the operator", 440.0).await;
        let contact = talk_of(&exchange, &ada).await;
        let oversee = async |by: &Arc<Staff>, how: Option<Oversight>| {
            let wished = exchange.centre.work(By::Staff(by.clone()), move |w| {
                Box::pin(async move { centre::call::oversee(w, contact, how).await })
            });
            wished.await
        };
        oversee(&ada, Some(Oversight::Listen)).await.unwrap_err();
        oversee(&sara, Some(Oversight::Join)).await.unwrap();
        eventually("the caller hears both", async || caller.ear.hears_all(&[440.0, 700.0]).then_some(())).await;
        let seen = call(&exchange, contact).await.overseer;
        assert_eq!(seen, Some(Overseer { who: sara.id, how: Oversight::Join }));
        for how in [Oversight::Whisper, Oversight::Listen] {
            oversee(&sara, Some(how)).await.unwrap();
            hears(&caller, "the caller hears the operator alone", 440.0).await;
        }
        oversee(&sara, None).await.unwrap();
        eventually("nobody oversees the talk", async || {
            call(&exchange, contact).await.overseer.is_none().then_some(())
        })
        .await;
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn where_the_service_does_not_let_them_nobody_listens(exchange, "") {
        let ada = exchange.hire("ada").await;
        let sara = exchange.hire_as("sara", "supervisor").await;
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let _caller = exchange.dial("+393335550117", 300.0);
        let contact = talk_of(&exchange, &ada).await;
        let wished = exchange.centre.work(By::Staff(sara.clone()), move |w| {
            Box::pin(async move { centre::call::oversee(w, contact, Some(Oversight::Listen)).await })
        });
        wished.await.unwrap_err();
        assert_eq!(call(&exchange, contact).await.overseer, None);
    }
}
