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
    let Place { data, database, .. } = empty(plan, postgres, name)?;
    let fill = program("lineaamica")?.with_file_name("examples").join("fill");
    let mut command = Command::new(&fill);
    command.arg(&data).arg(contacts.to_string()).arg(if solved { "solved" } else { "new" });
    if let Some(url) = &database {
        command.arg(url);
    }
    let status = command.status().with_context(|| format!("cannot run {}", fill.display()))?;
    ensure!(status.success(), "the database {name} could not be filled");
    if let Some(postgres) = postgres {
        postgres.sql(name, "VACUUM ANALYZE")?;
        postgres.sql(name, "CHECKPOINT")?;
    }
    Ok(Place { data, database, ..Place::default() })
}
