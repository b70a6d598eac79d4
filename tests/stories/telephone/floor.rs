//! A supervisor changes who can do what, and which queue comes first, while callers wait.

use crate::called_on_both;
use stories::{Answers, Exchange, eventually};

const TWO: &str = "topics = []\n[[queues]]\nid = \"second\"\nname = \"Seconda\"\nlevel = \"front\"\ntopics = [\"fisco\"]\n\n\
                   [telephone]\n[[telephone.menus]]\nid = \"first\"\n[telephone.menus.ask]\nit = \"Scelga.\"\n\
                   [[telephone.menus.choices]]\ndigit = \"1\"\ngo = \"queue\"\nqueue = \"linea-amica\"\n\
                   [[telephone.menus.choices]]\ndigit = \"2\"\ngo = \"queue\"\nqueue = \"second\"\n";

const OFFICE: &str = "[[queues]]\nid = \"ufficio\"\nname = \"Ufficio\"\nlevel = \"back\"\nstructure = \"inps\"\n";

async fn post(exchange: &Exchange, browser: &reqwest::Client, path: &str, fields: &[(&str, &str)]) -> u16 {
    let url = exchange.server.url(path);
    let form = browser.get(&url).send().await.unwrap().text().await.unwrap();
    let seen =
        form.split_once("name=\"seen\" value=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0.to_owned();
    let mut fields: Vec<(&str, &str)> = fields.to_vec();
    fields.push(("seen", &seen));
    browser.post(&url).form(&fields).send().await.unwrap().status().as_u16()
}

/// How many wait in a queue, as the floor shows it.
async fn waits(exchange: &Exchange, queue: &str) {
    eventually("somebody waits", async || {
        let calls = db::call::live(exchange.centre.db().read()).await.unwrap();
        let waits = |call: &&db::call::Call| call.state == Some(model::call::CallState::Waiting);
        calls.iter().filter(waits).any(|call| call.queue.as_ref().is_some_and(|id| id.as_str() == queue)).then_some(())
    })
    .await;
}

called_on_both! {
    async fn whoever_waits_for_a_queue_that_nobody_serves_is_answered_once_somebody_does(exchange, TWO) {
        let ada = exchange.hire("ada").await;
        exchange.server.hire("elena", "supervisor");
        let elena = exchange.server.signed_in("elena").await;
        let path = format!("/desk/squadra/telefono/persone/{}", ada.id);
        assert_eq!(post(&exchange, &elena, &path, &[("queues", "linea-amica")]).await, 303);
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller is asked", async || caller.ear.hears_something_but(&[300.0]).then_some(())).await;
        caller.ear.press("2");
        waits(&exchange, "second").await;
        let able = [("queues", "linea-amica"), ("queues", "second"), ("skill", "fisco"), ("skill-level", "expert")];
        assert_eq!(post(&exchange, &elena, &path, &able).await, 303);
        eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
        let member = centre::staff::load(&exchange.centre, ada.id).await.unwrap().unwrap();
        assert_eq!((member.queues.len(), member.skills.len()), (2, 1));
        caller.hang_up();
    }

    async fn whoever_oversees_one_structure_puts_nobody_to_the_queues_of_others(exchange, OFFICE) {
        exchange.server.hire_with("ada", "back", &["--scope", "inps"]);
        exchange.server.hire_with("elena", "supervisor", &["--scope", "inps"]);
        let all = centre::staff::all(&exchange.centre).await.unwrap();
        let ada = all.into_iter().find(|(staff, _)| staff.login == "ada").unwrap().0.id;
        let elena = exchange.server.signed_in("elena").await;
        let path = format!("/desk/squadra/telefono/persone/{ada}");
        assert_eq!(post(&exchange, &elena, &path, &[("queues", "ufficio")]).await, 303);
        // Put to no queue, Ada would serve all.
        assert_eq!(post(&exchange, &elena, &path, &[("skill", "fisco"), ("skill-level", "expert")]).await, 422);
        let member = centre::staff::load(&exchange.centre, ada).await.unwrap().unwrap();
        assert_eq!((member.queues.len(), member.skills.len()), (1, 0));
    }

    async fn whose_roles_take_no_calls_is_offered_none(exchange, "") {
        exchange.server.hire_with("sara", "supervisor", &["--queue", "linea-amica"]);
        let typed = stories::TELEPHONE_PASSWORD;
        exchange.server.try_command(&["telephone", "account", "sara", "--password-stdin"], typed).unwrap();
        let all = centre::staff::all(&exchange.centre).await.unwrap();
        let sara = all.into_iter().find(|(staff, _)| staff.login == "sara").map(|(staff, _)| std::sync::Arc::new(staff));
        let _sara = exchange.telephone("sara", 520, Answers::AtOnce).await;
        exchange.ready(&sara.unwrap()).await;
        let ada = exchange.hire("ada").await;
        let _ada = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        // Whoever is ready for longer would have it.
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears an operator", async || {
            [440.0, 520.0].into_iter().any(|hertz| caller.ear.hears(hertz)).then_some(())
        })
        .await;
        assert!(caller.ear.hears(440.0));
    }

    async fn a_queue_of_high_priority_is_served_before_whoever_waited_longer(exchange, TWO) {
        let ada = exchange.hire("ada").await;
        exchange.server.hire("elena", "supervisor");
        let elena = exchange.server.signed_in("elena").await;
        let first = exchange.dial("+393335550117", 300.0);
        eventually("the first is asked", async || first.ear.hears_something_but(&[300.0]).then_some(())).await;
        first.ear.press("1");
        waits(&exchange, "linea-amica").await;
        let second = exchange.dial("+393335550118", 350.0);
        eventually("the second is asked", async || second.ear.hears_something_but(&[350.0]).then_some(())).await;
        second.ear.press("2");
        waits(&exchange, "second").await;
        let path = "/desk/squadra/telefono/code/second/servizio";
        let numbers = [("offer_s", "15"), ("wrap_up_s", "0"), ("own_operator_s", "20")];
        let wrong = [("priority", "high"), ("target_s", "presto"), numbers[0], numbers[1], numbers[2]];
        assert_eq!(post(&exchange, &elena, path, &wrong).await, 422);
        let high = [("priority", "high"), ("target_s", ""), numbers[0], numbers[1], numbers[2]];
        assert_eq!(post(&exchange, &elena, path, &high).await, 303);
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        // Rung at once, they are seen to be ready by nobody.
        exchange.wish(&ada, model::availability::Wish::Ready).await;
        let answered = eventually("somebody is answered", async || {
            let heard = [&first, &second].map(|caller| caller.ear.hears(440.0));
            heard.contains(&true).then_some(heard)
        })
        .await;
        assert_eq!(answered, [false, true], "whoever called last is answered first");
        second.hang_up();
        first.hang_up();
    }
}
