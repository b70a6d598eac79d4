//! Pages: what people type comes back as they typed it, and as nothing else.

use db::Engine;
use reqwest::multipart::{Form, Part};
use stories::{Server, served_on_both};

const EVIL: &str = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{7*7}}";

/// What was typed stands on no page unescaped.
#[track_caller]
fn harmless(place: &str, page: &str) {
    for bad in ["<script>alert", "<img src=x", "&amp;lt;script", "\"'&{{"] {
        assert!(!page.contains(bad), "{place} holds {bad}");
    }
}

/// Sends the portal's form and reads number and code on the page that follows.
async fn write(server: &Server, browser: &reqwest::Client, form: Form) -> String {
    let sent = browser.post(server.url("/scrivi")).multipart(form).send().await.unwrap();
    let status = sent.status();
    if status != 303 {
        panic!("{status}: {}", sent.text().await.unwrap());
    }
    let done = browser.get(server.url(sent.headers()["location"].to_str().unwrap())).send().await.unwrap();
    assert_eq!(done.status(), 200);
    done.text().await.unwrap()
}

/// The case's number on a page.
fn number(page: &str) -> String {
    let at = page.find("LA-2").unwrap_or_else(|| panic!("no number: {page}"));
    page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

fn form(text: &str) -> Form {
    Form::new()
        .text("key", "k")
        .text("text", text.to_owned())
        .text("via", "email")
        .text("email", "giulia@posta.example")
        .text("consent", "1")
}

served_on_both! {
    async fn markup_in_every_field_comes_back_as_text(server) {
        server.hire_with("sara", "front", &["--display", EVIL]);
        let citizen = server.browser();
        let file = Part::bytes(b"Un documento\n".to_vec()).file_name("<script>alert(1)<script>.txt");
        let done = write(&server, &citizen, form(EVIL).text("name", EVIL).part("files", file)).await;
        harmless("/scrivi/fatto", &done);
        let number = number(&done);
        // Wrong as well: everything typed comes back into the form.
        let wrong = Form::new().text("key", EVIL).text("text", EVIL).text("via", EVIL).text("email", EVIL).text("phone", EVIL).text("name", EVIL).text("topic", EVIL).text("service", EVIL);
        let again = citizen.post(server.url("/scrivi")).multipart(wrong).send().await.unwrap();
        assert_eq!(again.status(), 422);
        let again = again.text().await.unwrap();
        harmless("/scrivi", &again);
        assert!(again.contains("&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;"), "what was typed is not lost");
        let query: String = EVIL.bytes().map(|b| format!("%{b:02X}")).collect();
        for path in ["/scrivi?text=Q&topic=Q&service=Q", "/caso?n=Q", "/login?next=Q", "/Q", "/caso/Q", "/servizi?Q"] {
            let page = citizen.get(server.url(&path.replace('Q', &query))).send().await.unwrap();
            assert!(!page.status().is_server_error(), "{path}");
            harmless(path, &page.text().await.unwrap());
        }

        let desk = server.signed_in("sara").await;
        let act = async |word: &str, fields: &[(&str, &str)]| {
            let answer = desk.post(server.url(&format!("/desk/case/{number}/{word}"))).form(fields).send().await.unwrap();
            let status = answer.status();
            harmless(word, &answer.text().await.unwrap());
            status.as_u16()
        };
        assert_eq!(act("take", &[]).await, 303);
        assert_eq!(act("note", &[("text", EVIL)]).await, 303);
        assert_eq!(act("reply", &[("text", EVIL)]).await, 303);
        assert_eq!(act("rename", &[("subject", EVIL)]).await, 303);
        assert_eq!(act("classify", &[("topic", EVIL), ("kind", EVIL)]).await / 100 * 100, act("classify", &[("topic", "bonus")]).await / 100 * 100);
        assert_eq!(act("escalate", &[("queue", EVIL), ("reason", EVIL)]).await, 422);
        for path in [format!("/desk/case/{number}"), format!("/part/desk/case/{number}"), "/desk/list/mine".to_owned(), "/desk/list/team".to_owned(), format!("/desk/search?q={query}"), "/desk/search?q=script".to_owned(), "/desk/me".to_owned(), "/desk/new".to_owned(), format!("/desk/case/{number}/merge"), format!("/desk/case/{number}/escalate"), "/part/desk/known?phone=giulia@posta&q=giulia@posta".to_owned()] {
            let page = desk.get(server.url(&path)).send().await.unwrap();
            assert_eq!(page.status(), 200, "{path}");
            harmless(&path, &page.text().await.unwrap());
        }
        let case = desk.get(server.url(&format!("/desk/case/{number}"))).send().await.unwrap().text().await.unwrap();
        assert!(case.matches("&#60;script&#62;alert(&#39;x&#39;)").count() >= 4, "all of it is there to be read");
        let own = citizen.get(server.url(&format!("/caso/{number}"))).send().await.unwrap().text().await.unwrap();
        harmless("/caso", &own);
        assert!(own.contains("&#60;script&#62;alert(&#39;x&#39;)"));
    }

    async fn long_names_emoji_and_other_scripts_are_somebodys_words(server) {
        let citizen = server.browser();
        let long = citizen.post(server.url("/scrivi")).multipart(form("testo").text("name", "x".repeat(10_000))).send().await.unwrap();
        assert_eq!(long.status(), 422);
        assert!(long.text().await.unwrap().contains(&"x".repeat(10_000)), "what was typed is not lost");
        let words = "مرحبا، أحتاج إلى مساعدة 👩‍👩‍👧\0 שלום \u{202e}abc";
        let number = number(&write(&server, &citizen, form(words).text("name", "فاطمة 🏛️\0")).await);
        let own = citizen.get(server.url(&format!("/caso/{number}"))).send().await.unwrap().text().await.unwrap();
        assert!(own.contains("مرحبا، أحتاج إلى مساعدة 👩‍👩‍👧 שלום"));
    }

    async fn a_file_of_nine_megabytes_is_taken_and_what_is_no_document_is_not(server) {
        server.hire("sara", "front");
        let citizen = server.browser();
        let mut scan = b"%PDF-1.7\n".to_vec();
        scan.resize(9 << 20, b'x');
        let file = |name: &str, bytes: Vec<u8>| Part::bytes(bytes).file_name(name.to_owned());
        let number = number(&write(&server, &citizen, form("con allegato").part("files", file("../../isee.pdf", scan.clone()))).await);
        let own = citizen.get(server.url(&format!("/caso/{number}"))).send().await.unwrap().text().await.unwrap();
        assert!(own.contains("isee.pdf") && !own.contains("../../isee"));
        let path = format!("/caso/{number}/file/1");
        let had = citizen.get(server.url(&path)).send().await.unwrap();
        assert!(had.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"), "a file is a download, whatever is in it");
        assert_eq!(had.bytes().await.unwrap().len(), scan.len());
        assert_ne!(server.browser().get(server.url(&path)).send().await.unwrap().status(), 200, "only to whom the case was opened");
        for (name, bytes) in [("foto.png", b"<script>alert(1)</script>".to_vec()), ("a.txt", b"MZ\x90\0\x03".to_vec()), ("vuoto.pdf", Vec::new()), ("grande.pdf", { let mut b = scan.clone(); b.resize(11 << 20, b'x'); b })] {
            let refused = citizen.post(server.url("/scrivi")).multipart(form("con allegato").part("files", file(name, bytes))).send().await.unwrap();
            assert_eq!(refused.status(), 422, "{name}");
            assert!(refused.text().await.unwrap().contains("con allegato"));
        }
    }

    async fn the_same_form_sent_twice_is_one_case(server) {
        let api = server.api("sara", "front");
        let citizen = server.browser();
        let (one, two) = (write(&server, &citizen, form("una volta")).await, write(&server, &citizen, form("una volta")).await);
        assert_eq!(number(&one), number(&two));
        assert_eq!(api.all_cases(10).await.len(), 1);
    }

    async fn a_button_pressed_twice_does_one_thing(server) {
        let api = server.api("sara", "front");
        let (number, code) = api.contact("g@posta.example", "Un caso").await;
        let desk = server.signed_in("sara").await;
        let key_on = async |browser: &reqwest::Client, path: &str| {
            let page = browser.get(server.url(path)).send().await.unwrap().text().await.unwrap();
            let key = page.split("name=\"key\" value=\"").nth(1).unwrap_or_else(|| panic!("{path} has no key"));
            key.split('"').next().unwrap().to_owned()
        };
        let twice = async |browser: &reqwest::Client, path: &str, fields: &[(&str, &str)]| {
            let send = || browser.post(server.url(path)).form(fields).send();
            let (one, two) = tokio::join!(send(), send());
            let (one, two) = (one.unwrap(), two.unwrap());
            assert_eq!((one.status().as_u16(), two.status().as_u16()), (303, 303), "{path}");
            assert_eq!(one.headers()["location"], two.headers()["location"], "{path}");
        };
        let case = format!("/desk/case/{number}");
        let key = key_on(&desk, &case).await;
        twice(&desk, &format!("{case}/reply"), &[("key", &key), ("text", "risposta")]).await;
        twice(&desk, &format!("{case}/note"), &[("key", &key), ("text", "appunto")]).await;
        // Gone back to and changed, it is another reply.
        twice(&desk, &format!("{case}/reply"), &[("key", &key), ("text", "risposta, e altro")]).await;
        let citizen = server.browser();
        assert_eq!(citizen.post(server.url("/caso")).form(&[("number", &number), ("code", &code)]).send().await.unwrap().status(), 303);
        let key = key_on(&citizen, &format!("/caso/{number}")).await;
        twice(&citizen, &format!("/caso/{number}/messaggi"), &[("key", &key), ("text", "grazie")]).await;
        let read = api.get(&format!("/cases/{number}")).await.expect(200);
        let texts: Vec<&str> = read["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["risposta", "appunto", "risposta, e altro", "grazie"]);
        let key = key_on(&desk, "/desk/new").await;
        twice(&desk, "/desk/new", &[("key", &key), ("channel", "phone"), ("phone", "3335550117"), ("text", "al telefono")]).await;
        assert_eq!(api.all_cases(10).await.len(), 2);
    }

    async fn two_visitors_without_a_key_are_two_cases(server) {
        let api = server.api("sara", "front");
        for _ in 0..2 {
            let form = [("text", "lo stesso"), ("via", "none"), ("consent", "1")];
            let sent = server.browser().post(server.url("/scrivi")).form(&form).send().await.unwrap();
            assert_eq!(sent.status(), 303);
        }
        assert_eq!(api.all_cases(10).await.len(), 2);
    }

    async fn the_page_with_the_code_is_kept_by_nobody(server) {
        let citizen = server.browser();
        let sent = citizen.post(server.url("/scrivi")).form(&[("key", "k"), ("text", "un caso"), ("via", "none"), ("consent", "1")]).send().await.unwrap();
        let done = citizen.get(server.url(sent.headers()["location"].to_str().unwrap())).send().await.unwrap();
        assert_eq!((done.status().as_u16(), done.headers()["cache-control"].to_str().unwrap()), (200, "no-store"));
    }

    async fn whoever_takes_a_case_too_late_is_told_who_has_it(server) {
        let api = server.api("sara", "front");
        server.hire("luca", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let (sara, luca) = (server.signed_in("sara").await, server.signed_in("luca").await);
        let take = async |browser: &reqwest::Client, from: &str| {
            browser.post(server.url(&format!("/desk/case/{number}/take"))).form(&[("from", from)]).send().await.unwrap()
        };
        let whose = async || api.get(&format!("/cases/{number}")).await.expect(200)["assignee"].clone();
        assert_eq!(take(&sara, "").await.status(), 303);
        let hers = whose().await;
        assert_eq!(take(&sara, "").await.status(), 303, "a second press is no fault");
        let late = take(&luca, "").await;
        assert_eq!(late.status(), 409);
        let page = late.text().await.unwrap();
        assert!(page.contains("sara"), "{page}");
        assert_eq!(whose().await, hers, "and she still has it");
        let from = page.split("name=\"from\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(take(&luca, from).await.status(), 303, "deliberately he may");
        assert_ne!(whose().await, hers);
    }

    async fn whoever_merges_two_strangers_cases_is_told_that_one_reads_nothing(server) {
        let api = server.api("sara", "front");
        let (a, _) = api.contact("g@posta.example", "Un caso").await;
        let (b, _) = api.contact("h@posta.example", "Un caso").await;
        let (c, _) = api.contact("g@posta.example", "Ancora").await;
        let desk = server.signed_in("sara").await;
        let merged = async |from: &str, into: &str| {
            assert_eq!(desk.post(server.url(&format!("/desk/case/{from}/merge"))).form(&[("into", into)]).send().await.unwrap().status(), 303);
            desk.get(server.url(&format!("/desk/case/{into}"))).send().await.unwrap().text().await.unwrap()
        };
        assert!(merged(&a, &b).await.contains("non legge questo con il suo codice"));
        assert_eq!(desk.post(server.url(&format!("/desk/case/{a}/unmerge"))).send().await.unwrap().status(), 303);
        assert!(!merged(&a, &c).await.contains("non legge questo con il suo codice"), "one citizen's two cases are read as one");
    }

    async fn a_wrong_code_tells_nothing_and_guessing_is_slowed(server) {
        let api = server.api("sara", "front");
        let (number, code) = api.contact("g@posta.example", "Un caso").await;
        let citizen = server.browser();
        let knock = async |number: &str, code: &str| citizen.post(server.url("/caso")).form(&[("number", number), ("code", code)]).send().await.unwrap();
        let (wrong, none) = (knock(&number, "2222-2222").await, knock("LA-2026-999999", &code).await);
        assert_eq!((wrong.status().as_u16(), none.status().as_u16()), (422, 422));
        let hidden = |page: String| page.replace(&number, "N").replace("LA-2026-999999", "N");
        assert_eq!(hidden(wrong.text().await.unwrap()).len(), hidden(none.text().await.unwrap()).len(), "a number that is not there looks like one that is");
        let mut last = 0;
        for _ in 0..40 {
            last = knock(&number, "3333-3333").await.status().as_u16();
            if last == 429 {
                break;
            }
        }
        assert_eq!(last, 429);
        assert_eq!(knock(&number, &code).await.status(), 429, "and the right one waits as well");
        assert_ne!(citizen.get(server.url(&format!("/caso/{number}"))).send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn nothing_personal_is_logged() {
    let mut server = Server::new(Engine::Sqlite);
    server.run().await;
    server.hire_with("sara", "front", &["--display", "Sara Segreta"]);
    let browser = server.browser();
    let form = form("parolasegreta").text("name", "Giulia Segreta").text("phone", "333 555 0117");
    let done = write(&server, &browser, form).await;
    let code = done
        .split("mono\">")
        .find(|part| part.as_bytes().get(4) == Some(&b'-') && part.as_bytes().get(9) == Some(&b'<'))
        .map(|part| part[..9].to_owned())
        .unwrap();
    let _ = browser
        .post(server.url("/caso"))
        .form(&[("number", number(&done).as_str()), ("code", &code)])
        .send()
        .await
        .unwrap();
    let _ = browser
        .post(server.url("/login"))
        .form(&[("login", "giulia.segreta"), ("password", "passwordsegreta")])
        .send()
        .await
        .unwrap();
    server.signed_in("sara").await;
    assert!(server.stop());
    let log = server.log();
    for secret in ["egreta", "posta.example", "5550117", &code, stories::PASSWORD] {
        assert!(!log.contains(secret), "{secret} in the log:\n{log}");
    }
}
