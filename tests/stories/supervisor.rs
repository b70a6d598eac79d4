//! The pages of those who oversee, as a browser without scripts sees them.

use reqwest::StatusCode;
use stories::{Live, Server, eventually, served_on_both};

async fn page(server: &Server, browser: &reqwest::Client, path: &str) -> String {
    let answer = browser.get(server.url(path)).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    let page = answer.text().await.unwrap();
    assert!(!page.contains('⟦'), "{path} lacks a message: {:?}", page.split_once('⟦'));
    page
}

/// The value under which a case is chosen.
fn chosen_as(page: &str, number: &str) -> String {
    let (before, _) = page.split_once(&format!("Scegli {number}:")).unwrap_or_else(|| panic!("{number}: {page}"));
    before.rsplit_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn id_of(page: &str, name: &str) -> String {
    let (before, _) = page.split_once(&format!(">{name} (")).unwrap_or_else(|| panic!("no {name}: {page}"));
    before.rsplit_once("value=\"").unwrap().1.trim_end_matches('"').split('"').next().unwrap().to_owned()
}

const PAGES: &[&str] = &[
    "/desk/squadra",
    "/desk/squadra/telefono",
    "/desk/squadra/casi",
    "/desk/squadra/scadenze",
    "/desk/squadra/giornata",
    "/desk/squadra/giornata.csv",
    "/desk/squadra/allarmi",
    "/desk/squadra/soglie/nuova",
    "/part/desk/squadra",
    "/part/desk/squadra/telefono",
    "/part/desk/allarmi",
];

served_on_both! {
    async fn whoever_answers_citizens_oversees_nobody(server) {
        server.hire("sara", "front,back");
        server.hire("rita", "supervisor");
        server.hire("ada", "admin");
        let (sara, rita, ada) = (server.signed_in("sara").await, server.signed_in("rita").await, server.signed_in("ada").await);
        for path in PAGES {
            assert_eq!(sara.get(server.url(path)).send().await.unwrap().status(), 403, "{path}");
            for other in [&rita, &ada] {
                page(&server, other, path).await;
            }
        }
        for path in ["/desk/squadra/casi", "/desk/squadra/allarmi/1/visto", "/desk/squadra/soglie/nuova", "/desk/squadra/soglie/1", "/desk/squadra/soglie/1/togli"] {
            let sent = sara.post(server.url(path)).form(&[("to", "none"), ("case", "1.1")]).send().await.unwrap();
            assert_eq!(sent.status(), 403, "{path}");
        }
        let hers = page(&server, &sara, "/desk/list/team").await;
        assert!(!hers.contains("/desk/squadra") && !hers.contains("id=\"alarms\""), "and is led nowhere there");
        assert!(page(&server, &rita, "/desk/list/team").await.contains("href=\"/desk/squadra\""));
        assert!(!page(&server, &ada, "/desk/squadra/casi").await.contains("name=\"to\""), "who only administers moves nothing");
        assert_eq!(rita.get(server.url("/desk/squadra/soglie/99")).send().await.unwrap().status(), 404);
        assert_eq!(rita.post(server.url("/desk/squadra/allarmi/99/visto")).send().await.unwrap().status(), 404);
    }

    async fn cases_are_given_away_by_a_form_and_what_was_not_moved_stays_chosen(server) {
        let api = server.api("sara", "front");
        server.hire("luca", "front");
        server.hire("rita", "supervisor");
        let mut numbers = Vec::new();
        for n in 0..3 {
            let (number, _) = api.contact(&format!("g{n}@posta.example"), "Un caso").await;
            api.post(&format!("/cases/{number}/assign"), &serde_json::json!({})).await.expect(200);
            numbers.push(number);
        }
        let rita = server.signed_in("rita").await;
        let listed = page(&server, &rita, "/desk/squadra/casi").await;
        let (sara, luca) = (id_of(&listed, "sara"), id_of(&listed, "luca"));
        let hers = format!("/desk/squadra/casi?operator={sara}");
        let listed = page(&server, &rita, &hers).await;
        let chosen: Vec<String> = numbers.iter().map(|number| chosen_as(&listed, number)).collect();
        let send = async |fields: &[(&str, &str)]| rita.post(server.url(&hers)).form(fields).send().await.unwrap();
        // Nothing typed is lost when something is missing.
        let refused = send(&[("case", &chosen[0]), ("to", &luca)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let refused = refused.text().await.unwrap();
        assert!(refused.contains("Scriva perché") && refused.contains(&format!("value=\"{}\" id=\"case-{}\" checked", chosen[0], chosen[0].split('.').next().unwrap())), "{refused}");
        assert!(refused.contains(&format!("<option value=\"{luca}\" selected")));
        let nothing = send(&[("to", ""), ("reason", "<b>ferie</b>")]).await;
        assert_eq!(nothing.status(), 422);
        assert!(nothing.text().await.unwrap().contains("&#60;b&#62;ferie"));
        // One was changed since it was seen.
        api.post(&format!("/cases/{}/messages", numbers[1]), &serde_json::json!({ "text": "nota", "internal": true })).await;
        let fields: Vec<(&str, &str)> = chosen.iter().map(|value| ("case", value.as_str())).chain([("to", luca.as_str()), ("reason", "ferie")]).collect();
        let told = send(&fields).await;
        assert_eq!(told.status(), StatusCode::CONFLICT);
        let told = told.text().await.unwrap();
        assert!(told.contains("2 casi affidati: luca") && told.contains(&format!("{}: Non spostato", numbers[1])), "{told}");
        let again = chosen_as(&told, &numbers[1]);
        assert!(told.contains(&format!("value=\"{again}\" id=\"case-{}\" checked", again.split('.').next().unwrap())), "it stays chosen");
        // Looked at, it is given away as well; and then all of his at once.
        assert_eq!(send(&[("case", &again), ("to", &luca), ("reason", "ferie")]).await.status(), 303);
        assert!(page(&server, &rita, &hers).await.contains("1 caso affidato: luca"));
        let his = format!("/desk/squadra/casi?operator={luca}");
        let all = rita.post(server.url(&his)).form(&[("all", "1"), ("to", "none"), ("reason", "assente")]).send().await.unwrap();
        assert_eq!(all.status(), 303);
        for number in &numbers {
            assert_eq!(api.get(&format!("/cases/{number}")).await.expect(200)["state"], "new", "{number}");
        }
    }

    async fn an_alarm_reaches_every_page_of_those_who_oversee_as_it_is_raised(server) {
        let api = server.api("sara", "front");
        server.hire("rita", "supervisor");
        let (rita, sara) = (server.signed_in("rita").await, server.signed_in("sara").await);
        let threshold = [("measure", "new"), ("place", ""), ("over", "0"), ("back", ""), ("pause", "60"), ("mail", "")];
        let wrong = rita.post(server.url("/desk/squadra/soglie/nuova")).form(&[("measure", "new"), ("over", "<b>"), ("pause", "1"), ("mail", "rita")]).send().await.unwrap();
        assert_eq!(wrong.status(), 422);
        let wrong = wrong.text().await.unwrap();
        assert!(wrong.contains("&#60;b&#62;") && wrong.contains(">rita</textarea>") && wrong.contains("Almeno 5."), "{wrong}");
        assert_eq!(rita.post(server.url("/desk/squadra/soglie/nuova")).form(&threshold).send().await.unwrap().status(), 303);
        let (mut hers, mut his) = (Live::open(rita.get(server.url("/part/desk/events"))).await, Live::open(sara.get(server.url("/part/desk/events"))).await);
        api.contact("g@posta.example", "Un caso").await;
        let mut told = Vec::new();
        while told.last().is_none_or(|name| name != "alarm") {
            told.push(hers.next().await.unwrap().name);
        }
        assert!(page(&server, &rita, "/desk/list/team").await.contains("1 caso da prendere in tutto il centro (soglia 0)"));
        let now = page(&server, &rita, "/part/desk/squadra").await;
        assert!(now.contains("alla scrivania"), "whoever has a page open is there: {now}");
        // The operator is told of the case, and of no alarm.
        api.contact("h@posta.example", "Un altro").await;
        let mut cases = 0;
        while cases < 3 {
            let name = his.next().await.unwrap().name;
            assert_ne!(name, "alarm");
            cases += usize::from(name == "case");
        }
        let alarms = page(&server, &rita, "/desk/squadra/allarmi").await;
        let see = alarms.split("action=\"").find(|rest| rest.starts_with("/desk/squadra/allarmi/")).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(rita.post(server.url(&see)).send().await.unwrap().status(), 303);
        let seen = page(&server, &rita, "/desk/squadra/allarmi").await;
        assert!(seen.contains("Visto da rita") && seen.contains("id=\"alarms\" aria-label=\"Allarmi\" data-part=\"/part/desk/allarmi\" hidden"), "{seen}");
        // The threshold is changed and taken away, and the alarm with it.
        let own = seen.split("href=\"").find(|rest| rest.starts_with("/desk/squadra/soglie/") && !rest.starts_with("/desk/squadra/soglie/nuova")).unwrap().split('"').next().unwrap().to_owned();
        assert!(page(&server, &rita, &own).await.contains("name=\"over\" id=\"over\" value=\"0\""));
        assert_eq!(rita.post(server.url(&format!("{own}/togli"))).send().await.unwrap().status(), 303);
        let gone = page(&server, &rita, "/desk/squadra/allarmi").await;
        assert!(gone.contains("Nessun allarme in corso") && gone.contains("Nessuna soglia"));
        eventually("the alarm is told to be over", async || hers.next().await.filter(|told| told.name == "alarm")).await;
    }

    async fn a_day_is_shown_and_downloaded(server) {
        let api = server.api("sara", "front");
        server.hire("rita", "supervisor");
        api.contact("g@posta.example", "Un caso").await;
        let rita = server.signed_in("rita").await;
        let today = page(&server, &rita, "/desk/squadra/giornata?service=linea-amica").await;
        assert!(today.contains("Un contatto in entrata") && today.contains("role=\"img\"") && today.contains("<tfoot>"), "{today}");
        let table = page(&server, &rita, "/desk/squadra/giornata.csv").await;
        assert!(table.starts_with("half_hour,inbound_") && table.contains(",inbound,usual_inbound,outbound,opened,solved,escalated,answers,waiting\r\n"), "{table}");
        assert_eq!(table.lines().last().unwrap().rsplit(',').next().unwrap(), "1", "one case waits: {table}");
        let refused = rita.get(server.url("/desk/squadra/giornata?day=ieri")).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        assert_eq!(rita.get(server.url("/desk/squadra/giornata?service=nessuno")).send().await.unwrap().status(), 404);
        assert!(page(&server, &rita, "/desk/squadra/giornata?day=2026-10-25").await.contains("Niente in questa giornata"), "a Sunday without anything");
        for path in ["/desk/squadra/giornata?day=9999-99-99", "/desk/squadra/giornata?day=99999-01-01", "/desk/squadra/casi?queue=%3Cb%3E&after=x&operator=-1", "/desk/squadra/allarmi?before=x"] {
            assert!(!rita.get(server.url(path)).send().await.unwrap().status().is_server_error(), "{path}");
        }
    }
}
