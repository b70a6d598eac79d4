//! Import and export as whoever moves a centre runs them: files of every kind, beside a running server, broken off and
//! run again.

use db::Engine;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;
use stories::{Server, served_on_both};

const YEAR: &str = include_str!("record/year.ndjson");

fn run(server: &Server, words: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = server.command(words, "").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn file(server: &Server, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = server.data().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Some months of work.
fn months(cases: usize) -> String {
    let mut lines = String::new();
    for n in 0..cases {
        let at = chrono::DateTime::from_timestamp(1_233_216_000 + i64::try_from(n).unwrap() * 900, 0).unwrap();
        let at = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        for contact in 0..2 {
            writeln!(
                lines,
                r#"{{"type":"contact","id":"c{n}.{contact}","service":"linea-amica","channel":"web","direction":"inbound","started_at":"{at}","case":"k{n}","person":"p{n}","subject":"Domanda {n}","text":"Parole."}}"#
            )
            .unwrap();
        }
        writeln!(lines, r#"{{"type":"case","id":"k{n}","service":"linea-amica","opened_at":"{at}","solved_at":"{at}","solved_by":"front"}}"#).unwrap();
        writeln!(lines, r#"{{"type":"person","id":"p{n}","name":"Persona {n}","emails":["p{n}@posta.example"]}}"#)
            .unwrap();
    }
    lines
}

fn sorted(lines: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.sort_unstable();
    lines
}

served_on_both! {
    async fn years_are_brought_in_beside_a_running_server_that_refuses_nothing(server) {
        let api = server.api("sistema", "front,supervisor");
        let all = months(3_000);
        let years = file(&server, "anni.ndjson", &all);
        let mut importing = server.command(&["import", word(&years)], "").spawn().unwrap();
        let mut taken = 0;
        while importing.try_wait().unwrap().is_none() {
            api.contact(&format!("live{taken}@posta.example"), "Scrivo mentre si importa.").await;
            taken += 1;
        }
        assert!(importing.wait().unwrap().success());
        assert!(taken > 0);
        let (_, out, _) = run(&server, &["export", "--type", "case"]);
        assert_eq!(out.lines().count(), 3_000 + taken);
        let desk = server.signed_in("sistema").await;
        let found = desk.get(server.url("/desk/search?q=persona+2042")).send().await.unwrap().text().await.unwrap();
        assert!(found.contains("Domanda 2042"), "found at the desk, by the name of whose it is");
    }

    async fn files_of_every_kind_are_read_and_written(server) {
        let whole = file(&server, "anno.ndjson", format!("\u{feff}{}\r\n\n", YEAR.trim_end().replace('\n', "\r\n")));
        assert_eq!(run(&server, &["import", word(&whole)]).0, Some(0));
        let (code, out, err) = run(&server, &["import", word(&whole)]);
        assert_eq!((code, out.trim(), err.contains("not understood")), (Some(0), "0 new, 24 there already, 0 replaced, 0 refused.", false));
        for name in ["tutto.ndjson", "tutto.ndjson.gz", "tutto.ndjson.zst"] {
            let path = server.data().join(name);
            assert_eq!(run(&server, &["export", "--output", word(&path)]).0, Some(0));
            let other = server.stranger().await;
            let (code, out, _) = run(&other, &["import", word(&path)]);
            assert_eq!((code, out.trim()), (Some(0), "24 new, 0 there already, 0 replaced, 0 refused."), "{name}");
            assert_eq!(sorted(&run(&other, &["export"]).1), sorted(YEAR));
        }
        // The halves of a year refer to one another.
        let (first, second) = YEAR.split_at(YEAR.match_indices('\n').nth(9).unwrap().0 + 1);
        let halves = [file(&server, "a", first), file(&server, "b", second)];
        let other = server.stranger().await;
        assert_eq!(run(&other, &["import", word(&halves[0]), word(&halves[1])]).0, Some(0));
        assert_eq!(sorted(&run(&other, &["export"]).1), sorted(YEAR));
    }

    async fn lines_that_cannot_be_taken_are_named_and_the_others_taken(server) {
        let solved = r#"{"type":"case","id":"k3","service":"linea-amica","opened_at":"2009-04-15T10:30:00Z","solved_at":"2009-04-18T12:00:00Z"}"#;
        let mut bytes = YEAR.as_bytes().to_vec();
        bytes.extend_from_slice(b"{\"type\":\n\xff\xfe\n");
        bytes.extend(std::iter::repeat_n(b'x', (4 << 20) + 10));
        bytes.extend_from_slice(format!("\n{solved}\n").as_bytes());
        let year = file(&server, "anno", &bytes);
        let (code, out, err) = run(&server, &["import", word(&year)]);
        assert_eq!((code, out.trim()), (Some(2), "24 new, 0 there already, 0 replaced, 4 refused."), "{err}");
        for said in [":25: not JSON", ":26: not UTF-8", ":27: longer than 4 MiB", ":28: id \"k3\" is there already with other contents"] {
            assert!(err.contains(&format!("{}{said}", year.display())), "{said}: {err}");
        }
        let tomorrow = file(&server, "domani", solved);
        assert_eq!(run(&server, &["import", "--replace", word(&tomorrow)]).0, Some(0));
        assert!(run(&server, &["export", "--type", "case"]).1.contains(solved));
        // A file that ends in the middle.
        let packed = server.data().join("x.gz");
        run(&server, &["export", "--output", word(&packed)]);
        let half = std::fs::read(&packed).unwrap();
        let half = file(&server, "mezzo.gz", &half[..half.len() / 2]);
        let (code, _, err) = run(&server, &["import", word(&half)]);
        assert!(code == Some(2) && err.contains("cannot be read any further"), "{err}");
        // Nothing is begun when a file is not there.
        let (code, _, err) = run(&server, &["import", word(&year), "/nessuno"]);
        assert!(code == Some(1) && err.contains("/nessuno"), "{err}");
    }
}

served_on_both! {
    async fn of_two_lines_with_one_id_the_later_is_the_later_one_however_far_apart(server) {
        // Further apart than what is taken at a time, and close enough to be taken at the same time.
        let contact = |id: usize, text: &str| format!(r#"{{"type":"contact","id":"c{id}","service":"linea-amica","channel":"web","direction":"inbound","started_at":"2009-02-02T08:00:00Z","text":"{text}"}}"#);
        let lines: Vec<String> = (0..3_000).map(|n| contact(n % 1_100, if n < 1_100 { "prima" } else { "poi" })).collect();
        let file = file(&server, "due", lines.join("\n"));
        let (code, out, err) = run(&server, &["import", word(&file)]);
        // The third of an id is as the second was.
        assert_eq!((code, out.trim()), (Some(2), "1100 new, 0 there already, 0 replaced, 1900 refused."));
        assert!((1_101..=3_000).all(|n| err.contains(&format!(":{n}: id "))), "the later lines are named: {err}");
        let texts = |server: &Server, text: &str| run(server, &["export", "--type", "contact"]).1.matches(&format!("\"text\":\"{text}\"")).count();
        assert_eq!((texts(&server, "prima"), texts(&server, "poi")), (1_100, 0));
        assert_eq!(run(&server, &["import", "--replace", word(&file)]).0, Some(0));
        assert_eq!((texts(&server, "prima"), texts(&server, "poi")), (0, 1_100));
    }
}

#[tokio::test]
async fn an_import_that_was_broken_off_is_run_again_without_harm() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let server = Server::stopped(engine).await;
        let all = months(4_000);
        let years = file(&server, "anni.ndjson", &all);
        let mut importing = server.command(&["import", word(&years)], "").spawn().unwrap();
        // Broken off as soon as something of it can be seen.
        stories::eventually("a part has been taken", async || {
            (!run(&server, &["export", "--type", "contact"]).1.is_empty()).then_some(())
        })
        .await;
        importing.kill().unwrap();
        importing.wait().unwrap();
        let (code, out, err) = run(&server, &["import", word(&years)]);
        assert_eq!(code, Some(0), "{out} {err}");
        assert!(!out.contains("16000 new"), "a part had been taken: {out}");
        assert_eq!(sorted(&run(&server, &["export"]).1), sorted(&all));
    }
}

#[tokio::test]
async fn a_full_disk_ends_an_import_with_its_reason_and_room_is_enough_to_go_on() {
    let mut server = Server::new(Engine::Sqlite);
    server.on_small_disk(48).run().await;
    let elsewhere = tempfile::TempDir::with_prefix("linea-import-").unwrap();
    let (all, years) = (months(3_000), elsewhere.path().join("anni.ndjson"));
    std::fs::write(&years, &all).unwrap();
    let filler = server.data().join("filler");
    std::fs::write(&filler, vec![1; 42 << 20]).unwrap();
    let (code, out, err) = run(&server, &["import", word(&years)]);
    assert_eq!(code, Some(1), "{out} {err}");
    assert!(err.contains("cannot take the records from line") && err.contains("full"), "{err}");
    // Whoever serves citizens beside it stands.
    assert_eq!(reqwest::get(server.url("/healthz")).await.unwrap().status(), 200);
    std::fs::remove_file(&filler).unwrap();
    assert_eq!(run(&server, &["import", word(&years)]).0, Some(0));
    assert_eq!(sorted(&run(&server, &["export"]).1), sorted(&all));
}
