//! Stories of the whole centre, one file a noun, on real databases, ports and peers. What takes long is in modules
//! whose names begin with `slow_`: `./test --fast` leaves them out.

mod admin;
mod again;
mod audit;
mod case;
mod clocks;
mod code;
mod command;
mod contact;
mod desk;
mod door;
mod event;
mod health;
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
mod reply_template;
mod report;
mod rest;
mod search;
mod service;
mod service_page;
mod sign_in;
mod slow_faults;
mod slow_import;
mod structure;
mod topic;
