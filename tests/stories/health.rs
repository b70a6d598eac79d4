//! The health of the centre: the same checks on the command line, as a page and for programs.

use stories::{Server, served_on_both};

served_on_both! {
    async fn the_page_says_what_the_command_line_says(server) {
        server.hire("ada", "admin");
        let ada = server.signed_in("ada").await;
        let page = ada.get(server.url("/admin/health")).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let page = page.text().await.unwrap();
        for word in ["Archivi", "File", "Posta", "Tutto funziona"] {
            assert!(page.contains(word), "{word}: {page}");
        }
        let answer = ada.get(server.url("/admin/health.json")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let json: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(json["ok"], true);
        let checks: Vec<&str> = json["checks"].as_array().unwrap().iter().map(|c| c["check"].as_str().unwrap()).collect();
        let said = server.try_command(&["check"], "").unwrap();
        for check in ["database", "staff", "files", "outbox", "jobs", "mail"] {
            assert!(checks.contains(&check) && said.contains(&format!("ok    {check}: ")), "{check}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_does_not_answer_is_named_with_what_to_do_and_holds_nothing_up() {
    let mut server = Server::stopped(db::Engine::Sqlite).await;
    server.set("LINEA_EMAIL__SMTP_HOST", "127.0.0.1").set("LINEA_EMAIL__SMTP_SECURITY", "none");
    server.set("LINEA_EMAIL__SMTP_PORT", stories::free_port().to_string());
    server.run().await;
    server.hire("ada", "admin");
    let ada = server.signed_in("ada").await;
    let answer = ada.get(server.url("/admin/health.json")).send().await.unwrap();
    assert_eq!(answer.status(), 503);
    let json: serde_json::Value = answer.json().await.unwrap();
    let mail = json["checks"].as_array().unwrap().iter().find(|c| c["check"] == "mail").unwrap();
    assert_eq!(mail["ok"], false, "{json}");
    assert!(mail["do"].as_str().is_some_and(|remedy| !remedy.is_empty()), "{json}");
    assert!(ada.get(server.url("/admin/health")).send().await.unwrap().text().await.unwrap().contains("Posta"));
    assert!(server.try_command(&["check"], "").is_err());
}
