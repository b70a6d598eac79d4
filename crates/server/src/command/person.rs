//! `lineaamica person`: what is held on somebody, written out and erased.

use anyhow::{Context, Result, bail};
use centre::erasure::{self, Held};
use centre::{By, Centre, dossier, person};
use clap::Subcommand;
use futures::StreamExt;
use model::PersonId;
use std::fs::File;
use std::io::{BufRead, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum Person {
    /// Looks for persons: by name, e-mail, telephone, or the number of a case.
    Find {
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Says how much is held on a person.
    Show {
        #[arg(value_name = "ID")]
        id: PersonId,
    },
    /// Writes out all that is held on a person, as a ZIP with JSON and their files.
    Export {
        #[arg(value_name = "ID")]
        id: PersonId,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Erases a person: names, addresses, every word of their cases, their files. It cannot be taken back; figures stay.
    Erase {
        #[arg(value_name = "ID")]
        id: PersonId,
        /// Does not ask first.
        #[arg(long)]
        yes: bool,
    },
    /// Erases the word by which a trainee is known who is no operator here; figures stay.
    EraseTrainee {
        #[arg(value_name = "WORD")]
        word: String,
    },
}

/// Persons that are listed for one search.
const MOST: usize = 50;

impl Person {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        match self {
            Self::Find { text } => {
                let found = person::look_up(centre, &text, MOST).await?;
                if found.is_empty() {
                    println!("Nobody is found.");
                }
                for one in found {
                    let ways: Vec<&str> = one.addresses.iter().map(|address| address.value.as_str()).collect();
                    let name = one.person.name.as_deref().unwrap_or("-");
                    println!("{:>8}  {name:30}  {} case(s)  {}", one.person.id, one.cases, ways.join(", "));
                }
            }
            Self::Show { id } => say(&held(centre, id).await?),
            Self::Export { id, output } => {
                write_out(centre, id, &output).await?;
                println!(
                    "{}: all that is held on person {id}. What operators noted is in internal.json and internal/: read it before you hand it over.",
                    output.display()
                );
            }
            Self::EraseTrainee { word } => {
                let told = format!("cannot erase the trainee {word:?}");
                let done = centre.erase_trainee(By::System, &word).await;
                println!("Erased from {} training(s).", done.context(told)?);
            }
            Self::Erase { id, yes } => {
                let held = held(centre, id).await?;
                say(&held);
                if !yes && !confirmed(held.person)? {
                    bail!("nothing was erased");
                }
                let erased = centre.erase_person(By::System, held.person).await;
                let erased = erased.with_context(|| format!("cannot erase person {id}"))?;
                println!(
                    "Erased: {} case(s) and {} contact(s) emptied, {} file(s) removed. Backups that were made before hold \
                     it until they are removed.",
                    erased.cases, erased.contacts, erased.files
                );
            }
        }
        Ok(())
    }
}

async fn held(centre: &Centre, id: PersonId) -> Result<Held> {
    erasure::held(centre, id).await.with_context(|| format!("cannot say what is held on person {id}"))
}

fn say(held: &Held) {
    println!("Person {}: {}", held.person, held.name.as_deref().unwrap_or("(no name)"));
    for address in &held.addresses {
        println!("  {}", address.value);
    }
    println!(
        "  {} record(s), {} case(s) of which {} still to be solved, {} contact(s), {} message(s), {} file(s) of {} bytes",
        held.records, held.cases, held.open, held.contacts, held.messages, held.files, held.size
    );
    if !held.others.is_empty() {
        let others: Vec<String> = held.others.iter().map(ToString::to_string).collect();
        println!(
            "  The same addresses are also those of person(s) {}, which are others until they are merged.",
            others.join(", ")
        );
    }
}

fn confirmed(id: PersonId) -> Result<bool> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        bail!("nothing was erased: nobody is there to be asked, and --yes was not given");
    }
    eprintln!("It cannot be taken back. To erase, type the number of the person:");
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("cannot read the answer")?;
    Ok(line.trim() == id.to_string())
}

async fn write_out(centre: &Centre, id: PersonId, output: &Path) -> Result<()> {
    let mut pieces = dossier::write_out(centre, By::System, id)
        .await
        .with_context(|| format!("cannot write out what is held on person {id}"))?;
    let unfinished = output.with_extension("unfinished");
    let cannot = || format!("cannot write {}", unfinished.display());
    let file = File::options().create(true).truncate(true).write(true).mode(0o600).open(&unfinished);
    let mut file = file.with_context(cannot)?;
    let outcome = async {
        while let Some(piece) = pieces.next().await {
            file.write_all(&piece.context("cannot read all that is held")?).with_context(cannot)?;
        }
        file.sync_all().with_context(cannot)?;
        std::fs::rename(&unfinished, output).with_context(|| format!("cannot name the file {}", output.display()))
    };
    let outcome = outcome.await;
    if outcome.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    outcome
}
