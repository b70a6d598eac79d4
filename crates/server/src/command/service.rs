//! `lineaamica service`.

use anyhow::{Context, Result, anyhow, bail};
use centre::service::{self, Plan, Wanted, written};
use centre::{By, Centre, Error};
use clap::{Args, Subcommand};
use model::service::Service as Definition;
use model::{QueueId, ServiceId};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Service {
    /// Lists the services: id, whether each takes contacts, name, queues.
    List,
    /// Writes a service as one TOML file, which applies to the same.
    Export {
        /// The service's id.
        id: String,
        /// Where to write; standard output when not given.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Says what a TOML file would change, without changing it.
    ///
    /// Exit status 0: nothing; 2: something; 1: the file cannot be taken.
    Compare(Sheet),
    /// Creates or changes a service from one TOML file, and says what changed.
    Apply(Sheet),
}

#[derive(Args)]
pub struct Sheet {
    file: PathBuf,
    /// Where the cases of a queue go that the file no longer has, and whoever serves it; may be given more than once.
    #[arg(long = "move", value_name = "QUEUE=OTHER", value_parser = moved)]
    moves: Vec<(QueueId, QueueId)>,
}

fn moved(text: &str) -> Result<(QueueId, QueueId), String> {
    let (from, to) = text.split_once('=').ok_or("a move is written as OLD=NEW, two ids of queues")?;
    Ok((QueueId::new(from.trim()), QueueId::new(to.trim())))
}

impl Service {
    pub async fn run(self, centre: &Centre) -> Result<ExitCode> {
        match self {
            Self::List => list(centre),
            Self::Export { id, output } => export(centre, &id, output).await?,
            Self::Compare(sheet) => return compare(centre, sheet).await,
            Self::Apply(sheet) => apply(centre, sheet).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(centre: &Centre) {
    for service in &centre.catalogue().services {
        let queues: Vec<&str> = service.queues.iter().map(|queue| queue.id.as_str()).collect();
        let stands = if service.active { "active" } else { "over" };
        println!("{:24}  {stands:6}  {:32}  {}", service.id, service.name, queues.join(", "));
    }
}

async fn export(centre: &Centre, id: &str, output: Option<PathBuf>) -> Result<()> {
    let service = match service::load(centre, &ServiceId::new(id)).await {
        Err(Error::NotFound(_)) => bail!("there is no service {id:?}; see: lineaamica service list"),
        loaded => loaded?,
    };
    let text = written::write(&service).with_context(|| format!("cannot write the service {id}"))?;
    match output {
        Some(file) => std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?,
        None => print!("{text}"),
    }
    Ok(())
}

/// A file, with the text that its flaws are lines of.
fn read(sheet: &Sheet) -> Result<(Definition, String)> {
    let file = sheet.file.display();
    let text = std::fs::read_to_string(&sheet.file).with_context(|| format!("cannot read {file}"))?;
    let service = written::read(&text).with_context(|| format!("cannot take {file}"))?;
    Ok((service, text))
}

async fn planned(centre: &Centre, sheet: &Sheet) -> Result<(Plan, Wanted)> {
    let (service, text) = read(sheet)?;
    let moves: BTreeMap<_, _> = sheet.moves.iter().cloned().collect();
    let wanted = Wanted { moves, ..Wanted::whole(service) };
    let plan = service::plan(centre, &wanted).await?;
    if !plan.flaws.is_empty() {
        let lines: Vec<String> = written::misread(&text, &plan.flaws).iter().map(ToString::to_string).collect();
        bail!("cannot take {}: {}", sheet.file.display(), lines.join("\n  "));
    }
    Ok((plan, wanted))
}

fn told(plan: &Plan) {
    for change in &plan.changes {
        println!("  {change}");
    }
    for topic in &plan.undeclared {
        println!("  ! a queue or a menu names the topic {topic}, which nobody has declared");
    }
    for doubt in &plan.doubts {
        println!("  ! {doubt}");
    }
    for gone in &plan.gone {
        let (queue, cases, serving) = (&gone.queue, gone.cases, gone.serving);
        let goes = if gone.stays { "comes to the other level" } else { "goes" };
        println!("  ! the queue {queue} {goes}: it holds {cases} case(s) and {serving} people serve it by name");
    }
}

async fn compare(centre: &Centre, sheet: Sheet) -> Result<ExitCode> {
    let (plan, _) = planned(centre, &sheet).await?;
    let id = &plan.after.id;
    if plan.changes.is_empty() {
        println!("Nothing would change in {id}.");
        return Ok(ExitCode::SUCCESS);
    }
    match plan.before {
        Some(_) => println!("{} would change {}:", sheet.file.display(), id),
        None => println!("{} would create {}:", sheet.file.display(), id),
    }
    told(&plan);
    Ok(ExitCode::from(2))
}

async fn apply(centre: &Centre, sheet: Sheet) -> Result<()> {
    let (plan, wanted) = planned(centre, &sheet).await?;
    let file = sheet.file.display();
    let (id, name) = (wanted.service.id.clone(), wanted.service.name.clone());
    match service::change(centre, By::System, wanted).await {
        Ok(changes) if changes.is_empty() => println!("Unchanged: {id} ({name}) is so already."),
        Ok(_) => {
            println!("Applied {id} ({name}).");
            told(&plan);
        }
        Err(Error::QueueInUse { queue, cases }) => {
            return Err(anyhow!(
                "cannot take {file}: the queue {queue} still holds {cases} case(s); say where they go: --move {queue}=OTHER (of the same level)"
            ));
        }
        Err(Error::QueueServed { queue, people }) => {
            return Err(anyhow!(
                "cannot take {file}: {people} of the staff serve the queue {queue} and no other, and would serve every one; say which they serve instead: --move {queue}=OTHER (of the same level)"
            ));
        }
        Err(error) => return Err(error).with_context(|| format!("cannot take {file}")),
    }
    Ok(())
}
