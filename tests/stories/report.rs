//! Every figure of the report equals a second, plain reckoning of the records as they are written out: for years made
//! at random, and while the office works.

mod behind;
mod day;
mod moment;
mod paper;
pub(crate) mod plain;

use crate::record::{bring, written};
use centre::By;
use centre::report::{self, Wanted};
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use model::ServiceId;
use model::case::Outcome;
use model::report::Period;
use plain::Asked;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use stories::{Office, letter, on_both, served_on_both, work};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Records at random: some months around a change of the clocks, with gaps, twists and things left out.
fn year(seed: u64, count: usize) -> String {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut lines: Vec<Value> = vec![
        json!({"type": "service", "id": "abruzzo", "name": "Abruzzo", "calendar": {"zone": "Europe/Rome", "holidays": "none", "week": {"sat": ["09:00-13:00"], "sun": ["22:00-24:00"]}}}),
        json!({"type": "structure", "id": "urp", "name": "URP", "kind": "urp"}),
        json!({"type": "structure", "id": "cc", "name": "CC", "kind": "contact-centre"}),
        json!({"type": "operator", "id": "o", "name": "O", "level": "front"}),
    ];
    let start: DateTime<Utc> = "2009-02-25T00:00:00Z".parse().unwrap();
    let said = |at: DateTime<Utc>| json!(at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    fn pick<T: Copy>(rng: &mut StdRng, list: &[T]) -> T {
        list[rng.random_range(0..list.len())]
    }
    for n in 0..count {
        let services = ["linea-amica", "linea-amica", "abruzzo"];
        let opened = start + TimeDelta::seconds(rng.random_range(0..50 * 86_400));
        let mut case = json!({"type": "case", "id": format!("k{n}"), "service": pick(&mut rng, &services), "opened_at": said(opened)});
        if rng.random_bool(0.8) {
            let solved = opened + TimeDelta::milliseconds(rng.random_range(0..4 * 86_400_000));
            case["solved_at"] = said(solved);
            if rng.random_bool(0.9) {
                case["solved_by"] = json!(pick(&mut rng, &["front", "front", "back"]));
            }
            if rng.random_bool(0.15) {
                case["reopened_at"] = said(solved + TimeDelta::seconds(rng.random_range(-9_000..90_000)));
            }
        }
        if rng.random_bool(0.3) {
            case["escalated_at"] = said(opened + TimeDelta::seconds(rng.random_range(0..86_400)));
        }
        for (key, words) in
            [("kind", ["census", "information"]), ("topic", ["casa", "=1+1"]), ("region", ["Abruzzo", "Lazio"])]
        {
            if rng.random_bool(0.7) {
                case[key] = json!(pick(&mut rng, &words));
            }
        }
        lines.push(case);
        if rng.random_bool(0.4) {
            let asked = opened + TimeDelta::seconds(rng.random_range(0..900_000));
            let mut survey = json!({"type": "survey", "id": format!("s{n}"), "case": format!("k{n}"), "channel": "phone", "asked_at": said(asked)});
            if rng.random_bool(0.7) {
                survey["answered_at"] = said(asked + TimeDelta::seconds(rng.random_range(0..9_000)));
                for key in ["efficient", "effective"] {
                    if rng.random_bool(0.8) {
                        survey[key] = json!(rng.random_bool(0.85));
                    }
                }
            }
            lines.push(survey);
        }
        for m in 0..rng.random_range(0..4) {
            let began = opened + TimeDelta::seconds(rng.random_range(-60..200_000));
            let mut contact = json!({"type": "contact", "id": format!("c{n}.{m}"), "service": pick(&mut rng, &services), "channel": pick(&mut rng, &["phone", "phone", "phone", "web", "sms"]), "direction": pick(&mut rng, &["inbound", "inbound", "outbound"]), "started_at": said(began)});
            if rng.random_bool(0.8) {
                contact["case"] = json!(format!("k{n}"));
            }
            let mut at = began;
            if rng.random_bool(0.8) {
                at += TimeDelta::milliseconds(rng.random_range(0..5_000));
                contact["queued_at"] = said(at);
            }
            if rng.random_bool(0.7) {
                at += TimeDelta::seconds(rng.random_range(0..100));
                contact["answered_at"] = said(at);
                contact["outcome"] = json!("answered");
            } else if rng.random_bool(0.8) {
                contact["outcome"] = json!(pick(&mut rng, &["abandoned", "busy", "voicemail"]));
            }
            if rng.random_bool(0.8) {
                contact["ended_at"] = said(at + TimeDelta::seconds(rng.random_range(0..600)));
            }
            lines.push(contact);
        }
        if n % 7 == 0 {
            let at = said(opened);
            let who = if n % 2 == 0 { ("operator", "o".to_owned()) } else { ("trainee", format!("t{}", n % 3)) };
            lines.push(
                json!({"type": "training", "id": format!("t{n}"), who.0: who.1, "course": "corso", "completed_at": at}),
            );
            let mut media = json!({"type": "media", "id": format!("m{n}"), "kind": pick(&mut rng, &["video", "news", "radio", "feature"]), "title": "x", "published_at": at});
            if rng.random_bool(0.6) {
                media["origin"] = json!(pick(&mut rng, &["prize", "newsroom"]));
            }
            lines.push(media);
        }
    }
    for (structure, months) in [("urp", vec!["2009-02", "2009-03", "2009-04"]), ("cc", vec!["2009-04", "2009-09"])] {
        for month in months {
            lines.push(json!({"type": "volume", "structure": structure, "month": month, "channel": pick(&mut rng, &["phone", "desk"]), "contacts": rng.random_range(50..900), "with_operator": 40}));
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Compares all figures of one question.
async fn compare(office: &Office, lines: &[String], asked: &Asked) {
    let wanted = Wanted {
        period: Period::new(asked.from, asked.to).unwrap(),
        service: asked.service.as_deref().map(ServiceId::new),
        as_of: Some(asked.as_of),
    };
    let reckoned = report::reckon(&office.centre, wanted.clone()).await.unwrap();
    if asked.service.is_none() || asked.as_of == office.now() {
        behind::every_figure_opens(office, &wanted, &reckoned).await;
    }
    let reckoned = reckoned.json(str::to_owned);
    let plain = plain::reckon(lines, asked);
    let question = format!("{} to {}, {:?}, {}", asked.from, asked.to, asked.service, asked.as_of);
    same(&reckoned, &plain, &question);
}

/// Every figure is the same in both; sums of many times may differ by a hair.
pub(crate) fn same(reckoned: &Value, plain: &Value, question: &str) {
    for (group, figures) in plain.as_object().unwrap() {
        assert_eq!(figures.as_object().unwrap().len(), reckoned[group].as_object().unwrap().len(), "{group}");
        for (name, plain) in figures.as_object().unwrap() {
            let figure = &reckoned[group][name];
            let same = match (figure.as_f64(), plain.as_f64()) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
                _ => figure == plain,
            };
            assert!(same, "{group}.{name} is {figure}, plainly {plain} ({question})");
        }
    }
}

/// The moments just before cases were taken up again: as known then, they were solved.
fn before_reopened(lines: &[String]) -> Vec<DateTime<Utc>> {
    let cases = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let at = |case: &Value, key: &str| Some(case[key].as_str()?.parse::<DateTime<Utc>>().unwrap());
    let gaps = cases.filter_map(|case| Some((at(&case, "solved_at")?, at(&case, "reopened_at")?)));
    let mut moments: Vec<_> = gaps.filter(|(solved, again)| again > solved).map(|(_, again)| again).collect();
    moments.sort();
    moments.iter().map(|again| *again - TimeDelta::seconds(1)).collect()
}

async fn compare_all(office: &Office) {
    let lines = written(office).await;
    let now = office.now();
    let gaps = before_reopened(&lines);
    assert!(!gaps.is_empty(), "no case was taken up again");
    for as_of in gaps.into_iter().step_by(3) {
        let (from, to) = (day("2009-01-29"), day("2027-01-01"));
        compare(office, &lines, &Asked { from, to, service: None, as_of }).await;
    }
    for (from, to) in [
        ("2009-01-29", "2010-01-29"),
        ("2009-03-29", "2009-04-05"),
        ("2026-01-01", "2027-01-01"),
        ("2001-01-01", "2001-01-02"),
    ] {
        for service in [None, Some("abruzzo"), Some("linea-amica")] {
            for as_of in [now, "2009-04-02T21:59:59.5Z".parse().unwrap(), now - TimeDelta::hours(3)] {
                let asked = Asked { from: day(from), to: day(to), service: service.map(str::to_owned), as_of };
                compare(office, &lines, &asked).await;
            }
        }
    }
}

on_both! {
    async fn every_figure_equals_a_plain_reckoning(office) {
        assert_eq!(bring(&office, &year(7, 220), false).await, []);
        compare_all(&office).await;
    }

    async fn every_figure_is_right_while_the_office_works(office) {
        assert_eq!(bring(&office, &year(11, 40), false).await, []);
        let sara = office.hire("sara", "front,back,supervisor").await;
        let mut rng = StdRng::seed_from_u64(5);
        let mut cases = Vec::new();
        for n in 0..30 {
            office.later(TimeDelta::minutes(rng.random_range(1..90)));
            let came = office.receive(letter(&format!("p{}@posta.example", n % 6), "scrivo")).await.case;
            cases.push(came);
            let (id, other) = (cases[rng.random_range(0..cases.len())], cases[rng.random_range(0..cases.len())]);
            office.later(TimeDelta::minutes(rng.random_range(1..90)));
            let by = By::Staff(sara.clone());
            let centre = &office.centre;
            // What the case's state does not allow changes nothing.
            let _ = match rng.random_range(0..6) {
                0 | 1 => centre.work(by, work!(|w| centre::case::solve(w, id, Outcome::Solved, None))).await,
                2 => centre.work(by, work!(|w| centre::case::reopen(w, id))).await,
                3 => centre.work(by, work!(|w| centre::case::escalate(w, id, &model::QueueId::new("linea-amica-back"), "motivo"))).await,
                4 => centre.work(by, work!(|w| centre::case::merge(w, id, other))).await,
                _ => centre.work(by, work!(|w| centre::case::unmerge(w, id))).await,
            };
        }
        compare_all(&office).await;
    }
}

served_on_both! {
    async fn the_report_is_the_same_for_programs_and_on_the_command_line(server) {
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, year(3, 60)).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        let asked = ["report", "--from", "2009-03-01", "--to", "2009-04-01", "--as-of", "2010-01-01T00:00:00Z"];
        let said: Value = serde_json::from_str(&server.try_command(&asked, "").unwrap()).unwrap();
        assert_eq!(said["period"], json!({"from": "2009-03-01", "to": "2009-04-01", "as_of": "2010-01-01T00:00:00Z"}));
        let share = &said["definitions"]["cases.front_office_share"];
        let (part, whole) = (share["numerator"].as_f64().unwrap(), share["denominator"].as_f64().unwrap());
        assert!((said["cases"]["front_office_share"].as_f64().unwrap() - part / whole).abs() < 1e-12);
        for (key, definition) in said["definitions"].as_object().unwrap() {
            assert!(definition["text"].as_str().is_some_and(|text| !text.contains('⟦')), "{key} is told in words");
        }
        let api = server.api("rita", "supervisor");
        let query = "/reports/summary?from=2009-03-01&to=2009-04-01&as_of=2010-01-01T00:00:00Z";
        assert_eq!(api.get(query).await.expect(200), said);
        let abruzzo = api.get(&format!("{query}&service=abruzzo")).await.expect(200);
        assert_eq!(abruzzo["contacts"]["by_service"].as_object().unwrap().keys().collect::<Vec<_>>(), ["abruzzo"]);
        // A table for a spreadsheet, in which no topic reckons anything.
        let table = server.try_command(&[&asked[..], &["--format", "csv"]].concat(), "").unwrap();
        assert!(table.contains("\r\ncases.by_topic,'=1+1,") && table.starts_with("figure,of,value,"), "{table}");
        // What cannot be asked, and who may not ask.
        let no_day = api.get("/reports/summary?from=2009-04-01&to=2009-04-01").await.problem(422);
        let no_date = api.get("/reports/summary?from=2009-02-30&to=2009-04-01").await.problem(400);
        let no_service = api.get(&format!("{query}&service=nessuno")).await.problem(404);
        assert_eq!(no_date, "bad-query", "{no_day} {no_service}");
        assert!(server.try_command(&["report", "--from", "2009-04-01", "--to", "2009-04-01"], "").unwrap_err().contains("no day"));
        server.hire_with("bruno", "back", &["--scope", "urp"]);
        assert_eq!(stories::Api::new(server.url(""), server.token("bruno")).get(query).await.problem(403), "forbidden");
    }

    async fn the_report_is_read_at_the_desk_and_every_figure_opens(server) {
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, year(3, 60)).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        server.hire("rita", "supervisor");
        let rita = server.signed_in("rita").await;
        let get = async |path: &str| stories::Answer::read(rita.get(server.url(path)).send().await.unwrap()).await.unwrap();
        let page = get("/desk/rapporti?from=2009-03-01&last=2009-03-31&as_of=2010-01-01T01:00&against=before").await;
        assert_eq!(page.status, 200);
        let api = stories::Api::new(server.url(""), server.token("rita"));
        let asked = "from=2009-03-01&to=2009-04-01&as_of=2010-01-01T00:00:00Z";
        let said = api.get(&format!("/reports/summary?{asked}")).await.expect(200);
        let total = said["contacts"]["total"].as_u64().unwrap();
        assert!(page.text.contains("I risultati, marzo 2009") && page.text.contains(&format!("<b>{total} contatti</b>")), "{}", page.text);
        assert!(page.text.contains("febbraio 2009"), "it is compared with the month before");
        // Where a figure's records are stands beside it, for people and for programs.
        let share = &said["definitions"]["phone.service_level_30"];
        let opened = get(share["records"].as_str().unwrap()).await;
        let made_of = format!("{} su {}", share["numerator"], share["denominator"]);
        assert!(opened.status == 200 && opened.text.contains(&made_of), "{made_of} {}", opened.text);
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let page = api.get(&format!("/reports/records?{asked}&figure=phone.service_level_30&part=denominator&limit=7{after}")).await.expect(200);
            items.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={}", next);
        }
        assert_eq!(Some(items.len() as u64), share["denominator"].as_u64());
        assert!(items.iter().all(|item| item["channel"] == "phone" && item["queued_at"].is_string()));
        let of = get(&format!("/desk/rapporti/contacts.by_channel?{asked}&of=sms")).await;
        assert!(of.text.contains("Contatti per canale: SMS"));
        // The same as files: for a spreadsheet, for programs, and as a page that needs nothing else.
        assert!(get(&format!("/desk/rapporti.csv?{asked}")).await.text.starts_with("figure,of,value,"));
        assert_eq!(get(&format!("/desk/rapporti.json?{asked}")).await.json(), said);
        let alone = get(&format!("/desk/rapporti.html?{asked}")).await.text;
        let written = server.try_command(&["report", "--from", "2009-03-01", "--to", "2009-04-01", "--as-of", "2010-01-01T00:00:00Z", "--format", "html"], "").unwrap();
        // Their links lead to the desk: of the server that runs, and of the settings that the command was given.
        assert!(alone.replace(&server.url(""), "") == written.replace("http://127.0.0.1:8080", ""), "the files differ");
        assert!(!alone.contains("/assets/") && alone.contains("data:font/woff2;base64,") && alone.contains("<symbol id=\"la-help\""));
        // What cannot be asked says why and keeps what was typed; what is not there is not there.
        let refused = get("/desk/rapporti?from=2009-03-09&last=2009-03-02").await;
        assert!(refused.status == 422 && refused.text.contains("value=\"2009-03-02\"") && refused.text.contains("non contiene giorni"));
        assert_eq!(get("/desk/rapporti?from=2009-03-01&last=2009-03-31&service=nessuno").await.status, 422);
        assert_eq!(get(&format!("/desk/rapporti/phone.none?{asked}")).await.status, 404);
        assert_eq!(get(&format!("/desk/rapporti/phone.offered?{asked}&of=sms")).await.status, 404);
        assert_eq!(get(&format!("/desk/rapporti/phone.offered?{asked}&after=x")).await.status, 404);
        assert_eq!(api.get(&format!("/reports/records?{asked}&figure=nothing")).await.problem(404), "not-found");
        assert_eq!(api.get(&format!("/reports/records?{asked}&figure=phone.offered&after=x")).await.problem(400), "bad-query");
        // It is of the whole centre: nobody of one structure reads it.
        server.hire_with("bruno", "back", &["--scope", "urp"]);
        let bruno = server.signed_in("bruno").await;
        for path in ["/desk/rapporti", "/desk/rapporti.csv", "/desk/rapporti.html", "/desk/rapporti/phone.offered"] {
            assert_eq!(bruno.get(server.url(path)).send().await.unwrap().status(), 403, "{path}");
        }
    }

    async fn figures_of_individual_operators_are_off_until_they_are_turned_on(server) {
        server.hire("rita", "supervisor");
        server.hire("sara", "front");
        let (rita, sara) = (server.signed_in("rita").await, server.signed_in("sara").await);
        let lines = [
            json!({"type": "operator", "id": "o", "name": "Olga Prova", "level": "front"}),
            json!({"type": "contact", "id": "c", "service": "linea-amica", "channel": "phone", "direction": "inbound", "operator": "o",
                "started_at": "2009-03-02T10:00:00Z", "queued_at": "2009-03-02T10:00:00Z", "answered_at": "2009-03-02T10:00:05Z", "ended_at": "2009-03-02T10:02:05Z"}),
        ];
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, lines.map(|line| format!("{line}\n")).concat()).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        let path = "/desk/rapporti/operatori?from=2009-03-01&to=2009-04-01";
        let report = "/desk/rapporti?from=2009-03-01&to=2009-04-01";
        let read = async |who: &reqwest::Client, url: String| stories::Answer::read(who.get(url).send().await.unwrap()).await.unwrap();
        assert_eq!(read(&rita, server.url(path)).await.status, 403);
        assert!(!read(&rita, server.url(report)).await.text.contains("operatori"));
        assert!(server.stop());
        server.set("LINEA_PRIVACY__OPERATOR_FIGURES", "true").run().await;
        assert!(read(&rita, server.url(report)).await.text.contains("/desk/rapporti/operatori"));
        let shown = read(&rita, server.url(path)).await;
        assert!(shown.status == 200 && shown.text.contains("Olga Prova") && shown.text.contains("2 min"), "{}", shown.text);
        assert_eq!(read(&sara, server.url(path)).await.status, 403, "for supervisors only");
    }
}
