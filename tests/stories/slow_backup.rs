//! Backups as whoever keeps a centre makes them and needs them: beside a server at work, brought back on either
//! database, refused when something is wrong with them.

use db::Engine;
use reqwest::multipart::{Form, Part};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use stories::{Rows, Server, eventually, rows, served_on_both};

const YEAR: &str = include_str!("record/year.ndjson");

fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Some work of every kind: an imported year, a letter with a file, a reply, a solved case.
async fn some_work(server: &Server) {
    let api = server.api("sara", "front,supervisor");
    let year = server.data().join("anno.ndjson");
    std::fs::write(&year, YEAR).unwrap();
    server.try_command(&["import", word(&year)], "").unwrap();
    let form = Form::new().text("key", "k").text("text", "La mia domanda, con una fattura.").text("via", "email");
    let file =
        Part::bytes(b"%PDF-1.7 la fattura".to_vec()).file_name("fattura.pdf").mime_str("application/pdf").unwrap();
    let form = form.text("email", "giulia@posta.example").text("consent", "1").part("files", file);
    let sent = server.browser().post(server.url("/scrivi")).multipart(form).send().await.unwrap();
    assert_eq!(sent.status(), 303);
    let (number, _) = api.contact("mario@posta.example", "Vorrei sapere dell'assegno unico.").await;
    api.post(&format!("/cases/{number}/messages"), &serde_json::json!({ "text": "Ecco come si fa." }))
        .await
        .expect(201);
    api.post(&format!("/cases/{number}/solve"), &serde_json::json!({ "outcome": "solved" })).await.expect(200);
}

/// Every file of a storage with what is in it, but for whose it is.
fn files(server: &Server) -> BTreeSet<(String, Vec<u8>)> {
    let root = server.data().join("files");
    let mut all = BTreeSet::new();
    for shard in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in std::fs::read_dir(shard).unwrap().map(|entry| entry.unwrap().path()) {
            all.insert((word(file.strip_prefix(&root).unwrap()).to_owned(), std::fs::read(&file).unwrap()));
        }
    }
    all
}

/// The same rows in every table; which transaction brought an event is each database's own affair.
#[track_caller]
fn equal(one: &Rows, other: &Rows) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (table, lines) in one {
        assert_eq!(lines, &other[table], "{table}");
    }
}

served_on_both! {
    async fn a_backup_made_while_contacts_come_in_refuses_nobody_and_holds_one_moment(server) {
        let api = server.api("sistema", "front,supervisor");
        let (end, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let load: Vec<_> = (0..8)
            .map(|worker| {
                let (api, end, count) = (api.clone(), end.clone(), count.clone());
                tokio::spawn(async move {
                    let mut taken = Vec::new();
                    while !end.load(Ordering::Relaxed) {
                        // Every answer is a 201: `contact` fails on any other.
                        taken.push(api.contact(&format!("w{worker}n{}@posta.example", taken.len()), "Una domanda.").await.0);
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    taken
                })
            })
            .collect();
        let come_to = async |most: usize| eventually("contacts come in", async || (count.load(Ordering::Relaxed) > most).then_some(())).await;
        come_to(200).await;
        let acknowledged = count.load(Ordering::Relaxed);
        let file = server.data().join("notte.tar.zst");
        let mut making = server.command(&["backup", word(&file)], "").spawn().unwrap();
        eventually("the backup ends", async || making.try_wait().unwrap()).await;
        assert!(making.wait().unwrap().success());
        come_to(acknowledged + 50).await;
        end.store(true, Ordering::Relaxed);
        let mut taken = Vec::new();
        for worker in load {
            taken.extend(worker.await.unwrap());
        }
        assert!(server.stop());

        let other = server.stranger().await;
        let said = other.try_command(&["restore", word(&file)], "").unwrap();
        assert!(said.contains("is whole") && said.contains("Restored."), "{said}");
        let (now, then) = (rows(&server.database()).await, rows(&other.database()).await);
        assert!(then["contact"].len() >= acknowledged && then["contact"].len() < now["contact"].len(), "{acknowledged}");
        assert!(taken.len() >= then["contact"].len());
        // What is written once is, row by row, as it is where it was made.
        for table in ["contact", "person", "person_address", "message", "token", "secret", "service", "staff"] {
            let all: BTreeSet<&String> = now[table].iter().collect();
            assert!(then[table].iter().all(|row| all.contains(row)), "{table}");
        }
        // One moment: a contact came with its case, its person and its events, or not at all.
        assert_eq!((then["contact"].len(), then["person"].len()), (then["cases"].len(), then["person_address"].len()));
        let mut other = other;
        other.run().await;
        let restored = api.at(other.url(""));
        assert_eq!(restored.all_cases(100).await.len(), then["cases"].len());
        restored.contact("nuovo@posta.example", "Dopo il ripristino si scrive ancora.").await;
        assert_eq!(restored.all_cases(100).await.len(), then["cases"].len() + 1, "no number was given twice");
    }

    async fn a_restored_copy_is_equal_row_by_row_and_file_by_file(server) {
        some_work(&server).await;
        assert!(server.stop());
        let file = server.data().join("tutto.tar.zst");
        server.try_command(&["backup", word(&file)], "").unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "nobody else reads it");
        let mut other = server.stranger().await;
        other.try_command(&["restore", word(&file)], "").unwrap();
        equal(&rows(&server.database()).await, &rows(&other.database()).await);
        assert_eq!(files(&server), files(&other));
        assert_eq!(files(&other).len(), 1);
        let export = |server: &Server| server.try_command(&["export"], "").unwrap();
        assert_eq!(export(&server), export(&other));
        // What words find is made anew.
        other.run().await;
        let desk = other.signed_in("sara").await;
        for (typed, found) in [("fattura", "domanda"), ("assegno", "assegno"), ("giulia@posta.example", "domanda")] {
            let page = desk.get(other.url(&format!("/desk/search?q={typed}"))).send().await.unwrap().text().await.unwrap();
            assert!(page.contains(found), "{typed}");
        }
        let checked = other.try_command(&["check"], "").unwrap();
        assert!(checked.contains("ok    files") && !checked.contains("WRONG"), "{checked}");
    }

    async fn a_backup_of_one_database_is_brought_back_on_the_other(server) {
        some_work(&server).await;
        assert!(server.stop());
        let file = server.data().join("tutto.tar.zst");
        server.try_command(&["backup", word(&file)], "").unwrap();
        let elsewhere = if server.database().url.is_some() { Engine::Sqlite } else { Engine::Postgres };
        let mut other = Server::stopped(elsewhere).await;
        other.try_command(&["restore", word(&file)], "").unwrap();
        let (here, there) = (rows(&server.database()).await, rows(&other.database()).await);
        for (table, lines) in &here {
            assert_eq!(lines.len(), there[table].len(), "{table}");
        }
        assert_eq!(server.try_command(&["export"], "").unwrap(), other.try_command(&["export"], "").unwrap());
        assert_eq!(files(&server), files(&other));
        other.run().await;
        let desk = other.signed_in("sara").await;
        let page = desk.get(other.url("/desk/search?q=assegno")).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("assegno"), "found by its words");
        // Ids go on where they were, on a database that counts otherwise; and live pages follow what is new.
        let before = there["cases"].len();
        let api = stories::Api::new(other.url(""), other.token("sara"));
        let mut live = api.follow(None).await;
        let (number, _) = api.contact("dopo@posta.example", "Scrivo dopo.").await;
        assert_eq!(api.all_cases(100).await.len(), before + 1);
        assert!(live.next().await.is_some(), "{number} is told of");
    }

    async fn who_was_erased_since_the_backup_is_erased_again_when_it_is_brought_back(server) {
        some_work(&server).await;
        let file = server.data().join("tutto.tar.zst");
        server.try_command(&["backup", word(&file)], "").unwrap();
        let found = server.try_command(&["person", "find", "mario@posta.example"], "").unwrap();
        let id = found.split_whitespace().next().unwrap().to_owned();
        server.try_command(&["person", "erase", &id, "--yes"], "").unwrap();
        assert!(server.stop());
        let said = server.try_command(&["restore", word(&file), "--replace"], "").unwrap();
        assert!(said.contains("1 person(s) who were erased since"), "{said}");
        assert!(server.try_command(&["person", "find", "mario@posta.example"], "").unwrap().contains("Nobody"));
        assert!(server.try_command(&["person", "find", "giulia@posta.example"], "").unwrap().contains("giulia"));
    }

    async fn whoever_would_lose_something_by_a_restore_is_asked_first(server) {
        some_work(&server).await;
        let file = server.data().join("tutto.tar.zst");
        server.try_command(&["backup", word(&file)], "").unwrap();
        let refused = server.try_command(&["restore", word(&file), "--replace"], "").unwrap_err();
        assert!(refused.contains("stop it first"), "{refused}");
        let api = stories::Api::new(server.url(""), server.token("sara"));
        api.contact("tardi@posta.example", "Arrivo dopo la copia.").await;
        assert!(server.stop());
        let refused = server.try_command(&["restore", word(&file)], "").unwrap_err();
        assert!(refused.contains("--replace"), "{refused}");
        let before = rows(&server.database()).await;
        // Refused for whatever reason, nothing has been touched.
        let mut bytes = std::fs::read(&file).unwrap();
        let half = bytes.len() / 2;
        let spoilt = server.data().join("guasto.tar.zst");
        std::fs::write(&spoilt, &bytes[..half]).unwrap();
        let refused = server.try_command(&["restore", word(&spoilt), "--replace"], "").unwrap_err();
        assert!(refused.contains("damaged or cut off"), "{refused}");
        let last = bytes.len() - 1;
        for at in [half, last] {
            bytes[at] ^= 0x55;
            std::fs::write(&spoilt, &bytes).unwrap();
            let refused = server.try_command(&["restore", word(&spoilt), "--replace"], "").unwrap_err();
            assert!(refused.contains("damaged or cut off"), "{refused}");
            bytes[at] ^= 0x55;
        }
        std::fs::write(&spoilt, "non sono una copia").unwrap();
        assert!(server.try_command(&["restore", word(&spoilt), "--replace"], "").is_err());
        equal(&before, &rows(&server.database()).await);
        let said = server.try_command(&["restore", word(&file), "--replace"], "").unwrap();
        let after = rows(&server.database()).await;
        assert_eq!(after["cases"].len() + 1, before["cases"].len(), "as it was when the backup was made");
        if server.database().url.is_none() {
            let old: PathBuf = said.split_whitespace().find(|word| word.contains("replaced-")).unwrap().trim_end_matches(';').into();
            assert!(old.is_file(), "what was there is kept: {said}");
        }
        server.run().await;
        assert_eq!(stories::Api::new(server.url(""), server.token("sara")).all_cases(100).await.len(), after["cases"].len());
    }
}

#[tokio::test]
async fn a_backup_goes_where_it_is_sent_and_leaves_no_half_file() {
    let mut server = Server::stopped(Engine::Sqlite).await;
    let nothing = server.try_command(&["backup", "-"], "").unwrap_err();
    assert!(nothing.contains("there is no database"), "{nothing}");
    server.run().await;
    some_work(&server).await;
    let sent = server.command(&["backup", "-"], "").output().unwrap();
    assert!(sent.status.success());
    let file = server.data().join("mandata.tar.zst");
    std::fs::write(&file, &sent.stdout).unwrap();
    let other = server.stranger().await;
    other.try_command(&["restore", word(&file)], "").unwrap();
    // Any tar knows what it is.
    let listed = std::process::Command::new("sh")
        .args(["-c", "tar -I 'zstd -d' -tf \"$0\" 2>/dev/null || true", word(&file)])
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.is_empty() || listed.contains("manifest.json"), "{listed}");

    let refused = server.try_command(&["backup", "/nessuno/qui.tar.zst"], "").unwrap_err();
    assert!(refused.contains("/nessuno/"), "{refused}");
    // Broken off: nothing under the name, and the next one is whole.
    let asked = server.data().join("rotta.tar.zst");
    let mut making = server.command(&["backup", word(&asked)], "").spawn().unwrap();
    making.kill().unwrap();
    making.wait().unwrap();
    assert!(!asked.exists());
    server.try_command(&["backup", word(&asked)], "").unwrap();
    assert!(asked.exists());
    let left = std::fs::read_dir(server.data())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains("unfinished"));
    assert_eq!(left.count(), 0);
}
