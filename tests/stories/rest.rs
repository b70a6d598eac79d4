//! REST as another system meets it.

use serde_json::{Value, json};
use stories::{Answer, served_on_both};

served_on_both! {
    async fn a_contact_handed_in_is_a_case_with_number_and_code(server) {
        let api = server.api("sara", "front");
        let body = json!({ "service": "linea-amica", "channel": "web", "from": "portale-comune", "name": "Giulia Prova", "email": "Giulia@posta.example", "phone": "333 555 0117", "language": "it", "topic": "bonus", "subject": "Bonus sociale", "text": "Non compare in bolletta" });
        let taken = api.post("/contacts", &body).await.expect(201);
        let (number, code) = (taken["case"]["number"].as_str().unwrap(), taken["case"]["code"].as_str().unwrap());
        assert!(number.starts_with("LA-2") && code.len() == 9 && taken["contact"]["id"].is_i64());

        let case = api.get(&format!("/cases/{number}")).await.expect(200);
        assert_eq!((&case["state"], &case["level"], &case["subject"], &case["topic"], &case["channel"]), (&json!("new"), &json!("front"), &json!("Bonus sociale"), &json!("bonus"), &json!("web")));
        assert_eq!(case["contacts"][0]["text"], "Non compare in bolletta");
        let opened = case["opened_at"].as_str().unwrap();
        assert_eq!(stories::at(opened).to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true), opened, "a time in RFC 3339, in UTC");

        // The citizen follows it with number and code.
        let browser = server.browser();
        let entered = browser.post(server.url("/caso")).form(&[("number", number), ("code", code)]).send().await.unwrap();
        assert_eq!(entered.status(), 303);
        let page = browser.get(server.url(entered.headers()["location"].to_str().unwrap())).send().await.unwrap();
        assert_eq!(page.status(), 200);
        assert!(page.text().await.unwrap().contains("Non compare in bolletta"));
    }

    async fn a_case_is_worked_off_by_another_system_from_end_to_end(server) {
        let (front, back) = (server.api("sara", "front"), server.api("bruno", "back"));
        let (number, _) = front.contact("giulia@posta.example", "Un caso").await;
        let path = |word: &str| format!("/cases/{number}{word}");
        let seen = front.post(&path("/assign"), &json!({})).await.expect(200);
        assert!(seen["assignee"].is_i64() && seen["state"] == "open");
        let answered = front.post(&path("/messages"), &json!({ "text": "Ci pensiamo", "seen": seen["version"] })).await.expect(201);
        assert!(answered["message"]["id"].is_i64() && answered["case"]["first_answer_at"].is_string());
        front.post(&path("/messages"), &json!({ "text": "per noi", "internal": true })).await.expect(201);
        assert_eq!(front.post(&path("/escalate"), &json!({ "reason": "Serve l'INPS" })).await.expect(200)["level"], "back");
        assert_eq!(front.post(&path("/solve"), &json!({})).await.problem(403), "forbidden");
        assert_eq!(back.post(&path("/give-back"), &json!({ "text": "AP70", "solution": true })).await.expect(200)["level"], "front");
        let solved = front.post(&path("/solve"), &json!({ "outcome": "referred", "topic": "pensioni" })).await.expect(200);
        assert_eq!((&solved["state"], &solved["outcome"], &solved["solved_by"], &solved["topic"]), (&json!("solved"), &json!("referred"), &json!("back"), &json!("pensioni")));
        assert_eq!(front.post(&path("/solve"), &json!({})).await.problem(409), "refused");
        assert_eq!(front.post(&path("/reopen"), &json!({})).await.expect(200)["state"], "open");
        let whole = front.get(&path("")).await.expect(200);
        let kinds: Vec<_> = whole["changes"].as_array().unwrap().iter().map(|c| c["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["opened", "assigned", "escalated", "given-back", "solved", "reopened"]);
        let stale = front.post(&path("/messages"), &json!({ "text": "tardi", "seen": 1 })).await;
        assert_eq!(stale.problem(409), "changed");
    }

    async fn a_nul_is_nobodys_word_and_no_fault_of_the_database(server) {
        let api = server.api("sara", "front");
        let whole = json!({ "service": "linea-amica", "channel": "web", "from": "x", "name": "Giulia", "email": "g@posta.example", "phone": "333 555 0117", "language": "it", "topic": "bonus", "subject": "Bonus", "text": "testo" });
        for name in whole.as_object().unwrap().keys() {
            let mut one = whole.clone();
            one[name] = json!(format!("{}\0b", whole[name].as_str().unwrap()));
            let status = api.post("/contacts", &one).await.status.as_u16();
            assert!(matches!(status, 201 | 400 | 422), "{name}: {status}");
        }
        for path in ["/cases?service=%00", "/cases?after=%00", "/cases/%00", "/events?after=%00"] {
            assert_eq!(api.get(path).await.status.as_u16(), 400, "{path}");
        }
        let desk = server.signed_in("sara").await;
        for path in ["/desk/search?q=a@%00", "/desk/list/team?service=%00", "/part/desk/known?email=abcdef%00", "/scrivi?text=%00"] {
            assert_eq!(desk.get(server.url(path)).send().await.unwrap().status(), 400, "{path}");
        }
    }

    async fn what_is_wrong_is_told_as_problem_json(server) {
        let api = server.api("sara", "front");
        let post = async |body: &str| Answer::read(api.to("POST", "/contacts").header("content-type", "application/json").body(body.to_owned()).send().await.unwrap()).await.unwrap();
        assert_eq!(post("{not json").await.problem(400), "not-json");
        assert_eq!(post("{\"channel\": \"web\"}").await.problem(422), "invalid");
        let wrong = post(&json!({ "channel": "web", "name": "x".repeat(10_000), "email": "no", "phone": "1", "text": "" }).to_string()).await;
        assert_eq!(wrong.problem(422), "invalid");
        let mut errors: Vec<(String, String)> = wrong.json()["errors"].as_array().unwrap().iter().map(|e| (e["field"].as_str().unwrap().to_owned(), e["problem"].as_str().unwrap().to_owned())).collect();
        errors.sort();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(errors, [pair("email", "email-without-at"), pair("name", "too-long"), pair("phone", "not-a-phone"), pair("text", "missing")]);
        assert_eq!(post(&json!({ "channel": "colomba", "text": "x" }).to_string()).await.problem(422), "invalid");
        assert_eq!(post(&json!({ "channel": "web", "service": "nessuno", "text": "x" }).to_string()).await.problem(422), "invalid");
        assert_eq!(post(&" ".repeat(3_000_000)).await.problem(413), "too-large");
        assert_eq!(api.get("/cases/LA-2026-999999").await.problem(404), "not-found");
        assert_eq!(api.get("/cases/niente").await.problem(404), "not-found");
        assert_eq!(api.get("/nulla").await.problem(404), "not-found");
        assert_eq!(api.get("/contacts").await.problem(405), "method-not-allowed");
        assert_eq!(api.get("/cases?limit=tanti").await.problem(400), "bad-query");
        assert_eq!(api.get("/cases?state=perso").await.problem(422), "invalid");
        assert_eq!(api.get("/events?after=ieri").await.problem(400), "bad-position");
        assert_eq!(api.try_post("/contacts", Some(&"k".repeat(300)), &json!({})).await.unwrap().problem(400), "bad-key");
        assert!(api.all_cases(50).await.is_empty(), "nothing of it was kept");
    }

    async fn whoever_has_no_token_or_another_role_gets_nowhere(server) {
        let editor = server.api("elena", "editor");
        assert_eq!(editor.get("/cases").await.problem(403), "forbidden");
        for token in ["", "la_", "la_0000000000000000000000000000000000000000000000000000000000000000", "Bearer", "x"] {
            let answer = stories::Api::new(server.url(""), token.to_owned()).get("/cases").await;
            assert_eq!(answer.problem(401), "unauthorized");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }

    async fn a_token_that_was_withdrawn_opens_nothing_and_ends_its_stream(server) {
        let (api, other) = (server.api("sara", "front"), stories::Api::new(server.url(""), server.token("sara")));
        let mut live = api.follow(None).await;
        let listed = server.try_command(&["token", "list"], "").unwrap();
        assert_eq!(listed.matches("sara").count(), 2, "{listed}");
        let first = listed.split_whitespace().next().unwrap().to_owned();
        server.try_command(&["token", "revoke", &first], "").unwrap();
        assert!(server.try_command(&["token", "revoke", &first], "").unwrap_err().contains("token list"));
        let refused = async |api: &stories::Api| (api.get("/cases").await.status == 401).then_some(());
        stories::eventually("the token opens nothing", async || refused(&api).await).await;
        while live.next().await.is_some() {}
        // Those of whoever is disabled are withdrawn, and are not had back.
        other.get("/cases").await.expect(200);
        server.try_command(&["user", "disable", "sara"], "").unwrap();
        server.try_command(&["user", "enable", "sara"], "").unwrap();
        assert_eq!(server.try_command(&["token", "list"], "").unwrap(), "");
        stories::eventually("the other token opens nothing", async || refused(&other).await).await;
        // An administrator withdraws one on a page.
        server.hire("ada", "admin");
        let (ada, third) = (server.signed_in("ada").await, stories::Api::new(server.url(""), server.token("sara")));
        let list = ada.get(server.url("/admin/staff?q=sara")).send().await.unwrap().text().await.unwrap();
        let card = list.split("<tbody>").nth(1).unwrap().split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = ada.get(server.url(&card)).send().await.unwrap().text().await.unwrap();
        let token = page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let done = ada.post(server.url(&format!("{card}/revoke-token"))).form(&[("token", &token)]).send().await.unwrap();
        assert_eq!(done.status(), 303);
        stories::eventually("the third token opens nothing", async || refused(&third).await).await;
    }

    async fn a_structures_token_sees_that_structures_cases_alone(server) {
        let api = server.api("sara", "front");
        server.hire_with("ines", "back", &["--scope", "inps"]);
        let scoped = stories::Api::new(server.url(""), server.token("ines"));
        let (number, _) = api.contact("giulia@posta.example", "Un caso").await;
        assert_eq!(scoped.get(&format!("/cases/{number}")).await.problem(404), "not-found");
        assert_eq!(scoped.post(&format!("/cases/{number}/messages"), &json!({ "text": "x", "internal": true })).await.problem(404), "not-found");
        assert!(scoped.all_cases(50).await.is_empty());
    }

    async fn a_request_sent_again_with_its_key_is_answered_as_before(server) {
        let api = server.api("sara", "front");
        let body = json!({ "channel": "web", "email": "g@posta.example", "text": "Un caso" });
        let first = api.post_once("/contacts", "chiave-1", &body).await;
        first.expect(201);
        let again = api.post_once("/contacts", "chiave-1", &body).await;
        assert_eq!((again.status, &again.text), (first.status, &first.text), "word for word");
        let other = json!({ "channel": "web", "email": "g@posta.example", "text": "Un altro caso" });
        assert_eq!(api.post_once("/contacts", "chiave-1", &other).await.problem(422), "key-reused");
        let at_once: Vec<_> = (0..6).map(|_| { let (api, body) = (api.clone(), body.clone()); tokio::spawn(async move { api.post_once("/contacts", "chiave-2", &body).await.text }) }).collect();
        let mut texts = Vec::new();
        for one in at_once {
            texts.push(one.await.unwrap());
        }
        texts.dedup();
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert_eq!(api.all_cases(50).await.len(), 2);
    }

    async fn pages_of_cases_are_whole_and_repeat_nothing(server) {
        let api = server.api("sara", "front");
        let mut given = Vec::new();
        for n in 0..23 {
            given.push(api.contact("g@posta.example", &format!("caso {n}")).await.0);
        }
        let numbers = |cases: Vec<Value>| cases.iter().map(|c| c["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(numbers(api.all_cases(5).await), given);
        assert_eq!(numbers(api.all_cases(23).await), given);
        assert_eq!(api.get("/cases?state=solved").await.expect(200)["items"], json!([]));
        assert_eq!(api.get("/cases?limit=999999").await.expect(200)["items"].as_array().unwrap().len(), 23);
    }

    async fn a_token_with_a_limit_is_told_how_it_stands(server) {
        server.hire("sara", "front");
        let limited = stories::Api::new(server.url(""), server.token_with("sara", &["--per-minute", "3"]));
        let mut answer = limited.get("/cases").await;
        // The minute may turn in between: then it begins anew.
        for _ in 0..7 {
            assert_eq!(answer.header("x-ratelimit-limit"), "3");
            assert!(answer.header("x-ratelimit-reset").parse::<u32>().unwrap() <= 60);
            if answer.status == 429 {
                break;
            }
            let remaining: u32 = answer.header("x-ratelimit-remaining").parse().unwrap();
            assert!(remaining < 3);
            answer = limited.get("/cases").await;
        }
        assert_eq!(answer.problem(429), "too-many");
        assert_eq!(answer.header("x-ratelimit-remaining"), "0");
        assert!(answer.header("retry-after").parse::<u32>().is_ok());
        let free = stories::Api::new(server.url(""), server.token("sara"));
        assert_eq!(free.get("/cases").await.header("x-ratelimit-limit"), "", "a token has no limit unless one is set");
    }
}

#[tokio::test]
async fn the_description_given_out_is_the_one_in_the_repository() {
    let server = stories::Server::start(db::Engine::Sqlite).await;
    let given: Value = reqwest::get(server.url("/api/v1/openapi.json")).await.unwrap().json().await.unwrap();
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/v1.json")).unwrap();
    assert_eq!(given, serde_json::from_str::<Value>(&kept).unwrap());
    assert!(given["openapi"].as_str().unwrap().starts_with("3.1"));
}
