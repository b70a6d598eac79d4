//! `lineaamica export`.

use anyhow::{Context, Result};
use centre::{Centre, record};
use clap::Args;
use flate2::write::GzEncoder;
use model::record::Kind;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct Export {
    /// Only records of this type; may be given more than once. Without it, all.
    #[arg(long = "type", value_name = "TYPE")]
    kinds: Vec<Kind>,
    /// The file to write, compressed when its name ends in .gz or .zst; standard output without it.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        let kinds = if self.kinds.is_empty() { Kind::ALL } else { &self.kinds };
        let Some(path) = &self.output else {
            return match write(centre, kinds, &mut BufWriter::new(std::io::stdout().lock())).await {
                // Whoever read it has read enough.
                Err(error) if is_broken_pipe(&error) => Ok(()),
                outcome => outcome.map(drop),
            };
        };
        // Nobody finds half a file under the name that was asked for.
        let mut unfinished = path.clone().into_os_string();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        let count = to_file(centre, kinds, path, &unfinished).await;
        if count.is_err() {
            let _ = std::fs::remove_file(&unfinished);
        }
        eprintln!("{} record(s) written to {}.", count?, path.display());
        Ok(())
    }
}

async fn to_file(centre: &Centre, kinds: &[Kind], path: &Path, unfinished: &Path) -> Result<u64> {
    let cannot = || format!("cannot write {}", unfinished.display());
    let file = File::create(unfinished).with_context(cannot)?;
    let mut out = BufWriter::new(file);
    let count = match path.extension().and_then(OsStr::to_str) {
        Some("gz") => {
            let mut packed = GzEncoder::new(&mut out, flate2::Compression::default());
            let count = write(centre, kinds, &mut packed).await?;
            packed.finish().with_context(cannot)?;
            count
        }
        Some("zst") => {
            let mut packed = zstd::Encoder::new(&mut out, 3).with_context(cannot)?;
            let count = write(centre, kinds, &mut packed).await?;
            packed.finish().with_context(cannot)?;
            count
        }
        _ => write(centre, kinds, &mut out).await?,
    };
    let file = out.into_inner().with_context(cannot)?;
    file.sync_all().with_context(cannot)?;
    std::fs::rename(unfinished, path).with_context(|| format!("cannot name the file {}", path.display()))?;
    Ok(count)
}

/// Writes what stands in the database at one moment.
async fn write(centre: &Centre, kinds: &[Kind], out: &mut impl Write) -> Result<u64> {
    let view = centre.db().view().await?;
    let mut count = 0;
    for kind in kinds {
        let mut after = None;
        loop {
            let page = record::page(centre, &view, *kind, after)
                .await
                .with_context(|| format!("cannot read {kind} records"))?;
            for record in &page.records {
                writeln!(out, "{}", record.line()).context("cannot write a record")?;
                count += 1;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    out.flush().context("cannot write the last records")?;
    Ok(count)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|e| e.kind() == ErrorKind::BrokenPipe)
}
