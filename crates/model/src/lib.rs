//! The nouns of a contact centre: typed ids, state machines that refuse wrong moves, permissions, calendars.
//! Nothing here waits, stores or asks the time: what is decided follows from the arguments alone.

mod word;

pub mod access;
pub mod address;
pub mod alarm;
pub mod attachment;
pub mod availability;
pub mod calendar;
pub mod call;
pub mod case;
pub mod closing;
pub mod code;
pub mod contact;
pub mod event;
pub mod half_hour;
pub mod id;
pub mod invitation;
pub mod message;
pub mod number;
pub mod person;
pub mod problem;
pub mod queue;
pub mod record;
pub mod recording;
pub mod reply_template;
pub mod report;
pub mod retention;
pub mod retry;
pub mod service;
pub mod sound;
pub mod structure;
pub mod text;
pub mod topic;
pub mod trunk;
pub mod user;

pub use id::*;
