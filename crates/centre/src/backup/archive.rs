//! A tar archive of plain files (ustar, POSIX 1003.1-1990), written and read from its beginning to its end: any `tar`
//! lists it and takes it apart.

use std::io::{Error, ErrorKind, Read, Result, Write};

const BLOCK: usize = 512;
/// Where a field of the header stands, and how long it is.
const NAME: (usize, usize) = (0, 100);
const SIZE: (usize, usize) = (124, 12);
const CHECKSUM: (usize, usize) = (148, 8);
/// What the header holds beside name, size and checksum.
const FIXED: &[(usize, &[u8])] = &[
    (100, b"0000600\0"),
    (108, b"0000000\0"),
    (116, b"0000000\0"),
    (136, b"00000000000\0"),
    (156, b"0"),
    (257, b"ustar\0"),
    (263, b"00"),
];

/// Begins a file of so many bytes, which must follow, and then [`pad`].
pub fn begin(out: &mut impl Write, name: &str, size: u64) -> Result<()> {
    if name.len() >= NAME.1 {
        return Err(Error::new(ErrorKind::InvalidInput, format!("the name {name:?} is too long for the archive")));
    }
    let mut header = [0_u8; BLOCK];
    set(&mut header, NAME.0, name.as_bytes());
    for (at, bytes) in FIXED {
        set(&mut header, *at, bytes);
    }
    let octal = format!("{size:011o}\0");
    if octal.len() > SIZE.1 {
        return Err(Error::new(ErrorKind::InvalidInput, format!("{name:?} is too large for the archive")));
    }
    set(&mut header, SIZE.0, octal.as_bytes());
    let sum = checksum(&header);
    set(&mut header, CHECKSUM.0, format!("{sum:06o}\0 ").as_bytes());
    out.write_all(&header)
}

/// Fills the last block of a file.
pub fn pad(out: &mut impl Write, size: u64) -> Result<()> {
    let rest = padding(size);
    out.write_all([0_u8; BLOCK].get(..rest).unwrap_or_default())
}

/// Ends the archive.
pub fn end(out: &mut impl Write) -> Result<()> {
    out.write_all(&[0; BLOCK * 2])
}

/// The name and size of the next file, whose bytes follow; nothing at the end.
pub fn next(from: &mut impl Read) -> Result<Option<(String, u64)>> {
    let mut header = [0_u8; BLOCK];
    from.read_exact(&mut header)?;
    if header.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    let bad = |what: &str| Error::new(ErrorKind::InvalidData, format!("a header's {what} cannot be read"));
    let field = |(at, length): (usize, usize)| {
        let bytes = header.get(at..at + length).unwrap_or_default();
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        std::str::from_utf8(bytes.get(..end).unwrap_or_default()).map(str::trim).ok()
    };
    let number = |at| field(at).and_then(|digits| u64::from_str_radix(digits, 8).ok());
    if number(CHECKSUM) != Some(u64::from(checksum(&header))) {
        return Err(bad("checksum"));
    }
    let name = field(NAME).filter(|name| !name.is_empty()).ok_or_else(|| bad("name"))?;
    Ok(Some((name.to_owned(), number(SIZE).ok_or_else(|| bad("size"))?)))
}

/// Bytes that fill the last block of a file of this size.
pub fn padding(size: u64) -> usize {
    let over = usize::try_from(size % 512).unwrap_or_default();
    (BLOCK - over) % BLOCK
}

fn set(header: &mut [u8; BLOCK], at: usize, bytes: &[u8]) {
    for (to, from) in header.iter_mut().skip(at).zip(bytes) {
        *to = *from;
    }
}

/// The sum of a header's bytes, the checksum itself counted as spaces.
fn checksum(header: &[u8; BLOCK]) -> u32 {
    let own = CHECKSUM.0..CHECKSUM.0 + CHECKSUM.1;
    header.iter().enumerate().map(|(at, byte)| if own.contains(&at) { 32 } else { u32::from(*byte) }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        for (name, bytes) in [("tables/a.ndjson", &b"[1]\n"[..]), ("files/aa/bb", &[7; 512]), ("leer", b"")] {
            begin(&mut out, name, bytes.len() as u64).unwrap();
            out.extend_from_slice(bytes);
            pad(&mut out, bytes.len() as u64).unwrap();
        }
        end(&mut out).unwrap();
        assert_eq!(out.len() % BLOCK, 0);
        let mut from = &out[..];
        let mut found = Vec::new();
        while let Some((name, size)) = next(&mut from).unwrap() {
            let whole = usize::try_from(size).unwrap();
            found.push((name, from[..whole].to_vec()));
            from = &from[whole + padding(size)..];
        }
        assert_eq!(found[0], ("tables/a.ndjson".to_owned(), b"[1]\n".to_vec()));
        assert_eq!((found[1].1.len(), found[2].1.len(), found.len()), (512, 0, 3));
        out[0] = b'x';
        assert!(next(&mut &out[..]).unwrap_err().to_string().contains("checksum"));
        assert!(begin(&mut Vec::new(), &"x".repeat(100), 1).is_err());
    }
}
