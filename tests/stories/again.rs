//! What was typed is not lost: not when the session has ended meanwhile, not when a film came with it, not when somebody
//! else was quicker.

use reqwest::multipart::{Form, Part};
use stories::served_on_both;

/// The value of a field of the form on a page.
fn field(page: &str, name: &str) -> String {
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    value.split('"').next().unwrap().to_owned()
}

served_on_both! {
    async fn a_reply_sent_after_the_session_has_ended_is_shown_and_sent_again(server) {
        let api = server.api("sara", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let desk = server.signed_in("sara").await;
        let path = format!("/desk/case/{number}/reply");
        let page = desk.get(server.url(&format!("/desk/case/{number}"))).send().await.unwrap().text().await.unwrap();
        let form = [("key", field(&page, "key")), ("text", "Una risposta lunga".to_owned())];
        assert_eq!(desk.post(server.url("/logout")).send().await.unwrap().status(), 303);

        let refused = desk.post(server.url(&path)).form(&form).send().await.unwrap();
        assert_eq!(refused.status(), 401);
        let page = refused.text().await.unwrap();
        assert!(page.contains("Una risposta lunga") && page.contains(&format!("action=\"{path}")), "{page}");
        assert!(page.contains("href=\"/login\""), "the way back in stands beside it");
        assert_eq!(field(&page, "key"), form[0].1);
        server.sign_in(&desk, "sara").await;
        assert_eq!(desk.post(server.url(&path)).form(&form).send().await.unwrap().status(), 303);
    }

    async fn a_message_sent_after_the_case_was_left_is_shown_and_sent_again(server) {
        let api = server.api("sara", "front");
        let (number, code) = api.contact("g@posta.example", "Un caso").await;
        let citizen = server.browser();
        let message = [("key", "k"), ("text", "Aggiungo una cosa importante")];
        let refused = citizen.post(server.url(&format!("/caso/{number}/messaggi"))).form(&message).send().await.unwrap();
        assert_eq!(refused.status(), 409);
        let page = refused.text().await.unwrap();
        assert!(page.contains("Aggiungo una cosa importante") && page.contains("href=\"/caso\""), "{page}");
        // A number that is not there is told alike.
        let none = citizen.post(server.url("/caso/LA-2026-999999/messaggi")).form(&message).send().await.unwrap();
        assert_eq!(none.status(), 409);
        assert_eq!(citizen.post(server.url("/caso")).form(&[("number", &number), ("code", &code)]).send().await.unwrap().status(), 303);
        assert_eq!(citizen.post(server.url(&format!("/caso/{number}/messaggi"))).form(&message).send().await.unwrap().status(), 303);
    }

    async fn a_message_to_a_case_that_was_closed_meanwhile_becomes_a_new_question(server) {
        let api = server.api("sara", "front");
        let (number, code) = api.contact("g@posta.example", "Un caso").await;
        let citizen = server.browser();
        assert_eq!(citizen.post(server.url("/caso")).form(&[("number", &number), ("code", &code)]).send().await.unwrap().status(), 303);
        let (other, _) = api.contact("h@posta.example", "Un altro caso").await;
        let desk = server.signed_in("sara").await;
        // Continued in a case that is another's, it takes no more messages.
        assert_eq!(desk.post(server.url(&format!("/desk/case/{number}/merge"))).form(&[("into", &other)]).send().await.unwrap().status(), 303);
        let refused = citizen.post(server.url(&format!("/caso/{number}/messaggi"))).form(&[("key", "k"), ("text", "Ancora una cosa")]).send().await.unwrap();
        assert_eq!(refused.status(), 409);
        let page = refused.text().await.unwrap();
        assert!(page.contains("Ancora una cosa") && page.contains("action=\"/scrivi\""), "{page}");
    }

    async fn a_film_is_refused_and_the_words_beside_it_stay(server) {
        let film = Part::bytes(vec![b'x'; 60 << 20]).file_name("film.mp4");
        let form = Form::new().text("key", "k").text("text", "Guardi il film").part("files", film).text("via", "none").text("consent", "1");
        let refused = server.browser().post(server.url("/scrivi")).multipart(form).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        assert!(refused.text().await.unwrap().contains("Guardi il film"));
    }

    async fn a_file_that_a_citizen_adds_is_had_by_the_operator(server) {
        let api = server.api("sara", "front");
        let (number, code) = api.contact("g@posta.example", "Un caso").await;
        let citizen = server.browser();
        assert_eq!(citizen.post(server.url("/caso")).form(&[("number", &number), ("code", &code)]).send().await.unwrap().status(), 303);
        let file = Part::bytes(b"Il modulo\n".to_vec()).file_name("modulo.txt");
        let message = Form::new().text("key", "k").text("text", "Ecco il modulo").part("files", file);
        assert_eq!(citizen.post(server.url(&format!("/caso/{number}/messaggi"))).multipart(message).send().await.unwrap().status(), 303);
        let desk = server.signed_in("sara").await;
        let page = desk.get(server.url(&format!("/desk/case/{number}"))).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("modulo.txt"));
        let had = desk.get(server.url(&format!("/desk/case/{number}/file/1"))).send().await.unwrap();
        assert_eq!(had.headers()["content-length"], "10");
        assert_eq!(had.text().await.unwrap(), "Il modulo\n");
    }

    async fn a_file_that_came_back_with_the_form_can_be_left_out(server) {
        let api = server.api("sara", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let desk = server.signed_in("sara").await;
        let send = async |form: Form| desk.post(server.url(&format!("/desk/case/{number}/reply"))).multipart(form).send().await.unwrap();
        let wrong = send(Form::new().text("key", "a").text("text", " ").part("files", Part::bytes(b"Sbagliato\n".to_vec()).file_name("sbagliato.txt"))).await;
        let page = wrong.text().await.unwrap();
        let kept = field(&page, "kept").replace("&#34;", "\"");
        let sent = send(Form::new().text("key", "b").text("text", "Ecco").text("kept", kept.clone()).text("remove", kept)).await;
        assert_eq!(sent.status(), 303);
        let page = desk.get(server.url(&format!("/desk/case/{number}"))).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("Ecco") && !page.contains("sbagliato.txt"));
    }

    async fn what_was_decided_on_a_case_that_has_changed_is_asked_again(server) {
        let api = server.api("sara", "front");
        let (number, code) = api.contact("g@posta.example", "Un caso").await;
        let (desk, citizen) = (server.signed_in("sara").await, server.browser());
        let act = |word: &str| server.url(&format!("/desk/case/{number}/{word}"));
        let page = desk.get(act("solve")).send().await.unwrap().text().await.unwrap();
        let form = [("seen", field(&page, "seen")), ("outcome", "solved".to_owned())];
        assert_eq!(citizen.post(server.url("/caso")).form(&[("number", &number), ("code", &code)]).send().await.unwrap().status(), 303);
        assert_eq!(citizen.post(server.url(&format!("/caso/{number}/messaggi"))).form(&[("key", "k"), ("text", "Aspettate")]).send().await.unwrap().status(), 303);
        assert_eq!(desk.post(act("solve")).form(&form).send().await.unwrap().status(), 409);
        let read = api.get(&format!("/cases/{number}")).await.expect(200);
        assert_eq!(read["state"], "new", "the citizen's word is still to be answered");
        let page = desk.get(act("solve")).send().await.unwrap().text().await.unwrap();
        assert_eq!(desk.post(act("solve")).form(&[("seen", field(&page, "seen")), ("outcome", "solved".to_owned())]).send().await.unwrap().status(), 303);
    }

    async fn the_back_offices_long_answer_stays_when_the_case_was_taken_back(server) {
        let api = server.api("sara", "front");
        server.hire("bruno", "back");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let (sara, bruno) = (server.signed_in("sara").await, server.signed_in("bruno").await);
        let act = |word: &str| server.url(&format!("/desk/case/{number}/{word}"));
        assert_eq!(sara.post(act("escalate")).form(&[("queue", "linea-amica-back"), ("reason", "per voi")]).send().await.unwrap().status(), 303);
        assert_eq!(sara.post(act("recall")).send().await.unwrap().status(), 303);
        let late = bruno.post(act("give-back")).form(&[("text", "Una lunga spiegazione")]).send().await.unwrap();
        assert_eq!(late.status(), 409);
        assert!(late.text().await.unwrap().contains("Una lunga spiegazione"));
    }

    async fn undoing_takes_nothing_from_a_colleague_who_was_quicker(server) {
        let api = server.api("sara", "front");
        server.hire("luca", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let (sara, luca) = (server.signed_in("sara").await, server.signed_in("luca").await);
        let act = |word: &str| server.url(&format!("/desk/case/{number}/{word}"));
        assert_eq!(sara.post(act("take")).form(&[("from", "")]).send().await.unwrap().status(), 303);
        let page = sara.get(server.url(&format!("/desk/case/{number}"))).send().await.unwrap().text().await.unwrap();
        let undo = [("to", field(&page, "to")), ("undo", field(&page, "undo"))];
        let hers = api.get(&format!("/cases/{number}")).await.expect(200)["assignee"].clone();
        assert_eq!(luca.post(act("take")).form(&[("from", &undo[1].1)]).send().await.unwrap().status(), 303);
        assert_eq!(sara.post(act("assign")).form(&undo).send().await.unwrap().status(), 409);
        let now = api.get(&format!("/cases/{number}")).await.expect(200)["assignee"].clone();
        assert!(!now.is_null() && now != hers, "Luca has it");
    }
}
