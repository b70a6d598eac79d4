//! Bad networks, and lines that die.

use super::ended;
use super::recording::{RECORDED, channels, kept, most};
use crate::called_on_both;
use model::availability::Standing;
use model::contact::Outcome;
use stories::{Answers, Caller, Ear, NUMBER, Relay, eventually};

called_on_both! {
    async fn two_hear_each_other_over_a_network_that_loses_and_shuffles(exchange, RECORDED) {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let ear = Ear::open(300.0);
        let relay = Relay::before(ear.port());
        let caller = Caller::dial_with(exchange.address(), NUMBER, "+393335550117", ear, relay.port());
        eventually("the caller hears the operator", async || caller.ear.hears(450.0).then_some(())).await;
        let (lost, talked_until) = (relay.lost(), caller.ear.sent() + 150);
        eventually("they talk on", async || (caller.ear.sent() > talked_until).then_some(())).await;
        assert!(relay.lost() >= lost + 20 && caller.ear.hears(450.0));
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        let recordings = kept(&exchange, stored.contact.id).await;
        let [left, _] = channels(&exchange, &recordings[0]).await;
        assert!(most(&left, 300.0) > 0.6, "the caller was heard");
    }

    async fn a_caller_whose_line_dies_does_not_keep_the_operator(exchange, "") {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || caller.ear.hears(450.0).then_some(())).await;
        caller.die();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        eventually("the operator writes the call up", async || {
            let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
            (stands.standing == Standing::WrapUp).then_some(())
        })
        .await;
    }
}
