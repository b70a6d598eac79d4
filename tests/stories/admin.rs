//! Who administers: those with the role, for everybody.

use centre::{By, Error};
use db::Engine;
use db::staff::NewStaff;
use model::StructureId;
use model::problem::Problem;
use model::user::Staff;
use stories::{Server, on_both};

on_both! {
    async fn whoever_is_of_one_structure_administers_nothing(office) {
        let new = NewStaff {
            login: "ugo".to_owned(), name: "Ugo Prova".to_owned(), password: None, roles: "admin".parse().unwrap(),
            scope: Some(StructureId::new("comune")), language: "it".to_owned(), ..NewStaff::default()
        };
        let Err(Error::Invalid(problems)) = centre::staff::add(&office.centre, By::System, new).await else { panic!("taken on") };
        assert_eq!((problems[0].field, problems[0].problem), ("scope", Problem::ScopeOfAdmin));
        assert!(centre::staff::all(&office.centre).await.unwrap().is_empty());
        // One from before that was refused: the role is theirs, the administration is not.
        let ugo = office.hire_as("ugo", "front", Some("comune"), &[]).await;
        let before = Staff { roles: "front,admin".parse().unwrap(), ..(*ugo).clone() };
        assert!(model::access::admin(&before).is_err() && model::access::desk(&before).is_ok());
    }
}

#[tokio::test]
async fn the_administration_is_open_to_administrators_and_shown_to_nobody_else() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("ada", "admin");
    server.hire("sara", "front,supervisor");
    let refused = server.try_command(&["user", "add", "ugo", "--role", "admin", "--scope", "comune"], "").unwrap_err();
    assert!(refused.contains("--scope"), "{refused}");
    let page = async |browser: &reqwest::Client, path: &str| {
        let answer = browser.get(server.url(path)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (ada, sara) = (server.signed_in("ada").await, server.signed_in("sara").await);
    let (status, home) = page(&ada, "/admin").await;
    assert_eq!(status, 200);
    assert!(home.contains("aria-current=\"page\""), "the page is marked among the links");
    assert!(page(&ada, "/desk/me").await.1.contains("href=\"/admin\""), "the desk leads there");
    assert!(!page(&sara, "/desk/me").await.1.contains("href=\"/admin\""), "and nobody else there");
    let (status, refusal) = page(&sara, "/admin").await;
    assert_eq!(status, 403);
    assert!(refusal.contains("<h1>"), "in words");
}
