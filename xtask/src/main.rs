//! Work on the repository itself: `cargo xtask tidy|openapi|bench`.

mod bench;
mod openapi;
mod tidy;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Work on the repository itself")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks the house rules that a program can check.
    Tidy,
    /// Writes openapi/v1.json anew.
    Openapi,
    /// Measures the whole program beside a raw limit of the machine; prints `name value unit` lines.
    Bench {
        /// intake, serve, import, report or backup
        name: String,
        /// Runs; the median of each figure is printed.
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Only this database: sqlite or postgres.
        #[arg(long)]
        engine: Option<String>,
    },
}

fn main() -> Result<()> {
    match Line::parse().command {
        Command::Tidy => tidy::run(),
        Command::Openapi => openapi::run(),
        Command::Bench { name, runs, engine } => bench::run(&name, runs, engine.as_deref()),
    }
}
