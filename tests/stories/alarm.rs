//! Alarms: raised once however many processes measure, told at once and not too often, seen, over, raised again.

use centre::alarm::{self, Draft};
use centre::mail::{self, Content};
use centre::{Centre, Error};
use chrono::TimeDelta;
use model::alarm::Measure;
use model::case::Outcome;
use model::event::{Actor, Position, Subject};
use model::user::Staff;
use model::{CaseId, ThresholdId};
use std::sync::Arc;
use stories::{Office, on_both, work};

const SERVICE: &str = r#"
id = "linea-amica"
name = "Linea Amica"
[[queues]]
id = "linea-amica"
name = "Linea Amica"
level = "front"
[[queues]]
id = "inps"
name = "INPS"
level = "back"
structure = "inps"
"#;

fn draft(measure: Measure, place: &str, over: i64) -> Draft {
    Draft {
        measure: measure.to_string(),
        place: place.to_owned(),
        over: over.to_string(),
        pause: "60".to_owned(),
        mail: "Rita@ufficio.example, rita@ufficio.example".to_owned(),
        language: "it".to_owned(),
        ..Draft::default()
    }
}

async fn watch(office: &Office, by: &Arc<Staff>, draft: Draft) -> ThresholdId {
    office.by(by, work!(|w| alarm::add(w, &draft))).await.unwrap()
}

/// The letters of alarms that have not gone yet, sent: true for those that say that it is over.
async fn letters(centre: &Centre) -> Vec<(String, bool)> {
    let mut told = Vec::new();
    for letter in mail::claim(centre, 100).await.unwrap() {
        if let Content::Alarm { over, .. } = &letter.content {
            told.push((letter.to.clone(), *over));
        }
        mail::sent(centre, &letter).await.unwrap();
    }
    told
}

async fn new_cases(office: &Office, count: usize) -> Vec<CaseId> {
    let mut cases = Vec::new();
    for n in 0..count {
        cases.push(
            office
                .receive(centre::intake::Inbound { email: None, ..stories::letter("x", &format!("caso {n}")) })
                .await
                .case,
        );
    }
    cases
}

async fn solve(office: &Office, by: &Arc<Staff>, cases: &[CaseId]) {
    for id in cases.iter().copied() {
        office.by(by, work!(|w| centre::case::solve(w, id, Outcome::Solved, None))).await.unwrap();
    }
}

on_both! {
    async fn an_alarm_is_raised_told_seen_and_over(office) {
        let rita = office.hire("rita", "supervisor").await;
        let id = watch(&office, &rita, draft(Measure::New, "queue:linea-amica", 5)).await;
        let cases = new_cases(&office, 5).await;
        let check = async || alarm::check(&office.centre).await.unwrap();
        let standing = async || alarm::standing(&office.centre, &rita).await.unwrap();
        check().await;
        assert!(standing().await.is_empty(), "five are not more than five");
        let more = new_cases(&office, 2).await;
        check().await;
        let raised = standing().await.remove(0);
        assert_eq!((raised.measure, raised.value, raised.over, raised.seen_by), (Measure::New, 7, 5, None));
        assert_eq!(letters(&office.centre).await, [("rita@ufficio.example".to_owned(), false)], "an address is told once");
        let measured = alarm::threshold(&office.centre, &rita, id).await.unwrap();
        assert_eq!((measured.value, measured.measured_at), (Some(7), Some(office.now())));
        // It stands, and is not told again before the hour is over.
        office.later(TimeDelta::minutes(59));
        check().await;
        assert!(letters(&office.centre).await.is_empty());
        office.later(TimeDelta::minutes(1));
        check().await;
        assert_eq!(letters(&office.centre).await.len(), 1, "nobody has seen it: it is told again");
        office.by(&rita, work!(|w| alarm::see(w, raised.id))).await.unwrap();
        office.by(&rita, work!(|w| alarm::see(w, raised.id))).await.unwrap();
        assert_eq!(standing().await[0].seen_by, Some(rita.id));
        office.later(TimeDelta::hours(5));
        check().await;
        assert!(letters(&office.centre).await.is_empty(), "whoever has seen it is not told again");
        // A little below is not over yet: it falls at four fifths of the threshold.
        solve(&office, &rita, &more).await;
        check().await;
        assert_eq!(standing().await[0].value, 5);
        solve(&office, &rita, &cases[..1]).await;
        check().await;
        assert!(standing().await.is_empty());
        assert_eq!(letters(&office.centre).await, [("rita@ufficio.example".to_owned(), true)]);
        let past = alarm::past(&office.centre, &rita, None, 10).await.unwrap().remove(0);
        assert_eq!((past.id, past.worst, past.value, past.fell_at, past.letters), (raised.id, 7, 4, Some(office.now()), 2));
        // And it is raised again.
        new_cases(&office, 2).await;
        check().await;
        assert_ne!(standing().await[0].id, raised.id);

        let log = stories::eventually("the whole log", async || {
            let log = db::event::after(office.centre.db().read(), Position::default(), 500).await.unwrap();
            let alarms = log.iter().filter(|r| matches!(r.subject, Subject::Alarm | Subject::Threshold)).count();
            (alarms >= 6).then_some(log)
        })
        .await;
        let told: Vec<_> = log.iter().filter(|r| matches!(r.subject, Subject::Alarm | Subject::Threshold)).map(|r| (r.kind.as_str(), r.actor)).collect();
        let hers = Actor::Staff(rita.id);
        assert_eq!(told, [("added", hers), ("raised", Actor::System), ("told", Actor::System), ("seen", hers), ("fell", Actor::System), ("raised", Actor::System)]);
        assert!(!format!("{log:?}").contains("ufficio.example"), "events hold no addresses");
    }

    async fn two_processes_that_measure_at_once_raise_one_alarm_and_send_one_letter(office) {
        let rita = office.hire("rita", "supervisor").await;
        let other = office.second().await;
        for n in 0..6 {
            watch(&office, &rita, draft(Measure::New, "", n)).await;
        }
        let check = |centre: &Centre| {
            let centre = centre.clone();
            tokio::spawn(async move { alarm::check(&centre).await.unwrap() })
        };
        for round in 1..=4 {
            let cases = new_cases(&office, 8).await;
            let all = [&office.centre, &other.centre, &office.centre, &other.centre].map(check);
            for one in all {
                one.await.unwrap();
            }
            assert_eq!(alarm::standing(&office.centre, &rita).await.unwrap().len(), 6, "round {round}");
            let raised = letters(&office.centre).await;
            assert_eq!(raised.iter().filter(|(_, over)| !over).count(), 6, "round {round}: {raised:?}");
            solve(&office, &rita, &cases).await;
            for one in [&office.centre, &other.centre].map(check) {
                one.await.unwrap();
            }
            assert!(alarm::standing(&office.centre, &rita).await.unwrap().is_empty());
            assert_eq!(letters(&other.centre).await.len(), 6, "that it is over is told once");
            office.later(TimeDelta::hours(2));
        }
        let past = alarm::past(&office.centre, &rita, None, 100).await.unwrap();
        assert_eq!(past.len(), 24);
    }

    async fn the_job_measures_and_lets_nothing_keep_it(office) {
        let rita = office.hire("rita", "supervisor").await;
        watch(&office, &rita, draft(Measure::New, "", 0)).await;
        new_cases(&office, 1).await;
        office.do_due_jobs().await;
        assert_eq!(alarm::standing(&office.centre, &rita).await.unwrap().len(), 1);
        // A service that is gone has no calendar; its cases still wait.
        let gone = centre::alarm::Draft { over: "1".to_owned(), ..draft(Measure::OldestNew, "", 1) };
        watch(&office, &rita, gone).await;
        office.later(TimeDelta::minutes(40));
        office.do_due_jobs().await;
        assert_eq!(alarm::standing(&office.centre, &rita).await.unwrap()[0].value, 40);
    }

    async fn everything_that_can_be_watched_is_measured(office) {
        let rita = office.hire("rita", "supervisor,front").await;
        let mut ids = Vec::new();
        for measure in Measure::ALL {
            ids.push(watch(&office, &rita, draft(*measure, "", 1_000)).await);
        }
        let now = async || {
            alarm::check(&office.centre).await.unwrap();
            let mut values = Vec::new();
            for id in &ids {
                values.push(alarm::threshold(&office.centre, &rita, *id).await.unwrap().value.unwrap());
            }
            values
        };
        assert_eq!(now().await, [0; 6]);
        let id = office.letter("g@posta.example", "uno").await;
        office.letter("h@posta.example", "due").await;
        office.later(TimeDelta::minutes(29));
        //                        overdue, new, oldest, contacts, letters wait, given up
        assert_eq!(now().await, [0, 2, 29, 2, 29, 0]);
        office.later(TimeDelta::minutes(1));
        let letter = mail::claim(&office.centre, 1).await.unwrap().remove(0);
        mail::failed(&office.centre, &letter, "550".to_owned(), true).await.unwrap();
        assert_eq!(now().await, [0, 2, 30, 0, 30, 1], "what came in half an hour ago is no longer of the last half-hour");
        office.by(&rita, work!(|w| centre::case::take(w, id))).await.unwrap();
        office.later(TimeDelta::hours(24));
        // From half past ten on Monday to half past ten on Tuesday the service is open for nine hours.
        assert_eq!(now().await, [2, 1, 30 + 9 * 60, 0, 30 + 24 * 60, 1]);
    }

    async fn a_structures_supervisor_sees_and_touches_nothing_of_others(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let rita = office.hire("rita", "supervisor").await;
        let ugo = office.hire_as("ugo", "supervisor", Some("inps"), &[]).await;
        let others = watch(&office, &rita, draft(Measure::New, "", 0)).await;
        let own = watch(&office, &ugo, draft(Measure::New, "", 0)).await;
        let cases = new_cases(&office, 3).await;
        alarm::check(&office.centre).await.unwrap();
        assert!(alarm::standing(&office.centre, &ugo).await.unwrap().is_empty(), "cases of others are not counted");
        let theirs = alarm::standing(&office.centre, &rita).await.unwrap().remove(0);
        let id = cases[0];
        office.by(&rita, work!(|w| centre::case::escalate(w, id, &model::QueueId::new("inps"), "per voi"))).await.unwrap();
        alarm::check(&office.centre).await.unwrap();
        let standing = alarm::standing(&office.centre, &ugo).await.unwrap();
        assert_eq!(standing.iter().map(|a| (a.threshold, a.value)).collect::<Vec<_>>(), [(own, 1)]);
        assert_eq!(alarm::thresholds(&office.centre, &ugo).await.unwrap().len(), 1);
        for outcome in [
            alarm::threshold(&office.centre, &ugo, others).await.map(drop),
            office.by(&ugo, work!(|w| alarm::change(w, others, &draft(Measure::New, "", 3)))).await,
            office.by(&ugo, work!(|w| alarm::remove(w, others))).await,
            office.by(&ugo, work!(|w| alarm::see(w, theirs.id))).await,
        ] {
            assert!(matches!(outcome, Err(Error::NotFound(_))), "{outcome:?}");
        }
        let whole = office.by(&ugo, work!(|w| alarm::add(w, &draft(Measure::LettersGivenUp, "", 3)))).await;
        assert!(matches!(whole, Err(Error::Invalid(_))), "letters are the whole centre's");
        // Whoever oversees the whole centre oversees theirs too, and it stays theirs.
        office.by(&rita, work!(|w| alarm::change(w, own, &draft(Measure::New, "queue:inps", 0)))).await.unwrap();
        assert_eq!(alarm::threshold(&office.centre, &ugo, own).await.unwrap().threshold.scope, ugo.scope);
        let raised = |scope: Option<&str>| model::event::Record { position: Position::default(), at: office.now(), actor: Actor::System, subject: Subject::Alarm, subject_id: "1".to_owned(), kind: "raised".to_owned(), data: serde_json::json!({ "scope": scope }) };
        assert!(alarm::is_told(&ugo, &raised(Some("inps"))) && !alarm::is_told(&ugo, &raised(None)) && alarm::is_told(&rita, &raised(Some("inps"))));
    }

    async fn only_those_who_oversee_set_up_and_see_alarms(office) {
        let sara = office.hire("sara", "front,back").await;
        let rita = office.hire("rita", "admin").await;
        watch(&office, &rita, draft(Measure::New, "", 0)).await;
        new_cases(&office, 1).await;
        alarm::check(&office.centre).await.unwrap();
        let raised = alarm::standing(&office.centre, &rita).await.unwrap().remove(0);
        for outcome in [
            office.by(&sara, work!(|w| alarm::add(w, &draft(Measure::New, "", 3)))).await.map(drop),
            office.by(&sara, work!(|w| alarm::see(w, raised.id))).await,
            alarm::standing(&office.centre, &sara).await.map(drop),
            alarm::thresholds(&office.centre, &sara).await.map(drop),
            alarm::past(&office.centre, &sara, None, 10).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::Denied(_))), "{outcome:?}");
        }
        assert!(centre::team::overview(&office.centre, &sara).await.unwrap().is_none());
    }

    async fn a_threshold_that_changes_or_goes_ends_its_alarm(office) {
        let rita = office.hire("rita", "supervisor").await;
        let id = watch(&office, &rita, draft(Measure::New, "", 1)).await;
        new_cases(&office, 3).await;
        alarm::check(&office.centre).await.unwrap();
        let standing = async || alarm::standing(&office.centre, &rita).await.unwrap().len();
        // Higher, it is judged anew when it is measured; something else is watched: the old alarm is over at once.
        office.by(&rita, work!(|w| alarm::change(w, id, &draft(Measure::New, "", 10)))).await.unwrap();
        assert_eq!(standing().await, 1);
        alarm::check(&office.centre).await.unwrap();
        assert_eq!(standing().await, 0);
        office.by(&rita, work!(|w| alarm::change(w, id, &draft(Measure::New, "", 1)))).await.unwrap();
        alarm::check(&office.centre).await.unwrap();
        assert_eq!(standing().await, 1);
        office.by(&rita, work!(|w| alarm::change(w, id, &draft(Measure::Contacts, "service:linea-amica", 1)))).await.unwrap();
        assert_eq!(standing().await, 0);
        alarm::check(&office.centre).await.unwrap();
        assert_eq!(standing().await, 1);
        office.by(&rita, work!(|w| alarm::remove(w, id))).await.unwrap();
        assert_eq!(standing().await, 0);
        alarm::check(&office.centre).await.unwrap();
        assert_eq!(standing().await, 0);
        assert!(matches!(alarm::threshold(&office.centre, &rita, id).await, Err(Error::NotFound(_))));
        assert_eq!(alarm::past(&office.centre, &rita, None, 10).await.unwrap().len(), 3, "what was stays to be read");
    }

    async fn what_cannot_be_taken_is_named_field_by_field(office) {
        let rita = office.hire("rita", "supervisor").await;
        let fields = async |draft: Draft| match office.by(&rita, work!(|w| alarm::add(w, &draft))).await {
            Err(Error::Invalid(problems)) => problems.iter().map(|p| format!("{}-{}", p.field, p.problem)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(Draft::default()).await, ["measure-not-in-the-list", "over-missing", "pause-missing"]);
        let odd = Draft { place: "queue:nessuna".to_owned(), over: "dieci".to_owned(), back: "x".to_owned(), mail: "rita, b@posta.example".to_owned(), ..draft(Measure::New, "", 1) };
        assert_eq!(fields(odd).await, ["place-not-in-the-list", "over-not-a-number", "back-not-a-number", "mail-email-without-at"]);
        assert_eq!(fields(draft(Measure::Contacts, "queue:linea-amica", 1)).await, ["place-not-in-the-list"]);
        assert_eq!(fields(draft(Measure::LettersWaiting, "service:linea-amica", 1)).await, ["place-not-in-the-list"]);
        assert_eq!(fields(Draft { back: "2".to_owned(), ..draft(Measure::New, "", 1) }).await, ["back-too-much"]);
        let many: Vec<String> = (0..21).map(|n| format!("a{n}@posta.example")).collect();
        assert_eq!(fields(Draft { mail: many.join("\n"), ..draft(Measure::New, "", 1) }).await, ["mail-too-much"]);
    }
}
