//! The command line.

mod backup;
mod export;
mod import;
mod migrate;
mod outbox;
mod person;
mod privacy;
mod report;
mod restore;
mod service;
mod telephone;
mod token;
mod user;

use crate::{check, config::Config, house, sample, serve};
use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The contact centre of a public administration: every channel, one program.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Examples:\n  lineaamica serve --data /var/lib/lineaamica\n  lineaamica user add sara --role front --password-stdin <password.txt\n  lineaamica token create --user sara\n  lineaamica service export abruzzo --output abruzzo.toml\n  lineaamica service compare abruzzo.toml\n  lineaamica service apply abruzzo.toml\n  lineaamica import 2009.ndjson.gz 2010.ndjson.zst\n  lineaamica export --type contact --output contacts.ndjson.gz\n  lineaamica report --from 2009-01-29 --to 2010-01-29 --format json\n  lineaamica backup /var/backups/lineaamica.tar.zst\n  lineaamica restore /var/backups/lineaamica.tar.zst --data /var/lib/lineaamica"
)]
pub struct Line {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where configuration and data are; every setting is also a variable `LINEA_SECTION__KEY`.
#[derive(Args)]
pub struct Place {
    /// Configuration file (TOML).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Data folder; ./data when nothing else says so.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the centre until it is told to stop.
    Serve,
    /// Staff: adds, invites, disables somebody, lists everyone.
    #[command(subcommand)]
    User(user::User),
    /// API tokens.
    #[command(subcommand)]
    Token(token::Token),
    /// Services: listed, written as TOML, compared with and changed by a TOML file.
    #[command(subcommand)]
    Service(service::Service),
    /// The telephone: trunks, and the accounts of operators' SIP telephones.
    #[command(subcommand)]
    Telephone(telephone::Telephone),
    /// Letters that could not be sent.
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    /// What is held on somebody: found, written out, erased.
    #[command(subcommand)]
    Person(person::Person),
    /// How long what citizens wrote is kept.
    #[command(subcommand)]
    Privacy(privacy::Privacy),
    /// Brings in records (NDJSON, also .gz and .zst): the past of another system.
    ///
    /// Each line is taken, found to be there already, or refused with its reason (FILE:LINE: reason, on standard error).
    /// Exit status 0: all taken; 2: some refused; 1: nothing done. Run again without harm.
    Import(import::Import),
    /// Writes records out, for another system or to be checked; for safety, make a backup.
    Export(export::Export),
    /// Reckons the report of a period: contacts, waits, cases, surveys, the Network.
    Report(report::Report),
    /// Writes everything into one file, while the centre works: the database and the files of its cases.
    Backup(backup::Backup),
    /// Brings a backup back, on SQLite or PostgreSQL; first it is read through and compared with its checksums.
    Restore(restore::Restore),
    /// Brings the tables of the database up to date, after a backup.
    Migrate(migrate::Migrate),
    /// Tests configuration, database and mail server, and says what is wrong.
    Check,
    /// Fills an empty centre with invented services, people and cases, to try things out.
    Sample,
}

pub async fn run(line: Line) -> Result<ExitCode> {
    let config = Config::read(line.place.config.as_deref(), line.place.data)?;
    match line.command {
        Command::Serve => serve::run(config).await?,
        Command::User(command) => command.run(&house::open(&config).await?).await?,
        Command::Token(command) => command.run(&house::open(&config).await?).await?,
        Command::Service(command) => return command.run(&house::open(&config).await?).await,
        Command::Telephone(command) => command.run(&house::open(&config).await?).await?,
        Command::Outbox(command) => command.run(&house::open(&config).await?).await?,
        Command::Person(command) => command.run(&house::open(&config).await?).await?,
        Command::Privacy(command) => command.run(&house::open(&config).await?).await?,
        Command::Import(command) => return command.run(&config).await,
        Command::Export(command) => command.run(&house::open(&config).await?).await?,
        Command::Report(command) => command.run(&house::open(&config).await?).await?,
        Command::Backup(command) => command.run(&config).await?,
        Command::Restore(command) => command.run(&config).await?,
        Command::Migrate(command) => return command.run(&config).await,
        Command::Check => return check::run(&config).await,
        Command::Sample => sample::run(&config).await?,
    }
    Ok(ExitCode::SUCCESS)
}
