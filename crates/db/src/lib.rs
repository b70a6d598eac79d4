//! The only SQL. One file per noun: its table and its queries, from one source for SQLite and PostgreSQL.
//!
//! Times are stored as microseconds since 1970 (UTC) in a `bigint`, so that a difference is a subtraction on either
//! engine. Use cases write through [`Db::write`] and read through [`Db::read`]; which engine it is they never learn.

pub mod at;
mod connect;
mod count;
mod error;
pub mod migration;
mod tx;
mod writer;

pub mod alarm;
pub mod attachment;
pub mod availability;
pub mod bulk;
pub mod call;
pub mod case;
pub mod closing;
pub mod contact;
pub mod desk;
pub mod dossier;
pub mod draft;
pub mod dump;
pub mod emptied;
pub mod erasure;
pub mod event;
pub mod idempotency;
pub mod invitation;
pub mod job;
pub mod leader;
mod lease;
pub mod link;
pub mod media;
pub mod message;
pub mod outbox;
pub mod person;
pub mod presence;
pub mod processing;
pub mod recording;
pub mod reply_template;
pub mod report;
pub mod retention;
pub mod search;
pub mod secret;
pub mod service;
pub mod session;
pub mod sip_account;
pub mod sound;
pub mod staff;
pub mod structure;
pub mod survey;
mod sweep;
pub mod team;
pub mod threshold;
pub mod throttle;
pub mod to_erase;
pub mod token;
pub mod topic;
pub mod totp;
pub mod training;
pub mod trunk;
mod view;
pub mod volume;

pub use connect::{Db, Engine, SQLITE_FILE, Settings, others_at_work};
pub use count::Counted;
pub use error::{Error, word};
pub use sea_orm::ConnectionTrait;
pub use tx::Tx;
pub use view::View;

/// What every query returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;
