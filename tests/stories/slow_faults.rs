//! Power cuts, full disks, databases that go away: what was acknowledged is there, once; what was not is told.

use db::Engine;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use stories::{Api, Postgres, Server, eventually, served_on_both};

fn contact(text: &str) -> Value {
    json!({ "channel": "web", "email": "g@posta.example", "text": text })
}

/// How many cases there are of each title.
async fn titles(api: &Api) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    for case in api.all_cases(200).await {
        *all.entry(case["subject"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    all
}

served_on_both! {
    async fn after_a_kill_under_load_every_acknowledged_contact_is_there_once(server) {
        let api = server.api("sara", "front");
        for round in 0..3 {
            let acknowledged: Arc<Mutex<HashMap<String, String>>> = Arc::default();
            let count = Arc::new(AtomicUsize::new(0));
            let load: Vec<_> = (0..16)
                .map(|worker| {
                    let (api, acknowledged, count) = (api.clone(), acknowledged.clone(), count.clone());
                    tokio::spawn(async move {
                        for n in 0.. {
                            let name = format!("r{round}w{worker}n{n}");
                            // No answer, or a broken one, is no acknowledgement.
                            match api.try_post("/contacts", Some(&name), &contact(&name)).await {
                                Ok(answer) if answer.status == 201 => {
                                    acknowledged.lock().unwrap().insert(name, answer.text);
                                    count.fetch_add(1, Ordering::Relaxed);
                                }
                                _ => return name,
                            }
                        }
                        unreachable!()
                    })
                })
                .collect();
            eventually("some contacts are taken", async || (count.load(Ordering::Relaxed) > 150).then_some(())).await;
            server.kill9();
            let mut unknown = Vec::new();
            for one in load {
                unknown.push(one.await.unwrap());
            }
            server.run().await;
            let acknowledged = acknowledged.lock().unwrap().clone();
            let before = titles(&api).await;
            for name in acknowledged.keys() {
                assert_eq!(before.get(name), Some(&1), "{name} was acknowledged");
            }
            assert!(before.values().all(|n| *n == 1));
            // Whoever had no answer sends again: what was kept is not kept twice, what was not is kept now.
            for name in unknown.iter().chain(acknowledged.keys().take(10)) {
                let again = api.post_once("/contacts", name, &contact(name)).await;
                again.expect(201);
                assert!(acknowledged.get(name).is_none_or(|first| *first == again.text));
            }
            let after = titles(&api).await;
            assert!(after.values().all(|n| *n == 1) && unknown.iter().all(|name| after.contains_key(name)));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_keeps_nothing_by_halves_and_heals() {
    let mut server = Server::new(Engine::Sqlite);
    server.on_small_disk(48).run().await;
    let api = server.api("sara", "front");
    api.contact("g@posta.example", "prima").await;
    let filler = server.data().join("filler");
    std::fs::write(&filler, vec![1; 40 << 20]).unwrap();
    let long = "parola ".repeat(2_500);
    let mut taken = 1;
    let refused = loop {
        let answer = api.post("/contacts", &contact(&format!("caso {taken}\n{long}"))).await;
        if answer.status != 201 {
            break answer;
        }
        taken += 1;
        assert!(taken < 5_000, "the disk is never full");
    };
    assert_eq!(refused.problem(507), "full");
    // The portal says so in words, and what was typed is not lost.
    let form = [("key", "k"), ("text", long.as_str()), ("via", "none"), ("consent", "1")];
    let page = server.browser().post(server.url("/scrivi")).form(&form).send().await.unwrap();
    assert_eq!(page.status(), 503);
    assert!(page.text().await.unwrap().contains("parola parola parola"));
    // Reading goes on, and what is there is whole.
    let cases = api.all_cases(200).await;
    assert_eq!(cases.len(), taken);
    for case in cases.iter().rev().take(3) {
        let whole = api.get(&format!("/cases/{}", case["number"].as_str().unwrap())).await.expect(200);
        assert_eq!(whole["contacts"].as_array().unwrap().len(), 1);
    }
    std::fs::remove_file(&filler).unwrap();
    api.contact("g@posta.example", "dopo").await;
    assert_eq!(api.all_cases(200).await.len(), taken + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_away_is_told_and_its_return_is_enough() {
    let mut postgres = tokio::task::spawn_blocking(Postgres::start_own).await.unwrap();
    let mut server = Server::new(Engine::Sqlite);
    server.set("LINEA_DATABASE__URL", postgres.fresh_database()).run().await;
    let api = server.api("sara", "front");
    let (number, code) = api.contact("g@posta.example", "prima").await;
    let (desk, citizen) = (server.signed_in("sara").await, server.browser());
    let opened = citizen.post(server.url("/caso")).form(&[("number", &number), ("code", &code)]).send().await.unwrap();
    assert_eq!(opened.status(), 303);
    let mut live = api.follow(None).await;
    for _ in 0..2 {
        postgres.stop();
        let answer = api.post("/contacts", &contact("durante")).await;
        assert_eq!(answer.problem(503), "unavailable");
        assert!(!answer.header("retry-after").is_empty());
        assert_eq!(api.get(&format!("/cases/{number}")).await.problem(503), "unavailable");
        assert_eq!(reqwest::get(server.url("/readyz")).await.unwrap().status(), 503);
        assert_eq!(reqwest::get(server.url("/healthz")).await.unwrap().status(), 200);
        let form = [("key", "k"), ("text", "scritto con cura"), ("via", "none"), ("consent", "1")];
        let page = server.browser().post(server.url("/scrivi")).form(&form).send().await.unwrap();
        assert_eq!(page.status(), 503);
        assert!(page.text().await.unwrap().contains("scritto con cura"), "what was typed is not lost");
        // Whoever is in stays in: that nobody can be looked up is no reason to ask for a password or a code.
        for (browser, path) in [(&desk, format!("/desk/case/{number}")), (&citizen, format!("/caso/{number}"))] {
            assert_eq!(browser.get(server.url(&path)).send().await.unwrap().status(), 503, "{path}");
        }
        for (browser, path) in [
            (&desk, format!("/desk/case/{number}/reply")),
            (&desk, format!("/desk/case/{number}/note")),
            (&desk, "/desk/new".to_owned()),
            (&citizen, format!("/caso/{number}/messaggi")),
        ] {
            let fields = [("key", "k"), ("text", "scritto con cura")];
            let page = browser.post(server.url(&path)).form(&fields).send().await.unwrap();
            assert_eq!(page.status(), 503, "{path}");
            let page = page.text().await.unwrap();
            assert!(
                page.contains("scritto con cura") && page.contains(&format!("action=\"{path}\"")),
                "{path}: {page}"
            );
        }
        assert!(postgres.start());
        eventually("contacts are taken again", async || {
            (api.post("/contacts", &contact("dopo")).await.status == 201).then_some(())
        })
        .await;
        assert_eq!(reqwest::get(server.url("/readyz")).await.unwrap().status(), 200);
        for (browser, path) in [(&desk, format!("/desk/case/{number}")), (&citizen, format!("/caso/{number}"))] {
            assert_eq!(browser.get(server.url(&path)).send().await.unwrap().status(), 200, "{path}");
        }
        // Whoever follows is told, without coming anew.
        let told = live.next().await.expect("the stream was broken off");
        assert!(told.data.contains("opened") || told.data.contains("contact-joined"));
        while !live.next().await.unwrap().data.contains("contact-joined") {}
    }
    let titles = titles(&api).await;
    assert!(!titles.contains_key("durante") && titles["dopo"] >= 2, "{titles:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_database_are_one_centre() {
    let one = Server::start(Engine::Postgres).await;
    let mut two = one.second();
    two.run().await;
    let here = one.api("sara", "front");
    let there = here.at(two.url(""));
    let mut live = there.follow(None).await;
    let (number, code) = here.contact("g@posta.example", "Un caso").await;
    assert_eq!(there.get(&format!("/cases/{number}")).await.expect(200)["subject"], "Un caso");
    assert!(live.next().await.unwrap().data.contains("\"opened\""));
    // A session begun on one holds on the other, and so do codes, keys and refusals.
    let cookie = one.sign_in(&one.browser(), "sara").await;
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(
        two.browser()
            .get(two.url(&format!("/desk/case/{number}")))
            .header("cookie", cookie)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(
        two.browser()
            .post(two.url("/caso"))
            .form(&[("number", &number), ("code", &code)])
            .send()
            .await
            .unwrap()
            .status(),
        303
    );
    let body = contact("due volte");
    let (a, b) =
        tokio::join!(here.post_once("/contacts", "chiave", &body), there.post_once("/contacts", "chiave", &body));
    assert_eq!((a.status.as_u16(), &a.text), (201, &b.text));
    let (solve, nothing) = (format!("/cases/{number}/solve"), json!({}));
    let (a, b) = tokio::join!(here.post(&solve, &nothing), there.post(&solve, &nothing));
    let mut both = [a.status.as_u16(), b.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [200, 409]);
    // One dies: the other goes on.
    let mut one = one;
    one.kill9();
    there.contact("g@posta.example", "da solo").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sends_a_request_too_slowly_is_let_go_and_others_are_answered() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let server = Server::start(Engine::Sqlite).await;
    let mut slow = tokio::net::TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: lineaamica\r\n").await.unwrap();
    assert_eq!(reqwest::get(server.url("/healthz")).await.unwrap().status(), 200);
    let mut said = Vec::new();
    tokio::time::timeout(std::time::Duration::from_secs(60), slow.read_to_end(&mut said)).await.unwrap().unwrap();
}
