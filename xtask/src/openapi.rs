//! Writes `openapi/v1.json` from the code.

use anyhow::{Result, ensure};
use std::process::Command;

pub fn run() -> Result<()> {
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--package", "api", "--example", "openapi", "--", "openapi/v1.json"])
        .status()?;
    ensure!(status.success(), "the description could not be written");
    Ok(())
}
