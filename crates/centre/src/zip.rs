//! A ZIP archive (PKWARE's APPNOTE 6.3.3), written from its beginning to its end into chunks that are taken as they come:
//! however large its files, little of them is ever in memory. Every file is deflated, with its size behind it.

use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

const LOCAL: u32 = 0x0403_4b50;
const BEHIND: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Sizes stand behind the file (bit 3); names are UTF-8 (bit 11).
const FLAGS: u16 = 1 << 3 | 1 << 11;
const DEFLATED: u16 = 8;
/// What a reader has to understand: 2.0, deflated files.
const VERSION: u16 = 20;

/// An archive that is being written.
pub struct Zip {
    out: Vec<u8>,
    /// Bytes that were taken already.
    taken: u64,
    entries: Vec<Entry>,
    time: (u16, u16),
    open: Option<Open>,
}

struct Entry {
    name: String,
    crc: u32,
    packed: u64,
    size: u64,
    at: u64,
}

struct Open {
    name: String,
    at: u64,
    begins: u64,
    crc: Crc,
    packer: DeflateEncoder<Vec<u8>>,
    size: u64,
}

impl Zip {
    /// `now` is when its files were changed, as the archive says.
    pub fn new(now: DateTime<Utc>) -> Self {
        let part = |number: u32| u16::try_from(number).unwrap_or_default();
        let year = part(u32::try_from(now.year() - 1980).unwrap_or_default());
        let time = part(now.hour()) << 11 | part(now.minute()) << 5 | part(now.second() / 2);
        let date = year << 9 | part(now.month()) << 5 | part(now.day());
        Self { out: Vec::new(), taken: 0, entries: Vec::new(), time: (time, date), open: None }
    }

    /// Begins a file.
    pub fn begin(&mut self, name: &str) {
        self.finish();
        let at = self.place();
        self.number(LOCAL);
        self.short(VERSION);
        self.head();
        for _ in 0..3 {
            self.number(0);
        }
        self.length(name.len());
        self.short(0);
        self.out.extend_from_slice(name.as_bytes());
        let (begins, packer) = (self.place(), DeflateEncoder::new(Vec::new(), Compression::default()));
        self.open = Some(Open { name: name.to_owned(), at, begins, crc: Crc::new(), packer, size: 0 });
    }

    /// More of the file that was begun.
    pub fn more(&mut self, bytes: &[u8]) {
        let Some(open) = &mut self.open else { return };
        open.crc.update(bytes);
        open.size += bytes.len() as u64;
        // A vector takes whatever is written into it.
        let _ = open.packer.write_all(bytes);
        self.out.append(open.packer.get_mut());
    }

    /// A whole file.
    pub fn file(&mut self, name: &str, bytes: &[u8]) {
        self.begin(name);
        self.more(bytes);
    }

    /// Takes what is ready to go.
    pub fn take(&mut self) -> Vec<u8> {
        self.taken += self.out.len() as u64;
        std::mem::take(&mut self.out)
    }

    /// The rest of the archive.
    pub fn end(mut self) -> Vec<u8> {
        self.finish();
        let begins = self.place();
        let mut count = 0;
        for entry in std::mem::take(&mut self.entries) {
            self.number(CENTRAL);
            // Made where names are UTF-8 and files have modes (Unix).
            self.short(3 << 8 | VERSION);
            self.short(VERSION);
            self.head();
            self.number(entry.crc);
            self.size(entry.packed);
            self.size(entry.size);
            self.length(entry.name.len());
            for _ in 0..4 {
                self.short(0);
            }
            self.number(0o100_600 << 16);
            self.size(entry.at);
            self.out.extend_from_slice(entry.name.as_bytes());
            count += 1;
        }
        let length = self.place() - begins;
        self.number(END);
        self.number(0);
        self.short(count);
        self.short(count);
        self.size(length);
        self.size(begins);
        self.short(0);
        self.out
    }

    /// Ends the file that was begun.
    fn finish(&mut self) {
        let Some(open) = self.open.take() else { return };
        let rest = open.packer.finish().unwrap_or_default();
        self.out.extend_from_slice(&rest);
        let packed = self.place() - open.begins;
        let crc = open.crc.sum();
        self.number(BEHIND);
        self.number(crc);
        self.size(packed);
        self.size(open.size);
        self.entries.push(Entry { name: open.name, crc, packed, size: open.size, at: open.at });
    }

    fn place(&self) -> u64 {
        self.taken + self.out.len() as u64
    }

    /// What the local and the central head have in common.
    fn head(&mut self) {
        self.short(FLAGS);
        self.short(DEFLATED);
        self.short(self.time.0);
        self.short(self.time.1);
    }

    fn short(&mut self, number: u16) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }
    fn number(&mut self, number: u32) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }
    fn length(&mut self, length: usize) {
        self.short(u16::try_from(length).unwrap_or(u16::MAX));
    }
    /// One person's archive is smaller than 4 GiB: what is larger stands as the largest that can be said.
    fn size(&mut self, size: u64) {
        self.number(u32::try_from(size).unwrap_or(u32::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// Takes the archive apart by its directory at the end.
    fn read(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        let short = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let whole = |at: usize| usize::try_from(number(at)).unwrap();
        let end = bytes.len() - 22;
        assert_eq!(number(end), END);
        let mut at = whole(end + 16);
        let mut files = Vec::new();
        for _ in 0..short(end + 10) {
            assert_eq!(number(at), CENTRAL);
            let (crc, packed, size, length, local) =
                (number(at + 16), whole(at + 20), whole(at + 24), short(at + 28), whole(at + 42));
            let name = String::from_utf8(bytes[at + 46..at + 46 + length].to_vec()).unwrap();
            assert_eq!(number(local), LOCAL);
            let begins = local + 30 + short(local + 26);
            let mut content = Vec::new();
            flate2::read::DeflateDecoder::new(&bytes[begins..begins + packed]).read_to_end(&mut content).unwrap();
            let mut sum = Crc::new();
            sum.update(&content);
            assert_eq!((sum.sum(), content.len()), (crc, size));
            files.push((name, content));
            at += 46 + length;
        }
        files
    }

    #[test]
    fn what_is_written_is_read_whenever_it_was_taken() {
        let mut zip = Zip::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        let mut all = Vec::new();
        zip.file("perché.json", b"{}");
        all.extend(zip.take());
        zip.begin("grande");
        for _ in 0..100 {
            zip.more(&[42; 10_000]);
            all.extend(zip.take());
        }
        zip.file("vuoto", b"");
        all.extend(zip.end());
        let files = read(&all);
        assert_eq!(files[0], ("perché.json".to_owned(), b"{}".to_vec()));
        assert_eq!((files[1].1.len(), files[2].1.len()), (1_000_000, 0));
    }
}
