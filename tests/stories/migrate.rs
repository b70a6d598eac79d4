//! A database of an earlier version, and one of a later.

use db::{ConnectionTrait, Db, Engine};
use std::path::PathBuf;
use stories::{Server, rows};

/// A centre as the first version left it: three people, and somebody who works there.
async fn old(engine: Engine) -> Server {
    let server = Server::stopped(engine).await;
    let db = Db::open_at(&server.database(), 2).await.unwrap();
    db.write::<_, db::Error, _>(|tx| {
        Box::pin(async move {
            for sql in [
                "INSERT INTO person (name, created_at) VALUES ('Giulia Prova', 1), ('Mario Prova', 2), ('Ada Prova', 3)",
                "INSERT INTO staff (login, name, roles, language, created_at) VALUES ('sara', 'Sara', 'front', 'it', 1)",
            ] {
                tx.execute_unprepared(sql).await?;
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    db.close().await.unwrap();
    server
}

fn backups(server: &Server) -> Vec<PathBuf> {
    let folder = server.data().join("backups");
    let Ok(all) = std::fs::read_dir(folder) else { return Vec::new() };
    all.map(|entry| entry.unwrap().path()).collect()
}

async fn on_both<F: AsyncFn(Server)>(story: F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        story(old(engine).await).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_database_is_backed_up_and_then_changed() {
    on_both(async |server| {
        let before = rows(&server.database()).await;
        let asked = server.command(&["migrate", "--check"], "").output().unwrap();
        assert_eq!(asked.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&asked.stdout).contains("m0003_records"));
        let checked = server.command(&["check"], "").output().unwrap();
        assert!(!checked.status.success() && String::from_utf8_lossy(&checked.stdout).contains("WRONG tables"));
        assert_eq!(rows(&server.database()).await, before, "asking does nothing");

        let said = server.try_command(&["migrate"], "").unwrap();
        assert!(
            said.contains("First, a backup: ") && said.contains("m0003_records") && said.contains("up to date"),
            "{said}"
        );
        let [kept] = &backups(&server)[..] else { panic!("{said}") };
        assert_eq!(server.try_command(&["migrate"], "").unwrap().trim(), "The database is up to date.");
        assert_eq!(server.try_command(&["migrate", "--check"], "").unwrap().trim(), "The database is up to date.");
        assert_eq!(backups(&server).len(), 1, "nothing to do, nothing to keep");
        assert!(rows(&server.database()).await["person"].iter().any(|row| row.contains("Ada Prova")));

        // The old backup is brought forward as it is restored.
        let other = server.stranger().await;
        other.try_command(&["restore", kept.to_str().unwrap()], "").unwrap();
        let restored = rows(&other.database()).await;
        assert_eq!(restored["person"], rows(&server.database()).await["person"]);
        assert!(restored.contains_key("survey"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_finds_an_old_database_makes_a_backup_first_and_an_empty_one_needs_none() {
    on_both(async |mut server| {
        server.run().await;
        assert_eq!(backups(&server).len(), 1, "{}", server.log());
        assert!(server.try_command(&["user", "list"], "").unwrap().contains("sara"));
        let mut fresh = server.stranger().await;
        fresh.run().await;
        assert!(backups(&fresh).is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_goes_where_it_is_wanted_or_is_declined_and_one_that_fails_stops_the_change() {
    on_both(async |server| {
        let refused = server.try_command(&["migrate", "--backup", "/nessuno/prima.tar.zst"], "").unwrap_err();
        assert!(refused.contains("/nessuno/") && refused.contains("not changed"), "{refused}");
        assert_eq!(server.command(&["migrate", "--check"], "").output().unwrap().status.code(), Some(2));
        let wanted = server.data().join("prima.tar.zst");
        server.try_command(&["migrate", "--backup", wanted.to_str().unwrap()], "").unwrap();
        assert!(wanted.exists() && backups(&server).is_empty());
    })
    .await;
    let server = old(Engine::Sqlite).await;
    assert!(!server.try_command(&["migrate", "--no-backup"], "").unwrap().contains("backup"));
    assert!(backups(&server).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_a_newer_version_has_changed_is_refused_by_name() {
    on_both(async |server| {
        server.try_command(&["migrate", "--no-backup"], "").unwrap();
        let db = Db::open(&server.database(), false).await.unwrap();
        db.write::<_, db::Error, _>(|tx| {
            Box::pin(async move {
                tx.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 1)")
                    .await?;
                Ok(())
            })
        })
        .await
        .unwrap();
        db.close().await.unwrap();
        for words in [&["migrate"][..], &["migrate", "--check"], &["user", "list"], &["serve"]] {
            let refused = server.try_command(words, "").unwrap_err();
            assert!(refused.contains("newer version") && refused.contains("m9999_future"), "{words:?}: {refused}");
        }
        // A backup can be made all the same, and is refused here.
        let file = server.data().join("futura.tar.zst");
        server.try_command(&["backup", file.to_str().unwrap()], "").unwrap();
        let other = server.stranger().await;
        let refused = other.try_command(&["restore", file.to_str().unwrap()], "").unwrap_err();
        assert!(refused.contains("newer version") && refused.contains("m9999_future"), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_had_solved_a_case_that_was_taken_up_again_is_known_after_the_change() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let server = Server::stopped(engine).await;
        let db = Db::open_at(&server.database(), 7).await.unwrap();
        let case = |id: i64, solved_by: &str, reopened: &str, solved: &str, extra: &str| {
            format!(
                "INSERT INTO cases (id, version, service, queue, state, level, language, opened_at, solved_at, solved_by, \
                 reopened_at, unanswered, last_at, channel, announce_content, due_at, extra) VALUES ({id}, 1, 'linea-amica', \
                 'linea-amica', 'open', 'front', 'it', 1, {solved}, {solved_by}, {reopened}, false, 1, 'web', false, 1, {extra})"
            )
        };
        // Solved by the back office and reopened; the same as a record told it; given back with a solution; solved.
        let rows = [
            case(1, "NULL", "3", "2", "NULL"),
            case(2, "NULL", "3", "2", "'{\"solved_by\":\"front\"}'"),
            case(3, "'back'", "NULL", "NULL", "NULL"),
            case(4, "'front'", "NULL", "2", "NULL"),
            "INSERT INTO event (at, actor, subject, subject_id, case_id, kind, data) VALUES (2, 'staff', 'case', '1', 1, \
             'solved', '{\"kind\":\"solved\",\"by\":\"back\"}')"
                .to_owned(),
        ];
        db.write::<_, db::Error, _>(|tx| {
            Box::pin(async move {
                for sql in rows {
                    tx.execute_unprepared(&sql).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
        db.close().await.unwrap();
        server.try_command(&["migrate", "--no-backup"], "").unwrap();
        let db = Db::open(&server.database(), false).await.unwrap();
        let mut known = Vec::new();
        for id in [1, 2, 3, 4].map(model::CaseId) {
            let case = db::case::load(db.read(), id).await.unwrap().unwrap().case;
            known.push((case.solved_by, case.solution_by));
        }
        let (front, back) = (Some(model::case::Level::Front), Some(model::case::Level::Back));
        assert_eq!(known, [(back, None), (front, None), (None, back), (front, None)], "{engine:?}");
    }
}

#[tokio::test]
async fn all_who_begin_at_once_in_a_new_folder_find_a_database() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let server = Server::stopped(engine).await;
        let export = || server.command(&["export", "--type", "contact"], "").spawn().unwrap();
        let all: Vec<_> = (0..8).map(|_| export()).collect();
        for one in all {
            let said = one.wait_with_output().unwrap();
            assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        }
    }
}
