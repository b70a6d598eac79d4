//! The clocks of the service level, reminders and closing, under a clock that is moved.

use centre::By;
use centre::case::{self, Reply};
use chrono::TimeDelta;
use model::case::State;
use stories::{Office, at, on_both, work};

fn service(calendar: &str) -> model::service::Service {
    let text = format!(
        "id = \"linea-amica\"\nname = \"Linea Amica\"\n[promises]\nanswer_minutes = 180\nsolution_minutes = 600\nclose_days = 30\n{calendar}"
    );
    toml::from_str(&text).unwrap_or_else(|e| panic!("{e}"))
}

async fn opened_at(office: &Office, when: &str) -> model::CaseId {
    office.clock.set(at(when));
    office.letter("giulia@posta.example", "Un caso").await
}

on_both! {
    async fn a_letter_on_friday_evening_is_due_on_monday(office) {
        let id = opened_at(&office, "2026-03-06T17:00:00+01:00").await;
        let clocks = office.case(id).await.clocks;
        assert_eq!(clocks.answer, Some(at("2026-03-09T11:00:00+01:00")));
        assert_eq!(clocks.solution, Some(at("2026-03-10T17:00:00+01:00")));
    }

    async fn easter_monday_and_liberation_day_do_not_count(office) {
        let id = opened_at(&office, "2026-04-03T17:00:00+02:00").await;
        assert_eq!(office.case(id).await.clocks.answer, Some(at("2026-04-07T11:00:00+02:00")));
    }

    async fn the_night_the_clocks_change_has_an_hour_less_or_more(office) {
        office.serve(service("[calendar]\nzone = \"Europe/Rome\"\nholidays = \"none\"\n[calendar.week]\nmon = [\"00:00-24:00\"]\ntue = [\"00:00-24:00\"]\nwed = [\"00:00-24:00\"]\nthu = [\"00:00-24:00\"]\nfri = [\"00:00-24:00\"]\nsat = [\"00:00-24:00\"]\nsun = [\"00:00-24:00\"]\n")).await;
        // 29 March 2026: from 2:00 to 3:00 there is no time. Three hours from 1:00 are 5:00 by the wall.
        let id = opened_at(&office, "2026-03-29T01:00:00+01:00").await;
        assert_eq!(office.case(id).await.clocks.answer, Some(at("2026-03-29T05:00:00+02:00")));
        // 25 October 2026: 2:00 to 3:00 comes twice. Three hours from 1:00 are 3:00 by the wall.
        let id = opened_at(&office, "2026-10-25T01:00:00+02:00").await;
        assert_eq!(office.case(id).await.clocks.answer, Some(at("2026-10-25T03:00:00+01:00")));
    }

    async fn waiting_for_the_citizen_stops_the_solutions_clock(office) {
        let sara = office.hire("sara", "front").await;
        office.serve(service("")).await;
        let id = opened_at(&office, "2026-03-02T09:00:00+01:00").await;
        assert_eq!(office.case(id).await.clocks.solution, Some(at("2026-03-03T10:00:00+01:00")));
        office.later(TimeDelta::hours(1));
        office.by(&sara, work!(|w| case::reply(w, id, Reply { text: "Mi manda l'ISEE?".to_owned(), wait: true, ..Reply::default() }))).await.unwrap();
        let waiting = office.case(id).await;
        assert_eq!((waiting.state, waiting.clocks.answer, waiting.clocks.solution, waiting.clocks.left_s), (State::Waiting, None, None, Some(9 * 3600)));
        office.clock.set(at("2026-03-20T09:00:00+01:00"));
        office.centre.work(By::Citizen, work!(|w| centre::citizen::write(w, id, "Eccolo", Vec::new()))).await.unwrap();
        let again = office.case(id).await;
        assert_eq!(again.state, State::Open);
        assert_eq!(again.clocks.answer, Some(at("2026-03-20T12:00:00+01:00")));
        assert_eq!(again.clocks.solution, Some(at("2026-03-20T18:00:00+01:00")));
    }

    async fn a_reminder_brings_the_case_back_on_its_day(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::take(w, id))).await.unwrap();
        let monday = at("2026-03-09T09:00:00+01:00");
        assert!(office.by(&sara, work!(|w| case::remind(w, id, Some(at("2026-03-01T09:00:00+01:00"))))).await.is_err(), "not in the past");
        office.by(&sara, work!(|w| case::remind(w, id, Some(monday)))).await.unwrap();
        let mine = async || centre::desk::page(&office.centre, &sara, centre::desk::List::Mine, None, None, 50).await.unwrap().cases.len();
        assert_eq!(mine().await, 0, "it lies with what waits");
        office.clock.set(monday - TimeDelta::minutes(1));
        office.do_due_jobs().await;
        assert_eq!(mine().await, 0);
        office.clock.set(monday + TimeDelta::minutes(1));
        office.do_due_jobs().await;
        assert_eq!(mine().await, 1);
        assert_eq!(office.case(id).await.remind_at, None);
        let brought = async || db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap().iter().filter(|e| e.kind == "brought-back").count();
        office.later(TimeDelta::minutes(5));
        office.do_due_jobs().await;
        assert_eq!(brought().await, 1, "once");
    }

    async fn a_solved_case_is_closed_after_its_days_and_takes_no_more(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::reply(w, id, Reply { text: "Fatto".to_owned(), solve: true, ..Reply::default() }))).await.unwrap();
        office.later(TimeDelta::days(29));
        office.do_due_jobs().await;
        assert_eq!(office.case(id).await.state, State::Solved);
        office.later(TimeDelta::days(2));
        office.do_due_jobs().await;
        let case = office.case(id).await;
        assert_eq!((case.state, case.closed_at), (State::Closed, Some(office.now())));
        let further = office.centre.work(By::Citizen, work!(|w| centre::citizen::write(w, id, "Ancora io", Vec::new()))).await;
        assert!(matches!(further, Err(centre::Error::Refused(_))), "{further:?}");
        office.by(&sara, work!(|w| case::reopen(w, id))).await.unwrap();
        assert_eq!(office.case(id).await.state, State::Open);
    }
}
