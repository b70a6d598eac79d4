//! The team: what waits where, who holds what, what is due, and cases given to somebody else many at once.

use centre::case::{self, Reply};
use centre::team::{self, Chosen, Filter, Given, Here};
use centre::{Error, presence, timeline};
use chrono::TimeDelta;
use db::team::{Due, Holder};
use model::case::{Refused, State};
use model::{CaseId, QueueId};
use stories::{Office, at, on_both, work};

const SERVICE: &str = r#"
id = "linea-amica"
name = "Linea Amica"
[promises]
answer_minutes = 180
solution_minutes = 600
close_days = 30
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

async fn ids(office: &Office, by: &model::user::Staff, filter: Filter) -> Vec<CaseId> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = team::cases(&office.centre, by, &filter, after, 2).await.unwrap();
        all.extend(page.cases.iter().map(|stored| stored.case.id));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

async fn chosen(office: &Office, cases: &[CaseId]) -> Vec<Chosen> {
    let mut all = Vec::new();
    for id in cases {
        all.push(Chosen { id: *id, seen: Some(office.case(*id).await.version) });
    }
    all
}

on_both! {
    async fn queues_and_people_show_what_waits_with_them(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let rita = office.hire_as("rita", "supervisor", None, &["inps"]).await;
        let sara = office.hire_as("sara", "front", None, &["linea-amica"]).await;
        let bruno = office.hire_as("bruno", "back", None, &["inps"]).await;
        office.hire("elena", "editor").await;
        let mut cases = Vec::new();
        for n in 0..5 {
            cases.push(office.letter(&format!("g{n}@posta.example"), "Un caso").await);
        }
        let (taken, waits, passed) = (cases[1], cases[2], cases[3]);
        office.by(&sara, work!(|w| case::take(w, taken))).await.unwrap();
        office.by(&sara, work!(|w| case::reply(w, waits, Reply { text: "?".to_owned(), wait: true, ..Reply::default() }))).await.unwrap();
        office.by(&sara, work!(|w| case::escalate(w, passed, &QueueId::new("inps"), "a voi"))).await.unwrap();
        presence::here(&office.centre, &sara, taken, Some(true)).await.unwrap();
        presence::at_desk(&office.centre, &bruno).await.unwrap();

        let queues = team::queues(&office.centre, &rita).await.unwrap();
        let told: Vec<_> = queues.iter().map(|q| (q.id.as_str(), q.own, q.new, q.open, q.waiting, q.overdue, q.soon)).collect();
        assert_eq!(told, [("inps", true, 1, 0, 0, 0, 0), ("linea-amica", false, 2, 1, 1, 0, 0)], "one's own first");
        assert_eq!(queues[1].oldest, Some(office.case(cases[0]).await.opened_at));
        let members = team::members(&office.centre, &rita).await.unwrap();
        let told: Vec<_> = members.iter().map(|m| (m.name.as_str(), m.here, m.open, m.waiting)).collect();
        assert_eq!(told, [("bruno Prova", Here::Desk, 0, 0), ("rita Prova", Here::Away, 0, 0), ("sara Prova", Here::Case { case: taken, writing: true }, 1, 1)]);
        assert!(members.iter().all(|m| m.today.is_none()), "what each did is nobody's business unless it was turned on");
        let shown = office.with_operator_figures().await;
        let today: Vec<_> = team::members(&shown, &rita).await.unwrap().into_iter().map(|m| m.today.unwrap()).collect();
        assert_eq!((today[2].replied, today[2].solved, today[2].passed, today[2].last), (1, 0, 1, Some(office.now())));
        assert_eq!((today[0].replied, today[0].last), (0, None));
        office.later(TimeDelta::minutes(3));
        assert!(team::members(&office.centre, &rita).await.unwrap().iter().all(|m| m.here == Here::Away), "signs of life fade");
    }

    async fn what_is_due_is_listed_in_its_order_and_counted(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let (rita, sara) = (office.hire("rita", "supervisor").await, office.hire("sara", "front").await);
        office.clock.set(at("2026-03-02T09:00:00+01:00"));
        let early = office.letter("a@posta.example", "Prima").await;
        office.clock.set(at("2026-03-02T10:00:00+01:00"));
        let middle = office.letter("b@posta.example", "Poi").await;
        office.by(&sara, work!(|w| case::take(w, middle))).await.unwrap();
        let answered = office.letter("c@posta.example", "Ancora").await;
        office.by(&sara, work!(|w| case::reply(w, answered, Reply { text: "Ecco".to_owned(), ..Reply::default() }))).await.unwrap();
        office.clock.set(at("2026-03-02T12:01:00+01:00"));
        let late = office.letter("d@posta.example", "Tardi").await;
        let of = |due| Filter { due: Some(due), ..Filter::default() };
        // Answers are due after three hours: at 12, at 13 (three quarters have passed at 12:15), at 15:01.
        assert_eq!((ids(&office, &rita, of(Due::Over)).await, ids(&office, &rita, of(Due::Soon)).await), (vec![early], vec![]));
        office.clock.set(at("2026-03-02T12:15:00+01:00"));
        assert_eq!(ids(&office, &rita, of(Due::Soon)).await, [middle]);
        assert_eq!(ids(&office, &rita, of(Due::Both)).await, [early, middle]);
        let overview = team::overview(&office.centre, &rita).await.unwrap().unwrap();
        assert_eq!((overview.overdue, overview.soon), (1, 1));
        // The solution of what was answered is due after ten hours, on Tuesday at 11: soon from 8:30 working hours on.
        office.clock.set(at("2026-03-02T17:31:00+01:00"));
        assert_eq!(ids(&office, &rita, of(Due::Both)).await, [early, middle, late, answered]);
        assert_eq!(ids(&office, &rita, of(Due::Soon)).await, [answered]);
        assert_eq!(ids(&office, &rita, Filter { holder: Some(Holder::Somebody(sara.id)), ..of(Due::Both) }).await, [middle, answered]);
        assert_eq!(ids(&office, &rita, Filter { holder: Some(Holder::Nobody), ..of(Due::Over) }).await, [early, late]);
        assert_eq!(ids(&office, &rita, Filter { queue: Some(QueueId::new("inps")), ..of(Due::Over) }).await, []);
        assert_eq!(team::count(&office.centre, &rita, &of(Due::Over)).await.unwrap(), 3);
    }

    async fn many_cases_are_given_at_once_with_the_reason(office) {
        let (rita, sara, luca) = (office.hire("rita", "supervisor").await, office.hire("sara", "front").await, office.hire("luca", "front").await);
        let mut cases = Vec::new();
        for n in 0..12 {
            let id = office.letter(&format!("g{n}@posta.example"), "Un caso").await;
            office.by(&sara, work!(|w| case::take(w, id))).await.unwrap();
            cases.push(id);
        }
        let no_reason = team::reassign(&office.centre, &rita, Some(luca.id), " ", chosen(&office, &cases).await).await;
        assert!(matches!(&no_reason, Err(Error::Invalid(p)) if p[0].field == "reason"), "whoever loses a case learns why: {no_reason:?}");
        let given = team::reassign(&office.centre, &rita, Some(luca.id), "Sara è in ferie", chosen(&office, &cases).await).await.unwrap();
        assert_eq!(given.iter().map(|g| g.id).collect::<Vec<_>>(), cases);
        for Given { id, outcome } in given {
            outcome.unwrap();
            let read = timeline::read(&office.centre, &luca, id).await.unwrap();
            assert_eq!((read.stored.case.assignee, read.stored.case.state), (Some(luca.id), State::Open));
            assert!(format!("{:?}", read.entries).contains("Sara è in ferie"));
        }
        // Back among those to take.
        let given = team::reassign(&office.centre, &rita, None, "Si ricomincia", chosen(&office, &cases[..1]).await).await.unwrap();
        assert!(given[0].outcome.is_ok());
        assert_eq!((office.case(cases[0]).await.assignee, office.case(cases[0]).await.state), (None, State::New));
        // What nobody has needs no reason.
        assert!(team::reassign(&office.centre, &rita, Some(sara.id), "", chosen(&office, &cases[..1]).await).await.unwrap()[0].outcome.is_ok());
    }

    async fn what_cannot_be_moved_is_told_case_by_case_and_the_others_are_moved(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let (rita, sara, luca) = (office.hire("rita", "supervisor").await, office.hire("sara", "front").await, office.hire("luca", "front").await);
        let mut cases = Vec::new();
        for n in 0..5 {
            let id = office.letter(&format!("g{n}@posta.example"), "Un caso").await;
            office.by(&sara, work!(|w| case::take(w, id))).await.unwrap();
            cases.push(id);
        }
        let (changed, solved, backs, his, free) = (cases[0], cases[1], cases[2], cases[3], cases[4]);
        let seen = chosen(&office, &cases).await;
        office.by(&sara, work!(|w| case::note(w, changed, "ci sto lavorando", Vec::new()))).await.unwrap();
        office.by(&sara, work!(|w| case::solve(w, solved, model::case::Outcome::Solved, None))).await.unwrap();
        office.by(&rita, work!(|w| case::escalate(w, backs, &QueueId::new("inps"), "a voi"))).await.unwrap();
        let him = luca.id;
        office.by(&rita, work!(|w| case::assign(w, his, Some(him)))).await.unwrap();
        let nowhere = Chosen { id: CaseId(9_999), seen: None };
        let given = team::reassign(&office.centre, &rita, Some(luca.id), "turni", [seen, vec![nowhere]].concat()).await.unwrap();
        let of = |id: CaseId| &given.iter().find(|g| g.id == id).unwrap().outcome;
        assert!(matches!(of(changed), Err(Error::Changed(_))), "somebody did something since");
        assert!(matches!(of(solved), Err(Error::Changed(_) | Error::Refused(Refused::WrongState { .. }))));
        assert!(matches!(of(backs), Err(Error::Invalid(_))), "luca does not work at the back office: {:?}", of(backs));
        assert!(matches!(of(his), Err(Error::Refused(Refused::SameAssignee(_)))));
        assert!(matches!(of(nowhere.id), Err(Error::NotFound("case"))));
        assert!(of(free).is_ok());
        assert_eq!((office.case(changed).await.assignee, office.case(free).await.assignee), (Some(sara.id), Some(luca.id)));
    }

    async fn whoever_oversees_nothing_or_something_else_moves_nothing(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let (rita, sara) = (office.hire("rita", "supervisor").await, office.hire("sara", "front").await);
        let ugo = office.hire_as("ugo", "supervisor", Some("inps"), &[]).await;
        let ines = office.hire_as("ines", "back", Some("inps"), &[]).await;
        let (other, theirs) = (office.letter("a@posta.example", "Un caso").await, office.letter("b@posta.example", "Un altro").await);
        office.by(&sara, work!(|w| case::take(w, other))).await.unwrap();
        office.by(&rita, work!(|w| case::escalate(w, theirs, &QueueId::new("inps"), "a voi"))).await.unwrap();
        for outcome in [
            team::reassign(&office.centre, &sara, None, "x", chosen(&office, &[other]).await).await.map(drop),
            team::queues(&office.centre, &sara).await.map(drop),
            team::members(&office.centre, &sara).await.map(drop),
            team::cases(&office.centre, &sara, &Filter::default(), None, 10).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::Denied(_))), "{outcome:?}");
        }
        // A structure's supervisor: its own queue, people and cases, and nothing of others.
        let queues: Vec<_> = team::queues(&office.centre, &ugo).await.unwrap().into_iter().map(|q| (q.id.0, q.new)).collect();
        assert_eq!(queues, [("inps".to_owned(), 1)]);
        let people: Vec<_> = team::members(&office.centre, &ugo).await.unwrap().into_iter().map(|m| m.name).collect();
        assert_eq!(people, ["ines Prova", "ugo Prova"]);
        assert_eq!(ids(&office, &ugo, Filter::default()).await, [theirs]);
        let given = team::reassign(&office.centre, &ugo, Some(ines.id), "turni", chosen(&office, &[other, theirs]).await).await.unwrap();
        assert!(matches!(given[0].outcome, Err(Error::NotFound("case"))), "told as if it were not there");
        assert!(given[1].outcome.is_ok());
        let out = team::reassign(&office.centre, &ugo, Some(sara.id), "turni", chosen(&office, &[theirs]).await).await;
        assert!(matches!(&out, Err(Error::Invalid(p)) if p[0].field == "to"), "sara is not theirs to give work to");
        // Whoever only administers sees the work and moves none of it.
        let ada = office.hire("ada", "admin").await;
        let given = team::reassign(&office.centre, &ada, Some(rita.id), "turni", chosen(&office, &[other]).await).await.unwrap();
        assert!(matches!(given[0].outcome, Err(Error::Denied(_))));
    }

    async fn somebody_who_left_with_cases_in_hand_is_still_shown(office) {
        let (rita, sara) = (office.hire("rita", "supervisor").await, office.hire("sara", "front").await);
        let gone = office.hire("gino", "front").await;
        let id = office.letter("a@posta.example", "Un caso").await;
        office.by(&gone, work!(|w| case::take(w, id))).await.unwrap();
        office.centre.work(centre::By::System, |w| Box::pin(async move {
            use db::ConnectionTrait;
            w.tx.execute_unprepared("UPDATE staff SET disabled_at = 1 WHERE login = 'gino'").await.map_err(db::Error::from)?;
            Ok(())
        })).await.unwrap();
        let members = team::members(&office.centre, &rita).await.unwrap();
        let his = members.iter().find(|m| m.gone).unwrap();
        assert_eq!((his.id, his.open), (gone.id, 1));
        let all = ids(&office, &rita, Filter { holder: Some(Holder::Somebody(gone.id)), ..Filter::default() }).await;
        assert!(team::reassign(&office.centre, &rita, Some(gone.id), "x", chosen(&office, &all).await).await.is_err(), "he gets no more");
        assert!(team::reassign(&office.centre, &rita, Some(sara.id), "non c'è più", chosen(&office, &all).await).await.unwrap()[0].outcome.is_ok());
        assert!(team::members(&office.centre, &rita).await.unwrap().iter().all(|m| !m.gone));
    }
}
