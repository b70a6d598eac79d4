//! Measurements of the whole program: builds it for release and lets the load generator measure it.

use anyhow::{Result, ensure};
use std::process::Command;

pub fn run(name: &str, runs: usize, engine: Option<&str>) -> Result<()> {
    let cargo = |words: &[&str]| -> Result<()> {
        let status = Command::new("cargo").args(words).status()?;
        ensure!(status.success(), "cargo {} failed", words.join(" "));
        Ok(())
    };
    cargo(&["build", "--quiet", "--release", "--package", "lineaamica", "--package", "sim", "--bins"])?;
    cargo(&["build", "--quiet", "--release", "--package", "centre", "--example", "fill"])?;
    let runs = runs.to_string();
    let mut words =
        vec!["run", "--quiet", "--release", "--package", "sim", "--bin", "bench", "--", name, "--runs", &runs];
    if let Some(engine) = engine {
        words.extend(["--engine", engine]);
    }
    cargo(&words)
}
