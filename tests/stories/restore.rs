//! A restore and those whose words are not to come back with it; and one that finds a database that cannot be read.

use db::{ConnectionTrait, Db, Engine};
use std::path::{Path, PathBuf};
use stories::{Server, rows, served_on_both};

/// Somebody who wrote long ago, and two trainees.
const PAST: &str = r#"{"type":"person","id":"p1","name":"Zibaldona Trombetti","emails":["zibaldona@posta.example"]}
{"type":"case","id":"k1","service":"linea-amica","opened_at":"2009-01-15T10:30:00Z","solved_at":"2009-01-18T12:00:00Z","closed_at":"2009-02-18T12:00:00Z"}
{"type":"contact","id":"c1","service":"linea-amica","channel":"web","direction":"inbound","started_at":"2009-01-15T10:30:00Z","case":"k1","person":"p1","text":"Parole remote."}
{"type":"training","id":"t1","trainee":"gianduia","course":"Base","completed_at":"2026-02-01T10:00:00Z"}
{"type":"training","id":"t2","trainee":"gianduia","course":"Altro","completed_at":"2026-02-01T10:00:00Z"}
{"type":"training","id":"t3","trainee":"meneghino","course":"Base","completed_at":"2026-02-01T10:00:00Z"}
"#;

fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Brings the past in and makes a backup of it.
fn backed_up(server: &Server) -> PathBuf {
    let (past, file) = (server.data().join("passato.ndjson"), server.data().join("tutto.tar.zst"));
    std::fs::write(&past, PAST).unwrap();
    server.try_command(&["import", word(&past)], "").unwrap();
    server.try_command(&["backup", word(&file)], "").unwrap();
    file
}

fn find(server: &Server, text: &str) -> String {
    server.try_command(&["person", "find", text], "").unwrap()
}

fn trainees(server: &Server) -> Vec<String> {
    let written = server.try_command(&["export"], "").unwrap();
    let trainings = written.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    trainings.filter_map(|record| Some(record["trainee"].as_str()?.to_owned())).collect()
}

/// The database as it stands when a restore ends between taking its place and erasing these.
async fn broken_off(server: &Server, noted: String) {
    let db = Db::open(&server.database(), false).await.unwrap();
    db.write::<_, db::Error, _>(move |tx| {
        Box::pin(async move {
            tx.execute_unprepared(&format!("INSERT INTO to_erase VALUES {noted}")).await?;
            Ok(())
        })
    })
    .await
    .unwrap();
    db.close().await.unwrap();
}

served_on_both! {
    async fn what_was_emptied_by_mistake_comes_back_and_who_was_erased_does_not(server) {
        let file = backed_up(&server);
        server.hire("ada", "admin");
        let (ada, set) = (server.signed_in("ada").await, server.url("/admin/privacy/retention/linea-amica"));
        let set = ada.post(set).form(&[("content-days", "730"), ("sure", "1")]).send().await.unwrap();
        assert_eq!(set.status(), 303);
        server.try_command(&["privacy", "retention"], "").unwrap();
        assert!(find(&server, "zibaldona@posta.example").contains("Nobody"));
        server.try_command(&["person", "erase-trainee", "gianduia"], "").unwrap();
        assert!(server.stop());
        let said = server.try_command(&["restore", word(&file), "--replace"], "").unwrap();
        assert!(!said.contains("person(s) who were erased") && said.contains("2 training(s) of trainees"), "{said}");
        assert!(find(&server, "zibaldona@posta.example").contains("Zibaldona"), "nobody had asked for it");
        let trainees = trainees(&server);
        assert!(trainees.len() == 3 && !trainees.contains(&"gianduia".to_owned()), "{trainees:?}");
        assert!(trainees.contains(&"meneghino".to_owned()));
    }

    async fn a_restore_that_breaks_off_leaves_nobody_who_was_erased_to_be_found(server) {
        backed_up(&server);
        let id: i64 = find(&server, "zibaldona@posta.example").split_whitespace().next().unwrap().parse().unwrap();
        assert!(server.stop());
        // Beside one who is there no more.
        broken_off(&server, format!("('person', 4711), ('person', {id}), ('training', 1)")).await;
        server.run().await;
        assert!(find(&server, "zibaldona@posta.example").contains("Nobody"));
        assert_eq!(trainees(&server).iter().filter(|word| *word == "gianduia").count(), 0);
        assert!(server.log().contains("person 4711"), "whom it could not erase it says: {}", server.log());
    }

    async fn who_was_to_be_erased_after_a_restore_is_erased_after_the_next(server) {
        let file = backed_up(&server);
        let id: i64 = find(&server, "zibaldona@posta.example").split_whitespace().next().unwrap().parse().unwrap();
        assert!(server.stop());
        broken_off(&server, format!("('person', {id}), ('training', 1)")).await;
        let said = server.try_command(&["restore", word(&file), "--replace"], "").unwrap();
        assert!(said.contains("1 person(s) who were erased") && said.contains("2 training(s) of trainees"), "{said}");
        assert!(find(&server, "zibaldona@posta.example").contains("Nobody"));
    }
}

/// A server that was killed at work, so that its log holds what its database does not; and a backup made before.
async fn killed() -> (Server, PathBuf) {
    let mut server = Server::start(Engine::Sqlite).await;
    let file = backed_up(&server);
    let api = server.api("sara", "front");
    api.contact("tardi@posta.example", "Arrivo dopo la copia.").await;
    server.kill9();
    let log = server.data().join(format!("{}-wal", db::SQLITE_FILE));
    assert!(std::fs::metadata(log).unwrap().len() > 0);
    (server, file)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_was_left_over_is_not_taken_for_that_of_what_is_restored() {
    let (server, file) = killed().await;
    std::fs::remove_file(server.data().join(db::SQLITE_FILE)).unwrap();
    server.try_command(&["restore", word(&file)], "").unwrap();
    let other = server.stranger().await;
    other.try_command(&["restore", word(&file)], "").unwrap();
    assert_eq!(rows(&server.database()).await, rows(&other.database()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_be_read_is_set_aside_with_its_log() {
    let (server, file) = killed().await;
    let place = server.data().join(db::SQLITE_FILE);
    std::fs::write(&place, "Qui c'era un archivio, e ora non si legge più. ".repeat(200)).unwrap();
    let refused = server.try_command(&["restore", word(&file)], "").unwrap_err();
    assert!(refused.contains("cannot be read") && refused.contains("--replace"), "{refused}");
    let done = server.command(&["restore", word(&file), "--replace"], "").output().unwrap();
    let (said, noted) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && noted.contains("is not known"), "{said}{noted}");
    let kept = said.split_whitespace().find(|word| word.contains("replaced-")).unwrap().trim_end_matches(';');
    assert!(std::fs::read(kept).unwrap().starts_with(b"Qui c'era"));
    assert!(Path::new(&format!("{kept}-wal")).is_file(), "and its log beside it");
    let other = server.stranger().await;
    other.try_command(&["restore", word(&file)], "").unwrap();
    assert_eq!(rows(&server.database()).await, rows(&other.database()).await);
}
