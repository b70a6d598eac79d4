//! What is counted of calls: for whoever watches over the program while they go on, and in the report afterwards.

use super::ended;
use crate::called_on_both;
use model::call::{CallState, Order};
use model::contact::Outcome;
use serde_json::Value;
use stories::{Answers, Exchange, Server, eventually};

/// The figures of `/metrics` by their names and labels.
async fn figures(server: &Server) -> std::collections::HashMap<String, f64> {
    let text = reqwest::get(server.url("/metrics")).await.unwrap().text().await.unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
        .collect()
}

/// Waits until somebody is at a call that stands so.
async fn stands(exchange: &Exchange, who: model::UserId, state: CallState) -> model::ContactId {
    eventually("the call stands so", async || {
        let calls = centre::call::live_of(&exchange.centre, who).await.unwrap();
        calls.into_iter().find(|call| call.state == Some(state)).map(|call| call.contact)
    })
    .await
}

async fn order(exchange: &Exchange, who: &std::sync::Arc<model::user::Staff>, contact: model::ContactId, order: Order) {
    let done = exchange.centre.work(centre::By::Staff(who.clone()), move |w| {
        Box::pin(async move { centre::call::order(w, contact, order).await })
    });
    done.await.unwrap();
}

called_on_both! {
    async fn whoever_watches_sees_calls_as_they_go_on(exchange, "") {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let talks = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || talks.ear.hears(440.0).then_some(())).await;
        let waits = exchange.dial("+393335550118", 350.0);
        let all = eventually("all of it is to be seen", async || {
            let all = figures(&exchange.server).await;
            let waits = all.get("telephone_longest_wait_seconds{queue=\"linea-amica\"}").is_some_and(|wait| *wait > 0.0);
            (waits && all["telephone_calls{state=\"waiting\"}"] > 0.0).then_some(all)
        })
        .await;
        for (name, value) in [
            ("telephone_answered_here", 1.0),
            ("telephone_calls{state=\"talking\"}", 1.0),
            ("telephone_calls{state=\"waiting\"}", 1.0),
            ("telephone_calls{state=\"menu\"}", 0.0),
            ("telephone_waiting{queue=\"linea-amica\"}", 1.0),
            ("telephone_operators{standing=\"busy\"}", 1.0),
            ("telephone_operators{standing=\"ready\"}", 0.0),
            ("telephone_registrations{device=\"telephone\"}", 1.0),
            ("telephone_registrations{device=\"softphone\"}", 0.0),
            ("telephone_offers_total", 1.0),
            ("telephone_recordings_waiting", 0.0),
            ("telephone_banned_sources", 0.0),
        ] {
            assert_eq!(all.get(name), Some(&value), "{name}: {all:?}");
        }
        let passed = |direction: &str| all[&format!("telephone_rtp_packets_total{{direction=\"{direction}\"}}")];
        assert!(passed("received") > 50.0 && passed("sent") > 50.0, "{all:?}");
        // Whoever stands by has no figures of a telephone that is another's.
        let second = exchange.another().await;
        let theirs = figures(&second).await;
        assert_eq!(theirs.get("telephone_answered_here"), Some(&0.0));
        assert!(!theirs.keys().any(|name| name.starts_with("telephone_calls")), "{theirs:?}");
        talks.hang_up();
        waits.hang_up();
        eventually("nobody calls any more", async || {
            let all = figures(&exchange.server).await;
            let none = ["waiting", "talking"].iter().all(|state| all[&format!("telephone_calls{{state=\"{state}\"}}")] == 0.0);
            (none && all["telephone_waiting{queue=\"linea-amica\"}"] == 0.0).then_some(())
        })
        .await;
    }

    async fn an_offer_that_is_refused_is_counted(exchange, "") {
        let ada = exchange.hire("ada").await;
        let _refuses = exchange.telephone("ada", 440, Answers::Refuses).await;
        exchange.ready(&ada).await;
        let _caller = exchange.dial("+393335550117", 300.0);
        eventually("it is counted", async || {
            (figures(&exchange.server).await.get("telephone_offers_unanswered_total") == Some(&1.0)).then_some(())
        })
        .await;
    }

    async fn the_report_tells_of_calls_as_they_were(exchange, "codes = [{ id = \"info\", names = { it = \"Informato\" } }]\n") {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        let abandoned = exchange.dial("+393335550116", 300.0);
        eventually("the caller waits", async || exchange.contacts().await.first()?.contact.queued_at).await;
        abandoned.hang_up();
        assert_eq!(ended(&exchange).await.contact.outcome, Some(Outcome::Abandoned));
        exchange.ready(&ada).await;
        for from in ["+393335550117", "+393335550118"] {
            let caller = exchange.dial(from, 300.0);
            eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
            let contact = stands(&exchange, ada.id, CallState::Talking).await;
            order(&exchange, &ada, contact, Order::Hold).await;
            stands(&exchange, ada.id, CallState::Held).await;
            let held_until = caller.ear.sent() + 60;
            eventually("the caller waits on hold", async || (caller.ear.sent() > held_until).then_some(())).await;
            order(&exchange, &ada, contact, Order::Resume).await;
            stands(&exchange, ada.id, CallState::Talking).await;
            caller.hang_up();
            let contact = stands(&exchange, ada.id, CallState::WrapUp).await;
            let by = centre::By::Staff(ada.clone());
            let code = Some("info".to_owned());
            exchange.centre.work(by, move |w| Box::pin(centre::call::wrap_up(w, contact, code))).await.unwrap();
            let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap().unwrap();
            assert_eq!((call.code.as_deref(), call.held_s >= 1), (Some("info"), true), "{call:?}");
            assert!(call.wrap_up_s.is_some());
            eventually("the operator is ready again", async || {
                let stands = centre::availability::of(&exchange.centre, ada.id).await.unwrap();
                (stands.standing == model::availability::Standing::Ready).then_some(())
            })
            .await;
        }

        let today = exchange.centre.now().date_naive();
        let (from, to) = (today.pred_opt().unwrap().to_string(), (today + chrono::Days::new(2)).to_string());
        let report = exchange.server.try_command(&["report", "--from", &from, "--to", &to], "").unwrap();
        let report: Value = serde_json::from_str(&report).unwrap();
        let phone = &report["phone"];
        assert_eq!((&phone["offered"], &phone["answered"], &phone["abandoned"]), (&3.into(), &2.into(), &1.into()), "{report}");
        let contacts: Vec<_> = exchange.contacts().await.into_iter().map(|stored| stored.contact).collect();
        let seconds = |of: chrono::TimeDelta| of.num_microseconds().unwrap() as f64 / 1e6;
        let answered = || contacts.iter().filter_map(|one| Some((one.queued_at?, one.answered_at?, one.ended_at?)));
        let waits: Vec<f64> = answered().map(|(queued, answered, _)| seconds(answered - queued)).collect();
        let talks: Vec<f64> = answered().map(|(_, answered, ended)| seconds(ended - answered)).collect();
        let within = |most: f64| waits.iter().filter(|wait| **wait <= most).count() as f64 / 3.0;
        for (name, expected) in [
            ("mean_wait_s", waits.iter().sum::<f64>() / 2.0),
            ("mean_talk_s", talks.iter().sum::<f64>() / 2.0),
            ("abandonment", 1.0 / 3.0),
            ("service_level_20", within(20.0)),
            ("service_level_60", within(60.0)),
        ] {
            let told = phone[name].as_f64().unwrap();
            assert!((told - expected).abs() < 1e-4, "{name}: {told}, not {expected}");
        }
        let outcomes = &report["contacts"]["by_outcome"];
        assert_eq!((&outcomes["answered"], &outcomes["abandoned"]), (&2.into(), &1.into()), "{report}");
        assert_eq!(report["contacts"]["by_channel"]["phone"], 3);
        // Each talk has opened a case, which counts among those that were handled.
        assert_eq!(report["cases"]["handled"], 2);
        // The same is written out for others.
        let written = exchange.server.try_command(&["export", "--type", "contact"], "").unwrap();
        let records: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let count = |key: &str| records.iter().filter(|record| !record[key].is_null()).count();
        assert_eq!((count("queued_at"), count("answered_at"), count("operator")), (3, 2, 2), "{written}");
    }
}
