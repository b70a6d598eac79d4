//! Backups as files: packed, under another name until they are whole, with a bar for people.

use crate::config::Config;
use crate::house;
use crate::system::SystemClock;
use anyhow::{Context, Result};
use centre::Clock;
use centre::backup::{self, Manifest, Progress};
use db::Db;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// How hard it is packed: words shrink to a fifth, and the disk remains what is waited for.
const LEVEL: i32 = 3;

/// A backup in a file that is there, or not at all.
pub async fn to_file(config: &Config, db: &Db, path: &Path) -> Result<(Manifest, u64)> {
    let name = path.file_name().with_context(|| format!("{} is no name of a file", path.display()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unfinished = folder.join(format!(".{}.unfinished", name.to_string_lossy()));
    let made = into(config, db, &unfinished).await;
    let manifest = match made {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = std::fs::remove_file(&unfinished);
            return Err(error);
        }
    };
    let bytes = std::fs::metadata(&unfinished).map(|m| m.len()).unwrap_or_default();
    std::fs::rename(&unfinished, path).with_context(|| format!("cannot name the file {}", path.display()))?;
    File::open(folder).and_then(|f| f.sync_all()).with_context(|| format!("cannot sync {}", folder.display()))?;
    Ok((manifest, bytes))
}

async fn into(config: &Config, db: &Db, path: &Path) -> Result<Manifest> {
    let cannot = || format!("cannot write {}", path.display());
    // It holds what citizens wrote: nobody else on the machine reads it.
    let file = File::options().create(true).truncate(true).write(true).mode(0o600).open(path).with_context(cannot)?;
    let mut file = write(config, db, BufWriter::new(file)).await?;
    file.1.flush().with_context(cannot)?;
    file.1.get_ref().sync_all().with_context(cannot)?;
    Ok(file.0)
}

/// A backup written to `out`, packed.
pub async fn write<W: Write + Send>(config: &Config, db: &Db, out: W) -> Result<(Manifest, W)> {
    let store = house::store(config)?;
    let mut packed = zstd::Encoder::new(out, LEVEL).context("cannot pack the backup")?;
    packed.include_checksum(true).context("cannot pack the backup")?;
    let bar = bar("rows and files");
    let now = db::at::stored(SystemClock.now());
    let made =
        backup::make_from(db, &*store, now, env!("CARGO_PKG_VERSION"), &mut packed, &mut |p| show(&bar, p)).await;
    bar.finish_and_clear();
    let manifest = made.context("cannot make the backup")?;
    Ok((manifest, packed.finish().context("cannot write the backup")?))
}

/// The backup that is made of a database before its tables are changed.
pub fn before_migrating(config: &Config, first: &str) -> Result<PathBuf> {
    let folder = config.storage.data.join("backups");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    Ok(folder.join(format!("before-{first}-{}.tar.zst", stamp())))
}

/// The time as it stands in names of files.
pub fn stamp() -> String {
    SystemClock.now().format("%Y%m%dT%H%M%SZ").to_string()
}

/// Shown to people only.
pub fn bar(of: &str) -> ProgressBar {
    let target = match std::io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(None, target);
    let template = format!("{{bar:40}} {{percent:>3}}%  {{pos}} of {{len}} {of}  {{elapsed}} (left: {{eta}})");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style.progress_chars("━━ "));
    }
    bar
}

pub fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.all);
    bar.set_position(progress.done);
}

/// What a backup holds, in a line.
pub fn told(manifest: &Manifest, bytes: Option<u64>) -> String {
    let size = bytes.map_or_else(String::new, |bytes| format!(", {:.1} MB", mega(bytes)));
    format!("{} row(s) and {} file(s){size}", manifest.all_rows(), manifest.all_files())
}

fn mega(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0
}
