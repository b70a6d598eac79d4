//! The same request twice is one request.

use centre::once::{Given, Once, fingerprint};
use centre::{By, Centre, Error, intake};
use chrono::TimeDelta;
use stories::{letter, on_both};

fn once(scope: &str, key: &str, body: &str) -> Once {
    Once {
        scope: scope.to_owned(),
        key: Some(key.to_owned()),
        fingerprint: fingerprint("POST", "/api/v1/contacts", body.as_bytes()),
    }
}

async fn hand_in(centre: Centre, once: Once) -> centre::Result<Given> {
    centre
        .work_once(By::System, once, |w| {
            Box::pin(async move {
                let accepted = intake::accept(w, letter("giulia@posta.example", "Un caso")).await?;
                Ok(Given { status: 201, body: accepted.number.to_string() })
            })
        })
        .await
}

on_both! {
    async fn the_same_key_twice_at_once_is_carried_out_once(office) {
        for round in 0..6 {
            let key = format!("chiave-{round}");
            let tries: Vec<_> = (0..4).map(|_| tokio::spawn(hand_in(office.centre.clone(), once("token-1", &key, "{}")))).collect();
            let mut answers = Vec::new();
            for one in tries {
                answers.push(one.await.unwrap().unwrap());
            }
            assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
        }
        let all = db::case::page(office.centre.db().read(), &db::case::Narrow::default(), None, 100).await.unwrap();
        assert_eq!(all.len(), 6);
    }

    async fn a_move_that_comes_twice_at_once_is_answered_twice_alike(office) {
        for round in 0..6 {
            let id = office.letter("giulia@posta.example", "Un caso").await;
            let solve = |centre: Centre, once: Once| async move {
                let solved = centre.work_once(By::System, once, move |w| {
                    Box::pin(async move {
                        centre::case::solve(w, id, model::case::Outcome::Solved, None).await?;
                        Ok(Given { status: 200, body: id.to_string() })
                    })
                });
                solved.await
            };
            let key = format!("soluzione-{round}");
            let one = tokio::spawn(solve(office.centre.clone(), once("token-1", &key, "{}")));
            let other = tokio::spawn(solve(office.centre.clone(), once("token-1", &key, "{}")));
            assert_eq!(one.await.unwrap().unwrap(), other.await.unwrap().unwrap());
        }
    }

    async fn a_key_of_another_request_is_refused_and_of_another_token_is_another_key(office) {
        let first = hand_in(office.centre.clone(), once("token-1", "k", "{\"a\":1}")).await.unwrap();
        assert!(matches!(hand_in(office.centre.clone(), once("token-1", "k", "{\"a\":2}")).await, Err(Error::KeyReused)));
        let other = hand_in(office.centre.clone(), once("token-2", "k", "{\"a\":2}")).await.unwrap();
        assert_ne!(first, other);
    }

    async fn a_request_that_failed_may_come_again(office) {
        let failed = office.centre.work_once(By::System, once("token-1", "k", "{}"), |_| Box::pin(async { Err(Error::NotFound("case")) })).await;
        assert!(failed.is_err());
        assert_eq!(hand_in(office.centre.clone(), once("token-1", "k", "{}")).await.unwrap().status, 201);
    }

    async fn a_key_is_remembered_for_two_days(office) {
        let first = hand_in(office.centre.clone(), once("token-1", "k", "{}")).await.unwrap();
        office.later(TimeDelta::hours(47));
        office.do_due_jobs().await;
        assert_eq!(hand_in(office.centre.clone(), once("token-1", "k", "{}")).await.unwrap(), first);
        office.later(TimeDelta::hours(2));
        office.do_due_jobs().await;
        assert_ne!(hand_in(office.centre.clone(), once("token-1", "k", "{}")).await.unwrap(), first);
    }
}
