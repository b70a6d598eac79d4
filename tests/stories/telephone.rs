//! The telephone, from the first ring to the last word: what callers and operators hear, and what is written down.

mod account;
mod callback;
mod carrier;
mod check;
mod closing;
mod dialled;
mod drain;
mod encrypted;
mod figures;
mod floor;
mod hand;
mod leader;
mod network;
mod outgoing;
mod protocol;
mod queue;
mod recording;
mod sound;
mod strangers;
mod torture;

use db::Engine;
use model::ContactId;
use model::contact::Outcome;
use stories::{Exchange, eventually};

/// Tells a story of the telephone on both databases.
#[macro_export]
macro_rules! called_on_both {
    ($($(#[$meta:meta])* async fn $name:ident($exchange:ident, $more:expr) $story:block)+) => {$(
        mod $name {
            use super::*;

            #[allow(unused_mut)]
            async fn story(mut $exchange: stories::Exchange) $story

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                stories::told(async { story(stories::Exchange::open(db::Engine::Sqlite, $more).await).await }).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                stories::told(async { story(stories::Exchange::open(db::Engine::Postgres, $more).await).await }).await;
            }
        }
    )+};
}

/// This one, once it is over.
pub async fn ended_of(exchange: &Exchange, contact: ContactId) -> db::contact::Stored {
    eventually("the call is over", async || {
        let stored = db::contact::load(exchange.centre.db().read(), contact).await.unwrap()?;
        stored.contact.ended_at.is_some().then_some(stored)
    })
    .await
}

/// The outcome of the only call, once it is over.
pub async fn ended(exchange: &Exchange) -> db::contact::Stored {
    eventually("the call is written down", async || {
        let contacts = exchange.contacts().await;
        contacts.into_iter().find(|stored| stored.contact.ended_at.is_some())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_that_is_nobodys_and_a_stranger_are_refused() {
    stories::told(async {
        let exchange = Exchange::open(Engine::Sqlite, "").await;
        let caller = stories::Caller::dial(exchange.address(), "0612345", "+39061112233", 300.0);
        eventually("the call is refused", async || caller.status()).await;
        assert_eq!(caller.status(), Some(404));
        exchange.server.try_command(&["telephone", "remove", "prova"], "").unwrap();
        eventually("strangers are refused", async || {
            let stranger = exchange.dial("+39061112233", 300.0);
            eventually("an answer", async || stranger.status()).await;
            (stranger.status() == Some(403)).then_some(())
        })
        .await;
    })
    .await;
}

called_on_both! {
    async fn a_caller_who_hangs_up_while_waiting_was_abandoned(exchange, "") {
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the call is answered", async || caller.status()).await;
        assert_eq!(caller.status(), Some(200));
        eventually("the greeting, and then music, are heard", async || {
            caller.ear.hears_something_but(&[300.0]).then_some(())
        })
        .await;
        eventually("the caller waits", async || {
            exchange.contacts().await.first().and_then(|stored| stored.contact.queued_at)
        })
        .await;
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Abandoned));
        assert_eq!(stored.words.from.as_deref(), Some("+393335550117"));
        assert_eq!(stored.contact.entry_point.as_deref(), Some(stories::NUMBER));
        assert_eq!(stored.contact.case, None);
    }
}
