//! Merging cases, and undoing it.

use centre::case;
use centre::timeline::{self, What};
use model::case::State;
use model::number::CaseNumber;
use stories::{letter, on_both, work};

on_both! {
    async fn merged_cases_are_read_as_one_and_parted_as_they_were(office) {
        let sara = office.hire("sara", "front").await;
        let first = office.receive(letter("g@posta.example", "uno")).await;
        let second = office.letter("g@posta.example", "due").await;
        let (a, b) = (first.case, second);
        office.by(&sara, work!(|w| case::take(w, a))).await.unwrap();
        let before = office.case(a).await;
        office.by(&sara, work!(|w| case::merge(w, a, b))).await.unwrap();
        let read = timeline::read(&office.centre, &sara, b).await.unwrap();
        assert_eq!(read.entries.iter().filter(|e| matches!(e.what, What::Contact { .. })).count(), 2);
        assert_eq!(read.merged.iter().map(|s| s.case.id).collect::<Vec<_>>(), [a]);
        assert_eq!(centre::citizen::open(&office.centre, first.number, &first.code.to_string(), "192.0.2.1").await.unwrap(), b, "the citizen's number leads to where it goes on");
        assert!(office.by(&sara, work!(|w| case::reply(w, a, case::Reply { text: "x".to_owned(), ..case::Reply::default() }))).await.is_err());

        office.later(chrono::TimeDelta::days(3));
        office.by(&sara, work!(|w| case::unmerge(w, a))).await.unwrap();
        let after = office.case(a).await;
        assert_eq!((after.state, after.assignee, after.merged_into), (before.state, before.assignee, None));
        assert_eq!(after.clocks, before.clocks, "what was promised is due when it was");
        assert_eq!(timeline::read(&office.centre, &sara, b).await.unwrap().entries.iter().filter(|e| matches!(e.what, What::Contact { .. })).count(), 1);
        assert!(office.by(&sara, work!(|w| case::unmerge(w, a))).await.is_err());
    }

    async fn what_was_still_to_be_answered_is_to_be_answered_where_it_goes_on(office) {
        let sara = office.hire("sara", "front").await;
        let a = office.letter("g@posta.example", "uno").await;
        let promised = office.case(a).await.clocks;
        office.later(chrono::TimeDelta::minutes(30));
        let b = office.letter("g@posta.example", "due").await;
        office.by(&sara, work!(|w| case::reply(w, b, case::Reply { text: "Ecco".to_owned(), ..case::Reply::default() }))).await.unwrap();
        let before = office.case(b).await;
        office.by(&sara, work!(|w| case::merge(w, a, b))).await.unwrap();
        let merged = office.case(b).await;
        assert!(merged.unanswered && !before.unanswered);
        assert_eq!((merged.clocks.answer, merged.clocks.solution), (promised.answer, promised.solution), "by the earlier of two promises");
        office.by(&sara, work!(|w| case::unmerge(w, a))).await.unwrap();
        let after = office.case(b).await;
        assert_eq!((after.unanswered, after.clocks, after.state), (before.unanswered, before.clocks, before.state), "undone, nothing is left of it");

        office.by(&sara, work!(|w| case::solve(w, b, model::case::Outcome::Solved, None))).await.unwrap();
        let refused = office.by(&sara, work!(|w| case::merge(w, a, b))).await;
        assert!(matches!(refused, Err(centre::Error::Refused(_))), "a word that nobody answered does not vanish into a solved case: {refused:?}");
    }

    async fn cases_never_go_round_in_a_ring(office) {
        let sara = office.hire("sara", "front").await;
        let (a, b) = (office.letter("g@posta.example", "uno").await, office.letter("g@posta.example", "due").await);
        assert!(office.by(&sara, work!(|w| case::merge(w, a, a))).await.is_err());
        office.by(&sara, work!(|w| case::merge(w, a, b))).await.unwrap();
        assert!(office.by(&sara, work!(|w| case::merge(w, b, a))).await.is_err());
        // Crosswise and at once: one of the two stands.
        for _ in 0..5 {
            let (c, d) = (office.letter("h@posta.example", "tre").await, office.letter("h@posta.example", "quattro").await);
            let merge = |one, other| {
                let (centre, by) = (office.centre.clone(), centre::By::Staff(sara.clone()));
                tokio::spawn(async move { centre.work(by, work!(|w| case::merge(w, one, other))).await })
            };
            let (one, two) = (merge(c, d), merge(d, c));
            let stood = [one.await.unwrap().is_ok(), two.await.unwrap().is_ok()];
            assert_eq!(stood.iter().filter(|s| **s).count(), 1);
            let merged = [office.case(c).await.state, office.case(d).await.state];
            assert_eq!(merged.iter().filter(|s| **s == State::Merged).count(), 1);
        }
    }

    async fn a_chain_of_merges_leads_to_its_end(office) {
        let sara = office.hire("sara", "front").await;
        let first = office.receive(letter("g@posta.example", "uno")).await;
        let (b, c) = (office.letter("g@posta.example", "due").await, office.letter("g@posta.example", "tre").await);
        let a = first.case;
        office.by(&sara, work!(|w| case::merge(w, a, b))).await.unwrap();
        office.by(&sara, work!(|w| case::merge(w, b, c))).await.unwrap();
        assert_eq!(centre::citizen::open(&office.centre, CaseNumber::new(a, office.case(a).await.opened_at), &first.code.to_string(), "x").await.unwrap(), c);
        assert_eq!(timeline::read(&office.centre, &sara, c).await.unwrap().merged.len(), 2);
    }
}
