//! The raw limit of what is durable: how often a second this disk syncs.

use anyhow::Result;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Syncs a second of small appended writes.
pub fn syncs_per_second(folder: &Path) -> Result<f64> {
    let mut file = std::fs::File::create(folder.join("syncs"))?;
    let began = Instant::now();
    let mut count = 0u32;
    while began.elapsed() < Duration::from_secs(1) {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}
