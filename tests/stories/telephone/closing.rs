//! A queue is closed in an emergency: what callers hear, what operators see, and that it is over when it is opened again.

use super::ended;
use crate::called_on_both;
use model::contact::Outcome;
use model::event::Subject;
use reqwest::multipart::{Form, Part};
use stories::{Answers, Exchange, eventually, wave};

const CLOSE: &str = "/desk/squadra/telefono/code/linea-amica/chiudi";

fn recorded(reason: &str) -> Form {
    let file = Part::bytes(wave(700.0, 6)).file_name("allerta.wav").mime_str("audio/wav").unwrap();
    Form::new().text("message-it", "").text("reason", reason.to_owned()).part("sound", file)
}

/// A supervisor at the desk.
async fn supervisor(exchange: &Exchange) -> reqwest::Client {
    exchange.server.hire("elena", "supervisor");
    exchange.server.signed_in("elena").await
}

async fn page(exchange: &Exchange, browser: &reqwest::Client, path: &str) -> String {
    browser.get(exchange.server.url(path)).send().await.unwrap().text().await.unwrap()
}

called_on_both! {
    async fn a_closed_queue_tells_whoever_waits_and_whoever_calls(exchange, "") {
        let ada = exchange.hire("ada").await;
        let elena = supervisor(&exchange).await;
        let first = exchange.dial("+393335550117", 300.0);
        eventually("the first caller waits", async || {
            exchange.contacts().await.first().and_then(|stored| stored.contact.queued_at)
        })
        .await;
        let form = page(&exchange, &elena, CLOSE).await;
        assert!(form.contains("Adesso aspetta 1 persona"), "{form}");
        let closed = elena.post(exchange.server.url(CLOSE)).multipart(recorded("alert")).send().await.unwrap();
        assert_eq!(closed.status(), 303);
        eventually("whoever waits hears the message", async || first.ear.hears(700.0).then_some(())).await;
        let second = exchange.dial("+393335550118", 300.0);
        eventually("whoever calls hears it", async || second.ear.hears(700.0).then_some(())).await;
        first.hang_up();
        second.hang_up();
        eventually("both calls are written down", async || {
            let contacts = exchange.contacts().await;
            let over = contacts.iter().filter(|stored| stored.contact.outcome == Some(Outcome::ClosedHours));
            (over.count() == 2).then_some(())
        })
        .await;
        assert!(page(&exchange, &elena, "/desk/squadra/telefono").await.contains("chiusa ("));
        let browser = exchange.server.signed_in("ada").await;
        assert!(page(&exchange, &browser, "/desk/list/unassigned").await.contains("telefono chiuso ("));
        // Whoever does not oversee the queue opens nothing.
        let open = "/desk/squadra/telefono/code/linea-amica/riapri";
        assert_eq!(browser.post(exchange.server.url(open)).send().await.unwrap().status(), 403);
        assert_eq!(elena.post(exchange.server.url(open)).send().await.unwrap().status(), 303);
        assert!(!page(&exchange, &browser, "/desk/list/unassigned").await.contains("telefono chiuso ("));
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let third = exchange.dial("+393335550119", 300.0);
        eventually("the next caller comes through", async || third.ear.hears(440.0).then_some(())).await;
        third.hang_up();
        let events = stories::log(exchange.centre.db()).await;
        let of_queue: Vec<String> =
            events.into_iter().filter(|e| e.subject == Subject::Queue).map(|e| e.kind).collect();
        assert_eq!(of_queue, ["closed", "opened"]);
    }

    async fn what_cannot_be_played_or_is_not_said_closes_nothing(exchange, "") {
        let elena = supervisor(&exchange).await;
        let text = Part::bytes(b"una canzone".to_vec()).file_name("canzone.mp3");
        let form = Form::new().text("message-it", "").text("reason", "fault").part("sound", text);
        let refused = elena.post(exchange.server.url(CLOSE)).multipart(form).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        assert!(refused.text().await.unwrap().contains("Serve un file WAV"));
        let silent = Form::new().text("message-it", " ").text("reason", "fault");
        let refused = elena.post(exchange.server.url(CLOSE)).multipart(silent).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        // A file that could be taken is kept while the rest is mended.
        let refused = elena.post(exchange.server.url(CLOSE)).multipart(recorded("")).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        let again = refused.text().await.unwrap();
        let kept = again.split_once("name=\"kept\" value=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        let kept = kept.replace("&#34;", "\"").replace("&quot;", "\"");
        assert!(!page(&exchange, &elena, "/desk/squadra/telefono").await.contains("chiusa ("), "it is not closed");
        let mended = Form::new().text("message-it", "").text("reason", "fault").text("kept", kept).text("seconds", "6");
        assert_eq!(elena.post(exchange.server.url(CLOSE)).multipart(mended).send().await.unwrap().status(), 303);
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the message", async || caller.ear.hears(700.0).then_some(())).await;
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.outcome, Some(Outcome::ClosedHours));
    }
}
