//! Writes the invented year to a file: `cargo run --package sim --example year -- FILE`.

use anyhow::{Context, Result};
use sim::year::{self, Sizes};
use std::io::{BufWriter, Write};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("usage: year FILE")?;
    let mut out = BufWriter::new(std::fs::File::create(&path).with_context(|| format!("cannot write {path}"))?);
    year::write(&mut out, Sizes::years(1))?;
    Ok(out.flush()?)
}
