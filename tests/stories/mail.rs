//! Letters to citizens, to a real mail server.

use db::Engine;
use serde_json::json;
use stories::{FakeSmtp, Mood, Postfix, Server, eventually};

async fn with_mail(engine: Engine, postfix: &Postfix) -> Server {
    let mut server = tokio::task::spawn_blocking(move || Server::new(engine)).await.unwrap();
    server
        .set("LINEA_EMAIL__SMTP_HOST", "127.0.0.1")
        .set("LINEA_EMAIL__SMTP_PORT", postfix.port().to_string())
        .set("LINEA_EMAIL__SMTP_SECURITY", "none");
    server
        .set("LINEA_EMAIL__FROM", "Linea Amica <risposte@lineaamica.example>")
        .set("LINEA_HTTP__PUBLIC_URL", "https://lineaamica.example");
    server.run().await;
    server
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_citizen_has_a_receipt_an_announcement_and_the_solution_by_mail() {
    let mut postfix = Postfix::new();
    postfix.start().await;
    let server = with_mail(Engine::Sqlite, &postfix).await;
    let api = server.api("sara", "front");
    let (number, code) = api.contact("giulia@posta.example", "Perché non compare?").await;
    let receipt = postfix.letter("giulia@posta.example", "Abbiamo ricevuto").await;
    assert_eq!(receipt.subject(), format!("Abbiamo ricevuto la sua domanda: caso {number}"));
    for word in [number.as_str(), &code, "https://lineaamica.example/caso", "Le rispondiamo entro"] {
        assert!(receipt.body().contains(word), "{word} is missing: {}", receipt.body());
    }
    assert!(!receipt.body().contains("Perché non compare"), "what was written is not repeated in a letter");
    assert_eq!(
        (receipt.head("Auto-Submitted").as_str(), receipt.head("From").as_str()),
        ("auto-generated", "\"Linea Amica\" <risposte@lineaamica.example>")
    );

    api.post(&format!("/cases/{number}/messages"), &json!({ "text": "Il suo ISEE è scaduto" })).await.expect(201);
    let announcement = postfix.letter("giulia@posta.example", "risposta per lei").await;
    assert!(
        announcement.subject().contains(&number) && announcement.body().contains("https://lineaamica.example/caso")
    );
    assert!(
        !announcement.body().contains("ISEE") && !announcement.body().contains(&code),
        "the words stay behind the code"
    );
    api.post(&format!("/cases/{number}/messages"), &json!({ "text": "solo per noi", "internal": true }))
        .await
        .expect(201);
    api.post(&format!("/cases/{number}/solve"), &json!({})).await.expect(200);
    let solved = postfix.letter("giulia@posta.example", "è risolto").await;
    assert!(solved.subject().contains(&number));
    let all = postfix.mailbox();
    assert_eq!(all.len(), 3, "one letter each, and none of a note");
    assert!(all.iter().all(|letter| !letter.body().contains("solo per noi")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asked_for_it_has_the_reply_itself_and_in_their_language() {
    let mut postfix = Postfix::new();
    postfix.start().await;
    let server = with_mail(Engine::Postgres, &postfix).await;
    let api = server.api("sara", "front");
    let form = [
        ("key", "k"),
        ("text", "Where do I get a tax code?"),
        ("via", "email"),
        ("email", "john@posta.example"),
        ("content", "1"),
        ("consent", "1"),
    ];
    let sent = server.browser().post(server.url("/en/scrivi")).form(&form).send().await.unwrap();
    assert_eq!(sent.status(), 303, "{}", sent.text().await.unwrap());
    let receipt = postfix.letter("john@posta.example", "https://lineaamica.example/en/caso").await;
    assert!(!receipt.subject().contains("ricevuto"), "{}", receipt.subject());
    let number = api.all_cases(10).await[0]["number"].as_str().unwrap().to_owned();
    api.post(
        &format!("/cases/{number}/messages"),
        &json!({ "text": "At any office of the Agenzia delle Entrate.\n.\nBring your passport: è gratis 😊" }),
    )
    .await
    .expect(201);
    let reply = postfix.letter("john@posta.example", "Agenzia delle Entrate").await;
    assert!(
        reply.body().contains("At any office of the Agenzia delle Entrate.\n.\nBring your passport: è gratis 😊"),
        "{}",
        reply.body()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_is_sent_again_to_the_address_that_the_case_was_given_with() {
    let mut postfix = Postfix::new();
    postfix.start().await;
    let server = with_mail(Engine::Sqlite, &postfix).await;
    let api = server.api("sara", "front");
    let (number, code) = api.contact("giulia@posta.example", "Un caso").await;
    let browser = server.browser();
    let ask = async |email: &str| {
        let answer = browser.post(server.url("/caso/codice")).form(&[("email", email)]).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap().replace(email, "E"))
    };
    let (known, unknown) = (ask("giulia@posta.example").await, ask("nessuno@posta.example").await);
    assert_eq!(known.0, unknown.0);
    let letter = postfix.letter("giulia@posta.example", "I suoi casi").await;
    assert!(letter.body().contains(&number) && letter.body().contains(&code));
    assert!(postfix.mailbox().iter().all(|l| !l.head("To").contains("nessuno")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_while_the_mail_server_is_down_letters_wait_and_go_later() {
    let mut postfix = Postfix::new();
    let server = with_mail(Engine::Sqlite, &postfix).await;
    let api = server.api("sara", "front");
    let (number, _) = api.contact("giulia@posta.example", "Un caso").await;
    eventually("a letter did not go", async || server.log().contains("a letter did not go").then_some(())).await;
    assert_eq!(api.get(&format!("/cases/{number}")).await.expect(200)["state"], "new", "the centre works on");
    postfix.start().await;
    let receipt = postfix.letter("giulia@posta.example", &number).await;
    assert!(receipt.subject().contains("Abbiamo ricevuto"));
    assert_eq!(postfix.mailbox().len(), 1);
}

async fn with_fake(smtp: &FakeSmtp) -> Server {
    let mut server = Server::new(Engine::Sqlite);
    server
        .set("LINEA_EMAIL__SMTP_HOST", "127.0.0.1")
        .set("LINEA_EMAIL__SMTP_PORT", smtp.port().to_string())
        .set("LINEA_EMAIL__SMTP_SECURITY", "none")
        .set("LINEA_EMAIL__SMTP_USER", "linea")
        .set("LINEA_EMAIL__SMTP_PASSWORD", "segreta");
    server.run().await;
    server
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_whose_address_is_refused_is_listed_and_goes_when_it_is_sent_again() {
    let smtp = FakeSmtp::start(Mood::RefusesRecipient).await;
    let server = with_fake(&smtp).await;
    let api = server.api("sara", "front");
    api.contact("giulia@posta.example", "Un caso").await;
    let list = || server.try_command(&["outbox", "list"], "").unwrap();
    let listed =
        eventually("the letter is given up", async || Some(list()).filter(|said| said.contains("550 5.1.1"))).await;
    assert!(listed.contains("1 were given up"), "{listed}");
    assert!(!format!("{listed}{}", server.log()).contains("giulia"), "no address in lists and logs");
    let checked = server.try_command(&["check"], "").unwrap();
    assert!(checked.contains("1 were given up"), "{checked}");
    smtp.set(Mood::Takes);
    assert!(server.try_command(&["outbox", "retry", "4711"], "").is_err());
    let id = listed.lines().find(|line| line.contains("550")).unwrap().split_whitespace().next().unwrap();
    server.try_command(&["outbox", "retry", id], "").unwrap();
    eventually("the letter goes", async || (smtp.taken() == 1).then_some(())).await;
    eventually("nothing is left", async || list().starts_with("0 letter(s) wait, 0 were").then_some(())).await;
    assert!(server.try_command(&["outbox", "retry", "--all"], "").unwrap().starts_with("0 "));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_password_or_a_server_that_is_closed_makes_no_dead_letters() {
    for mood in [Mood::KnowsNobody, Mood::Closed] {
        let smtp = FakeSmtp::start(mood).await;
        let server = with_fake(&smtp).await;
        let api = server.api("sara", "front");
        api.contact("giulia@posta.example", "Un caso").await;
        eventually("the letter did not go", async || server.log().contains("a letter did not go").then_some(())).await;
        let listed = server.try_command(&["outbox", "list"], "").unwrap();
        assert!(listed.starts_with("1 letter(s) wait, 0 were given up"), "{mood:?}: {listed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_new_comes_in_by_the_letter_and_a_forgotten_password_is_had_by_another() {
    let mut postfix = Postfix::new();
    postfix.start().await;
    let server = with_mail(Engine::Sqlite, &postfix).await;
    server
        .try_command(
            &[
                "user",
                "add",
                "karim",
                "--role",
                "front",
                "--display",
                "Karim Esempio",
                "--email",
                "karim@posta.example",
            ],
            "",
        )
        .unwrap();
    server.try_command(&["user", "invite", "karim", "--letter"], "").unwrap();
    let browser = server.browser();
    let follow = async |body: &str, password: &str| {
        let path = body.split_once("https://lineaamica.example").unwrap().1.split_whitespace().next().unwrap();
        assert_eq!(browser.get(server.url(path)).send().await.unwrap().status(), 200, "{path}");
        let set = browser.post(server.url(path)).form(&[("password", password)]).send().await.unwrap();
        assert_eq!(set.headers()["location"], "/login?set=1");
        let form = [("login", "karim"), ("password", password)];
        browser.post(server.url("/login")).form(&form).send().await.unwrap().status().as_u16()
    };
    let letter = postfix.letter("karim@posta.example", "invito").await;
    assert!(letter.body().contains("Karim Esempio") && letter.body().contains("karim"));
    assert_eq!(follow(&letter.body(), "la prima parola").await, 303);

    let asked =
        browser.post(server.url("/login/forgotten")).form(&[("login", "Karim@Posta.example")]).send().await.unwrap();
    let told = asked.text().await.unwrap();
    let nobody = browser.post(server.url("/login/forgotten")).form(&[("login", "nessuno")]).send().await.unwrap();
    let plain = |page: &str| page.split("<main>").nth(1).unwrap().to_owned();
    assert_eq!(plain(&told), plain(&nobody.text().await.unwrap()), "who works here is told to nobody");
    let letter = postfix.letter("karim@posta.example", "sua password").await;
    assert_eq!(follow(&letter.body(), "la seconda parola").await, 303);
}
