//! Persons: one, however they reach us.

use centre::case;
use centre::intake::Inbound;
use centre::timeline;
use chrono::TimeDelta;
use model::contact::Channel;
use stories::{letter, on_both, work};

fn call(phone: &str, text: &str) -> Inbound {
    Inbound { channel: Some(Channel::Sms), from: Some(phone.to_owned()), text: text.to_owned(), ..Inbound::default() }
}

on_both! {
    async fn the_same_person_by_mail_and_by_telephone_is_one(office) {
        let first = office.receive(Inbound { name: Some("Giulia Prova".to_owned()), phone: Some("333 555 0117".to_owned()), ..letter("Giulia@Posta.example", "uno") }).await;
        let by_mail = office.receive(letter("giulia@posta.example", "due")).await;
        let by_phone = office.receive(call("+39 3335550117", "tre")).await;
        let person = office.case(first.case).await.person.unwrap();
        assert_eq!(office.case(by_mail.case).await.person, Some(person));
        assert_eq!(office.case(by_phone.case).await.person, Some(person));
        let sara = office.hire("sara", "front").await;
        let known = timeline::read(&office.centre, &sara, first.case).await.unwrap().known.unwrap();
        assert_eq!((known.addresses.len(), known.other_cases.len(), known.contacts_in_a_year), (2, 2, 3));
        assert_eq!(known.person.name.as_deref(), Some("Giulia Prova"));
    }

    async fn two_letters_at_once_from_a_new_address_are_one_person(office) {
        for round in 0..6 {
            let email = format!("nuova{round}@posta.example");
            let both: Vec<_> = (0..4)
                .map(|n| {
                    let (centre, inbound) = (office.centre.clone(), letter(&email, &format!("lettera {n}")));
                    tokio::spawn(async move { centre.work(centre::By::Citizen, work!(|w| centre::intake::accept(w, inbound))).await.unwrap().case })
                })
                .collect();
            let mut persons = Vec::new();
            for one in both {
                persons.push(office.case(one.await.unwrap()).await.person.unwrap());
            }
            persons.dedup();
            assert_eq!(persons.len(), 1, "{persons:?}");
        }
    }

    async fn who_writes_from_a_shared_address_renames_nobody(office) {
        let first = office.receive(Inbound { name: Some("Anna Prova".to_owned()), ..letter("casa@posta.example", "uno") }).await;
        office.receive(Inbound { name: Some("Bruno Prova".to_owned()), ..letter("casa@posta.example", "due") }).await;
        let sara = office.hire("sara", "front").await;
        assert_eq!(timeline::read(&office.centre, &sara, first.case).await.unwrap().known.unwrap().person.name.as_deref(), Some("Anna Prova"));
    }

    async fn two_records_become_one_person_and_are_parted_again(office) {
        let sara = office.hire("sara", "front").await;
        let (a, b) = (office.letter("a@posta.example", "uno").await, office.receive(call("3335550117", "due")).await.case);
        let (pa, pb) = (office.case(a).await.person.unwrap(), office.case(b).await.person.unwrap());
        assert_ne!(pa, pb);
        office.by(&sara, work!(|w| centre::person::merge(w, pa, pb))).await.unwrap();
        let known = timeline::read(&office.centre, &sara, a).await.unwrap().known.unwrap();
        assert_eq!((known.person.id, known.addresses.len(), known.other_cases.len(), known.merged.len()), (pb, 2, 1, 1));
        assert!(office.by(&sara, work!(|w| centre::person::merge(w, pb, pa))).await.is_err(), "they are one already");
        office.later(TimeDelta::minutes(1));
        let third = office.letter("a@posta.example", "tre").await;
        assert_eq!(office.case(third).await.person, Some(pb), "the address finds the person they now are");

        office.by(&sara, work!(|w| centre::person::unmerge(w, pa))).await.unwrap();
        let known = timeline::read(&office.centre, &sara, a).await.unwrap().known.unwrap();
        assert_eq!((known.person.id, known.addresses.len()), (pa, 1));
        let elena = office.hire("elena", "editor").await;
        assert!(office.by(&elena, work!(|w| centre::person::merge(w, pa, pb))).await.is_err());
    }

    async fn two_who_merge_the_same_two_the_other_way_round_make_no_ring(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        for round in 0..6 {
            let (a, b) = (office.letter(&format!("a{round}@posta.example"), "uno").await, office.letter(&format!("b{round}@posta.example"), "due").await);
            let (pa, pb) = (office.case(a).await.person.unwrap(), office.case(b).await.person.unwrap());
            let (one, other) = tokio::join!(
                office.by(&sara, work!(|w| centre::person::merge(w, pa, pb))),
                office.by(&luca, work!(|w| centre::person::merge(w, pb, pa))),
            );
            assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
            let root = db::person::root(office.centre.db().read(), pa).await.unwrap().unwrap();
            assert_eq!(root.merged_into, None);
        }
    }

    async fn an_address_that_somebody_claims_is_not_added_to_who_has_the_telephone(office) {
        let sara = office.hire("sara", "front").await;
        let first = office.receive(Inbound { phone: Some("333 555 0117".to_owned()), ..letter("giulia@posta.example", "uno") }).await;
        let claimed = office.receive(Inbound { phone: Some("333 555 0117".to_owned()), ..letter("altri@posta.example", "due") }).await;
        let known = timeline::read(&office.centre, &sara, first.case).await.unwrap().known.unwrap();
        assert!(!known.addresses.iter().any(|a| a.value == "altri@posta.example"), "{:?}", known.addresses);

        // Merged by an operator who took them for one: the stranger's code still opens the stranger's case alone.
        let (from, into) = (claimed.case, first.case);
        office.by(&sara, work!(|w| case::merge(w, from, into))).await.unwrap();
        let opened = centre::citizen::open(&office.centre, claimed.number, &claimed.code.to_string(), "192.0.2.1").await.unwrap();
        assert_eq!(opened, claimed.case);
        let read = timeline::read_for_citizen(&office.centre, first.case).await.unwrap();
        assert!(read.entries.iter().all(|e| e.case == first.case), "nor does Giulia read what the stranger wrote");
    }

    async fn a_merged_persons_cases_are_found_by_either_address(office) {
        let sara = office.hire("sara", "front").await;
        let (a, b) = (office.letter("a@posta.example", "uno").await, office.receive(call("3335550117", "due")).await.case);
        let (pa, pb) = (office.case(a).await.person.unwrap(), office.case(b).await.person.unwrap());
        office.by(&sara, work!(|w| centre::person::merge(w, pa, pb))).await.unwrap();
        for typed in ["a@posta.example", "333 555 0117"] {
            let found = centre::search::find(&office.centre, &sara, typed).await.unwrap();
            assert_eq!(found.len(), 2, "{typed}");
        }
    }

    async fn who_is_meant_is_suggested_while_the_number_is_typed(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.receive(Inbound { name: Some("Giulia Prova".to_owned()), phone: Some("333 555 0117".to_owned()), ..letter("giulia@posta.example", "uno") }).await.case;
        for typed in ["333 555 01", "giulia@p", "5550117"] {
            let found = centre::person::suggest(&office.centre, &sara, typed).await.unwrap();
            assert_eq!((found.len(), found[0].person.name.as_deref(), found[0].open.len()), (1, Some("Giulia Prova"), 1), "{typed}");
        }
        assert!(centre::person::suggest(&office.centre, &sara, "333").await.unwrap().is_empty(), "too little to go by");
        office.by(&sara, work!(|w| case::solve(w, id, model::case::Outcome::Solved, None))).await.unwrap();
        assert!(centre::person::suggest(&office.centre, &sara, "5550117").await.unwrap()[0].open.is_empty());
    }
}
