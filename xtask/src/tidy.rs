//! The house rules of the project that a program can check. Each rule is a function over the files of the repository.

mod docs;
mod files;
mod rust;

use anyhow::Result;
use files::File;

/// Something that breaks a rule: where, and which.
pub struct Finding {
    place: String,
    what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

type Rule = fn(&[File]) -> Vec<Finding>;

const RULES: &[Rule] = &[
    rust::opens_with_what_it_is_for,
    rust::stays_small,
    rust::no_drawers,
    rust::sql_in_db_alone,
    rust::siblings_do_not_meet,
    rust::no_sentences_for_people,
    docs::walkthroughs_name_what_is_there,
];

pub fn run() -> Result<()> {
    let files = files::all()?;
    let findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&files)).collect();
    for finding in &findings {
        eprintln!("{}: {}", finding.place, finding.what);
    }
    if !findings.is_empty() {
        eprintln!("{} house rules broken", findings.len());
        std::process::exit(1);
    }
    Ok(())
}
