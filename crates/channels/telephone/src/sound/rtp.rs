//! One RTP packet: read from a datagram without copying, written into a buffer that is used again.
//!
//! Any bytes can come from the network: reading never panics, and what is read can be written back unchanged but for
//! the padding.

const FIXED: usize = 12;
const VERSION: u8 = 2;

/// Why a datagram is not an RTP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It ends inside the header, the list of sources, the extension or the padding.
    #[error("the datagram of {0} bytes ends inside the RTP header")]
    Cut(usize),
    /// It is of another version, as STUN, DTLS and the old VAT are.
    #[error("the datagram is of RTP version {0}, not 2")]
    Version(u8),
    /// Its payload type is one of those that RFC 5761 section 4 leaves to RTCP on a shared port.
    #[error("the datagram is RTCP of type {0}")]
    Control(u8),
    /// It counts more bytes of padding than it has, or none (RFC 3550 section 5.1).
    #[error("the RTP packet claims {0} bytes of padding")]
    Padding(u8),
}

/// A header extension (RFC 3550 section 5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    /// The 16 bits defined by the profile.
    pub profile: u16,
    /// Its data, a multiple of four bytes when read; filled up with zeros to such a multiple when written.
    pub data: &'a [u8],
}

/// An RTP packet (RFC 3550 section 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet<'a> {
    /// Set on the first packet of a talkspurt, and on the first of an event.
    pub marker: bool,
    /// The payload type, 0 to 127.
    pub payload_type: u8,
    /// The sequence number, one more for each packet sent.
    pub sequence: u16,
    /// The sampling instant of the first sample, in ticks of the codec's clock.
    pub timestamp: u32,
    /// The synchronisation source.
    pub ssrc: u32,
    /// The header extension, if there is one.
    pub extension: Option<Extension<'a>>,
    /// The payload, without the padding.
    pub payload: &'a [u8],
    csrcs: &'a [u8],
}

impl<'a> Packet<'a> {
    /// A packet without marker, contributing sources and extension. Only the low seven bits of the payload type count.
    pub fn new(payload_type: u8, sequence: u16, timestamp: u32, ssrc: u32, payload: &'a [u8]) -> Self {
        let payload_type = payload_type & 0x7f;
        Self { marker: false, payload_type, sequence, timestamp, ssrc, extension: None, payload, csrcs: &[] }
    }

    /// Reads a datagram. Refuses what is RTCP, STUN or DTLS on the same port.
    pub fn parse(datagram: &'a [u8]) -> Result<Self, Error> {
        let cut = Error::Cut(datagram.len());
        let (&[first, second, s0, s1, t0, t1, t2, t3, c0, c1, c2, c3], rest) =
            datagram.split_first_chunk::<FIXED>().ok_or(cut)?;
        if first >> 6 != VERSION {
            return Err(Error::Version(first >> 6));
        }
        if (192..=223).contains(&second) {
            return Err(Error::Control(second));
        }
        let (csrcs, mut rest) = rest.split_at_checked(usize::from(first & 0x0f) * 4).ok_or(cut)?;
        let mut extension = None;
        if first & 0x10 != 0 {
            let (&[p0, p1, l0, l1], after) = rest.split_first_chunk::<4>().ok_or(cut)?;
            let words = usize::from(u16::from_be_bytes([l0, l1]));
            let (data, after) = after.split_at_checked(words * 4).ok_or(cut)?;
            extension = Some(Extension { profile: u16::from_be_bytes([p0, p1]), data });
            rest = after;
        }
        if first & 0x20 != 0 {
            let padding = rest.last().copied().ok_or(cut)?;
            let kept = rest.len().checked_sub(usize::from(padding)).filter(|_| padding != 0);
            rest = kept.and_then(|kept| rest.get(..kept)).ok_or(Error::Padding(padding))?;
        }
        Ok(Self {
            marker: second & 0x80 != 0,
            payload_type: second & 0x7f,
            sequence: u16::from_be_bytes([s0, s1]),
            timestamp: u32::from_be_bytes([t0, t1, t2, t3]),
            ssrc: u32::from_be_bytes([c0, c1, c2, c3]),
            extension,
            payload: rest,
            csrcs,
        })
    }

    /// The contributing sources, at most fifteen: those whom a mixer mixed.
    pub fn csrcs(&self) -> impl Iterator<Item = u32> + 'a {
        self.csrcs.as_chunks::<4>().0.iter().copied().map(u32::from_be_bytes)
    }

    /// Writes the packet, without padding, over what the buffer held. An extension longer than 65,535 words is left
    /// out.
    pub fn write(&self, buffer: &mut Vec<u8>) {
        let sources = u8::try_from(self.csrcs.len() / 4).unwrap_or(0) & 0x0f;
        let extension = self
            .extension
            .and_then(|extension| Some((extension, u16::try_from(extension.data.len().div_ceil(4)).ok()?)));
        let extended = if extension.is_some() { 0x10 } else { 0 };
        let marker = if self.marker { 0x80 } else { 0 };
        buffer.clear();
        buffer.push(VERSION << 6 | extended | sources);
        buffer.push(marker | self.payload_type & 0x7f);
        buffer.extend_from_slice(&self.sequence.to_be_bytes());
        buffer.extend_from_slice(&self.timestamp.to_be_bytes());
        buffer.extend_from_slice(&self.ssrc.to_be_bytes());
        buffer.extend(self.csrcs.iter().take(usize::from(sources) * 4));
        if let Some((Extension { profile, data }, words)) = extension {
            buffer.extend_from_slice(&profile.to_be_bytes());
            buffer.extend_from_slice(&words.to_be_bytes());
            buffer.extend_from_slice(data);
            buffer.extend(std::iter::repeat_n(0, usize::from(words) * 4 - data.len()));
        }
        buffer.extend_from_slice(self.payload);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_packet_of_a_telephone_is_read_field_by_field() {
        let datagram = [0x80, 0x88, 0x12, 0x34, 0, 0, 0, 160, 0xde, 0xad, 0xbe, 0xef, 0xd5, 0xd5];
        let packet = Packet::parse(&datagram).expect("a packet");
        assert!(packet.marker);
        assert_eq!((packet.payload_type, packet.sequence, packet.timestamp), (8, 0x1234, 160));
        assert_eq!((packet.ssrc, packet.payload), (0xdead_beef, &[0xd5, 0xd5][..]));
    }

    #[test]
    fn sources_extension_and_padding_are_taken_off_the_payload() {
        let mut datagram = vec![0xb2, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
        datagram.extend([0, 0, 0, 7, 0, 0, 0, 9]);
        datagram.extend([0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0]);
        datagram.extend([1, 2, 3, 0, 0, 3]);
        let packet = Packet::parse(&datagram).expect("a packet");
        assert_eq!(packet.csrcs().collect::<Vec<_>>(), [7, 9]);
        assert_eq!(packet.extension.map(|e| (e.profile, e.data)), Some((0xbede, &[0x10, 0xff, 0, 0][..])));
        assert_eq!(packet.payload, [1, 2, 3]);
    }

    #[test]
    fn what_is_not_rtp_is_refused_with_the_reason() {
        let mut report = [0u8; 28];
        (report[0], report[1]) = (0x80, 200);
        assert_eq!(Packet::parse(&report), Err(Error::Control(200)));
        let binding_request = [0u8, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(Packet::parse(&binding_request), Err(Error::Version(0)));
        assert_eq!(Packet::parse(&[0x80; 11]), Err(Error::Cut(11)));
        let padded = [0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
        assert_eq!(Packet::parse(&padded), Err(Error::Padding(9)));
        let unpadded = [0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(Packet::parse(&unpadded), Err(Error::Padding(0)));
        let sources_missing = [0x8f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
        assert_eq!(Packet::parse(&sources_missing), Err(Error::Cut(13)));
    }

    #[test]
    fn an_odd_extension_is_filled_up_with_zeros() {
        let extension = Some(Extension { profile: 1, data: &[5] });
        let mut buffer = Vec::new();
        Packet { extension, ..Packet::new(0, 1, 2, 3, &[9]) }.write(&mut buffer);
        let read = Packet::parse(&buffer).expect("a packet");
        assert_eq!(read.extension.map(|e| e.data), Some(&[5, 0, 0, 0][..]));
        assert_eq!(read.payload, [9]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_and_what_is_read_is_written_back(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..120),
            rtp in any::<bool>(),
        ) {
            if let (true, Some(first)) = (rtp, bytes.first_mut()) {
                *first = *first & 0x3f | 0x80;
            }
            if let Ok(packet) = Packet::parse(&bytes) {
                let mut buffer = vec![1, 2, 3];
                packet.write(&mut buffer);
                prop_assert_eq!(Packet::parse(&buffer), Ok(packet));
                if bytes[0] & 0x20 == 0 {
                    prop_assert_eq!(buffer, bytes);
                }
            }
        }
    }

    #[test]
    fn every_prefix_and_every_changed_byte_of_a_packet_is_borne() {
        let mut whole = vec![0xb1, 0x80, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 7, 0xbe, 0xde, 0, 1, 1, 2, 3, 4];
        whole.extend([9; 40]);
        for end in 0..=whole.len() {
            let _ = Packet::parse(&whole[..end]);
        }
        for at in 0..whole.len() {
            for value in 0..=255 {
                let mut changed = whole.clone();
                changed[at] = value;
                let _ = Packet::parse(&changed);
            }
        }
    }
}
