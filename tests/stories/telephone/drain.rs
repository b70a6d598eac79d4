//! A program that is told to stop while somebody speaks.

use crate::called_on_both;
use model::call::EndCause;
use model::contact::Outcome;
use stories::{Answers, Caller, Exchange, eventually};

/// Two who speak with each other, in a program that was told to stop.
async fn told_to_stop(exchange: &Exchange) -> (Caller, stories::Baresip) {
    let ada = exchange.hire("ada").await;
    let telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
    exchange.ready(&ada).await;
    let caller = exchange.dial("+393335550117", 300.0);
    eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
    exchange.server.signal("TERM");
    eventually("the program takes no new calls", async || exchange.server.log().contains("no new calls").then_some(()))
        .await;
    let refused = exchange.dial("+393335550118", 350.0);
    eventually("a new call is refused", async || refused.status()).await;
    assert_eq!((refused.status(), refused.retry_after()), (Some(503), Some(60)));
    let said_until = caller.ear.sent() + 60;
    eventually("they talk on", async || (caller.ear.sent() > said_until).then_some(())).await;
    assert!(caller.ear.hears(440.0) && !caller.is_over());
    (caller, telephone)
}

/// The one call, once the program has ended.
async fn left(exchange: &Exchange) -> (model::contact::Contact, centre::call::Call) {
    let contacts = exchange.contacts().await;
    assert_eq!(contacts.len(), 1, "what was refused is no contact");
    let contact = contacts[0].contact.clone();
    let call = db::call::load(exchange.centre.db().read(), contact.id).await.unwrap().unwrap();
    (contact, call)
}

called_on_both! {
    async fn it_goes_when_the_talk_is_over(exchange, "") {
        let (caller, _telephone) = told_to_stop(&exchange).await;
        caller.hang_up();
        eventually("the program has ended", async || (!exchange.server.runs()).then_some(())).await;
        assert!(exchange.server.stop(), "{}", exchange.server.log());
        let (contact, call) = left(&exchange).await;
        assert_eq!((contact.outcome, call.cause), (Some(Outcome::Answered), Some(EndCause::Caller)));
        assert!(contact.answered_at < contact.ended_at);
        // The next one answers at once: nobody has to be waited for.
        exchange.server.run().await;
        let again = exchange.dial("+393335550119", 300.0);
        eventually("the next one answers", async || again.status()).await;
        assert_eq!(again.status(), Some(200));
    }

    async fn told_a_second_time_it_parts_those_who_speak(exchange, "") {
        let (caller, _telephone) = told_to_stop(&exchange).await;
        exchange.server.signal("TERM");
        eventually("the caller is parted", async || caller.is_over().then_some(())).await;
        eventually("the program has ended", async || (!exchange.server.runs()).then_some(())).await;
        assert!(exchange.server.stop(), "{}", exchange.server.log());
        let (contact, call) = left(&exchange).await;
        assert_eq!((contact.outcome, call.cause), (Some(Outcome::Answered), Some(EndCause::Stopped)));
    }
}
