//! Waiting, and being answered.

use super::ended;
use crate::called_on_both;
use model::availability::Standing;
use model::call::CallState;
use model::contact::Outcome;
use model::event::Subject;
use stories::{Answers, eventually};

/// A menu whose one choice is another service's.
const OTHER: &str = "\n[telephone]\n[[telephone.menus]]\nid = \"main\"\nask.it = \"Per l'Abruzzo, prema 1.\"\n\
    [[telephone.menus.choices]]\ndigit = \"1\"\nlabel = { it = \"Abruzzo\" }\ngo = \"service:abruzzo\"\n";
const ABRUZZO: &str = "id = \"abruzzo\"\nname = \"Abruzzo\"\nlanguages = [\"it\"]\n\n[calendar]\nzone = \"Europe/Rome\"\n\
    holidays = \"none\"\n[calendar.week]\nmon = [\"0-24\"]\ntue = [\"0-24\"]\nwed = [\"0-24\"]\nthu = [\"0-24\"]\n\
    fri = [\"0-24\"]\nsat = [\"0-24\"]\nsun = [\"0-24\"]\n\n\
    [[queues]]\nid = \"abruzzo\"\nname = \"Abruzzo\"\nlevel = \"front\"\n";

called_on_both! {
    async fn a_caller_and_an_operator_hear_each_other(exchange, "") {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
        let call = eventually("they talk", async || {
            let calls = centre::call::live_of(&exchange.centre, ada.id).await.unwrap();
            calls.into_iter().find(|call| call.state == Some(CallState::Talking))
        })
        .await;
        let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
        assert_eq!(stands.standing, Standing::Busy);
        // A supervisor sees it.
        exchange.server.hire("elena", "supervisor");
        let elena = exchange.server.signed_in("elena").await;
        let floor = elena.get(exchange.server.url("/desk/squadra/telefono")).send().await.unwrap();
        assert_eq!(floor.status(), 200);
        let floor = floor.text().await.unwrap();
        assert!(floor.contains("ada") && floor.contains("Linea Amica"), "{floor}");
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.id, call.contact);
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        assert_eq!(stored.contact.operator, Some(ada.id));
        assert!(stored.contact.queued_at <= stored.contact.answered_at);
        // The operator writes it up, and is ready again when they say so.
        let id = stored.contact.id;
        eventually("the operator writes the call up", async || {
            let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
            (stands.standing == Standing::WrapUp).then_some(())
        })
        .await;
        let by = centre::By::Staff(ada.clone());
        let done = exchange.centre.work(by, move |w| Box::pin(centre::call::wrap_up(w, id, Some("info".to_owned()))));
        done.await.unwrap();
        eventually("the operator is ready again", async || {
            let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
            (stands.standing == Standing::Ready).then_some(())
        })
        .await;
        // A talk that was put on no case has opened one, which is in the hands of whoever spoke.
        let stored = exchange.contacts().await.pop().unwrap();
        let case = db::case::load(exchange.centre.db().read(), stored.contact.case.unwrap()).await.unwrap().unwrap();
        assert_eq!(case.case.assignee, Some(ada.id));
    }
}

called_on_both! {
    async fn a_telephone_that_dies_in_a_talk_is_called_again_when_it_is_back(exchange, "") {
        let ada = exchange.hire("ada").await;
        let mut telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
        telephone.kill9();
        eventually("the caller waits again", async || {
            let contact = exchange.contacts().await.pop()?.contact.id;
            let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap()?;
            (call.state == Some(CallState::Waiting)).then_some(())
        })
        .await;
        eventually("nobody counts on the operator", async || {
            let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
            (stands.standing == Standing::Off).then_some(())
        })
        .await;
        let _telephone = exchange.telephone("ada", 520, Answers::AtOnce).await;
        eventually("the caller hears the operator again", async || caller.ear.hears(520.0).then_some(())).await;
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
    }

    async fn a_telephone_that_refuses_is_rung_once_and_another_operator_answers(exchange, "") {
        let (ada, bea) = (exchange.hire("ada").await, exchange.hire("bea").await);
        let _refuses = exchange.telephone("ada", 440, Answers::Refuses).await;
        let _answers = exchange.telephone("bea", 520, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the operator is in pause", async || {
            let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
            (stands.standing == Standing::Pause).then_some(())
        })
        .await;
        exchange.wish(&bea, model::availability::Wish::Ready).await;
        eventually("the caller hears the other", async || caller.ear.hears(520.0).then_some(())).await;
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.operator, Some(bea.id));
        let events = stories::log(exchange.centre.db()).await;
        let refused = events.iter().filter(|event| event.subject == Subject::Call && event.kind == "unanswered");
        assert_eq!(refused.count(), 1);
    }

    async fn a_caller_who_chooses_another_service_is_its(exchange, OTHER) {
        exchange.server.apply("service", ABRUZZO);
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller is asked", async || caller.ear.hears_something_but(&[300.0]).then_some(())).await;
        caller.ear.press("1");
        eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.service.as_str(), "abruzzo");
        assert_eq!(stored.contact.operator, Some(ada.id));
    }

    async fn a_caller_gives_the_talk_a_mark(exchange, "\n[telephone]\nsurvey = true\n") {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
        let contact = exchange.contacts().await.pop().unwrap().contact.id;
        let order = exchange.centre.work(centre::By::Staff(ada.clone()), move |w| {
            Box::pin(async move { centre::call::order(w, contact, model::call::Order::HangUp).await })
        });
        order.await.unwrap();
        eventually("the caller is asked for a mark", async || {
            caller.ear.hears_something_but(&[300.0, 440.0]).then_some(())
        })
        .await;
        caller.ear.press("4");
        eventually("the mark is kept", async || {
            let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap()?;
            (call.mark == Some(4)).then_some(())
        })
        .await;
        eventually("the caller is parted", async || caller.is_over().then_some(())).await;
    }
}
