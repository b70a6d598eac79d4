//! A year of work brought in from elsewhere, and written out again.

use centre::record::{self, Line, Taken};
use centre::{By, search};
use model::case::{Case, Level, Outcome, State};
use model::record::{Kind, Record};
use stories::{Office, letter, on_both, work};

const YEAR: &str = include_str!("record/year.ndjson");

pub(crate) async fn bring(office: &Office, lines: &str, replace: bool) -> Vec<(u64, String)> {
    let mut refused = Vec::new();
    for rank in 0..Kind::RANKS {
        let mut batch = Vec::new();
        for (place, line) in (1..).zip(lines.lines()) {
            match model::record::read(line) {
                Ok(record) if record.kind().rank() == rank => batch.push(Line { place, record }),
                Ok(_) => {}
                Err(why) if rank == 0 => refused.push((place, why.to_string())),
                Err(_) => {}
            }
        }
        let taken: Taken = office.centre.work(By::System, work!(|w| record::take(w, batch, replace))).await.unwrap();
        refused.extend(taken.refused.iter().map(|(place, why)| (*place, why.to_string())));
        office.centre.refresh_catalogue().await.unwrap();
    }
    refused.sort();
    refused
}

/// Every record, as lines in order.
pub(crate) async fn written(office: &Office) -> Vec<String> {
    let view = office.centre.db().view().await.unwrap();
    let mut lines = Vec::new();
    for kind in Kind::ALL {
        let mut after = None;
        loop {
            let page = record::page(&office.centre, &view, *kind, after).await.unwrap();
            lines.extend(page.records.iter().map(Record::line));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    lines.sort();
    lines
}

/// What was told by others, as lines in order: without those who were hired here.
async fn told(office: &Office) -> Vec<String> {
    let lines = written(office).await;
    lines.into_iter().filter(|line| !line.starts_with(r#"{"type":"operator""#)).collect()
}

fn sorted(lines: &str) -> Vec<String> {
    let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

on_both! {
    async fn a_year_is_written_out_as_it_was_brought_in(office) {
        assert_eq!(bring(&office, YEAR, false).await, []);
        assert_eq!(written(&office).await, sorted(YEAR));
        // Again, and in another house.
        assert_eq!(bring(&office, YEAR, false).await, []);
        let copy = written(&office).await.join("\n");
        let other = office.stranger().await;
        assert_eq!(bring(&other, &copy, false).await, []);
        assert_eq!(written(&other).await, sorted(YEAR));
    }
}

on_both! {
    async fn imported_cases_stand_where_they_would_here_and_are_worked_on(office) {
        bring(&office, YEAR, false).await;
        let sara = office.hire("sara", "front,supervisor").await;
        let found = search::find(&office.centre, &sara, "Bianchi").await.unwrap();
        let [open] = &found[..] else { panic!("{found:?}") };
        assert_eq!((open.case.state, open.case.level), (State::New, Level::Back));
        assert_eq!(open.content.subject.as_deref(), Some("Contributo per l’affitto"));
        assert_eq!(search::find(&office.centre, &sara, "+39 333 555 0101").await.unwrap().len(), 1);
        assert_eq!(search::find(&office.centre, &sara, "affitto bianchi").await.unwrap().len(), 1);
        let id = open.case.id;
        office.by(&sara, work!(|w| centre::case::take(w, id))).await.unwrap();
        office.by(&sara, work!(|w| centre::case::solve(w, id, Outcome::Solved, None))).await.unwrap();
        let row = office.case(id).await;
        let history = db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap();
        let events = history.iter().filter_map(|r| Some((r.at, r.case_event()?)));
        assert_eq!(Case::rebuild(id, events), Some(row));
        // What has changed here is not what was brought.
        let refused = bring(&office, YEAR, false).await;
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].1.contains("is there already with other contents"));
        assert_eq!(bring(&office, YEAR, true).await, []);
        assert_eq!(office.case(id).await.state, State::New);
        let row = office.case(id).await;
        let history = db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap();
        let events = history.iter().filter_map(|r| Some((r.at, r.case_event()?)));
        assert_eq!(Case::rebuild(id, events), Some(row));
    }
}

on_both! {
    async fn a_refused_line_takes_along_what_depends_on_it_and_nothing_else(office) {
        let lines = concat!(
            r#"{"type":"contact","id":"c1","service":"linea-amica","channel":"web","direction":"inbound","started_at":"2009-02-02T08:00:00Z","case":"k1"}"#, "\n",
            r#"{"type":"contact","id":"c2","service":"linea-amica","channel":"web","direction":"inbound","started_at":"2009-02-02T08:00:00Z","case":"k2"}"#, "\n",
            r#"{"type":"case","id":"k1","service":"nessuno","opened_at":"2009-02-02T08:00:00Z"}"#, "\n",
            r#"{"type":"case","id":"k2","service":"linea-amica","opened_at":"2009-02-02T08:00:00Z"}"#, "\n",
            r#"{"type":"case","id":"k2","service":"linea-amica","opened_at":"2009-02-02T09:00:00+01:00"}"#, "\n",
            r#"{"type":"case","id":"k2","service":"linea-amica","opened_at":"2009-02-02T09:00:00Z"}"#, "\n",
            "{\"type\":\"case\"", "\n",
            r#"{"type":"volume","structure":"urp","month":"2009-02","channel":"phone","contacts":1,"with_operator":0}"#,
        );
        let refused = bring(&office, lines, false).await;
        let places: Vec<u64> = refused.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, [1, 3, 6, 7, 8], "{refused:?}");
        assert_eq!(refused[1].1, "service refers to \"nessuno\", which is neither in the files nor in the database");
        assert_eq!(written(&office).await.len(), 2);
        assert_eq!(bring(&office, lines, true).await.len(), 4);
        assert!(written(&office).await.iter().any(|line| line.contains("2009-02-02T09:00:00Z")));
    }
}

on_both! {
    async fn what_came_in_live_is_written_out_in_the_same_form(office) {
        let sara = office.hire("sara", "front,supervisor").await;
        let inbound = centre::intake::Inbound {
            name: Some("Anna Rossi".to_owned()),
            subject: Some("Bonus".to_owned()),
            ..letter("anna@posta.example", "Non lo vedo in bolletta.")
        };
        let first = office.receive(inbound).await;
        let second = office.letter("anna@posta.example", "Ancora io.").await;
        office.by(&sara, work!(|w| centre::case::note(w, second, "stessa cosa", Vec::new()))).await.unwrap();
        let into = first.case;
        office.by(&sara, work!(|w| centre::case::merge(w, second, into))).await.unwrap();
        let lines = written(&office).await;
        let of = |kind: &str| {
            let mark = format!("{{\"type\":\"{kind}\"");
            lines.iter().filter(|line| line.starts_with(&mark)).collect::<Vec<_>>()
        };
        // A case that is continued in another is no matter of its own, and its contacts are the other's.
        assert_eq!((of("case").len(), of("contact").len(), of("person").len(), of("message").len()), (1, 2, 1, 1));
        assert!(of("contact")[0].contains("\"subject\":\"Bonus\",\"text\":\"Non lo vedo in bolletta.\""));
        assert!(of("person")[0].contains("\"name\":\"Anna Rossi\",\"emails\":[\"anna@posta.example\"]"));
        // It is there already, here, and moves elsewhere as it is.
        let all = lines.join("\n");
        assert_eq!(bring(&office, &all, false).await, []);
        assert_eq!(written(&office).await, lines);
        let other = office.stranger().await;
        assert_eq!(bring(&other, &all, false).await, []);
        assert_eq!(written(&other).await, lines);
    }

    async fn a_case_that_is_told_again_stays_in_the_hands_it_is_in(office) {
        let sara = office.hire("sara", "front,supervisor").await;
        let line = |id: &str, region: &str| format!(r#"{{"type":"case","id":"{id}","service":"linea-amica","opened_at":"2009-02-02T08:00:00Z","region":"{region}"}}"#);
        assert_eq!(bring(&office, &format!("{}\n{}", line("k1", "Lazio"), line("k2", "Lazio")), false).await, []);
        let list = centre::desk::page(&office.centre, &sara, centre::desk::List::Unassigned, None, None, 10).await.unwrap();
        let [mine, merged] = list.cases.iter().map(|stored| stored.case.id).collect::<Vec<_>>()[..] else { panic!() };
        office.by(&sara, work!(|w| centre::case::take(w, mine))).await.unwrap();
        office.by(&sara, work!(|w| centre::case::merge(w, merged, mine))).await.unwrap();
        let before = (office.case(mine).await, office.case(merged).await);
        assert_eq!(bring(&office, &format!("{}\n{}", line("k1", "Abruzzo"), line("k2", "Abruzzo")), true).await, []);
        let after = (office.case(mine).await, office.case(merged).await);
        let told = |case: &Case| Case { region: Some("Abruzzo".to_owned()), version: 0, last_at: before.0.last_at, ..case.clone() };
        assert_eq!(told(&after.0), told(&before.0));
        assert_eq!(after.0.region.as_deref(), Some("Abruzzo"));
        assert_eq!((after.1.merged_into, after.1.state), (Some(mine), before.1.state));
        // Its history makes of it what stands in its row.
        for id in [mine, merged] {
            let history = db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap();
            let events: Vec<_> = history.iter().map(|event| (event.at, event.case_event().unwrap())).collect();
            assert_eq!(Case::rebuild(id, events).unwrap(), office.case(id).await);
        }
    }
}

on_both! {
    async fn the_same_told_in_other_words_counts_once(office) {
        let service = |points: &str, more: &str| format!(r#"{{"type":"service","id":"verde","name":"Verde","entry_points":[{points}]{more}}}"#);
        let spaced = service(r#"{"kind": "phone", "value": "803001", "reachable_from": [], "label": "caff\u00e8"}, {"kind":"short-code","value":"44001"}"#, r#","zona":{"a": 1, "b": 2}"#);
        let tight = service(r#"{"value":"803001","kind":"phone","label":"caffè","reachable_from":[]},{"kind":"short-code","value":"44001"}"#, r#","zona":{"b":2,"a":1}"#);
        assert_eq!(bring(&office, &spaced, false).await, []);
        assert_eq!(bring(&office, &tight, false).await, []);
        let lines = written(&office).await;
        assert!(lines.contains(&spaced), "it is written out as it was told first: {lines:?}");
        // What is known here of its entry points is used; the rest is kept.
        let verde = office.centre.catalogue().service(&model::ServiceId::new("verde")).unwrap().clone();
        assert_eq!(verde.entry_points.iter().map(|e| e.value.as_str()).collect::<Vec<_>>(), ["803001"]);
        // A place that a number cannot be called from is a value outside its list.
        let refused = bring(&office, &service(r#"{"kind":"phone","value":"1","reachable_from":["moon"]}"#, ""), true).await;
        assert_eq!(refused.len(), 1, "{refused:?}");
    }

    async fn what_a_record_says_no_more_is_gone_when_it_is_replaced(office) {
        let sara = office.hire("sara", "front,supervisor").await;
        let lines = |service: &str, phone: &str, person: &str, text: &str| [
            format!(r#"{{"type":"service","id":"abruzzo","name":"Abruzzo"{service}}}"#),
            format!(r#"{{"type":"person","id":"p1","name":"Mario Verdi","phones":["{phone}"]}}"#),
            r#"{"type":"person","id":"p2","name":"Lucia Neri"}"#.to_owned(),
            r#"{"type":"case","id":"k1","service":"linea-amica","opened_at":"2026-02-02T08:00:00Z"}"#.to_owned(),
            format!(r#"{{"type":"contact","id":"c1","service":"linea-amica","channel":"web","direction":"inbound","started_at":"2026-02-02T08:00:00Z","case":"k1","person":"{person}"{text}}}"#),
        ].join("\n");
        let before = lines(r#","calendar":{"sat":["09:00-13:00"]}"#, "333 555 0101", "p1", r#","text":"La tessera smarrita""#);
        let after = lines("", "333 555 0202", "p2", "");
        assert_eq!(bring(&office, &before, false).await, []);
        let found = search::find(&office.centre, &sara, "tessera").await.unwrap();
        let [case] = &found[..] else { panic!("{found:?}") };
        let id = case.case.id;
        assert_eq!(bring(&office, &after, true).await, []);
        assert_eq!(bring(&office, &after, false).await, [], "it is there now as it was told");
        assert_eq!(told(&office).await, sorted(&after));
        assert_eq!(search::find(&office.centre, &sara, "tessera").await.unwrap().len(), 0);
        assert_eq!(search::find(&office.centre, &sara, "+39 333 555 0101").await.unwrap().len(), 0);
        let persons = search::find(&office.centre, &sara, "Neri").await.unwrap();
        assert_eq!(persons.iter().map(|found| found.case.id).collect::<Vec<_>>(), [id], "the case is hers now");
        assert_eq!(persons[0].content.subject, None);
        let hours = |office: &Office| office.centre.catalogue().service(&model::ServiceId::new("abruzzo")).unwrap().calendar.clone();
        assert_eq!(hours(&office), model::calendar::Calendar::default_italian());
        let history = db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap();
        let events: Vec<_> = history.iter().map(|event| (event.at, event.case_event().unwrap())).collect();
        assert_eq!(Case::rebuild(id, events).unwrap(), office.case(id).await);
    }

    async fn a_case_that_was_closed_unsolved_is_nobodys_work(office) {
        let case = |id: &str, more: &str| format!(r#"{{"type":"case","id":"{id}","service":"linea-amica","opened_at":"2009-02-02T08:00:00Z"{more},"closed_at":"2009-03-02T08:00:00Z"}}"#);
        let lines = [case("k1", ""), case("k2", r#","reopened_at":"2009-03-03T08:00:00Z""#)].join("\n");
        assert_eq!(bring(&office, &lines, false).await, []);
        let sara = office.hire("sara", "front,supervisor").await;
        let list = centre::desk::page(&office.centre, &sara, centre::desk::List::Unassigned, None, None, 10).await.unwrap();
        assert_eq!(list.cases.len(), 1, "only the one that was taken up again is to be worked on");
        assert_eq!(told(&office).await, sorted(&lines));
    }

    async fn a_service_that_a_record_gives_no_name_is_called_by_its_id(office) {
        let lines = [r#"{"type":"service","id":"muto","name":" "}"#, r#"{"type":"service","id":" ","name":""}"#].join("\n");
        assert_eq!(bring(&office, &lines, false).await, []);
        let name = |centre: &centre::Centre, id: &str| centre.catalogue().service(&model::ServiceId::new(id)).map(|s| s.name.clone());
        let other = office.second().await;
        assert_eq!(name(&other.centre, "muto").as_deref(), Some("muto"), "whoever starts now can read it");
        assert_eq!(name(&other.centre, " ").as_deref(), Some("-"));
        assert_eq!(bring(&office, &lines, true).await, []);
        assert_eq!(written(&office).await, sorted(&lines), "the record says what it said");
    }
}
