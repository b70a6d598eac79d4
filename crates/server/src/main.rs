//! `lineaamica`: the command line, and the wiring of everything behind it. Only this crate knows all the others.

mod backup;
mod check;
mod command;
mod config;
mod house;
mod listen;
mod lock;
mod metrics;
mod router;
mod sample;
mod serve;
mod sip;
mod system;
mod telephone;

use clap::Parser;
use std::process::ExitCode;

/// Rows and pages are made of many small texts, which the system's allocator takes its time for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let line = command::Line::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("lineaamica: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command::run(line)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("lineaamica: {error:#}");
            ExitCode::FAILURE
        }
    }
}
