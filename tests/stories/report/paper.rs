//! The report on paper: a PDF that says the same figures, and has them in it for programs.

use serde_json::Value;
use std::process::Command;
use stories::served_on_both;

/// What a program of the PDF tools says of a file.
fn told(program: &str, words: &[&str]) -> String {
    let said = Command::new(program).args(words).output().unwrap();
    assert!(said.status.success(), "{program}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).into_owned()
}

served_on_both! {
    async fn the_report_is_printed_and_has_its_own_figures_in_it(server) {
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, crate::report::year(3, 60)).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        let asked = ["report", "--from", "2009-03-01", "--to", "2009-04-01", "--as-of", "2010-01-01T00:00:00Z"];
        let figures: Value = serde_json::from_str(&server.try_command(&asked, "").unwrap()).unwrap();
        let paper = server.data().join("rapporto.pdf");
        let words = [&asked[..], &["--format", "pdf", "--output", paper.to_str().unwrap()]].concat();
        let said = server.command(&words, "").output().unwrap();
        assert!(said.status.success() && said.stderr.is_empty(), "{}", String::from_utf8_lossy(&said.stderr));
        let paper = paper.to_str().unwrap();

        let text = told("pdftotext", &["-layout", paper, "-"]);
        let total = figures["contacts"]["total"].as_u64().unwrap();
        assert!(text.contains("I risultati, marzo 2009") && text.contains(&format!("{total} contatti")), "{text}");
        let about = told("pdfinfo", &[paper]);
        assert!(about.contains("Tagged:          yes") && about.contains("I risultati, marzo 2009"), "{about}");
        let standards = told("pdfinfo", &["-meta", paper]);
        assert!(standards.contains("pdfuaid:part") && standards.contains("pdfaid:part"), "{standards}");
        // The figures for programs are in it, and are the same.
        let inside = server.data().join("rapporto.json");
        told("pdfdetach", &["-save", "1", "-o", inside.to_str().unwrap(), paper]);
        assert_eq!(serde_json::from_slice::<Value>(&std::fs::read(&inside).unwrap()).unwrap(), figures);

        // The desk gives the same to whoever may see the report.
        server.hire("rita", "supervisor");
        let rita = server.signed_in("rita").await;
        let asked = "from=2009-03-01&to=2009-04-01&as_of=2010-01-01T00:00:00Z";
        let answer = rita.get(server.url(&format!("/desk/rapporti.pdf?{asked}"))).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()), (200, "application/pdf"));
        let at_the_desk = server.data().join("desk.pdf");
        std::fs::write(&at_the_desk, answer.bytes().await.unwrap()).unwrap();
        assert_eq!(told("pdftotext", &["-layout", at_the_desk.to_str().unwrap(), "-"]).split("Tutte le cifre").next(), text.split("Tutte le cifre").next());
        server.hire_with("bruno", "back", &["--scope", "urp"]);
        let bruno = server.signed_in("bruno").await;
        assert_eq!(bruno.get(server.url("/desk/rapporti.pdf")).send().await.unwrap().status(), 403);
    }

    async fn a_word_in_letters_that_no_font_has_keeps_no_report_from_being_printed(server) {
        // An old script of the Philippines, for which few machines have letters.
        let strange = serde_json::json!({"type": "service", "id": "x", "name": "\u{1703}\u{1712}"});
        let case = serde_json::json!({"type": "case", "id": "k", "service": "x", "opened_at": "2009-03-02T10:00:00Z"});
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, format!("{strange}\n{case}\n")).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        let paper = server.data().join("rapporto.pdf");
        let words = ["report", "--from", "2009-03-01", "--to", "2009-04-01", "--format", "pdf", "--output", paper.to_str().unwrap()];
        let said = server.command(&words, "").output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        assert!(told("pdftotext", &[paper.to_str().unwrap(), "-"]).contains("I risultati, marzo 2009"));
    }
}
