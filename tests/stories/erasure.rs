//! What an erasure and the end of keeping reach, and what they leave alone: words that came later, records that are sent
//! again, cases that were merged, calls that came to nobody, colleagues at work at the same moment.

use crate::privacy::{figures, found, history, keep_for};
use crate::record::{bring, written};
use centre::intake::{self, Inbound};
use centre::{By, case, citizen, dossier, draft, erasure, retention};
use chrono::TimeDelta;
use db::Engine;
use model::CaseId;
use model::case::Outcome;
use model::contact::Channel;
use model::user::Staff;
use object_store::ObjectStoreExt;
use object_store::path::Path;
use std::sync::Arc;
use stories::{Office, letter, on_both, rows_of, work};

/// A letter that was solved and closed long ago, and is kept no longer.
async fn over(office: &Office, sara: &Arc<Staff>, email: &str, text: &str) -> CaseId {
    let id = office.letter(email, text).await;
    close(office, sara, &[id]).await;
    id
}

/// Solves these cases and lets time go by until they are kept no longer.
async fn close(office: &Office, sara: &Arc<Staff>, cases: &[CaseId]) {
    for id in cases {
        let id = *id;
        office.by(sara, work!(|w| case::solve(w, id, Outcome::Solved, None))).await.unwrap();
    }
    office.later(TimeDelta::days(31));
    office.do_due_jobs().await;
    office.later(TimeDelta::days(31));
}

async fn counts(office: &Office) -> Vec<(String, usize)> {
    let tables = ["person", "cases", "contact", "message", "survey", "training"];
    let rows = rows_of(office.centre.db()).await;
    tables.iter().map(|table| ((*table).to_owned(), rows[*table].len())).collect()
}

on_both! {
    async fn what_is_written_after_an_emptying_is_held_and_goes_in_its_turn(office) {
        let sara = office.hire("sara", "front,admin").await;
        let id = over(&office, &sara, "giulia@posta.example", "Parole remote.").await;
        let person = office.case(id).await.person.unwrap();
        keep_for(&office, 30).await;
        assert_eq!(retention::retain(&office.centre, None).await.unwrap().persons, 1);
        assert!(erasure::held(&office.centre, person).await.unwrap().nothing);
        for step in 0..3 {
            match step {
                0 => drop(office.by(&sara, work!(|w| case::note(w, id, "Una postilla.", Vec::new()))).await.unwrap()),
                1 => office.by(&sara, work!(|w| case::rename(w, id, "Una postilla"))).await.unwrap(),
                _ => office.by(&sara, work!(|w| draft::save(w, id, true, "Una postilla"))).await.unwrap(),
            }
            assert!(!erasure::held(&office.centre, person).await.unwrap().nothing, "{step}");
            assert_eq!(retention::retain(&office.centre, None).await.unwrap().cases, 1, "{step}");
            assert_eq!(found(&office, &["postilla", "remote"]).await, Vec::<String>::new(), "{step}");
            assert!(erasure::held(&office.centre, person).await.unwrap().nothing, "{step}");
        }
        assert_eq!(retention::retain(&office.centre, None).await.unwrap(), retention::Totals::default());

        // The open case of somebody who was erased goes on.
        let open = office.letter("mario@posta.example", "Ancora aperto.").await;
        let mario = office.case(open).await.person.unwrap();
        office.centre.erase_person(By::System, mario).await.unwrap();
        assert!(erasure::held(&office.centre, mario).await.unwrap().nothing);
        office.by(&sara, work!(|w| case::note(w, open, "Una postilla.", Vec::new()))).await.unwrap();
        assert!(!erasure::held(&office.centre, mario).await.unwrap().nothing);
        close(&office, &sara, &[open]).await;
        office.do_due_jobs().await;
        assert_eq!(found(&office, &["postilla"]).await, Vec::<String>::new());
    }

    async fn a_record_that_was_emptied_is_there_already_when_it_is_sent_again(office) {
        let sara = office.hire("sara", "front,admin").await;
        let lines = [
            r#"{"type":"person","id":"codicefiscalissimo","name":"Zibaldona Trombetti","emails":["zibaldona@posta.example"]}"#,
            r#"{"type":"case","id":"fascicolo-1","service":"linea-amica","opened_at":"2026-01-15T10:30:00Z","solved_at":"2026-01-18T12:00:00Z","solved_by":"front"}"#,
            r#"{"type":"contact","id":"chiamata-1","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2026-01-15T10:30:00Z","case":"fascicolo-1","person":"codicefiscalissimo","text":"Cicerchie."}"#,
            r#"{"type":"message","id":"nota-1","case":"fascicolo-1","at":"2026-01-16T10:30:00Z","author":"operator","channel":"phone","text":"Scaramuccia."}"#,
            r#"{"type":"survey","id":"parere-1","case":"fascicolo-1","channel":"phone","asked_at":"2026-01-20T10:30:00Z","answered_at":"2026-01-20T10:35:00Z","efficient":true,"comment":"Un abbecedario"}"#,
            r#"{"type":"training","id":"corso-1","trainee":"gianduia","course":"Base","completed_at":"2026-02-01T10:00:00Z"}"#,
            r#"{"type":"contact","id":"altra-1","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2026-02-01T10:30:00Z"}"#,
        ].join("\n");
        let words = ["zibaldona", "trombetti", "cicerchie", "scaramuccia", "abbecedario", "gianduia", "codicefiscalissimo", "fascicolo", "lampascioni"];
        assert_eq!(bring(&office, &lines, false).await, []);
        let own = office.letter("zibaldona@posta.example", "Vorrei lampascioni.").await;
        office.by(&sara, work!(|w| case::note(w, own, "Lampascioni.", Vec::new()))).await.unwrap();
        let sent = written(&office).await.join("\n");
        let (before, rows) = (figures(&office).await, counts(&office).await);
        let person = office.case(own).await.person.unwrap();
        office.centre.erase_person(By::System, person).await.unwrap();
        office.centre.erase_trainee(By::System, "gianduia").await.unwrap();
        let left = written(&office).await;
        assert!(!left.join("\n").contains("codicefiscalissimo") && left.len() == sent.lines().count());
        for replace in [false, true] {
            // What others sent, and what was written out here.
            for lines in [&lines, &sent] {
                assert_eq!(bring(&office, lines, replace).await, [], "{replace}");
                assert_eq!(found(&office, &words).await, Vec::<String>::new(), "{replace}");
                assert_eq!((counts(&office).await, figures(&office).await), (rows.clone(), before.clone()), "{replace}");
                assert_eq!(written(&office).await, left, "{replace}: no hash goes for an id");
            }
        }
        // What is new in what is sent is taken, and held.
        let news = r#"{"type":"message","id":"nota-2","case":"fascicolo-1","at":"2026-01-17T10:30:00Z","author":"operator","channel":"phone","text":"Novità."}"#;
        assert_eq!(bring(&office, news, false).await, []);
        assert!(!erasure::held(&office.centre, person).await.unwrap().nothing);
    }

    async fn what_was_merged_into_their_case_goes_with_it_and_what_is_somebody_elses_stays(office) {
        let sara = office.hire("sara", "front,admin").await;
        let theirs = office.letter("giulia@posta.example", "Parole di Giulia.").await;
        let nobodys = Inbound { channel: Some(Channel::Phone), text: "Ha richiamato il trabucco.".to_owned(), ..Inbound::default() };
        let nobodys = office.by(&sara, work!(|w| intake::accept(w, nobodys))).await.unwrap().case;
        assert_eq!(office.case(nobodys).await.person, None);
        let others = office.letter("mario@posta.example", "Parole mariesche.").await;
        for id in [nobodys, others] {
            office.by(&sara, work!(|w| case::merge(w, id, theirs))).await.unwrap();
        }
        let person = office.case(theirs).await.person.unwrap();
        let open = dossier::read(&office.centre, person).await.unwrap().open.to_string();
        assert!(open.contains("trabucco") && !open.contains("mariesche"), "{open}");
        let erased = office.centre.erase_person(By::System, person).await.unwrap();
        assert_eq!((erased.cases, erased.contacts), (2, 2));
        assert_eq!(found(&office, &["trabucco"]).await, Vec::<String>::new());
        assert!(!found(&office, &["mariesche"]).await.is_empty());
    }

    async fn files_of_notes_and_drafts_stand_apart_and_a_file_that_is_gone_says_so(office) {
        let sara = office.hire("sara", "front,admin").await;
        let (person, cases, _) = history(&office, &sara).await;
        let keep = async |name: &str| office.centre.files().keep(name, b"%PDF-1.7 di altri".to_vec().into()).await.unwrap();
        let (case, file) = (cases[0], keep("vicino.pdf").await);
        office.by(&sara, work!(|w| case::note(w, case, "Del vicino di casa.", vec![file]))).await.unwrap();
        let whole = dossier::read(&office.centre, person).await.unwrap();
        let internal = whole.internal.unwrap();
        assert!(!whole.open.to_string().contains("vicino"), "{}", whole.open);
        let noted = internal["cases"].as_array().unwrap().iter().find(|case| case["files"] != serde_json::json!([])).unwrap();
        let place = noted["files"][0]["file"].as_str().unwrap().to_owned();
        assert!(place.starts_with("internal/") && place.ends_with("-vicino.pdf") && noted["files"][0]["missing"] == false);
        assert!(internal.to_string().contains("Cara Zibaldona"), "{internal}");
        let places: Vec<&str> = whole.files.iter().map(|(place, _)| place.as_str()).collect();
        assert!(places.len() == 2 && places.iter().any(|p| p.starts_with("files/")) && places.contains(&place.as_str()), "{places:?}");

        let attached = |(_, file): &(String, dossier::File)| match file {
            dossier::File::Attachment(file) => Some(file.stored_as.clone()),
            dossier::File::Recording(_) => None,
        };
        let stored = whole.files.iter().filter(|(place, _)| place.starts_with("files/")).find_map(attached).unwrap();
        office.store.delete(&Path::from(stored)).await.unwrap();
        let less = dossier::read(&office.centre, person).await.unwrap();
        assert_eq!(less.files.len(), 1);
        let files: Vec<_> = less.open["cases"].as_array().unwrap().iter().flat_map(|case| case["files"].as_array().unwrap()).collect();
        assert!(files.len() == 1 && files[0]["missing"] == true && files[0]["file"].is_null(), "{files:?}");
    }

    async fn whoever_only_spoke_in_somebody_elses_case_is_anonymised_with_it(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Parole di Giulia.").await;
        let also = Inbound { case: Some(id), ..letter("mariesco@posta.example", "Anche io.") };
        office.by(&sara, work!(|w| intake::accept(w, also))).await.unwrap();
        close(&office, &sara, &[id]).await;
        keep_for(&office, 30).await;
        assert_eq!(retention::retain(&office.centre, None).await.unwrap().persons, 2);
        assert_eq!(found(&office, &["giulia", "mariesco"]).await, Vec::<String>::new());
    }

    async fn calls_that_came_to_nothing_are_theirs_whose_number_it_was(office) {
        let calls = [("333 555 0117", "chiamante-uno"), ("+393335550117", "chiamante-due"), ("333 555 0118", "chiamante-tre")];
        let calls = calls.map(|(from, id)| format!(r#"{{"type":"contact","id":"{id}","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2026-02-01T10:30:00Z","outcome":"abandoned","from":"{from}"}}"#));
        assert_eq!(bring(&office, &calls.join("\n"), false).await, []);
        let rung = Inbound { phone: Some("0039 333 5550117".to_owned()), ..letter("giulia@posta.example", "Non mi rispondete.") };
        let sara = office.hire("sara", "front,admin").await;
        let id = office.by(&sara, work!(|w| intake::accept(w, rung))).await.unwrap().case;
        let person = office.case(id).await.person.unwrap();
        assert_eq!(erasure::held(&office.centre, person).await.unwrap().contacts, 3);
        let open = dossier::read(&office.centre, person).await.unwrap().open.to_string();
        assert!(open.contains("chiamante-uno") && open.contains("chiamante-due") && !open.contains("chiamante-tre"), "{open}");
        let before = figures(&office).await;
        office.centre.erase_person(By::System, person).await.unwrap();
        assert_eq!(found(&office, &["chiamante-uno", "chiamante-due", "5550117", "555 0117"]).await, Vec::<String>::new());
        assert!(!found(&office, &["chiamante-tre"]).await.is_empty());
        assert_eq!(figures(&office).await, before);
    }

    async fn a_case_that_somebody_reopens_at_this_moment_is_not_emptied(office) {
        let sara = office.hire("sara", "front").await;
        let id = over(&office, &sara, "giulia@posta.example", "Parole remote.").await;
        keep_for(&office, 30).await;
        // SQLite writes one after another: there it is reopened before anything else is asked.
        let (reopened, told) = tokio::sync::oneshot::channel();
        let (go_on, until) = tokio::sync::oneshot::channel::<()>();
        let reopening = tokio::spawn({
            let (centre, sara) = (office.centre.clone(), sara.clone());
            let waits = centre.db().engine() == Engine::Postgres;
            async move {
                centre.work(By::Staff(sara), move |w| Box::pin(async move {
                    case::reopen(w, id).await?;
                    let _ = reopened.send(());
                    if waits {
                        let _ = until.await;
                    }
                    Ok(())
                })).await
            }
        });
        told.await.unwrap();
        assert_eq!(retention::retain(&office.centre, None).await.unwrap(), retention::Totals::default());
        let _ = go_on.send(());
        reopening.await.unwrap().unwrap();
        assert_eq!(retention::retain(&office.centre, None).await.unwrap(), retention::Totals::default());
        assert!(!found(&office, &["remote"]).await.is_empty());
    }

    async fn what_is_kept_no_longer_silences_nobody_elses_case(office) {
        let sara = office.hire("sara", "front").await;
        over(&office, &sara, "famiglia@posta.example", "Parole remote.").await;
        let open = office.letter("mario@posta.example", "Il mio assegno unico.").await;
        office.centre.work(By::Citizen, work!(|w| citizen::announce(w, open, "famiglia@posta.example", false))).await.unwrap();
        let reply = case::Reply { text: "Ecco.".to_owned(), ..case::Reply::default() };
        office.by(&sara, work!(|w| case::take(w, open))).await.unwrap();
        office.by(&sara, work!(|w| case::reply(w, open, reply))).await.unwrap();
        let mario = office.case(open).await.person.unwrap();
        let letters = async || db::dossier::read(office.centre.db().read(), &[mario]).await.unwrap().letters;
        let before = letters().await;
        assert!(before.iter().any(|letter| letter.state == "ready" && letter.payload["to"] == "famiglia@posta.example"));
        keep_for(&office, 30).await;
        let totals = retention::retain(&office.centre, None).await.unwrap();
        assert_eq!((totals.cases, totals.persons), (1, 0), "news still goes to their address");
        assert_eq!(office.stored(open).await.content.announce_to.as_deref(), Some("famiglia@posta.example"));
        assert_eq!(letters().await, before, "and their letters go");
        close(&office, &sara, &[open]).await;
        assert_eq!(retention::retain(&office.centre, None).await.unwrap().persons, 2);
        assert_eq!(found(&office, &["famiglia", "mario"]).await, Vec::<String>::new());
    }
}
