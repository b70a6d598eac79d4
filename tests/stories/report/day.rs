//! The half-hours of a day: equal to a plain reckoning of the records, and adding up to the report of the same day.

use super::{day, year};
use crate::record::{bring, written};
use centre::report::{self, Wanted, day as by_half_hours};
use centre::{By, Error};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use model::ServiceId;
use model::half_hour::HalfHour;
use model::report::Period;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use stories::{Office, at, letter, on_both, work};

/// Compares a day with the report of the same day, and what waits at its end with the backlog of all days until then.
async fn adds_up(office: &Office, rita: &Arc<model::user::Staff>, date: NaiveDate, service: Option<&str>) {
    let service = service.map(ServiceId::new);
    let counted = by_half_hours::day(&office.centre, rita, date, service.clone()).await.unwrap();
    let reckon = async |from: NaiveDate| {
        let period = Period::new(from, date.succ_opt().unwrap()).unwrap();
        let wanted = Wanted { period, service: service.clone(), as_of: None };
        report::reckon(&office.centre, wanted).await.unwrap().figures
    };
    let figures = reckon(date).await;
    let figure = |key, of: Option<&str>| figures.get(key, of).and_then(|figure| figure.value).unwrap();
    let sum = |part: &dyn Fn(&by_half_hours::Half) -> i64| counted.halves.iter().map(part).sum::<i64>() as f64;
    let told = format!("{date} {service:?}");
    assert_eq!(sum(&|half| half.inbound() + half.outbound()), figure("contacts.total", None), "{told}");
    assert_eq!(sum(&by_half_hours::Half::inbound), figure("contacts.by_direction", Some("inbound")), "{told}");
    for channel in ["phone", "web", "sms", "email", "desk"] {
        let of =
            |half: &by_half_hours::Half| half.contacts.get(channel).map_or(0, |(inbound, outbound)| inbound + outbound);
        assert_eq!(sum(&of), figure("contacts.by_channel", Some(channel)), "{told} {channel}");
    }
    assert_eq!(sum(&|half| half.opened), figure("cases.handled", None), "{told}");
    let until_then = reckon(day("2001-01-01")).await;
    let backlog = until_then.get("cases.backlog", None).and_then(|figure| figure.value).unwrap();
    let at_its_end = counted.halves.last().map_or(counted.waiting, |half| half.waiting);
    assert_eq!(at_its_end as f64, backlog, "{told}");
}

fn half_of(record: &Value, key: &str) -> Option<HalfHour> {
    Some(HalfHour::of(record[key].as_str()?.parse::<DateTime<Utc>>().unwrap()))
}

on_both! {
    async fn half_hours_add_up_to_the_report_of_the_day(office) {
        let rita = office.hire("rita", "supervisor").await;
        assert_eq!(bring(&office, &year(7, 220), false).await, []);
        for date in ["2009-03-10", "2009-03-28", "2009-03-29", "2009-03-30", "2009-04-02"] {
            for service in [None, Some("abruzzo"), Some("linea-amica")] {
                adds_up(&office, &rita, day(date), service).await;
            }
        }
        // Half-hour by half-hour, from the records as they are written out.
        let records: Vec<Value> = written(&office).await.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |kind: &'static str| records.iter().filter(move |record| record["type"] == kind);
        for date in ["2009-03-29", "2009-04-01"] {
            let counted = by_half_hours::day(&office.centre, &rita, day(date), None).await.unwrap();
            assert_eq!(counted.halves.len(), if date == "2009-03-29" { 46 } else { 48 }, "where the clocks skip an hour it has none");
            for half in &counted.halves {
                let mut channels: BTreeMap<String, (i64, i64)> = BTreeMap::new();
                for contact in of("contact").filter(|contact| half_of(contact, "started_at") == Some(half.half)) {
                    let entry = channels.entry(contact["channel"].as_str().unwrap().to_owned()).or_default();
                    *(if contact["direction"] == "inbound" { &mut entry.0 } else { &mut entry.1 }) += 1;
                }
                assert_eq!(half.contacts, channels, "{:?}", half.half.begin());
                let cases = |key: &str| of("case").filter(|case| half_of(case, key) == Some(half.half)).count() as i64;
                assert_eq!((half.opened, half.escalated), (cases("opened_at"), cases("escalated_at")));
                let time = |case: &Value, key: &str| case[key].as_str().map(|at| at.parse::<DateTime<Utc>>().unwrap());
                let stands = |case: &&Value| time(case, "reopened_at").is_none_or(|again| Some(again) <= time(case, "solved_at"));
                let solved = of("case").filter(|case| half_of(case, "solved_at") == Some(half.half)).filter(stands).count() as i64;
                assert_eq!(half.solved, solved, "{:?}", half.half.begin());
                let waits = |case: &&Value| {
                    time(case, "opened_at").unwrap() < half.half.end()
                        && !(stands(case) && time(case, "solved_at").is_some_and(|at| at < half.half.end()))
                };
                assert_eq!(half.waiting, of("case").filter(waits).count() as i64, "{:?}", half.half.begin());
            }
        }
    }

    async fn half_hours_add_up_while_the_office_works(office) {
        let rita = office.hire("rita", "front,back,supervisor").await;
        let mut cases = Vec::new();
        for n in 0..12 {
            office.later(TimeDelta::minutes(17));
            cases.push(office.receive(letter(&format!("p{n}@posta.example"), "scrivo")).await.case);
        }
        let (solved, reopened, merged, escalated) = (cases[0], cases[1], cases[2], cases[3]);
        let (reply, into) = (cases[4], cases[5]);
        let text = centre::case::Reply { text: "Ecco".to_owned(), ..Default::default() };
        let by = By::Staff(rita.clone());
        office.centre.work(by.clone(), work!(|w| centre::case::solve(w, solved, model::case::Outcome::Solved, None))).await.unwrap();
        office.centre.work(by.clone(), work!(|w| centre::case::solve(w, reopened, model::case::Outcome::Solved, None))).await.unwrap();
        office.later(TimeDelta::minutes(40));
        office.centre.work(by.clone(), work!(|w| centre::case::reopen(w, reopened))).await.unwrap();
        office.centre.work(by.clone(), work!(|w| centre::case::merge(w, merged, into))).await.unwrap();
        office.centre.work(by.clone(), work!(|w| centre::case::escalate(w, escalated, &model::QueueId::new("linea-amica-back"), "motivo"))).await.unwrap();
        office.centre.work(by, work!(|w| centre::case::reply(w, reply, text))).await.unwrap();
        for service in [None, Some("linea-amica")] {
            adds_up(&office, &rita, day("2026-03-02"), service).await;
        }
        let today = by_half_hours::day(&office.centre, &rita, day("2026-03-02"), None).await.unwrap();
        let sum = |part: fn(&by_half_hours::Half) -> i64| today.halves.iter().map(part).sum::<i64>();
        assert_eq!((sum(|h| h.opened), sum(|h| h.solved), sum(|h| h.escalated), sum(|h| h.answers)), (11, 1, 1, 1));
        assert_eq!(today.halves.last().unwrap().half, HalfHour::of(office.now()), "what has not begun is not shown");
        assert_eq!(today.halves.last().unwrap().waiting, 10);
        assert_eq!(today.usual.days, 0, "there was no Monday before");
    }

    async fn a_day_stands_beside_the_mean_of_the_same_weekday(office) {
        let rita = office.hire("rita", "supervisor").await;
        let mut lines = String::new();
        // On four Wednesdays at ten o'clock by the wall, through the change of the clocks; one of them is a holiday.
        for (n, (date, offset, contacts)) in [("2009-03-18", "+01:00", 2), ("2009-03-25", "+01:00", 4), ("2009-04-01", "+02:00", 6), ("2009-04-08", "+02:00", 8), ("2009-04-15", "+02:00", 5)].into_iter().enumerate() {
            for contact in 0..contacts {
                lines += &format!("{{\"type\":\"contact\",\"id\":\"c{n}.{contact}\",\"service\":\"linea-amica\",\"channel\":\"phone\",\"direction\":\"inbound\",\"started_at\":\"{date}T10:0{contact}:00{offset}\"}}\n");
            }
        }
        assert_eq!(bring(&office, &lines, false).await, []);
        let wednesday = by_half_hours::day(&office.centre, &rita, day("2009-04-15"), None).await.unwrap();
        let ten = wednesday.halves.iter().find(|half| half.half == HalfHour::of(at("2009-04-15T10:00:00+02:00"))).unwrap();
        assert_eq!((ten.inbound(), wednesday.usual.days), (5, 4));
        assert_eq!(wednesday.usual.of(ten.half).unwrap().inbound, 5.0);
        let eleven = HalfHour::of(at("2009-04-15T11:00:00+02:00"));
        assert_eq!(wednesday.usual.of(eleven).unwrap().inbound, 0.0);
        // The 22nd stands beside three of them, the 25th of April is a holiday and a Saturday.
        let later = by_half_hours::day(&office.centre, &rita, day("2009-04-22"), None).await.unwrap();
        assert_eq!(later.usual.days, 4);
        let easter_monday = by_half_hours::day(&office.centre, &rita, day("2009-04-20"), None).await.unwrap();
        assert_eq!(easter_monday.usual.days, 3, "of the Mondays before, Easter Monday was a holiday");
        let first = by_half_hours::day(&office.centre, &rita, day("2009-03-18"), None).await.unwrap();
        assert_eq!(first.usual.days, 0, "before the beginning there was nothing");
    }

    async fn the_day_of_the_whole_centre_is_not_for_everybody(office) {
        let (sara, ugo) = (office.hire("sara", "front").await, office.hire_as("ugo", "supervisor", Some("comune"), &[]).await);
        for staff in [&sara, &ugo] {
            let asked = by_half_hours::day(&office.centre, staff, day("2026-03-02"), None).await;
            assert!(matches!(asked, Err(Error::Denied(_))), "{}", staff.login);
        }
        let rita = office.hire("rita", "supervisor").await;
        let nowhere = by_half_hours::day(&office.centre, &rita, day("2026-03-02"), Some(ServiceId::new("nessuno"))).await;
        assert!(matches!(nowhere, Err(Error::NotFound("service"))));
    }
}
