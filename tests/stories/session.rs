//! Sessions: seen by their owner, ended at a distance.

use chrono::TimeDelta;
use db::Engine;
use stories::{Server, on_both, work};

on_both! {
    async fn being_there_is_noted_once_in_a_few_minutes(office) {
        let sara = office.hire("sara", "front").await;
        let kept = centre::session::Kept { staff: Some(sara.id), inside: true, device: Some("firefox linux".to_owned()), data: "{}".to_owned(), expires_at: office.now() + TimeDelta::hours(12) };
        centre::session::begin(&office.centre, "a", kept).await.unwrap();
        let begun = office.now();
        let seen = async || centre::session::of(&office.centre, sara.id).await.unwrap()[0].seen_at.unwrap();
        office.later(TimeDelta::minutes(4));
        centre::session::see(&office.centre, "a").await.unwrap();
        assert_eq!(seen().await, begun, "a moment ago is now");
        office.later(TimeDelta::minutes(2));
        centre::session::see(&office.centre, "a").await.unwrap();
        assert_eq!(seen().await, office.now());
        let other = office.hire("luca", "front").await;
        let row = centre::session::row("a");
        assert!(office.by(&other, work!(|w| centre::session::end_own(w, &row))).await.is_err(), "nobody ends another's");
        let id = sara.id;
        assert!(office.by(&other, work!(|w| centre::session::end_all(w, id))).await.is_err());
    }
}

#[tokio::test]
async fn a_session_that_is_ended_elsewhere_is_out_at_the_next_request() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("sara", "front");
    server.hire("ada", "admin");
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    let (here, there, third) = (server.browser(), server.browser(), server.signed_in("sara").await);
    for browser in [&here, &there] {
        let form = [("login", "sara"), ("password", stories::PASSWORD)];
        let entered = browser.post(server.url("/login")).header("user-agent", agent).form(&form).send().await.unwrap();
        assert_eq!(entered.status(), 303);
    }
    let me = async |browser: &reqwest::Client| {
        let answer = browser.get(server.url("/desk/me")).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (_, page) = me(&here).await;
    assert_eq!(page.matches("name=\"session\"").count(), 2, "this one is ended by signing out");
    assert!(page.contains("Firefox · Linux"));
    let row = page.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let end = async |form: &[(&str, &str)]| {
        here.post(server.url("/desk/me/sessions")).form(form).send().await.unwrap().status()
    };
    assert_eq!(end(&[("session", &row)]).await, 303);
    assert_eq!([me(&here).await.0, me(&there).await.0, me(&third).await.0].iter().filter(|s| **s == 200).count(), 2);
    assert_eq!(end(&[("others", "1")]).await, 303);
    assert_eq!((me(&here).await.0, me(&there).await.0, me(&third).await.0), (200, 303, 303));

    let ada = server.signed_in("ada").await;
    let list = ada.get(server.url("/admin/staff?q=sara")).send().await.unwrap().text().await.unwrap();
    let id = list
        .split("<tbody>")
        .nth(1)
        .unwrap()
        .split("/admin/staff/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let ended = ada.post(server.url(&format!("/admin/staff/{id}/end-sessions"))).send().await.unwrap();
    assert_eq!(ended.status(), 303);
    assert_eq!(me(&here).await.0, 303, "an administrator ends all");
    // What was just done is said once, and then looking changes nothing.
    for _ in 0..2 {
        ada.get(server.url("/desk/me")).send().await.unwrap();
    }
    let shown = ada.get(server.url("/desk/me")).send().await.unwrap();
    assert!(!shown.headers().contains_key("set-cookie"), "looking at one's sessions stores none");
}

#[tokio::test]
async fn another_password_ends_the_other_sessions_and_needs_the_old_one() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("sara", "front");
    let (here, there) = (server.signed_in("sara").await, server.signed_in("sara").await);
    let change = async |old: &str, new: &str| {
        here.post(server.url("/desk/me/password"))
            .form(&[("old", old), ("password", new)])
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(change("sbagliata sbagliata", "una parola più lunga").await, 422);
    assert_eq!(change(stories::PASSWORD, "undici car.").await, 422);
    assert_eq!(change(stories::PASSWORD, "una parola più lunga").await, 303);
    assert_eq!(here.get(server.url("/desk/me")).send().await.unwrap().status(), 200);
    assert_eq!(there.get(server.url("/desk/me")).send().await.unwrap().status(), 303);
}
