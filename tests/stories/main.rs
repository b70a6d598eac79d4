//! Stories of the whole centre, one file a noun, on real databases, ports and peers. What takes long is in modules
//! whose names begin with `slow_`: `./test --fast` leaves them out.

mod case;
mod clocks;
mod code;
mod contact;
mod desk;
mod event;
mod idempotency;
mod job;
mod merge;
mod outbox;
mod person;
mod rebuild;
mod search;
mod sign_in;
mod structure;
