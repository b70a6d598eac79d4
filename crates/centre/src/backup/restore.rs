//! Bringing a backup back. It is read twice: once to see that every part is there and as it was, before anything is
//! touched; and once to take it.

use super::{Error, FILES, FORMAT, MANIFEST, Manifest, Part, Progress, Result, TABLES, archive};
use db::Db;
use db::dump::Restoring;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use std::io::Read;

/// Bytes that are read at once where nothing is kept of them.
const CHUNK: usize = 64 << 10;
/// No part and no manifest is larger: what claims to be is no backup of ours.
const LARGEST: u64 = 1 << 30;

/// A backup that was found to be whole.
#[derive(Debug, Clone)]
pub struct Found {
    pub manifest: Manifest,
}

/// Reads all of a backup, unpacked, and compares it with what it says of itself.
///
/// # Errors
/// [`Error::Damaged`]; [`Error::Newer`] when it cannot be understood here.
pub fn verify(from: &mut impl Read) -> Result<Found> {
    let mut seen: Vec<Part> = Vec::new();
    let manifest = loop {
        let Some((name, size)) = archive::next(from).map_err(damaged)? else {
            return Err(Error::Damaged("it has no manifest".to_owned()));
        };
        if name == MANIFEST {
            let text = whole(from, size)?;
            break serde_json::from_slice::<Manifest>(&text)
                .map_err(|e| Error::Damaged(format!("its manifest cannot be read: {e}")))?;
        }
        seen.push(Part { sha256: hashed(from, size)?, name, size });
    };
    // What stands between and behind the parts belongs to none: it is compared with the checksum at the very end.
    std::io::copy(from, &mut std::io::sink()).map_err(damaged)?;
    if manifest.format != FORMAT {
        return Err(Error::Newer { program: manifest.program, unknown: format!("format {}", manifest.format) });
    }
    let known = db::migration::known();
    let unknown: Vec<&str> =
        manifest.shape.migrations.iter().filter(|name| !known.contains(name)).map(String::as_str).collect();
    if !unknown.is_empty() {
        return Err(Error::Newer { unknown: unknown.join(", "), program: manifest.program });
    }
    if !known.starts_with(&manifest.shape.migrations) {
        return Err(Error::Damaged("its migrations are not in the order in which they are made here".to_owned()));
    }
    for (part, said) in seen.iter().zip(&manifest.parts) {
        if part != said {
            return Err(Error::Damaged(format!("{} is not as it was written", part.name)));
        }
    }
    if seen.len() != manifest.parts.len() {
        let (is, said) = (seen.len(), manifest.parts.len());
        return Err(Error::Damaged(format!("it has {is} parts, and says that they are {said}")));
    }
    Ok(Found { manifest })
}

/// Takes the rows and the files of a backup that was found to be whole. The rows are to be completed by the caller.
///
/// # Errors
/// When the database or the storage does not take something.
pub async fn load(
    from: &mut (impl Read + Send),
    found: &Found,
    into: &Restoring,
    store: &dyn ObjectStore,
    told: &mut (impl FnMut(Progress) + Send),
) -> Result<()> {
    let manifest = &found.manifest;
    let mut progress = Progress { done: 0, all: manifest.all_rows() + manifest.all_files() as u64 };
    while let Some((name, size)) = archive::next(from).map_err(damaged)? {
        if name == MANIFEST {
            return Ok(());
        }
        let bytes = whole(from, size)?;
        if let Some(file) = name.strip_prefix(FILES) {
            let failed = |why| Error::Store { doing: format!("keep the file {file}"), why };
            store.put(&Path::from(file), bytes.into()).await.map_err(failed)?;
            progress.done += 1;
        } else if let Some((table, _)) = name.strip_prefix(TABLES).and_then(|rest| rest.split_once('/')) {
            let known = manifest.shape.tables.iter().find(|known| known.name == table);
            let known = known.ok_or_else(|| Error::Damaged(format!("its manifest names no table {table}")))?;
            let (rows, count) = array(&bytes, &name)?;
            into.rows(known, rows).await.map_err(Error::storage(&format!("restore the table {table}")))?;
            progress.done += count;
        }
        told(progress);
    }
    Err(Error::Damaged("it has no manifest".to_owned()))
}

/// Says in the storage that it belongs to the database that was restored.
///
/// # Errors
/// When the database or the storage does not answer.
pub async fn hand_over(db: &Db, store: &dyn ObjectStore) -> Result<()> {
    let secret = db::secret::get(db.read(), crate::files::OWNER_SECRET).await?;
    let Some(owner) = secret else { return Ok(()) };
    let failed = |why| Error::Store { doing: "say in the storage whose it is".to_owned(), why };
    let owner = super::hex(&owner).into_bytes();
    store.put(&Path::from(crate::files::OWNER), owner.into()).await.map(drop).map_err(failed)
}

/// Lines as one array, and how many they are.
fn array(bytes: &[u8], name: &str) -> Result<(String, u64)> {
    let lines = std::str::from_utf8(bytes).map_err(|_| Error::Damaged(format!("{name} is not UTF-8")))?;
    let mut array = String::with_capacity(lines.len() + 2);
    array.push('[');
    let mut count = 0;
    for line in lines.lines() {
        if count > 0 {
            array.push(',');
        }
        array.push_str(line);
        count += 1;
    }
    array.push(']');
    Ok((array, count))
}

fn whole(from: &mut impl Read, size: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if size > LARGEST {
        return Err(Error::Damaged(format!("a part says that it has {size} bytes")));
    }
    let read = from.take(size).read_to_end(&mut bytes).map_err(damaged)? as u64;
    if read != size {
        return Err(Error::Damaged("it ends in the middle".to_owned()));
    }
    skip(from, size)?;
    Ok(bytes)
}

fn hashed(from: &mut impl Read, size: u64) -> Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; CHUNK];
    let mut rest = from.take(size);
    let mut seen = 0_u64;
    loop {
        let read = rest.read(&mut buffer).map_err(damaged)?;
        if read == 0 {
            break;
        }
        seen += read as u64;
        hash.update(buffer.get(..read).unwrap_or_default());
    }
    if seen != size {
        return Err(Error::Damaged("it ends in the middle".to_owned()));
    }
    skip(from, size)?;
    Ok(super::hex(&hash.finalize()))
}

/// Reads on past what fills a file's last block.
fn skip(from: &mut impl Read, size: u64) -> Result<()> {
    let mut block = [0_u8; 512];
    from.read_exact(block.get_mut(..archive::padding(size)).unwrap_or_default()).map_err(damaged)
}

fn damaged(error: std::io::Error) -> Error {
    Error::Damaged(error.to_string())
}
