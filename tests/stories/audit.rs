//! The audit: every change leaves its trace, with who did it, and nothing of what anybody wrote.

use centre::intake::Inbound;
use centre::{By, mail, staff, token};
use model::contact::Channel;
use model::event::{Actor, Position, Subject};
use stories::{Office, PASSWORD, on_both, served_on_both, work};

/// What happened, from the beginning, when it has all become visible.
async fn log(office: &Office, count: usize) -> Vec<model::event::Record> {
    stories::eventually("the whole log", async || {
        let all = db::event::after(office.centre.db().read(), Position::default(), 500).await.unwrap();
        (all.len() >= count).then_some(all)
    })
    .await
}

on_both! {
    async fn every_change_leaves_its_trace_and_no_words(office) {
        let sara = office.hire("sara", "front").await;
        let centre = &office.centre;
        staff::set_password(centre, By::System, "sara", PASSWORD.to_owned()).await.unwrap();
        staff::sign_in(centre, "sara", PASSWORD.to_owned(), "192.0.2.1").await.unwrap().unwrap();
        staff::set_language(centre, &sara, "en".to_owned()).await.unwrap();
        staff::signed_out(centre, &sara).await.unwrap();
        token::create(centre, By::System, "sara", None).await.unwrap();
        let id = office.letter("segreta@posta.example", "parolasegreta").await;
        let call = Inbound { channel: Some(Channel::Phone), email: Some("segreta@posta.example".to_owned()), phone: Some("333 555 0117".to_owned()), name: Some("Giulia Segreta".to_owned()), text: "chiama".to_owned(), ..Inbound::default() };
        office.by(&sara, work!(|w| centre::manual::record(w, call, None))).await.unwrap();
        let letter = mail::claim(centre, 10).await.unwrap().remove(0);
        mail::failed(centre, &letter, "550 5.1.1".to_owned(), true).await.unwrap();
        assert!(centre::outbox::send_again(centre, By::System, letter.id).await.unwrap());
        office.later(chrono::TimeDelta::minutes(1));
        let letter = mail::claim(centre, 10).await.unwrap().remove(0);
        mail::sent(centre, &letter).await.unwrap();

        let traces = |all: &[model::event::Record]| -> Vec<(Subject, String, Actor)> { all.iter().map(|r| (r.subject, r.kind.clone(), r.actor)).collect() };
        let hers = Actor::Staff(sara.id);
        let all = log(&office, 16).await;
        let had = traces(&all);
        for (subject, kind, actor) in [
            (Subject::User, "added", Actor::System),
            (Subject::User, "password-set", Actor::System),
            (Subject::Session, "signed-in", hers),
            (Subject::User, "language-chosen", hers),
            (Subject::Session, "signed-out", hers),
            (Subject::Token, "created", Actor::System),
            (Subject::Case, "opened", Actor::Citizen),
            (Subject::Person, "completed", hers),
            (Subject::Outbox, "given-up", Actor::System),
            (Subject::Outbox, "retried", Actor::System),
            (Subject::Outbox, "sent", Actor::System),
        ] {
            assert!(had.contains(&(subject, kind.to_owned(), actor)), "{subject} {kind} by {actor:?} is missing: {had:?}");
        }
        let sent = all.iter().find(|r| r.kind == "sent").unwrap();
        assert_eq!(sent.data["case"], id.0, "live pages know which case's letter it was");
        let written = format!("{all:?}");
        for secret in ["egreta", "5550117", "posta.example", PASSWORD] {
            assert!(!written.contains(secret), "{secret} stands in the log");
        }
    }

    async fn the_log_is_read_backwards_narrowed_and_page_by_page(office) {
        use centre::audit::{self, Filter};
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front").await);
        let began = office.now();
        let mut cases = Vec::new();
        for n in 0..60 {
            office.later(chrono::TimeDelta::minutes(1));
            cases.push(office.letter(&format!("g{n}@posta.example"), "Un caso").await);
        }
        office.by(&sara, { let id = cases[0]; work!(|w| centre::case::take(w, id)) }).await.unwrap();
        log(&office, 60).await;
        let by = || By::Staff(ada.clone());
        let read = async |filter: Filter, before| audit::read(&office.centre, by(), &filter, before).await.unwrap();
        let opened = Filter { kind: Some("opened".to_owned()), ..Filter::default() };
        let first = read(opened.clone(), None).await;
        assert_eq!(first.found.records.len(), 50);
        assert_eq!(first.found.records[0].subject_id, cases[59].to_string(), "the newest first");
        assert!(first.cases.contains_key(&cases[59]));
        let second = read(opened.clone(), first.found.next).await;
        assert_eq!((second.found.records.len(), second.found.next), (10, None));
        let hers = read(Filter { actor: Some(Actor::Staff(sara.id)), ..Filter::default() }, None).await;
        assert!(hers.found.records.iter().all(|r| r.actor == Actor::Staff(sara.id)) && !hers.found.records.is_empty());
        let of_case = read(Filter { subject: Some(Subject::Case), subject_id: Some(cases[0].to_string()), ..Filter::default() }, None).await;
        assert!(of_case.found.records.iter().all(|r| r.subject_id == cases[0].to_string()));
        assert!(of_case.found.records.iter().any(|r| r.kind == "assigned"));
        let half = began + chrono::TimeDelta::minutes(30);
        let early = read(Filter { to: Some(half), ..opened.clone() }, None).await;
        let late = read(Filter { from: Some(half), ..opened.clone() }, None).await;
        assert_eq!((early.found.records.len(), late.found.records.len()), (29, 31));
        // Whoever looks at a person's history leaves a trace there.
        read(Filter { subject: Some(Subject::Person), subject_id: Some("1".to_owned()), ..Filter::default() }, None).await;
        let traced = stories::eventually("the trace", async || {
            let found = read(Filter { kind: Some("history-read".to_owned()), ..Filter::default() }, None).await;
            found.found.records.first().cloned()
        }).await;
        assert_eq!((traced.subject, traced.subject_id.as_str(), traced.actor), (Subject::Person, "1", Actor::Staff(ada.id)));
    }

    async fn a_persons_history_is_read_or_taken_by_no_way_round_the_trace(office) {
        use centre::audit::{self, Filter};
        use futures::StreamExt;
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front").await);
        office.letter("giulia@posta.example", "Una domanda").await;
        let call = Inbound { channel: Some(Channel::Phone), email: Some("giulia@posta.example".to_owned()), phone: Some("333 555 0117".to_owned()), name: Some("Giulia".to_owned()), text: "chiama".to_owned(), ..Inbound::default() };
        office.by(&sara, work!(|w| centre::manual::record(w, call, None))).await.unwrap();
        let all = log(&office, 7).await;
        let person = all.iter().find(|record| record.subject == Subject::Person).unwrap().clone();
        let by = || By::Staff(ada.clone());
        let of_id = Filter { subject_id: Some(person.subject_id.clone()), ..Filter::default() };
        let of_person = Filter { subject: Some(Subject::Person), ..of_id.clone() };
        let noted = async |kind: &'static str, count: usize| {
            stories::eventually(kind, async || {
                let all = db::event::after(office.centre.db().read(), Position::default(), 500).await.unwrap();
                (all.iter().filter(|r| r.subject == Subject::Person && r.subject_id == person.subject_id && r.kind == kind).count() == count).then_some(())
            }).await;
        };
        // A later page, as an address names it, and an id without what it is of.
        audit::read(&office.centre, by(), &of_person, Some(Position { transaction: i64::MAX, row: i64::MAX })).await.unwrap();
        noted("history-read", 1).await;
        audit::read(&office.centre, by(), &of_id, None).await.unwrap();
        noted("history-read", 2).await;
        let of_case = Filter { subject: Some(Subject::Case), ..of_id.clone() };
        audit::read(&office.centre, by(), &of_case, None).await.unwrap();
        let pieces: Vec<_> = audit::all(&office.centre, by(), of_id).await.unwrap().collect().await;
        assert!(!pieces.is_empty() && pieces.iter().all(Result::is_ok));
        noted("history-taken", 1).await;
        noted("history-read", 2).await;
    }

    async fn a_long_log_is_gone_through_in_stretches_and_a_time_is_found_in_it(office) {
        use db::event::audit::{Filter, STRETCH, find};
        let began = office.now();
        let total = STRETCH + 5_000;
        let mut written = 0;
        while written < total {
            let (now, count) = (began + chrono::TimeDelta::seconds(i64::try_from(written).unwrap()), 500);
            office.centre.work(By::System, move |w| Box::pin(async move {
                let events: Vec<_> = (0..count).map(|n| (model::CaseId(i64::from(n) + 1), model::case::Event::Closed)).collect();
                Ok(db::event::append_cases(w.tx, Actor::System, now, &events).await?)
            })).await.unwrap();
            written += u64::try_from(count).unwrap();
        }
        office.later(chrono::TimeDelta::days(1));
        let ada = office.hire("ada", "admin").await;
        let db = office.centre.db().read();
        let none = Filter { kind: Some("nothing".to_owned()), ..Filter::default() };
        let first = find(db, &none, None, 10).await.unwrap();
        assert!(first.records.is_empty() && first.next.is_some() && first.looked_until.is_some(), "it says how far it looked");
        let rest = find(db, &none, first.next, 10).await.unwrap();
        assert!(rest.records.is_empty() && rest.next.is_none(), "and goes on to the end");
        // The oldest are found at once when their time is named, and only those.
        let to = began + chrono::TimeDelta::seconds(500);
        let old = find(db, &Filter { to: Some(to), ..Filter::default() }, None, 600).await.unwrap();
        assert_eq!(old.records.iter().filter(|r| r.kind == "closed").count(), 500);
        let new = find(db, &Filter { from: Some(office.now()), ..Filter::default() }, None, 10).await.unwrap();
        assert!(new.next.is_none() && new.records.iter().any(|r| r.subject_id == ada.id.to_string()));
    }
}

served_on_both! {
    async fn the_log_is_a_page_and_a_file(server) {
        server.hire("ada", "admin");
        let api = server.api("sara", "front");
        let (number, _) = api.contact("g@posta.example", "Parole mie").await;
        let ada = server.signed_in("ada").await;
        let page = stories::eventually("the case in the log", async || {
            let page = ada.get(server.url("/admin/audit?subject=case")).send().await.unwrap().text().await.unwrap();
            page.contains(&format!("href=\"/desk/case/{number}\"")).then_some(page)
        }).await;
        assert!(page.contains("aperto") && !page.contains("Parole mie"), "{page}");
        let page = ada.get(server.url(&format!("/admin/audit?subject=case&id={number}"))).send().await.unwrap().text().await.unwrap();
        assert!(page.contains(&format!("href=\"/desk/case/{number}\"")), "a case goes by its number: {page}");
        let file = ada.get(server.url("/admin/audit.csv?subject=case")).send().await.unwrap();
        assert!(file.headers()["content-disposition"].to_str().unwrap().contains(".csv"));
        let file = file.text().await.unwrap();
        assert!(file.starts_with("quando,chi,") && file.contains(",case,") && file.contains("opened"), "{file}");
        let taken = ada.get(server.url("/admin/audit?kind=taken")).send().await.unwrap().text().await.unwrap();
        assert!(taken.contains("scaricato"), "that it was taken away is in the log");
        let none = ada.get(server.url("/admin/audit?from=2001-01-01&to=2001-01-02&who=citizen&kind=x%27y")).send().await.unwrap();
        assert_eq!(none.status(), 200);
    }
}
