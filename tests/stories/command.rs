//! The command line, as whoever installs the centre uses it.

use db::Engine;
use std::process::Command;
use stories::{PASSWORD, Server, served_on_both};

const ABRUZZO: &str = r#"
id = "abruzzo"
name = "Linea Amica Abruzzo"
special = true
[[entry_points]]
kind = "phone"
value = "800155300"
reachable_from = ["landline", "mobile"]
cost = "free"
"#;

served_on_both! {
    async fn a_service_is_applied_beside_a_running_server_and_shows_on_the_portal(server) {
        let file = server.data().join("abruzzo.toml");
        std::fs::write(&file, ABRUZZO).unwrap();
        server.try_command(&["service", "apply", file.to_str().unwrap()], "").unwrap();
        stories::eventually("the portal shows the service", async || {
            let page = reqwest::get(server.url("/")).await.unwrap().text().await.unwrap();
            (page.contains("Linea Amica Abruzzo") && page.contains("tel:800155300")).then_some(())
        })
        .await;
        std::fs::write(&file, "id = \"Abruzzo!\"\nname = \"x\"\n").unwrap();
        let refused = server.try_command(&["service", "apply", file.to_str().unwrap()], "").unwrap_err();
        assert!(refused.contains("Abruzzo!") && refused.contains(file.to_str().unwrap()), "{refused}");
        // Two services have no queue in common: a case would be in both.
        std::fs::write(&file, "id = \"altro\"\nname = \"Altro\"\n[[queues]]\nid = \"abruzzo\"\nname = \"x\"\nlevel = \"front\"\n").unwrap();
        let refused = server.try_command(&["service", "apply", file.to_str().unwrap()], "").unwrap_err();
        assert!(refused.contains("\"abruzzo\""), "{refused}");
    }

    async fn staff_are_listed_and_a_new_password_ends_what_the_old_one_began(server) {
        server.hire("sara", "front");
        let desk = server.signed_in("sara").await;
        assert!(server.try_command(&["user", "list"], "").unwrap().contains("sara"));
        assert!(server.try_command(&["user", "password", "sara", "--password-stdin"], "corta\n").is_err());
        assert!(server.try_command(&["user", "password", "nessuno", "--password-stdin"], &format!("{PASSWORD}\n")).is_err());
        assert_eq!(desk.get(server.url("/desk/me")).send().await.unwrap().status(), 200);
        server.try_command(&["user", "password", "sara", "--password-stdin"], "un'altra password\n").unwrap();
        assert_eq!(desk.get(server.url("/desk/me")).send().await.unwrap().status(), 303, "signed out");
        let sign_in = async |password: &str| server.browser().post(server.url("/login")).form(&[("login", "sara"), ("password", password)]).send().await.unwrap().status();
        assert_eq!(sign_in(PASSWORD).await, 422);
        assert_eq!(sign_in("un'altra password").await, 303);
    }

    async fn a_check_tells_what_is_well(server) {
        server.hire("sara", "front");
        let said = server.try_command(&["check"], "").unwrap();
        for word in ["ok    database", "ok    files", "ok    staff", "ok    outbox", "ok    mail"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        server.try_command(&["migrate"], "").unwrap();
    }
}

#[test]
fn a_check_makes_nothing_of_a_folder_that_is_mistyped() {
    let server = Server::new(Engine::Sqlite);
    std::fs::remove_dir_all(server.data()).unwrap();
    assert!(server.try_command(&["check"], "").is_err());
    assert!(!server.data().exists(), "nothing was made");
}

#[tokio::test]
async fn settings_come_from_a_file_and_a_password_is_what_it_is() {
    let mut server = Server::new(Engine::Sqlite);
    server.set("LINEA_EMAIL__SMTP_PASSWORD", "007");
    let file = server.data().join("linea.toml");
    std::fs::write(&file, "[telemetry]\nlog = \"warn\"\nformt = \"json\"\n").unwrap();
    let wrong = server.try_command(&["--config", file.to_str().unwrap(), "user", "list"], "").unwrap_err();
    assert!(wrong.contains("formt"), "{wrong}");
    std::fs::write(&file, "[telemetry]\nlog = \"warn\"\nformat = \"json\"\n").unwrap();
    server.try_command(&["--config", file.to_str().unwrap(), "user", "list"], "").unwrap();
    server.run().await;
    assert_eq!(reqwest::get(server.url("/healthz")).await.unwrap().status(), 200);
}

#[test]
fn an_unknown_word_is_told_with_the_way_to_help() {
    let said = Command::new(stories::binary()).arg("servi").output().unwrap();
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains("--help"));
}
