//! Whoever does not want to wait is called back, from the place that they had.

use crate::called_on_both;
use centre::By;
use model::call::CallState;
use model::contact::{Direction, Outcome};
use stories::{Answers, Carrier, Exchange, eventually};

/// A caller waits, who is not to be called back.
async fn waits(exchange: &Exchange) {
    eventually("the caller waits", async || {
        let calls = db::call::live(exchange.centre.db().read()).await.unwrap();
        calls.iter().any(|call| call.state == Some(CallState::Waiting) && call.tries.is_none()).then_some(())
    })
    .await;
}

/// A caller who waits asks to be called back at the number that they call from.
async fn asks(exchange: &Exchange, from: &str) {
    let caller = exchange.dial(from, 300.0);
    waits(exchange).await;
    caller.ear.press("51");
    eventually("the caller is promised it, and parted", async || caller.is_over().then_some(())).await;
    let outcome = eventually("the call is written down", async || {
        let contacts = exchange.contacts().await;
        contacts.into_iter().find_map(|stored| stored.contact.outcome)
    })
    .await;
    assert_eq!(outcome, Outcome::Callback);
}

async fn called_back(exchange: &Exchange) -> db::contact::Stored {
    eventually("the citizen is called back", async || {
        let contacts = exchange.contacts().await;
        let back = contacts.into_iter().find(|stored| stored.contact.direction == Direction::Outbound);
        back.filter(|stored| stored.contact.answered_at.is_some())
    })
    .await
}

fn trunk(carrier: &Carrier) -> String {
    format!("[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\n", carrier.port())
}

called_on_both! {
    async fn a_caller_is_called_back_and_keeps_the_place(exchange, "") {
        let carrier = Carrier::start();
        exchange.server.apply("telephone", &trunk(&carrier));
        let ada = exchange.hire("ada").await;
        asks(&exchange, "+393335550117").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.wish(&ada, model::availability::Wish::Ready).await;
        let back = called_back(&exchange).await;
        assert_eq!(back.words.from.as_deref(), Some("+393335550117"));
        assert_eq!(back.contact.operator, Some(ada.id));
        let contacts = exchange.contacts().await;
        let asked = contacts.iter().find(|stored| stored.contact.direction == Direction::Inbound).unwrap();
        assert_eq!(back.contact.queued_at, asked.contact.queued_at, "the place is that of the caller");
    }

    async fn a_promise_outlives_the_program(exchange, "") {
        let carrier = Carrier::start();
        exchange.server.apply("telephone", &trunk(&carrier));
        let ada = exchange.hire("ada").await;
        asks(&exchange, "+393335550117").await;
        exchange.server.kill9();
        exchange.server.run().await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.wish(&ada, model::availability::Wish::Ready).await;
        assert_eq!(called_back(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn a_promise_outlives_the_closing_of_its_queue(exchange, "") {
        let carrier = Carrier::start();
        exchange.server.apply("telephone", &trunk(&carrier));
        let ada = exchange.hire("ada").await;
        exchange.server.hire("elena", "supervisor");
        let elena = exchange.server.signed_in("elena").await;
        asks(&exchange, "+393335550117").await;
        let queue = "/desk/squadra/telefono/code/linea-amica";
        for (path, form) in [("chiudi", &[("message-it", "Siamo chiusi."), ("reason", "alert")][..]), ("riapri", &[])] {
            let url = exchange.server.url(&format!("{queue}/{path}"));
            let form = form.iter().fold(reqwest::multipart::Form::new(), |all, (name, value)| all.text(*name, *value));
            assert_eq!(elena.post(url).multipart(form).send().await.unwrap().status(), 303, "{path}");
        }
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.wish(&ada, model::availability::Wish::Ready).await;
        assert_eq!(called_back(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn whom_nothing_carries_a_call_to_is_called_when_something_does(exchange, "") {
        let ada = exchange.hire("ada").await;
        asks(&exchange, "+393335550117").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.wish(&ada, model::availability::Wish::Ready).await;
        // No operator is rung for it, and it is no try of the citizen's.
        let promised = async || {
            let calls = db::call::live(exchange.centre.db().read()).await.unwrap();
            calls.into_iter().find(|call| call.tries.is_some()).unwrap()
        };
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550118", 300.0);
        eventually("the operator is there for others", async || caller.ear.hears(440.0).then_some(())).await;
        let waits = promised().await;
        assert_eq!((waits.tries, waits.state, waits.operator), (Some(0), Some(CallState::Waiting), None));
    }

    async fn a_number_is_not_promised_it_again_and_again(exchange, "") {
        asks(&exchange, "+393335550117").await;
        let contacts = exchange.contacts().await;
        let asked = contacts.iter().find(|stored| stored.contact.direction == Direction::Inbound).unwrap().contact.id;
        let ask = async |number: &str| {
            let promise = centre::call::Promise {
                number: number.to_owned(),
                queue: model::QueueId::new("linea-amica"),
                topic: None,
                language: "it".to_owned(),
            };
            let asks = exchange.centre.work(By::System, move |w| Box::pin(centre::call::promise(w, asked, promise)));
            asks.await
        };
        for _ in 0..2 {
            ask("+393335550117").await.unwrap();
        }
        let refused = ask("+393335550117").await.unwrap_err();
        assert!(matches!(refused, centre::Error::TooMany(_)), "{refused}");
        // Nor does whoever calls make others' telephones ring, one after another.
        ask("+393335550118").await.unwrap();
        ask("+393335550119").await.unwrap();
        assert!(matches!(ask("+393335550120").await.unwrap_err(), centre::Error::TooMany(_)));
    }

    async fn a_citizen_who_does_not_answer_is_called_again_later(exchange, "") {
        // Nobody answers there.
        let nobody = stories::free_port();
        exchange.server.apply("telephone", &format!(
            "[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{nobody}\"\ntransport = \"tcp\"\n"
        ));
        let ada = exchange.hire("ada").await;
        asks(&exchange, "+393335550117").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.wish(&ada, model::availability::Wish::Ready).await;
        eventually("the try is counted, and the citizen waits on", async || {
            let calls = db::call::live(exchange.centre.db().read()).await.unwrap();
            let waits = |call: &&db::call::Call| call.tries == Some(1) && call.state == Some(CallState::Waiting);
            calls.iter().find(waits).map(drop)
        })
        .await;
    }
}
