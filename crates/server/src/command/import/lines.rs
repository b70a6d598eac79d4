//! The lines of a file, unpacked and read on a thread of their own, a batch at a time.

use anyhow::{Context, Result};
use centre::record::Line;
use model::record;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

/// Longest line, in bytes: what is longer is no record, and is not kept in memory to find out.
const LINE_MAX: usize = 4 << 20;

/// Some of a file's records of one rank.
#[derive(Default)]
pub struct Batch {
    pub lines: Vec<Line>,
    /// Lines that are no records, with their reasons.
    pub refused: Vec<(u64, String)>,
    /// Bytes of the file that were read for it.
    pub bytes: u64,
}

/// How large a file is.
///
/// # Errors
/// When it cannot be opened.
pub fn size(path: &Path) -> Result<u64> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let about = file.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    anyhow::ensure!(about.is_file(), "cannot read {}: it is no file", path.display());
    Ok(about.len())
}

/// Reads the records of a rank, so many at a time. Lines that are no records at all are told with the first rank.
pub fn read(path: PathBuf, rank: u8, most: usize) -> mpsc::Receiver<Batch> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let far = Arc::new(AtomicU64::new(0));
        let mut batch = Batch::default();
        let read = read_all(&path, rank, most, &far, &mut batch, &sender);
        batch.refused.extend(read.err().filter(|_| rank == 0));
        batch.bytes = far.swap(0, Ordering::Relaxed);
        // Whoever wanted it may have given up.
        let _ = sender.blocking_send(batch);
    });
    receiver
}

fn read_all(
    path: &Path,
    rank: u8,
    most: usize,
    far: &Arc<AtomicU64>,
    batch: &mut Batch,
    sender: &mpsc::Sender<Batch>,
) -> Result<(), (u64, String)> {
    let mut place = 1;
    let broken = |place, error: std::io::Error| (place, format!("the file cannot be read any further: {error}"));
    let mut input = open(path, far.clone()).map_err(|error| broken(place, error))?;
    let mut line = Vec::new();
    loop {
        line.clear();
        let longest = u64::try_from(LINE_MAX + 1).unwrap_or(u64::MAX);
        let read = (&mut input).take(longest).read_until(b'\n', &mut line).map_err(|error| broken(place, error))?;
        if read == 0 {
            return Ok(());
        }
        let is_too_long = line.len() > LINE_MAX && line.last() != Some(&b'\n');
        if is_too_long {
            skip_line(&mut input).map_err(|error| broken(place, error))?;
        }
        let record = match is_too_long {
            true => (rank == 0).then(|| Err("longer than 4 MiB".to_owned())),
            false => wanted(&line, place, rank),
        };
        match record {
            Some(Ok(record)) => batch.lines.push(Line { place, record }),
            Some(Err(why)) => batch.refused.push((place, why)),
            None => {}
        }
        place += 1;
        if batch.lines.len() + batch.refused.len() >= most {
            batch.bytes = far.swap(0, Ordering::Relaxed);
            if sender.blocking_send(std::mem::take(batch)).is_err() {
                return Ok(());
            }
        }
    }
}

/// The record of a line, if it is of this rank.
fn wanted(line: &[u8], place: u64, rank: u8) -> Option<Result<record::Record, String>> {
    let line = if place == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    let told_once = |why: String| (rank == 0).then_some(Err(why));
    let Ok(text) = std::str::from_utf8(line) else { return told_once("not UTF-8".to_owned()) };
    let text = text.trim_end_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return None;
    }
    match record::kind_of(text) {
        Err(refused) => told_once(refused.to_string()),
        Ok(kind) if kind.rank() != rank => None,
        Ok(_) => Some(record::read(text).map_err(|refused| refused.to_string())),
    }
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let some = input.fill_buf()?;
        let (read, ends) = match some.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (some.len(), some.is_empty()),
        };
        input.consume(read);
        if ends {
            return Ok(());
        }
    }
}

/// Opens a file, unpacking what its first bytes say is packed, whatever its name.
fn open(path: &Path, far: Arc<AtomicU64>) -> std::io::Result<Box<dyn BufRead>> {
    let mut file = File::open(path)?;
    let mut magic = [0; 4];
    let mut filled = 0;
    while let Some(rest) = magic.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            read => filled += read,
        }
    }
    file.rewind()?;
    let counted = BufReader::with_capacity(1 << 16, Counted { file, far });
    Ok(match magic {
        [0x1F, 0x8B, ..] => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(counted))),
        [0x28, 0xB5, 0x2F, 0xFD] => Box::new(BufReader::new(zstd::Decoder::with_buffer(counted)?)),
        _ => Box::new(counted),
    })
}

/// Counts what is read of a file.
struct Counted {
    file: File,
    far: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(into)?;
        self.far.fetch_add(u64::try_from(read).unwrap_or_default(), Ordering::Relaxed);
        Ok(read)
    }
}
