//! What the stories are told with: an office on either database, the real program on real ports, a real PostgreSQL and
//! a real mail server, each in a temporary folder. Nothing here sleeps for a guessed time or outlives the run.

mod api;
mod baresip;
mod caller;
mod certificate;
mod clock;
mod ear;
mod echo;
mod exchange;
mod fake_smtp;
mod keeper;
mod live;
mod log;
mod office;
mod port;
mod postfix;
mod postgres;
pub mod raw;
mod relay;
mod rows;
mod server;
pub mod sipp;
mod spoil;
mod wait;
mod wave;

pub use api::{Answer, Api};
pub use baresip::{Answers, Baresip};
pub use caller::Caller;
pub use certificate::Authority;
pub use clock::{TestClock, at};
pub use ear::{Ear, share};
pub use echo::{Echo, Speaks};
pub use exchange::{Exchange, NUMBER, TELEPHONE_PASSWORD};
pub use fake_smtp::{FakeSmtp, Mood};
pub use live::{Live, Told};
pub use log::log;
pub use office::{Office, letter};
pub use port::free_port;
pub use postfix::{Letter, Postfix};
pub use postgres::{Postgres, fresh_database};
pub use raw::Raw;
pub use relay::Relay;
pub use rows::{Rows, rows, rows_of};
pub use server::{PASSWORD, Server, binary};
pub use sipp::Carrier;
pub use spoil::{mend, spoil};
pub use wait::{eventually, told};
pub use wave::wave;

/// A use case as [`Office::by`] takes it: `work!(|w| case::take(w, id))`.
#[macro_export]
macro_rules! work {
    (|$w:ident| $use_case:expr) => {
        move |$w| Box::pin(async move { $use_case.await })
    };
}

/// Tells each story twice, as two tests: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($office:ident) $story:block)+) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            async fn story($office: $crate::Office) $story

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::told(async { story($crate::Office::open(db::Engine::Sqlite).await).await }).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::told(async { story($crate::Office::open(db::Engine::Postgres).await).await }).await;
            }
        }
    )+};
}

/// The same for the program itself, which is running when the story begins.
#[macro_export]
macro_rules! served_on_both {
    ($($(#[$meta:meta])* async fn $name:ident($server:ident) $story:block)+) => {$(
        mod $name {
            use super::*;

            #[allow(unused_mut)]
            async fn story(mut $server: $crate::Server) $story

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::told(async { story($crate::Server::start(db::Engine::Sqlite).await).await }).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::told(async { story($crate::Server::start(db::Engine::Postgres).await).await }).await;
            }
        }
    )+};
}
