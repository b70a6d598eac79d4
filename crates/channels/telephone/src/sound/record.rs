//! A call as it was received: an append-only file of the payloads of both sides, which survives being cut anywhere.
//!
//! The file is the eight bytes `LAREC\0\0\x01` and then records, each a header of twelve bytes (all numbers
//! little-endian: CRC-32 of what follows, u32; ms since the start of the call, u32; length of the payload, u16;
//! channel, u8; codec, u8) and the payload. Reading ends before the first record that is cut or whose CRC does not
//! match, so that a crash costs at most the record that was being written.

use super::Codec;
use bytes::Bytes;
use std::io::{self, Read};

/// The first bytes of a file.
pub const MAGIC: [u8; 8] = *b"LAREC\0\0\x01";
const HEADER: usize = 12;

/// A side of the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Who called; the left of the two.
    Caller,
    /// Who answered; the right of the two.
    Operator,
}

/// One payload as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whose sound it is.
    pub channel: Channel,
    /// Its codec.
    pub codec: Codec,
    /// Its place in ms since the start of the call (see [`super::timeline::Timeline`]).
    pub at_ms: u32,
    /// The RTP payload.
    pub payload: Bytes,
}

/// Begins a file in a buffer.
pub fn begin(buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(&MAGIC);
}

/// Appends a record to a buffer, which the caller writes to the file. A payload of more than 65,535 bytes is none of
/// RTP and is left out.
pub fn append(buffer: &mut Vec<u8>, channel: Channel, codec: Codec, at_ms: u32, payload: &[u8]) {
    let Ok(length) = u16::try_from(payload.len()) else { return };
    let [t0, t1, t2, t3] = at_ms.to_le_bytes();
    let [l0, l1] = length.to_le_bytes();
    let head = [t0, t1, t2, t3, l0, l1, channel_byte(channel), codec_byte(codec)];
    buffer.extend_from_slice(&checksum(&head, payload).to_le_bytes());
    buffer.extend_from_slice(&head);
    buffer.extend_from_slice(payload);
}

/// Reads the records of a file one after the other, in the memory of one.
///
/// An error is one of the source itself; a file that is cut, broken or another's simply ends.
pub struct Reader<R> {
    source: R,
    begun: bool,
    ended: bool,
    good: u64,
}

impl<R: Read> Reader<R> {
    /// Reads from a source, which should be buffered.
    pub fn new(source: R) -> Self {
        Self { source, begun: false, ended: false, good: 0 }
    }

    /// How many bytes of the file have been read and are whole: where a writer may go on after a crash.
    pub fn good(&self) -> u64 {
        self.good
    }

    fn read(&mut self) -> io::Result<Option<Record>> {
        if !self.begun {
            let mut magic = [0; 8];
            if !fill(&mut self.source, &mut magic)? || magic != MAGIC {
                return Ok(None);
            }
            self.begun = true;
            self.good = 8;
        }
        let mut header = [0; HEADER];
        if !fill(&mut self.source, &mut header)? {
            return Ok(None);
        }
        let [c0, c1, c2, c3, head @ ..] = header;
        let [t0, t1, t2, t3, l0, l1, channel, codec] = head;
        let mut payload = vec![0; usize::from(u16::from_le_bytes([l0, l1]))];
        if !fill(&mut self.source, &mut payload)? || checksum(&head, &payload) != u32::from_le_bytes([c0, c1, c2, c3]) {
            return Ok(None);
        }
        let (Some(channel), Some(codec)) = (channel_of(channel), codec_of(codec)) else { return Ok(None) };
        self.good += u64::try_from(HEADER + payload.len()).unwrap_or(0);
        Ok(Some(Record { channel, codec, at_ms: u32::from_le_bytes([t0, t1, t2, t3]), payload: payload.into() }))
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read().transpose();
        self.ended = !matches!(read, Some(Ok(_)));
        read
    }
}

/// Fills a buffer; false if the source ends before.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn checksum(head: &[u8], payload: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(head);
    hasher.update(payload);
    hasher.finalize()
}

const fn channel_byte(channel: Channel) -> u8 {
    match channel {
        Channel::Caller => 0,
        Channel::Operator => 1,
    }
}

const fn channel_of(byte: u8) -> Option<Channel> {
    match byte {
        0 => Some(Channel::Caller),
        1 => Some(Channel::Operator),
        _ => None,
    }
}

const fn codec_byte(codec: Codec) -> u8 {
    match codec {
        Codec::Pcmu => 0,
        Codec::Pcma => 8,
        Codec::G722 => 9,
        Codec::Opus => 96,
    }
}

fn codec_of(byte: u8) -> Option<Codec> {
    Codec::ALL.into_iter().find(|codec| codec_byte(*codec) == byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records() -> impl Strategy<Value = Vec<Record>> {
        let record = (any::<bool>(), 0..4usize, any::<u32>(), proptest::collection::vec(any::<u8>(), 0..40));
        proptest::collection::vec(record, 0..12).prop_map(|records| {
            let record = |(caller, codec, at_ms, payload): (bool, usize, u32, Vec<u8>)| Record {
                channel: if caller { Channel::Caller } else { Channel::Operator },
                codec: Codec::ALL[codec],
                at_ms,
                payload: payload.into(),
            };
            records.into_iter().map(record).collect()
        })
    }

    fn file(records: &[Record]) -> (Vec<u8>, Vec<usize>) {
        let (mut buffer, mut ends) = (Vec::new(), Vec::new());
        begin(&mut buffer);
        for record in records {
            append(&mut buffer, record.channel, record.codec, record.at_ms, &record.payload);
            ends.push(buffer.len());
        }
        (buffer, ends)
    }

    proptest! {
        #[test]
        fn a_file_cut_at_any_byte_gives_all_that_was_whole(records in records(), cut in any::<prop::sample::Index>()) {
            let (buffer, ends) = file(&records);
            let cut = cut.index(buffer.len() + 1);
            let mut reader = Reader::new(&buffer[..cut]);
            let read: Vec<Record> = reader.by_ref().map(Result::unwrap).collect();
            let whole = ends.iter().filter(|end| **end <= cut).count();
            prop_assert_eq!(&read[..], &records[..whole]);
            let good = ends[..whole].last().copied().unwrap_or(if cut < 8 { 0 } else { 8 });
            prop_assert_eq!(reader.good(), good as u64);
        }

        #[test]
        fn a_changed_byte_ends_the_file_before_its_record(
            records in records(), at in any::<prop::sample::Index>(), bit in 0u8..8,
        ) {
            let (mut buffer, ends) = file(&records);
            let at = at.index(buffer.len());
            buffer[at] ^= 1u8 << bit;
            let whole = if at < 8 { 0 } else { ends.iter().filter(|end| **end <= at).count() };
            let read: Vec<Record> = Reader::new(&buffer[..]).map(Result::unwrap).collect();
            prop_assert_eq!(&read[..], &records[..whole]);
        }

        #[test]
        fn any_bytes_are_borne(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(Reader::new(&bytes[..]).count(), 0);
            let with_magic = [&MAGIC[..], &bytes].concat();
            prop_assert!(Reader::new(&with_magic[..]).all(|record| record.is_ok()));
        }
    }
}
