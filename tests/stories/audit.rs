//! The audit: every change leaves its trace, with who did it, and nothing of what anybody wrote.

use centre::intake::Inbound;
use centre::{By, mail, staff, token};
use model::contact::Channel;
use model::event::{Actor, Position, Subject};
use stories::{Office, PASSWORD, on_both, work};

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
        assert!(centre::outbox::send_again(centre, letter.id).await.unwrap());
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
}
