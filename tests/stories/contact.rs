//! Contacts: each becomes exactly one contact on exactly one case.

use centre::intake::Inbound;
use centre::timeline::{self, What};
use centre::{Error, citizen, manual};
use model::case::{Outcome, State};
use model::contact::Channel;
use model::problem::Problem;
use stories::{Office, letter, on_both, work};

/// How many contacts and cases there are in all, as a supervisor's tools see them.
async fn cases(office: &Office) -> usize {
    let db = office.centre.db().read();
    db::case::page(db, &db::case::Narrow::default(), None, 1_000).await.unwrap().len()
}

on_both! {
    async fn a_letter_becomes_one_case_with_number_and_code(office) {
        let sara = office.hire("sara", "front").await;
        let accepted = office.receive(letter("giulia@posta.example", "Il bonus sociale non compare\nin bolletta")).await;
        assert_eq!(accepted.number.to_string(), format!("LA-2026-{:06}", accepted.case.0));
        assert_eq!(cases(&office).await, 1);
        let opened = citizen::open(&office.centre, accepted.number, &accepted.code.to_string().to_lowercase(), "192.0.2.1").await.unwrap();
        assert_eq!(opened, accepted.case, "number and code open the case");

        let read = timeline::read(&office.centre, &sara, accepted.case).await.unwrap();
        assert_eq!(read.stored.content.subject.as_deref(), Some("Il bonus sociale non compare"));
        let contacts: Vec<_> = read.entries.iter().filter_map(|e| if let What::Contact { stored, .. } = &e.what { Some(stored) } else { None }).collect();
        assert_eq!(contacts.len(), 1);
        assert_eq!(contacts[0].words.text.as_deref(), Some("Il bonus sociale non compare\nin bolletta"));
        assert!(contacts[0].contact.awaits_answer());
    }

    async fn every_wrong_field_is_named_at_once_and_nothing_is_kept(office) {
        let wrong = Inbound { name: Some("x".repeat(10_000)), email: Some("giulia.posta.example".to_owned()), phone: Some("12".to_owned()), text: " \0 ".to_owned(), ..letter("", "") };
        let Err(Error::Invalid(problems)) = office.try_receive(wrong).await else { panic!("taken") };
        let mut named: Vec<_> = problems.iter().map(|p| (p.field, p.problem)).collect();
        named.sort_unstable();
        assert_eq!(named, [("email", Problem::EmailWithoutAt), ("name", Problem::TooLong), ("phone", Problem::NotAPhone), ("text", Problem::Missing)]);
        assert_eq!(cases(&office).await, 0);
    }

    async fn what_people_write_is_kept_as_they_wrote_it(office) {
        let name = "‏فاطمة الزهراء‏ 👩‍👩‍👧 d'Ønofrio <b>";
        let text = "Perché? \u{202e}abc\u{202c}\r\n'; DROP TABLE cases; --\r\n<script>alert(1)</script> 🏛️\0";
        let accepted = office.receive(Inbound { name: Some(name.to_owned()), ..letter("f@posta.example", text) }).await;
        let sara = office.hire("sara", "front").await;
        let read = timeline::read(&office.centre, &sara, accepted.case).await.unwrap();
        assert_eq!(read.known.unwrap().person.name.as_deref(), Some(name));
        let said = read.entries.iter().find_map(|e| if let What::Contact { stored, .. } = &e.what { stored.words.text.clone() } else { None }).unwrap();
        assert_eq!(said, "Perché? \u{202e}abc\u{202c}\n'; DROP TABLE cases; --\n<script>alert(1)</script> 🏛️");
    }

    async fn a_call_written_down_has_had_its_answer(office) {
        let sara = office.hire("sara", "front").await;
        let call = Inbound { channel: Some(Channel::Phone), text: "Chiede del bonus, richiameremo".to_owned(), ..Inbound::default() };
        let accepted = office.by(&sara, work!(|w| manual::record(w, call, None))).await.unwrap();
        let case = office.case(accepted.case).await;
        assert_eq!((case.unanswered, case.first_answer_at), (false, Some(office.now())));
        assert_eq!(case.clocks.answer, None, "no answer is due");
        assert!(case.clocks.solution.is_some(), "the solution still is");
    }

    async fn a_call_on_a_case_that_waits_for_the_back_office_leaves_it_there(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso difficile").await;
        office.by(&sara, work!(|w| centre::case::escalate(w, id, &model::QueueId::new("linea-amica-back"), "Serve l'INPS"))).await.unwrap();
        let call = Inbound { channel: Some(Channel::Phone), text: "Chiede a che punto è".to_owned(), case: Some(id), ..Inbound::default() };
        office.by(&sara, work!(|w| manual::record(w, call, None))).await.unwrap();
        let case = office.case(id).await;
        assert_eq!((case.assignee, case.state, case.level), (None, State::New, model::case::Level::Back));
    }

    async fn a_call_about_a_closed_case_is_a_new_one_beside_it(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("giulia@posta.example", "Un caso").await;
        office.by(&sara, work!(|w| centre::case::solve(w, id, Outcome::Solved, None))).await.unwrap();
        office.by(&office.hire("elena", "supervisor").await, work!(|w| centre::case::close(w, id))).await.unwrap();
        let call = Inbound { channel: Some(Channel::Phone), text: "Richiama".to_owned(), case: Some(id), ..Inbound::default() };
        let fresh = office.by(&sara, work!(|w| manual::record(w, call, None))).await.unwrap().case;
        assert_ne!(fresh, id);
        let read = timeline::read(&office.centre, &sara, fresh).await.unwrap();
        assert_eq!(read.linked.iter().map(|s| s.case.id).collect::<Vec<_>>(), [id]);
    }

    async fn a_caller_may_stay_anonymous(office) {
        let sara = office.hire("sara", "front").await;
        let call = Inbound { channel: Some(Channel::Phone), text: "Chiede gli orari dell'anagrafe".to_owned(), ..Inbound::default() };
        let accepted = office.by(&sara, work!(|w| manual::record(w, call, Some(Outcome::Solved)))).await.unwrap();
        let case = office.case(accepted.case).await;
        assert_eq!((case.person, case.state, case.assignee), (None, State::Solved, Some(sara.id)));
        assert_eq!(case.solved_by, Some(model::case::Level::Front));
    }

    async fn a_contact_with_neither_topic_nor_words_is_refused(office) {
        let sara = office.hire("sara", "front").await;
        let call = Inbound { channel: Some(Channel::Phone), ..Inbound::default() };
        assert!(matches!(office.by(&sara, work!(|w| manual::record(w, call, None))).await, Err(Error::Invalid(_))));
        assert_eq!(cases(&office).await, 0);
    }

    async fn a_further_contact_joins_its_case_through_a_merge(office) {
        let sara = office.hire("sara", "front").await;
        let (first, second) = (office.letter("g@posta.example", "uno").await, office.letter("g@posta.example", "due").await);
        office.by(&sara, work!(|w| centre::case::merge(w, first, second))).await.unwrap();
        let accepted = office.receive(Inbound { case: Some(first), ..letter("g@posta.example", "ancora io") }).await;
        assert_eq!(accepted.case, second);
        assert_eq!(cases(&office).await, 2);
    }

    async fn a_letter_on_a_solved_case_takes_it_up_again(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("g@posta.example", "uno").await;
        office.by(&sara, work!(|w| centre::case::solve(w, id, Outcome::Solved, None))).await.unwrap();
        office.receive(Inbound { case: Some(id), ..letter("g@posta.example", "non va ancora") }).await;
        let case = office.case(id).await;
        assert_eq!((case.state, case.assignee, case.outcome), (State::Open, Some(sara.id), None));
        assert!(case.clocks.answer.is_some() && case.clocks.solution.is_some(), "its clocks run again");
    }
}
