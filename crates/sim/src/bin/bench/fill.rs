//! Databases to measure on, filled through the centre's own intake.

use crate::Plan;
use anyhow::{Context, Result, ensure};
use sim::postgres::Postgres;
use sim::server::{Place, program};
use std::process::Command;

/// A place with a database of its own in which nothing is.
pub fn empty(plan: &Plan, postgres: Option<&Postgres>, name: &str) -> Result<Place> {
    let data = plan.folder.join(name);
    std::fs::create_dir_all(&data)?;
    let database = match postgres {
        Some(postgres) => {
            postgres.sql("postgres", &format!("CREATE DATABASE {name}"))?;
            Some(postgres.url(name))
        }
        None => None,
    };
    Ok(Place { data, database, ..Place::default() })
}

/// A database of its own, with `contacts` contacts in it.
pub fn filled(plan: &Plan, postgres: Option<&Postgres>, name: &str, contacts: u64, solved: bool) -> Result<Place> {
    let place = empty(plan, postgres, name)?;
    run(&place, contacts, if solved { "solved" } else { "new" })?;
    if let Some(postgres) = postgres {
        postgres.sql(name, "VACUUM ANALYZE")?;
        postgres.sql(name, "CHECKPOINT")?;
    }
    Ok(place)
}

/// So many cases, most of them solved.
pub fn cases(place: &Place, count: u64) -> Result<()> {
    run(place, count, "solved")
}

/// Takes on so many who take calls by telephone.
pub fn operators(place: &Place, count: usize) -> Result<()> {
    run(place, u64::try_from(count)?, "operators")
}

fn run(place: &Place, count: u64, what: &str) -> Result<()> {
    let fill = program("lineaamica")?.with_file_name("examples").join("fill");
    let mut command = Command::new(&fill);
    command.arg(&place.data).arg(count.to_string()).arg(what).args(&place.database);
    let status = command.status().with_context(|| format!("cannot run {}", fill.display()))?;
    ensure!(status.success(), "{} could not be filled", place.data.display());
    Ok(())
}
