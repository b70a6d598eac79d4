//! The citizen's code: it opens the case, and guessing it does not pay.

use centre::{By, Error, citizen};
use chrono::TimeDelta;
use model::number::CaseNumber;
use stories::{letter, on_both, work};

/// Codes that could be codes, and are others.
fn wrong(n: u8) -> String {
    model::code::Code::from_bytes([n; 16]).to_string()
}

on_both! {
    async fn a_wrong_code_and_a_wrong_number_are_told_alike(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Un caso")).await;
        let code = accepted.code.to_string();
        let other = CaseNumber { id: model::CaseId(999), ..accepted.number };
        let year = CaseNumber { year: 2025, ..accepted.number };
        for (number, code) in [(accepted.number, wrong(1)), (accepted.number, "non è un codice".to_owned()), (other, code.clone()), (year, code.clone())] {
            let answer = citizen::open(&office.centre, number, &code, "192.0.2.7").await;
            assert!(matches!(answer, Err(Error::NotFound("case"))), "{number} {answer:?}");
        }
        assert!(citizen::open(&office.centre, accepted.number, &code, "192.0.2.7").await.is_ok());
    }

    async fn the_code_is_sent_to_the_address_that_news_goes_to_now(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Un caso")).await;
        let id = accepted.case;
        office.centre.work(By::Citizen, work!(|w| citizen::announce(w, id, "nuova@posta.example", false))).await.unwrap();
        for address in ["giulia@posta.example", "nuova@posta.example"] {
            office.centre.work(By::Citizen, work!(|w| citizen::send_code_again(w, address, "192.0.2.1"))).await.unwrap();
        }
        let letters = centre::mail::claim(&office.centre, 10).await.unwrap();
        let codes: Vec<_> = letters.iter().filter(|l| matches!(l.content, centre::mail::Content::Codes { .. })).map(|l| l.to.as_str()).collect();
        assert_eq!(codes, ["nuova@posta.example"]);
    }

    async fn wrong_codes_by_the_thousand_are_slowed_whoever_sends_them(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Un caso")).await;
        let mut told_to_wait = None;
        for n in 0..1_000_u16 {
            let from = format!("10.0.{}.{}", n / 250, n % 250);
            match citizen::open(&office.centre, accepted.number, &wrong(n.to_be_bytes()[1]), &from).await {
                Err(Error::NotFound(_)) => {}
                Err(Error::TooMany(until)) => {
                    told_to_wait = Some((n, until));
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        let (tries, until) = told_to_wait.expect("guessed on and on");
        assert!(tries <= 200 && until > office.now());
        let right = accepted.code.to_string();
        assert!(matches!(citizen::open(&office.centre, accepted.number, &right, "192.0.2.99").await, Err(Error::TooMany(_))), "even the right one has to wait");
        office.clock.set(until + TimeDelta::seconds(1));
        assert!(citizen::open(&office.centre, accepted.number, &right, "192.0.2.99").await.is_ok());
    }

    async fn one_address_does_not_try_its_luck_on_every_case(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Un caso")).await;
        let mut refused = false;
        for n in 0..60 {
            let number = CaseNumber { id: model::CaseId(1_000 + i64::from(n)), ..accepted.number };
            refused |= matches!(citizen::open(&office.centre, number, &wrong(n), "192.0.2.7").await, Err(Error::TooMany(_)));
        }
        assert!(refused);
        assert!(citizen::open(&office.centre, accepted.number, &accepted.code.to_string(), "198.51.100.1").await.is_ok(), "others are not held up");
    }

    async fn the_code_is_the_same_on_every_node_and_after_a_restart(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Un caso")).await;
        let other = office.second().await;
        assert_eq!(other.centre.code(accepted.case), accepted.code);
        assert!(citizen::open(&other.centre, accepted.number, &accepted.code.to_string(), "192.0.2.1").await.is_ok());
    }

    async fn the_code_is_had_again_by_the_address_and_nobody_learns_whose_it_is(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Un caso")).await;
        let _received = centre::mail::claim(&office.centre, 10).await.unwrap();
        office.centre.work(By::Citizen, work!(|w| citizen::send_code_again(w, "nessuno@posta.example", "192.0.2.1"))).await.unwrap();
        assert!(centre::mail::claim(&office.centre, 10).await.unwrap().is_empty());
        office.centre.work(By::Citizen, work!(|w| citizen::send_code_again(w, " Giulia@Posta.example", "192.0.2.1"))).await.unwrap();
        let letters = centre::mail::claim(&office.centre, 10).await.unwrap();
        assert_eq!((letters.len(), letters[0].to.as_str()), (1, "giulia@posta.example"));
        let centre::mail::Content::Codes { cases } = &letters[0].content else { panic!("another letter") };
        assert_eq!((cases.len(), cases[0].code.to_string()), (1, accepted.code.to_string()));
        for _ in 0..5 {
            let _ = office.centre.work(By::Citizen, work!(|w| citizen::send_code_again(w, "giulia@posta.example", "192.0.2.1"))).await;
        }
        let asked = office.centre.work(By::Citizen, work!(|w| citizen::send_code_again(w, "giulia@posta.example", "192.0.2.1"))).await;
        assert!(matches!(asked, Err(Error::TooMany(_))), "a mailbox is not flooded: {asked:?}");
    }
}
