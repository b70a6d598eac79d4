//! The outbox: what must go out goes, once, however many carry it and however often it fails.

use centre::case::{self, Reply};
use centre::mail::{self, Content};
use centre::timeline::{self, Announced, What};
use chrono::TimeDelta;
use stories::{on_both, work};

on_both! {
    async fn a_letter_is_claimed_by_one_node_alone(office) {
        let other = office.second().await;
        for n in 0..20 {
            office.letter(&format!("g{n}@posta.example"), "Un caso").await;
        }
        let claim = |centre: &centre::Centre| {
            let centre = centre.clone();
            tokio::spawn(async move {
                let mut all = Vec::new();
                loop {
                    let some = mail::claim(&centre, 3).await.unwrap();
                    if some.is_empty() {
                        return all;
                    }
                    all.extend(some.into_iter().map(|m| m.to));
                }
            })
        };
        let (one, two) = (claim(&office.centre), claim(&other.centre));
        let mut all = [one.await.unwrap(), two.await.unwrap()].concat();
        all.sort();
        let count = all.len();
        all.dedup();
        assert_eq!((count, all.len()), (20, 20));
    }

    async fn what_a_dead_node_had_in_hand_is_taken_over(office) {
        let other = office.second().await;
        office.letter("g@posta.example", "Un caso").await;
        let lost = mail::claim(&office.centre, 10).await.unwrap();
        assert!(mail::claim(&other.centre, 10).await.unwrap().is_empty());
        office.later(TimeDelta::minutes(16));
        let taken = mail::claim(&other.centre, 10).await.unwrap();
        assert_eq!((taken.len(), &taken[0].key), (1, &lost[0].key), "under the same key, so that a mailbox knows a repeat");
        // The first comes back from the dead: the letter is no longer its own to end.
        mail::failed(&office.centre, &lost[0], "late".to_owned(), true).await.unwrap();
        assert!(db::outbox::dead(office.centre.db().read(), 10).await.unwrap().is_empty());
        mail::sent(&other.centre, &taken[0]).await.unwrap();
        office.later(TimeDelta::days(1));
        assert!(mail::claim(&office.centre, 10).await.unwrap().is_empty(), "sent is sent");
    }

    async fn what_fails_is_tried_again_ever_later_and_at_last_seen_by_a_person(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("g@posta.example", "Un caso").await;
        let received = mail::claim(&office.centre, 10).await.unwrap();
        mail::sent(&office.centre, &received[0]).await.unwrap();
        office.by(&sara, work!(|w| case::reply(w, id, Reply { text: "Ecco".to_owned(), ..Reply::default() }))).await.unwrap();
        let announced = async || {
            let read = timeline::read(&office.centre, &sara, id).await.unwrap();
            read.entries.iter().find_map(|e| if let What::Message { announced, .. } = &e.what { Some(*announced) } else { None }).unwrap()
        };
        assert_eq!(announced().await, Announced::Waiting);
        let mut waits = Vec::new();
        loop {
            let Some(letter) = mail::claim(&office.centre, 10).await.unwrap().pop() else { break };
            mail::failed(&office.centre, &letter, "il server non risponde".to_owned(), false).await.unwrap();
            assert!(mail::claim(&office.centre, 10).await.unwrap().is_empty(), "not at once");
            let began = office.now();
            while office.now() - began < TimeDelta::hours(4) {
                office.later(TimeDelta::seconds(15));
                if db::outbox::dead(office.centre.db().read(), 1).await.unwrap().len() == 1 {
                    break;
                }
                let due: Vec<_> = office.centre.work(centre::By::System, |w| Box::pin(async move { Ok(db::outbox::claim(w.tx, &["email"], "node-1", w.now, TimeDelta::zero(), 1).await?) })).await.unwrap();
                if let Some(due) = due.first() {
                    waits.push((office.now() - began).num_seconds());
                    // The look itself was a try.
                    office.centre.work(centre::By::System, { let (id, tries) = (due.id, due.tries); move |w| Box::pin(async move {
                        let again = model::retry::Retry::MAIL.after(tries, 0).map(|_| w.now);
                        Ok(db::outbox::failed(w.tx, id, "node-1", w.now, again, "ancora").await?)
                    }) }).await.unwrap();
                    break;
                }
            }
            if waits.len() > 40 {
                panic!("it is tried for ever");
            }
        }
        assert!(waits.windows(2).filter(|two| two[1] > two[0]).count() >= 4, "ever later: {waits:?}");
        assert_eq!(db::outbox::dead(office.centre.db().read(), 10).await.unwrap().len(), 1);
        assert_eq!(announced().await, Announced::Failed);
        let letter = db::outbox::dead(office.centre.db().read(), 1).await.unwrap()[0].id;
        assert!(office.by(&sara, move |w| Box::pin(async move { Ok(db::outbox::send_again(w.tx, letter, w.now).await?) })).await.unwrap());
        assert_eq!(mail::claim(&office.centre, 10).await.unwrap().len(), 1, "a person sends it again");
    }

    async fn a_letter_that_cannot_be_read_is_put_off_and_the_others_go(office) {
        let bad = office.letter("a@posta.example", "Un caso").await;
        for email in ["b@posta.example", "c@posta.example"] {
            office.letter(email, "Un caso").await;
        }
        stories::spoil(&office, bad).await;
        let to: Vec<String> = mail::claim(&office.centre, 8).await.unwrap().into_iter().map(|m| m.to).collect();
        assert_eq!(to, ["b@posta.example", "c@posta.example"]);
        let waiting = db::outbox::of_cases(office.centre.db().read(), &[bad]).await.unwrap().remove(0);
        assert_eq!((waiting.state.as_str(), waiting.tries), ("ready", 1));
        assert!(waiting.error.is_some_and(|why| why.contains("cases.state")));
        // It is not held by a lease: it comes again when its wait is over, and goes once it can be read.
        stories::mend(&office, bad).await;
        office.later(TimeDelta::minutes(1));
        assert_eq!(mail::claim(&office.centre, 8).await.unwrap()[0].to, "a@posta.example");
    }

    async fn a_reply_is_announced_without_its_words_unless_asked_for(office) {
        let sara = office.hire("sara", "front").await;
        let shy = office.letter("a@posta.example", "Un caso").await;
        let open = office.receive(centre::intake::Inbound { announce_content: true, ..stories::letter("b@posta.example", "Un caso") }).await.case;
        for letter in mail::claim(&office.centre, 10).await.unwrap() {
            assert!(matches!(letter.content, Content::Received { .. }));
            mail::sent(&office.centre, &letter).await.unwrap();
        }
        for id in [shy, open] {
            office.by(&sara, work!(|w| case::reply(w, id, Reply { text: "Il suo ISEE è pronto".to_owned(), ..Reply::default() }))).await.unwrap();
        }
        for letter in mail::claim(&office.centre, 10).await.unwrap() {
            let Content::Reply { text, .. } = &letter.content else { panic!("another letter") };
            assert_eq!(text.as_deref(), (letter.to == "b@posta.example").then_some("Il suo ISEE è pronto"));
        }
        let kept = db::outbox::of_cases(office.centre.db().read(), &[shy, open]).await.unwrap();
        assert!(kept.iter().all(|item| !item.payload.to_string().contains("ISEE")), "the outbox never holds what was written");
        assert!(kept.iter().filter(|item| item.state == "done").all(|item| !item.payload.to_string().contains('@')), "nor an address that it no longer needs");
    }
}
