//! What is erased is found nowhere, what is kept no longer is emptied, what is asked for is handed over; and no figure
//! changes by any of it.

use crate::record::bring;
use centre::intake::{self, Inbound};
use centre::report::{self, Wanted};
use centre::{By, case, dossier, draft, erasure, person, retention};
use chrono::{NaiveDate, TimeDelta};
use db::Engine;
use model::case::{Case, Outcome};
use model::contact::Channel;
use model::report::Period;
use model::retention::Retention;
use model::service::Service;
use model::user::Staff;
use model::{CaseId, PersonId};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use stories::{Office, letter, on_both, rows_of, served_on_both, work};

/// Words that stand nowhere but with this person.
const THEIRS: &[&str] = &[
    "zibaldona",
    "trombetti",
    "3335550117",
    "trabucco",
    "lampascioni",
    "cicerchie",
    "sgraffignare",
    "quisquilia",
    "garbuglio",
    "abbecedario",
    "codicefiscalissimo",
    "ghirigoro",
    "manigoldo",
    "scaramuccia",
];

/// Somebody who wrote, rang, was answered, noted about, sent to the back office and drafted to; and whose past was
/// brought in. Their person, their cases, and a case of somebody else.
pub(crate) async fn history(office: &Office, sara: &Arc<Staff>) -> (PersonId, Vec<CaseId>, CaseId) {
    let past = [
        r#"{"type":"person","id":"codicefiscalissimo","name":"Zibaldona Trombetti","emails":["zibaldona@posta.example"],"region":"Lazio","detto":"ghirigoro"}"#,
        r#"{"type":"case","id":"k1","service":"linea-amica","opened_at":"2026-01-15T10:30:00Z","solved_at":"2026-01-18T12:00:00Z","solved_by":"front","region":"Lazio","annotazione":"manigoldo"}"#,
        r#"{"type":"contact","id":"c1","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2026-01-15T10:30:00Z","case":"k1","person":"codicefiscalissimo","subject":"Il trabucco","text":"Cicerchie.","detto":"ghirigoro"}"#,
        r#"{"type":"message","id":"m1","case":"k1","at":"2026-01-16T10:30:00Z","author":"operator","channel":"phone","text":"Scaramuccia."}"#,
        r#"{"type":"survey","id":"s1","case":"k1","channel":"phone","asked_at":"2026-01-20T10:30:00Z","answered_at":"2026-01-20T10:35:00Z","efficient":true,"comment":"Un abbecedario"}"#,
    ];
    assert_eq!(bring(office, &past.join("\n"), false).await, []);
    let file = office.centre.files().keep("quisquilia.pdf", b"%PDF-1.7 bazzecola".to_vec().into()).await.unwrap();
    let first = office
        .receive(Inbound {
            name: Some("Zibaldona Trombetti".to_owned()),
            subject: Some("Il trabucco".to_owned()),
            files: vec![file],
            announce_content: true,
            region: Some("Lazio".to_owned()),
            ..letter("zibaldona@posta.example", "Vorrei lampascioni e cicerchie.")
        })
        .await
        .case;
    let call = Inbound {
        channel: Some(Channel::Phone),
        phone: Some("333 555 0117".to_owned()),
        text: "Chiede di lampascioni.".to_owned(),
        ..Inbound::default()
    };
    let second = office.by(sara, work!(|w| intake::accept(w, call))).await.unwrap().case;
    let person = office.case(first).await.person.unwrap();
    let caller = office.case(second).await.person.unwrap();
    office.by(sara, work!(|w| person::merge(w, caller, person))).await.unwrap();
    office.by(sara, work!(|w| case::take(w, first))).await.unwrap();
    let reply = case::Reply { text: "Ecco il garbuglio.".to_owned(), ..case::Reply::default() };
    office.by(sara, work!(|w| case::reply(w, first, reply))).await.unwrap();
    office.by(sara, work!(|w| case::note(w, first, "Non farsi sgraffignare.", Vec::new()))).await.unwrap();
    office.by(sara, work!(|w| case::rename(w, first, "Il trabucco di Trombetti"))).await.unwrap();
    office.by(sara, work!(|w| draft::save(w, first, false, "Cara Zibaldona"))).await.unwrap();
    let queue = office.by(sara, work!(|w| case::first_back_queue(w, first))).await.unwrap();
    office.by(sara, work!(|w| case::escalate(w, first, &queue, "Per il garbuglio."))).await.unwrap();
    let other = office.letter("mario@posta.example", "Il mio assegno unico.").await;
    (person, vec![first, second], other)
}

pub(crate) async fn figures(office: &Office) -> serde_json::Value {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let period = Period::new(day("2026-01-01"), day("2026-12-31")).unwrap();
    let wanted = Wanted { period, service: None, as_of: Some(office.now()) };
    report::reckon(&office.centre, wanted).await.unwrap().json(str::to_owned)
}

/// Which of these words stand anywhere: in a row, in the search, in a file, in the bytes of the database.
pub(crate) async fn found(office: &Office, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let holds = |text: &str, word: &str| text.to_lowercase().contains(word);
    for (table, rows) in rows_of(office.centre.db()).await {
        for word in words {
            if rows.iter().any(|row| holds(row, word)) {
                found.push(format!("{word} in {table}"));
            }
        }
    }
    for word in words {
        if !db::search::find(office.centre.db().read(), word, 10).await.unwrap().is_empty() {
            found.push(format!("{word} by the search"));
        }
    }
    if office.centre.db().engine() == Engine::Sqlite {
        let mut bytes = std::fs::read(office.data().join(db::SQLITE_FILE)).unwrap();
        bytes.extend(std::fs::read(office.data().join(format!("{}-wal", db::SQLITE_FILE))).unwrap_or_default());
        let text: String = bytes.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        found.extend(words.iter().filter(|word| text.contains(**word)).map(|word| format!("{word} in the bytes")));
    }
    found
}

async fn rebuilt(office: &Office, id: CaseId) {
    let history = db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap();
    let past = history.iter().filter_map(|record| Some((record.at, record.case_event()?)));
    assert_eq!(Case::rebuild(id, past).unwrap(), office.case(id).await);
}

async fn files(office: &Office) -> usize {
    use futures::TryStreamExt;
    let all: Vec<_> = office.store.list(None).try_collect().await.unwrap();
    all.iter().filter(|meta| meta.location.as_ref() != "owner").count()
}

pub(crate) async fn keep_for(office: &Office, days: u32) {
    let mut service = Service::built_in();
    service.retention = Retention { content_days: Some(days) };
    office.serve(service).await;
}

on_both! {
    async fn who_is_erased_is_found_nowhere_and_every_figure_stays(office) {
        let sara = office.hire("sara", "front,admin").await;
        let (person, cases, other) = history(&office, &sara).await;
        assert!(found(&office, &["trombetti", "garbuglio", "quisquilia", "abbecedario"]).await.len() > 4);
        let before = figures(&office).await;
        let others = rows_of(office.centre.db()).await["event"].len();
        let held = erasure::held(&office.centre, person).await.unwrap();
        assert_eq!((held.records, held.cases, held.open, held.files, held.others.len()), (2, 3, 2, 1, 0), "{held:?}");
        assert_eq!((held.contacts, held.messages, files(&office).await), (3, 4, 1));

        let erased = office.centre.erase_person(By::Staff(sara.clone()), person).await.unwrap();
        assert_eq!((erased.cases, erased.contacts, erased.files), (3, 3, 1));
        assert_eq!(found(&office, THEIRS).await, Vec::<String>::new());
        assert_eq!(files(&office).await, 0, "their file is gone as well");
        assert_eq!(figures(&office).await, before, "no figure has changed");
        for id in cases.iter().chain([&other]) {
            rebuilt(&office, *id).await;
        }
        assert!(rows_of(office.centre.db()).await["event"].len() > others, "and it stands in the audit");
        assert!(office.stored(other).await.content.announce_to.is_some(), "of others nothing was touched");
        assert!(!found(&office, &["assegno"]).await.is_empty());
        // Nothing goes out to them any more, and nothing looks as if it would.
        let waiting = centre::outbox::figures(&office.centre).await.unwrap().waiting;
        assert_eq!(waiting, 1, "Mario's receipt");
        // Whoever writes again is somebody new.
        let again = office.letter("zibaldona@posta.example", "Sono di nuovo qui.").await;
        assert_ne!(office.case(again).await.person, Some(person));
    }

    async fn files_that_a_process_left_behind_are_swept(office) {
        let sara = office.hire("sara", "front,admin").await;
        let (person, ..) = history(&office, &sara).await;
        // The process ends between the commit and the removing: as if the file came back.
        let rows = db::dossier::read(office.centre.db().read(), &[person]).await.unwrap();
        let stored = rows.files[0].stored_as.clone();
        office.centre.erase_person(By::System, person).await.unwrap();
        office.store.put(&Path::from(stored), b"%PDF-1.7 bazzecola".to_vec().into()).await.unwrap();
        // The storage tells the time of its files by the system's clock.
        let swept = office.centre.files().sweep(office.centre.db(), stories::at("2099-01-01T10:00:00+01:00")).await.unwrap();
        assert_eq!((swept, files(&office).await), (1, 0));
    }

    async fn a_trainee_is_erased_and_counted_as_before(office) {
        let trainings = [("t1", "gianduia"), ("t2", "gianduia"), ("t3", "altri")]
            .map(|(id, who)| format!(r#"{{"type":"training","id":"{id}","trainee":"{who}","course":"Base","completed_at":"2026-02-01T10:00:00Z","nota":"{who}"}}"#));
        assert_eq!(bring(&office, &trainings.join("\n"), false).await, []);
        let before = figures(&office).await;
        let erased = office.centre.erase_trainee(By::System, "gianduia").await.unwrap();
        assert_eq!((erased, figures(&office).await), (2, before));
        assert_eq!(found(&office, &["gianduia"]).await, Vec::<String>::new());
        assert!(!found(&office, &["altri"]).await.is_empty());
        assert!(office.centre.erase_trainee(By::System, "gianduia").await.is_err());
    }

    async fn only_whoever_administers_the_centre_erases(office) {
        let sara = office.hire("sara", "front,back,supervisor").await;
        let (person, ..) = history(&office, &office.hire("ada", "front").await).await;
        let denied = office.centre.erase_person(By::Staff(sara.clone()), person).await.unwrap_err();
        assert!(matches!(denied, centre::Error::Denied(_)), "{denied}");
        assert!(dossier::write_out(&office.centre, By::Staff(sara), person).await.is_err());
        assert!(office.centre.erase_person(By::System, PersonId(99)).await.is_err());
        assert!(!found(&office, &["trombetti"]).await.is_empty());
    }

    async fn whoever_is_looked_for_is_found_by_what_is_known(office) {
        let sara = office.hire("sara", "front").await;
        let (person, cases, _) = history(&office, &sara).await;
        let number = model::number::CaseNumber::new(cases[0], office.case(cases[0]).await.opened_at).to_string();
        for typed in ["trombetti", "zibaldona@posta.example", "333 555 0117", &number, &person.to_string()] {
            let found = person::look_up(&office.centre, typed, 10).await.unwrap();
            assert!(found.iter().any(|f| f.person.id == person && f.cases == 3 && f.addresses.len() == 2), "{typed}: {found:?}");
        }
        assert!(person::look_up(&office.centre, "nessuno", 10).await.unwrap().is_empty());
    }

    async fn all_that_is_held_is_handed_over_and_what_was_noted_stands_apart(office) {
        let sara = office.hire("sara", "front,admin").await;
        let (person, ..) = history(&office, &sara).await;
        let dossier::Dossier { open, internal, .. } = dossier::read(&office.centre, person).await.unwrap();
        let (open, internal) = (open.to_string().to_lowercase(), internal.unwrap().to_string());
        for word in ["zibaldona@posta.example", "+393335550117", "trombetti", "lampascioni", "garbuglio", "quisquilia", "abbecedario", "codicefiscalissimo", "ghirigoro", "manigoldo", "escalated", "operator"] {
            assert!(open.contains(word), "{word}: {open}");
        }
        assert!(internal.contains("sgraffignare") && !open.contains("sgraffignare"));
        assert!(!open.contains("sara"), "not who of the staff it was");
        assert!(!open.contains("assegno"), "and nothing of anybody else");
    }

    async fn what_is_kept_no_longer_is_emptied_by_itself_and_what_is_kept_stays(office) {
        let sara = office.hire("sara", "front").await;
        let solve = async |id: CaseId| office.by(&sara, work!(|w| case::solve(w, id, Outcome::Solved, None))).await.unwrap();
        let (old, still_open) = (office.letter("vecchia@posta.example", "Parole remote.").await, office.letter("aperta@posta.example", "Parole aperte.").await);
        let (twice, again) = (office.letter("torna@posta.example", "Prime parole.").await, office.letter("torna@posta.example", "Seconde parole.").await);
        for id in [old, twice] {
            solve(id).await;
        }
        let alone = r#"{"type":"contact","id":"c9","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2026-02-01T10:30:00Z","outcome":"abandoned","from":"+39066543210"}"#;
        assert_eq!(bring(&office, alone, false).await, []);
        office.later(TimeDelta::days(31));
        office.do_due_jobs().await;
        assert_eq!(office.case(old).await.state, model::case::State::Closed);
        office.later(TimeDelta::days(20));
        office.do_due_jobs().await;
        assert!(!found(&office, &["remote"]).await.is_empty(), "nothing is emptied where nothing is said");

        keep_for(&office, 30).await;
        let standing = retention::standing(&office.centre).await.unwrap();
        assert_eq!((standing[0].over.cases, standing[0].over.contacts), (0, 1), "closed twenty days ago");
        office.later(TimeDelta::days(11));
        let standing = retention::standing(&office.centre).await.unwrap();
        assert_eq!((standing[0].over.cases, standing[0].over.contacts), (2, 1));
        assert!(!found(&office, &["remote"]).await.is_empty(), "to ask changes nothing");
        let before = figures(&office).await;
        office.do_due_jobs().await;
        assert_eq!(found(&office, &["remote", "vecchia", "prime", "066543210"]).await, Vec::<String>::new());
        for kept in ["aperte", "aperta", "seconde", "torna"] {
            assert!(!found(&office, &[kept]).await.is_empty(), "{kept}");
        }
        assert_eq!(figures(&office).await, before);
        for id in [old, still_open, twice, again] {
            rebuilt(&office, id).await;
        }
        // Again, and nothing more is done.
        let events = rows_of(office.centre.db()).await["event"].len();
        assert_eq!(retention::retain(&office.centre, None).await.unwrap(), retention::Totals::default());
        assert_eq!(rows_of(office.centre.db()).await["event"].len(), events);
    }

    async fn what_was_merged_into_a_case_is_emptied_with_it_and_many_are_emptied_in_turn(office) {
        let sara = office.hire("sara", "front").await;
        let (one, other) = (office.letter("a@posta.example", "Prime parole.").await, office.letter("b@posta.example", "Altre parole.").await);
        office.by(&sara, work!(|w| case::merge(w, other, one))).await.unwrap();
        office.by(&sara, work!(|w| case::solve(w, one, Outcome::Solved, None))).await.unwrap();
        let mut years = String::new();
        for n in 0..120 {
            years += &format!(r#"{{"type":"case","id":"k{n}","service":"linea-amica","opened_at":"2024-01-15T10:30:00Z","solved_at":"2024-01-18T12:00:00Z"}}"#);
            years.push('\n');
            years += &format!(r#"{{"type":"contact","id":"c{n}","service":"linea-amica","channel":"web","direction":"inbound","started_at":"2024-01-15T10:30:00Z","case":"k{n}","person":"p{n}","text":"Annose"}}"#);
            years.push('\n');
            years += &format!(r#"{{"type":"person","id":"p{n}","name":"Annosa {n}"}}"#);
            years.push('\n');
        }
        assert_eq!(bring(&office, &years, false).await, []);
        office.later(TimeDelta::days(31));
        office.do_due_jobs().await;
        keep_for(&office, 30).await;
        office.later(TimeDelta::days(31));
        let totals = retention::retain(&office.centre, None).await.unwrap();
        assert_eq!((totals.cases, totals.contacts, totals.persons), (122, 122, 122));
        assert_eq!(found(&office, &["prime", "altre", "annose", "annosa"]).await, Vec::<String>::new());
    }
}

served_on_both! {
    async fn the_command_line_tells_asks_and_does(server) {
        let api = server.api("sara", "front");
        api.contact("zibaldona@posta.example", "Vorrei lampascioni.").await;
        let found = server.try_command(&["person", "find", "zibaldona@posta.example"], "").unwrap();
        let id = found.split_whitespace().next().unwrap().to_owned();
        assert!(server.try_command(&["person", "find", "nessuno"], "").unwrap().contains("Nobody"));
        let file = server.data().join("persona.zip");
        server.try_command(&["person", "export", &id, "--output", file.to_str().unwrap()], "").unwrap();
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(b"PK") && bytes.windows(11).any(|w| w == b"person.json"));
        let refused = server.try_command(&["person", "erase", &id], "").unwrap_err();
        assert!(refused.contains("nothing was erased"), "{refused}");
        assert!(server.try_command(&["person", "show", &id], "").unwrap().contains("zibaldona"));
        let done = server.try_command(&["person", "erase", &id, "--yes"], "").unwrap();
        assert!(done.contains("1 case(s)") && done.contains("Backups"), "{done}");
        assert!(server.try_command(&["person", "find", "zibaldona@posta.example"], "").unwrap().contains("Nobody"));
        assert!(server.try_command(&["person", "erase", "4711", "--yes"], "").unwrap_err().contains("4711"));
        let said = server.try_command(&["privacy", "retention", "--dry-run"], "").unwrap();
        assert_eq!(said.trim(), "linea-amica: kept until somebody erases it.");
        assert!(server.try_command(&["privacy", "retention"], "").unwrap().contains("Emptied: 0 case(s)"));
        assert!(!server.log().contains("zibaldona"), "nor is it in the log");
    }
}

/// A page of the administration, once it has come.
async fn page(browser: &reqwest::Client, url: String) -> String {
    let answer = browser.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

served_on_both! {
    async fn a_person_is_looked_for_handed_over_and_erased_on_the_pages(server) {
        let api = server.api("sistema", "front");
        let (number, _) = api.contact("zibaldona@posta.example", "Vorrei lampascioni.").await;
        server.hire("ada", "admin");
        let ada = server.signed_in("ada").await;
        let found = page(&ada, server.url(&format!("/admin/privacy?q={number}"))).await;
        let at = found.find("/admin/privacy/person/").unwrap();
        let path: String = found[at..].chars().take_while(|c| *c != '"').collect();
        assert!(found.contains("zibaldona@posta.example"));
        assert!(page(&ada, server.url("/admin/privacy?q=nessuno")).await.contains("Nessuno corrisponde"));
        let held = page(&ada, server.url(&path)).await;
        assert!(held.contains("1 caso") && held.contains("ancora da risolvere"), "{held}");

        let got = ada.post(server.url(&format!("{path}/export"))).send().await.unwrap();
        assert_eq!((got.status().as_u16(), got.headers()["content-type"].to_str().unwrap()), (200, "application/zip"));
        assert!(got.headers()["content-disposition"].to_str().unwrap().contains("persona-"));
        assert!(got.bytes().await.unwrap().starts_with(b"PK"));

        let asked = page(&ada, server.url(&format!("{path}/erase"))).await;
        assert!(asked.contains("Non si può annullare") && asked.contains("Casi: 1"), "{asked}");
        let unsure = ada.post(server.url(&format!("{path}/erase"))).send().await.unwrap();
        assert_eq!(unsure.status(), 422);
        assert!(unsure.text().await.unwrap().contains("bisogna confermare"));
        assert!(page(&ada, server.url(&path)).await.contains("zibaldona"), "nothing was done yet");
        let done = ada.post(server.url(&format!("{path}/erase"))).form(&[("sure", "1")]).send().await.unwrap();
        assert_eq!(done.status(), 303);
        let gone = page(&ada, server.url(&path)).await;
        assert!(gone.contains("non è conservato più niente") && !gone.contains("zibaldona"), "{gone}");
        let sistema = server.signed_in("sistema").await;
        let case = page(&sistema, server.url(&format!("/desk/case/{number}"))).await;
        assert!(case.contains("Il contenuto è stato cancellato") && !case.contains("lampascioni"), "{case}");
        for refused in ["/admin/privacy", path.as_str(), "/admin/privacy/register"] {
            assert_eq!(sistema.get(server.url(refused)).send().await.unwrap().status(), 403, "{refused}");
        }
        assert_eq!(ada.get(server.url("/admin/privacy/person/4711")).send().await.unwrap().status(), 404);
    }

    async fn how_long_a_service_keeps_is_set_with_its_effect_in_view_and_told_on_the_portal(server) {
        let past = r#"{"type":"contact","id":"c9","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2009-02-01T10:30:00Z","outcome":"abandoned","from":"+39066543210"}"#;
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, past).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        server.hire("ada", "admin");
        let ada = server.signed_in("ada").await;
        assert!(page(&ada, server.url("/privacy")).await.contains("finché servono al caso"));
        let set = async |fields: &[(&str, &str)]| {
            let answer = ada.post(server.url("/admin/privacy/retention/linea-amica")).form(fields).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        for wrong in ["0", "domani", "99999", "-3"] {
            let (status, again) = set(&[("content-days", wrong)]).await;
            assert!(status == 422 && again.contains(&format!("value=\"{wrong}\"")) && again.contains("da 1 a 36.500, o niente"), "{again}");
        }
        let (status, effect) = set(&[("content-days", "730")]).await;
        assert!(status == 200 && effect.contains("1 contatto senza caso") && effect.contains("Salva e cancella"), "{effect}");
        assert!(page(&ada, server.url("/admin/privacy")).await.contains("Finché qualcuno non cancella"), "not saved yet");
        assert_eq!(set(&[("content-days", "730"), ("sure", "1")]).await.0, 303);
        let kept = page(&ada, server.url("/admin/privacy")).await;
        assert!(kept.contains("730 giorni dopo la chiusura") && kept.contains("Salvato."), "{kept}");
        assert!(page(&ada, server.url("/privacy")).await.contains("730 giorni dopo la chiusura del caso"));
        assert!(server.try_command(&["privacy", "retention"], "").unwrap().contains("1 contact(s), 0 file(s)"));
        assert_eq!(set(&[("content-days", "")]).await.0, 303, "nothing would be emptied: it is saved at once");
        assert_eq!(ada.get(server.url("/admin/privacy/retention/nessuno")).send().await.unwrap().status(), 404);
    }

    async fn the_processing_register_says_what_is_set_and_what_was_written(server) {
        server.hire("ada", "admin");
        let ada = server.signed_in("ada").await;
        let register = page(&ada, server.url("/admin/privacy/register")).await;
        assert!(register.contains("Linea Amica") && register.contains("Da scrivere") && register.contains("non comincia con https"), "{register}");
        let write = async |fields: &[(&str, &str)]| ada.post(server.url("/admin/privacy/register/edit")).form(fields).send().await.unwrap();
        let long = "x".repeat(5_000);
        let refused = write(&[("controller", "Comune di Prova"), ("purposes", &long)]).await;
        assert_eq!(refused.status(), 422);
        let refused = refused.text().await.unwrap();
        assert!(refused.contains("Comune di Prova") && refused.contains(&long), "nothing that was typed is lost");
        assert_eq!(write(&[("controller", "Comune di Prova"), ("dpo", "=Ada <Prova>"), ("legal-basis", "Legge regionale 1")]).await.status(), 303);
        let register = page(&ada, server.url("/admin/privacy/register")).await;
        assert!(register.contains("Comune di Prova") && register.contains("=Ada &#60;Prova&#62;") && register.contains("Legge regionale 1"), "{register}");
        assert!(page(&ada, server.url("/privacy")).await.contains("Comune di Prova"), "and the portal's notice names who answers");
        let got = ada.get(server.url("/admin/privacy/register.csv")).send().await.unwrap();
        assert!(got.headers()["content-disposition"].to_str().unwrap().contains("registro-dei-trattamenti-"));
        let table = got.text().await.unwrap();
        assert!(table.contains("\"Linea Amica\"") && table.contains("\"'=Ada <Prova>\"") && table.contains("Finché qualcuno non cancella"), "{table}");
    }
}
