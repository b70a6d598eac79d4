//! A case, from the hands of one to those of another, to its solution.

use centre::case::{self, Reply};
use centre::timeline::{self, What};
use centre::{By, Error, citizen};
use chrono::TimeDelta;
use model::QueueId;
use model::access::{Action, Denied};
use model::case::{Event, Level, Outcome, State};
use stories::{Office, on_both, work};

fn says(text: &str) -> Reply {
    Reply { text: text.to_owned(), ..Reply::default() }
}

/// The kinds of what happened to a case, in order, without the clocks.
async fn history(office: &Office, id: model::CaseId) -> Vec<String> {
    let events = db::event::of_cases(office.centre.db().read(), &[id]).await.unwrap();
    events.into_iter().map(|e| e.kind).filter(|k| k != "clocks-set").collect()
}

on_both! {
    async fn an_operator_takes_answers_and_solves(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Come chiedo il bonus?").await;
        office.later(TimeDelta::minutes(4));
        office.by(&sara, work!(|w| case::take(w, id))).await.unwrap();
        office.later(TimeDelta::minutes(4));
        office.by(&sara, work!(|w| case::reply(w, id, Reply { solve: true, ..says("Con l'ISEE, dal sito dell'INPS.") }))).await.unwrap();

        let case = office.case(id).await;
        assert_eq!((case.state, case.outcome, case.solved_by, case.assignee), (State::Solved, Some(Outcome::Solved), Some(Level::Front), Some(sara.id)));
        assert_eq!(case.first_answer_at, Some(office.now()));
        assert_eq!(case.clocks, model::case::Clocks::default(), "nothing is due any more");
        assert_eq!(history(&office, id).await, ["opened", "contact-joined", "assigned", "replied", "solved"]);
        let contact = db::contact::of_cases(office.centre.db().read(), &[id]).await.unwrap().remove(0).contact;
        assert_eq!((contact.answered_at, contact.operator, contact.outcome), (Some(office.now()), Some(sara.id), Some(model::contact::Outcome::Answered)));
    }

    async fn the_back_offices_solution_counts_as_the_back_offices(office) {
        let (sara, bruno) = (office.hire("sara", "front").await, office.hire("bruno", "back").await);
        let id = office.letter("giulia@posta.example", "Un caso difficile").await;
        office.by(&sara, work!(|w| case::take(w, id))).await.unwrap();
        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "Serve l'INPS"))).await.unwrap();
        let sent = office.case(id).await;
        assert_eq!((sent.level, sent.state, sent.assignee, sent.front), (Level::Back, State::New, None, Some(sara.id)));
        assert_eq!(sent.escalated_at, Some(office.now()));

        office.by(&bruno, work!(|w| case::take(w, id))).await.unwrap();
        office.by(&bruno, work!(|w| case::give_back(w, id, "Basta il modello AP70", true))).await.unwrap();
        let back = office.case(id).await;
        assert_eq!((back.level, back.assignee, back.state), (Level::Front, Some(sara.id), State::Open), "it returns to who sent it");

        office.by(&sara, work!(|w| case::reply(w, id, Reply { solve: true, ..says("Basta il modello AP70") }))).await.unwrap();
        assert_eq!(office.case(id).await.solved_by, Some(Level::Back));

        let read = timeline::read(&office.centre, &sara, id).await.unwrap();
        let reason = read.entries.iter().find_map(|e| match &e.what {
            What::Change { event, words, .. } if matches!(**event, Event::Escalated { .. }) => words.clone(),
            _ => None,
        });
        assert_eq!(reason.as_deref(), Some("Serve l'INPS"));
    }

    async fn what_was_sent_by_mistake_is_taken_back_until_the_back_office_has_it(office) {
        let (sara, bruno) = (office.hire("sara", "front").await, office.hire("bruno", "back").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::take(w, id))).await.unwrap();
        let before = office.case(id).await;
        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "Per sbaglio"))).await.unwrap();
        let denied = office.by(&bruno, work!(|w| case::recall(w, id))).await;
        assert!(matches!(denied, Err(Error::Denied(Denied::Role(Action::Recall)))), "{denied:?}");
        office.by(&sara, work!(|w| case::recall(w, id))).await.unwrap();
        let after = office.case(id).await;
        assert_eq!(model::case::Case { version: before.version, last_at: before.last_at, ..after }, before, "no trace of it in the figures");
        assert_eq!(history(&office, id).await[2..], ["assigned", "escalated", "recalled"], "but in the history");

        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "Ora davvero"))).await.unwrap();
        office.by(&bruno, work!(|w| case::take(w, id))).await.unwrap();
        let late = office.by(&sara, work!(|w| case::recall(w, id))).await;
        assert!(matches!(late, Err(Error::Refused(model::case::Refused::TakenByBack(_)))), "{late:?}");
    }

    async fn a_case_that_waits_is_gone_on_with_when_there_is_something_to_do(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::reply(w, id, Reply { wait: true, ..says("Che reddito ha?") }))).await.unwrap();
        assert_eq!(office.case(id).await.state, State::Waiting);
        office.later(TimeDelta::days(3));
        office.by(&sara, work!(|w| case::resume(w, id))).await.unwrap();
        let case = office.case(id).await;
        assert_eq!((case.state, case.assignee), (State::Open, Some(sara.id)));
        assert!(case.clocks.solution.is_some_and(|due| due > office.now()), "its clock runs again, from where it stood");
        assert!(matches!(office.by(&sara, work!(|w| case::resume(w, id))).await, Err(Error::Refused(_))));
    }

    async fn the_back_office_may_answer_the_citizen_itself(office) {
        let (sara, bruno) = (office.hire("sara", "front").await, office.hire("bruno", "back").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "Sa solo lei"))).await.unwrap();
        office.by(&bruno, work!(|w| case::reply(w, id, Reply { solve: true, ..says("Le rispondo io") }))).await.unwrap();
        let case = office.case(id).await;
        assert_eq!((case.state, case.solved_by, case.level), (State::Solved, Some(Level::Back), Level::Back));
        let read = timeline::read_for_citizen(&office.centre, id).await.unwrap();
        assert!(read.entries.iter().any(|e| matches!(&e.what, What::Message { message, .. } if message.operator == Some(bruno.id))));
    }

    async fn a_question_back_is_no_solution_of_the_back_office(office) {
        let (sara, bruno) = (office.hire("sara", "front").await, office.hire("bruno", "back").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "?"))).await.unwrap();
        office.by(&bruno, work!(|w| case::give_back(w, id, "Chiedere il codice fiscale", false))).await.unwrap();
        office.by(&sara, work!(|w| case::solve(w, id, Outcome::Referred, None))).await.unwrap();
        assert_eq!(office.case(id).await.solved_by, Some(Level::Front));
    }

    async fn of_two_who_solve_at_once_one_is_refused(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        for round in 0..8 {
            let id = office.letter("giulia@posta.example", &format!("caso {round}")).await;
            let solve = |who: &std::sync::Arc<model::user::Staff>| {
                let (centre, who) = (office.centre.clone(), By::Staff(who.clone()));
                tokio::spawn(async move { centre.work(who, work!(|w| case::solve(w, id, Outcome::Solved, None))).await })
            };
            let (one, two) = (solve(&sara), solve(&luca));
            let (one, two) = (one.await.unwrap(), two.await.unwrap());
            assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
            let loser = if one.is_err() { one } else { two };
            assert!(matches!(loser, Err(Error::Refused(_))), "{loser:?}");
            assert_eq!(history(&office, id).await.iter().filter(|k| *k == "solved").count(), 1);
        }
    }

    async fn a_reply_on_a_case_that_changed_asks_first(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        let seen = office.case(id).await.version;
        office.by(&luca, work!(|w| case::reply(w, id, says("Rispondo io")))).await.unwrap();
        let now = office.case(id).await.version;
        let asked = office.by(&sara, work!(|w| case::reply(w, id, Reply { seen: Some(seen), ..says("Rispondo anch'io") }))).await;
        assert!(matches!(asked, Err(Error::Changed(version)) if version == now), "{asked:?}");
        assert_eq!(history(&office, id).await.iter().filter(|k| *k == "replied").count(), 1, "nothing was sent");
        // She has been asked, and sends all the same.
        office.by(&sara, work!(|w| case::reply(w, id, says("Rispondo anch'io")))).await.unwrap();
        // What she did herself since she read it is no change to ask about.
        let seen = office.case(id).await.version;
        office.by(&sara, work!(|w| case::note(w, id, "nota mia", Vec::new()))).await.unwrap();
        office.by(&sara, work!(|w| case::reply(w, id, Reply { seen: Some(seen), ..says("Aggiungo") }))).await.unwrap();
    }

    async fn a_citizens_word_in_between_asks_first_too(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso").await;
        let seen = office.case(id).await.version;
        office.centre.work(By::Citizen, work!(|w| citizen::write(w, id, "Ho risolto da sola", Vec::new()))).await.unwrap();
        let asked = office.by(&sara, work!(|w| case::reply(w, id, Reply { seen: Some(seen), ..says("Ecco") }))).await;
        assert!(matches!(asked, Err(Error::Changed(_))), "{asked:?}");
    }

    async fn a_split_makes_two_matters_of_one_case(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Bonus e passaporto").await;
        let second = office.receive(centre::intake::Inbound { case: Some(id), ..stories::letter("giulia@posta.example", "E il passaporto?") }).await.contact;
        let new = office.by(&sara, work!(|w| case::split(w, id, vec![second], Vec::new(), "Passaporto"))).await.unwrap();
        let of = |read: &timeline::Timeline| read.entries.iter().filter(|e| matches!(e.what, What::Contact { .. })).count();
        let (old, new) = (timeline::read(&office.centre, &sara, id).await.unwrap(), timeline::read(&office.centre, &sara, new).await.unwrap());
        assert_eq!((of(&old), of(&new)), (1, 1));
        assert_eq!(new.stored.content.subject.as_deref(), Some("Passaporto"));
        assert_eq!(new.stored.case.person, old.stored.case.person);
        assert!(old.linked.iter().any(|s| s.case.id == new.stored.case.id), "each is shown beside the other");
        let (only, id) = (old.entries.iter().find_map(|e| if let What::Contact { stored, .. } = &e.what { Some(stored.contact.id) } else { None }).unwrap(), id);
        assert!(office.by(&sara, work!(|w| case::split(w, id, vec![only], Vec::new(), "Tutto"))).await.is_err(), "something must be left");
        assert!(office.by(&sara, work!(|w| case::split(w, id, Vec::new(), Vec::new(), "Niente"))).await.is_err());
        let stranger = office.receive(stories::letter("altro@posta.example", "Altro")).await.contact;
        let elsewhere = office.by(&sara, work!(|w| case::split(w, id, Vec::new(), vec![model::MessageId(stranger.0 + 999)], "Di un altro"))).await;
        assert!(elsewhere.is_err(), "what is of another case cannot be taken");
    }

    async fn links_show_each_case_beside_the_other_until_taken_away(office) {
        let sara = office.hire("sara", "front").await;
        let (a, b) = (office.letter("g@posta.example", "uno").await, office.letter("h@posta.example", "due").await);
        office.by(&sara, work!(|w| case::link(w, a, b))).await.unwrap();
        let beside = async |id| timeline::read(&office.centre, &sara, id).await.unwrap().linked.iter().map(|s| s.case.id).collect::<Vec<_>>();
        assert_eq!((beside(a).await, beside(b).await), (vec![b], vec![a]));
        office.by(&sara, work!(|w| case::unlink(w, b, a))).await.unwrap();
        assert_eq!((beside(a).await, beside(b).await), (vec![], vec![]));
        assert!(office.by(&sara, work!(|w| case::link(w, a, a))).await.is_err());
    }

    async fn links_made_crosswise_at_once_do_not_wait_for_one_another(office) {
        let sara = office.hire("sara", "front").await;
        let (a, b) = (office.letter("g@posta.example", "uno").await, office.letter("h@posta.example", "due").await);
        for _ in 0..10 {
            let link = |one, other| {
                let (centre, by) = (office.centre.clone(), By::Staff(sara.clone()));
                tokio::spawn(async move { centre.work(by, work!(|w| case::link(w, one, other))).await })
            };
            let (one, two) = (link(a, b), link(b, a));
            one.await.unwrap().unwrap();
            two.await.unwrap().unwrap();
        }
        assert_eq!(timeline::read(&office.centre, &sara, a).await.unwrap().linked.len(), 1);
    }

    async fn a_role_does_what_its_office_does_and_no_more(office) {
        let (sara, bruno, elena) = (office.hire("sara", "front").await, office.hire("bruno", "back").await, office.hire("elena", "editor").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        let denied = |outcome: centre::Result<()>| matches!(outcome, Err(Error::Denied(Denied::Role(_) | Denied::Place)));
        assert!(denied(office.by(&bruno, work!(|w| case::take(w, id))).await), "a case at the front office is not the back office's");
        assert!(denied(office.by(&elena, work!(|w| case::note(w, id, "x", Vec::new()))).await.map(drop)));
        office.by(&bruno, work!(|w| case::note(w, id, "Ne so qualcosa", Vec::new()))).await.unwrap();
        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "a voi"))).await.unwrap();
        let refused = office.by(&sara, work!(|w| case::solve(w, id, Outcome::Solved, None))).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Role(Action::Solve)))), "{refused:?}");
        let again = office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "ancora"))).await;
        assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
        assert!(office.by(&bruno, work!(|w| case::transfer(w, id, &QueueId::new("linea-amica")))).await.is_err(), "not to a queue of the other office");
    }

    async fn a_case_is_given_only_to_who_may_take_it(office) {
        let (sara, luca, bruno) = (office.hire("sara", "front").await, office.hire("luca", "front").await, office.hire("bruno", "back").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        let (to_luca, to_bruno) = (Some(luca.id), Some(bruno.id));
        office.by(&sara, work!(|w| case::assign(w, id, to_luca))).await.unwrap();
        assert_eq!(office.case(id).await.assignee, Some(luca.id));
        assert!(matches!(office.by(&sara, work!(|w| case::assign(w, id, to_bruno))).await, Err(Error::Invalid(_))));
        office.by(&sara, work!(|w| case::assign(w, id, None))).await.unwrap();
        assert_eq!(office.case(id).await.state, State::New);
        let names: Vec<_> = centre::staff::who_may_take(&office.centre, &office.case(id).await).await.unwrap().into_iter().map(|s| s.login).collect();
        assert_eq!(names, ["luca", "sara"]);
    }

    async fn not_solved_reopens_and_the_citizen_sees_no_note(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| case::note(w, id, "Cittadina già nota", Vec::new()))).await.unwrap();
        office.by(&sara, work!(|w| case::reply(w, id, Reply { solve: true, ..says("Fatto") }))).await.unwrap();
        office.centre.work(By::Citizen, work!(|w| citizen::write(w, id, "Non è risolto", Vec::new()))).await.unwrap();
        let case = office.case(id).await;
        assert_eq!((case.state, case.assignee, case.unanswered), (State::Open, Some(sara.id), true));
        let read = timeline::read_for_citizen(&office.centre, id).await.unwrap();
        let said: Vec<_> = read.entries.iter().filter_map(|e| if let What::Message { message, .. } = &e.what { message.text.clone() } else { None }).collect();
        assert_eq!(said, ["Fatto", "Non è risolto"]);
    }

    async fn a_draft_is_there_until_the_reply_goes(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| centre::draft::save(w, id, false, "Gentile sign"))).await.unwrap();
        office.by(&sara, work!(|w| centre::draft::save(w, id, true, "da sentire l'INPS"))).await.unwrap();
        let drafts = centre::draft::of(&office.centre, &sara, id).await.unwrap();
        assert_eq!((drafts.reply.unwrap().text, drafts.note.unwrap().text), ("Gentile sign".to_owned(), "da sentire l'INPS".to_owned()));
        assert!(centre::draft::of(&office.centre, &luca, id).await.unwrap().reply.is_none(), "drafts are one's own");
        office.by(&sara, work!(|w| case::reply(w, id, says("Gentile signora")))).await.unwrap();
        let drafts = centre::draft::of(&office.centre, &sara, id).await.unwrap();
        assert!(drafts.reply.is_none() && drafts.note.is_some());
    }

    async fn colleagues_on_the_same_case_see_one_another(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        let id = office.letter("giulia@posta.example", "Un caso").await;
        assert!(centre::presence::here(&office.centre, &sara, id, Some(false)).await.unwrap().is_empty());
        let others = centre::presence::here(&office.centre, &luca, id, Some(true)).await.unwrap();
        assert_eq!((others.len(), others[0].id, others[0].writing), (1, sara.id, false));
        let others = centre::presence::here(&office.centre, &sara, id, Some(false)).await.unwrap();
        assert!(others[0].writing, "Luca is writing");
        centre::presence::here(&office.centre, &luca, id, None).await.unwrap();
        let others = centre::presence::here(&office.centre, &sara, id, Some(false)).await.unwrap();
        assert!(others[0].writing, "his page was had again, and he is still writing");
        office.later(TimeDelta::minutes(1));
        assert!(centre::presence::here(&office.centre, &sara, id, Some(false)).await.unwrap().is_empty(), "Luca has gone");
    }
}
