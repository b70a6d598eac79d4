//! Making a backup. The database is read in one view, which keeps nobody from writing; then the files that it names,
//! which never change.

use super::{Error, FILES, FORMAT, MANIFEST, Manifest, Part, Progress, Result, TABLES, archive};
use crate::Centre;
use chrono::{DateTime, Utc};
use db::{Db, Engine};
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;

/// Rows of one part, in bytes: what is held in memory.
const PART: usize = 4 << 20;
/// Rows between two reports of how far it has come.
const STEP: u64 = 2_000;

/// Writes a backup of the centre to `out`, unpacked.
///
/// # Errors
/// When the database, the storage or `out` does not take or give what it should.
pub async fn make(
    centre: &Centre,
    program: &str,
    out: &mut (impl Write + Send),
    told: &mut (impl FnMut(Progress) + Send),
) -> Result<Manifest> {
    make_from(centre.db(), centre.files().store(), centre.now(), program, out, told).await
}

/// As [`make`], of a database and a storage that need not be up to date.
///
/// # Errors
/// As [`make`].
pub async fn make_from(
    db: &Db,
    store: &dyn ObjectStore,
    now: DateTime<Utc>,
    program: &str,
    out: &mut (impl Write + Send),
    told: &mut (impl FnMut(Progress) + Send),
) -> Result<Manifest> {
    let view = db.view().await?;
    let shape = db::dump::shape(&view).await?;
    let mut all = 0;
    for table in &shape.tables {
        all += db::dump::count(&view, table).await?;
    }
    let mut progress = Progress { done: 0, all };
    let (mut parts, mut rows) = (Vec::new(), BTreeMap::new());
    for table in &shape.tables {
        let mut pieces = Pieces { table: &table.name, out: &mut *out, buffer: Vec::new(), parts: &mut parts, count: 0 };
        let mut count = 0_u64;
        db::dump::rows::<Error>(&view, table, |line| {
            count += 1;
            progress.done += 1;
            if progress.done.is_multiple_of(STEP) {
                told(progress);
            }
            pieces.line(line)
        })
        .await?;
        pieces.flush()?;
        rows.insert(table.name.clone(), count);
    }
    let files = db::dump::files(&view, &shape).await?;
    // The view ends here: however long the files take, the database may tidy up behind itself.
    drop(view);
    progress.all += files.len() as u64;
    let mut missing = Vec::new();
    for file in files {
        match put_file(store, &file, out).await? {
            Some(part) => parts.push(part),
            None => missing.push(file),
        }
        progress.done += 1;
        told(progress);
    }
    let engine = match db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let manifest = Manifest {
        format: FORMAT,
        program: program.to_owned(),
        engine: engine.to_owned(),
        made_at: now,
        shape,
        rows,
        parts,
        missing,
    };
    let text = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    put(out, MANIFEST, &text)?;
    archive::end(out)?;
    Ok(manifest)
}

/// A table's rows, gathered into parts.
struct Pieces<'a, W> {
    table: &'a str,
    out: &'a mut W,
    buffer: Vec<u8>,
    parts: &'a mut Vec<Part>,
    count: usize,
}

impl<W: Write> Pieces<'_, W> {
    fn line(&mut self, line: &str) -> Result<()> {
        self.buffer.extend_from_slice(line.as_bytes());
        self.buffer.push(b'\n');
        if self.buffer.len() >= PART { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        self.count += 1;
        let name = format!("{TABLES}{}/{:06}.ndjson", self.table, self.count);
        self.parts.push(put(self.out, &name, &self.buffer)?);
        self.buffer.clear();
        Ok(())
    }
}

fn put(out: &mut impl Write, name: &str, bytes: &[u8]) -> Result<Part> {
    let size = bytes.len() as u64;
    archive::begin(out, name, size)?;
    out.write_all(bytes)?;
    archive::pad(out, size)?;
    Ok(Part { name: name.to_owned(), size, sha256: super::hex(&Sha256::digest(bytes)) })
}

/// Copies a file; nothing when it is gone.
async fn put_file(store: &dyn ObjectStore, file: &str, out: &mut (impl Write + Send)) -> Result<Option<Part>> {
    let failed = |why| Error::Store { doing: format!("read the file {file}"), why };
    let found = match store.get(&Path::from(file)).await {
        Err(object_store::Error::NotFound { .. }) => return Ok(None),
        found => found.map_err(failed)?,
    };
    let (name, size) = (format!("{FILES}{file}"), found.meta.size);
    archive::begin(out, &name, size)?;
    let (mut hash, mut written) = (Sha256::new(), 0_u64);
    let mut bytes = found.into_stream();
    while let Some(some) = bytes.try_next().await.map_err(failed)? {
        hash.update(&some);
        written += some.len() as u64;
        out.write_all(&some)?;
    }
    if written != size {
        return Err(Error::Damaged(format!("the file {file} had {size} bytes and gave {written}")));
    }
    archive::pad(out, size)?;
    Ok(Some(Part { name, size, sha256: super::hex(&hash.finalize()) }))
}
