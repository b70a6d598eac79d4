//! Stories of the whole centre, one file a noun, on real databases, ports and peers. What takes long is in modules
//! whose names begin with `slow_`: `./test --fast` leaves them out.

mod again;
mod alarm;
mod audit;
mod case;
mod clocks;
mod code;
mod command;
mod contact;
mod desk;
mod door;
mod event;
mod idempotency;
mod job;
mod live;
mod mail;
mod merge;
mod outbox;
mod page;
mod person;
mod rebuild;
mod record;
mod report;
mod rest;
mod search;
mod sign_in;
mod slow_faults;
mod slow_import;
mod structure;
mod supervisor;
mod team;
