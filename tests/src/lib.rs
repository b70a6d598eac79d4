//! What the stories are told with: an office on either database, the real program on real ports, a real PostgreSQL and
//! a real mail server, each in a temporary folder. Nothing here sleeps for a guessed time or outlives the run.

mod clock;
mod office;
mod port;
mod postgres;
mod wait;

pub use clock::{TestClock, at};
pub use office::{Office, letter};
pub use port::free_port;
pub use postgres::{Postgres, fresh_database};
pub use wait::eventually;

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
    ($($(#[$meta:meta])* async fn $name:ident($office:pat_param) $story:block)+) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            async fn story($office: $crate::Office) $story

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story($crate::Office::open(db::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story($crate::Office::open(db::Engine::Postgres).await).await;
            }
        }
    )+};
}
