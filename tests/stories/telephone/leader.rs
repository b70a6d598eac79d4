//! One process of a centre answers the telephone; another takes over when it has died.

use crate::called_on_both;
use model::availability::Standing;
use model::call::EndCause;
use model::contact::Outcome;
use stories::{Answers, Exchange, eventually};

/// The contact of whoever calls from this number.
async fn contact(exchange: &Exchange, from: &str) -> db::contact::Stored {
    let all = exchange.contacts().await;
    all.into_iter().find(|stored| stored.words.from.as_deref() == Some(from)).unwrap()
}

async fn settled(exchange: &Exchange, from: &str) -> db::contact::Stored {
    eventually("the call is settled", async || {
        let stored = contact(exchange, from).await;
        stored.contact.ended_at.is_some().then_some(stored)
    })
    .await
}

async fn stands(exchange: &Exchange, who: model::UserId) -> Standing {
    centre::availability::of(&exchange.centre, who).await.unwrap().standing
}

called_on_both! {
    async fn a_second_process_lets_a_talk_go_on_and_takes_over_when_the_first_is_killed(exchange, "") {
        let ada = exchange.hire("ada").await;
        let telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let talks = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || talks.ear.hears(440.0).then_some(())).await;
        let _waits = exchange.dial("+393335550118", 350.0);
        eventually("another waits", async || {
            let all = exchange.contacts().await;
            let waiting = |stored: &db::contact::Stored| stored.words.from.as_deref() == Some("+393335550118");
            all.into_iter().find(waiting).and_then(|stored| stored.contact.queued_at)
        })
        .await;
        let mut second = exchange.another().await;
        assert!(second.log().contains("stands by"), "{}", second.log());
        let said_until = talks.ear.sent() + 100;
        eventually("they talk on", async || (talks.ear.sent() > said_until).then_some(())).await;
        assert!(talks.ear.hears(440.0));
        assert_eq!(contact(&exchange, "+393335550117").await.contact.ended_at, None);
        assert_eq!(contact(&exchange, "+393335550118").await.contact.ended_at, None);
        assert_eq!(stands(&exchange, ada.id).await, Standing::Busy);

        exchange.server.kill9();
        drop(telephone);
        let talked = settled(&exchange, "+393335550117").await.contact;
        assert_eq!((talked.outcome, talked.operator), (Some(Outcome::Answered), Some(ada.id)));
        assert!(talked.queued_at <= talked.answered_at && talked.answered_at <= talked.ended_at);
        let call = db::call::load(exchange.centre.db().read(), talked.id).await.unwrap().unwrap();
        assert_eq!((call.state, call.cause), (None, Some(EndCause::Stopped)));
        assert!(talked.case.is_some(), "what was spoken of is on a case");
        let waited = settled(&exchange, "+393335550118").await.contact;
        assert_eq!((waited.outcome, waited.answered_at), (Some(Outcome::Abandoned), None));
        eventually("the operator has to be reached anew", async || {
            (stands(&exchange, ada.id).await == Standing::Off).then_some(())
        })
        .await;

        let _telephone = exchange.telephone("ada", 520, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let again = exchange.dial("+393335550119", 300.0);
        eventually("the second process answers", async || again.ear.hears(520.0).then_some(())).await;
        again.hang_up();
        assert_eq!(settled(&exchange, "+393335550119").await.contact.outcome, Some(Outcome::Answered));
        assert!(second.stop(), "{}", second.log());
    }

    async fn what_was_recorded_until_a_process_was_killed_is_kept(exchange, "\n[telephone]\nrecording = \"announced\"\n") {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let talks = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || talks.ear.hears(440.0).then_some(())).await;
        let talked_until = talks.ear.sent() + 250;
        eventually("they talk", async || (talks.ear.sent() > talked_until).then_some(())).await;
        let _second = exchange.another().await;
        exchange.server.kill9();
        let contact = settled(&exchange, "+393335550117").await.contact.id;
        // Where each process has its own folder, the first has what was recorded, also when it only stands by.
        exchange.server.run().await;
        let kept = eventually("it is kept", async || {
            let all = db::recording::of_contacts(exchange.centre.db().read(), &[contact]).await.unwrap();
            all.into_iter().find(|one| one.state == model::recording::RecordingState::Kept)
        })
        .await;
        assert!(kept.seconds.is_some_and(|seconds| seconds >= 1), "{kept:?}");
    }

    async fn a_process_that_stood_still_answers_no_more_once_another_has_taken_over(exchange, "") {
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller waits", async || {
            exchange.contacts().await.first().and_then(|stored| stored.contact.queued_at)
        })
        .await;
        // It lives, and says nothing: its address is still taken, as that of a machine cut off from the others is not.
        let mut second = match exchange.centre.db().engine() {
            db::Engine::Sqlite => exchange.server.beside(),
            db::Engine::Postgres => exchange.server.second(),
        };
        let sip = stories::free_port();
        second.set("LINEA_TELEPHONE__LISTEN", format!("127.0.0.1:{sip}"));
        second.set("LINEA_TELEPHONE__TLS_LISTEN", format!("127.0.0.1:{}", stories::free_port()));
        second.run().await;
        exchange.server.signal("STOP");
        let settled = settled(&exchange, "+393335550117").await.contact;
        assert_eq!(settled.outcome, Some(Outcome::Abandoned));
        exchange.server.signal("CONT");
        eventually("the first stands by", async || exchange.server.log().contains("taken the telephone over").then_some(()))
            .await;
        eventually("the caller is parted", async || caller.is_over().then_some(())).await;
        second.kill9();
        let again = exchange.dial("+393335550118", 300.0);
        eventually("the first answers again", async || again.status()).await;
        assert_eq!(again.status(), Some(200));
    }
}
