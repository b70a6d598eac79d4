//! Our descriptions as text (RFC 8866 section 9). All of it is ours but the lines that are turned down, which repeat words
//! that [`super::Description`] has checked.

use super::{Codec, Crypto, Direction, Events, Line};
use std::fmt::Write as _;
use std::net::IpAddr;

/// The audio line that is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ours {
    pub port: u16,
    pub proto: String,
    /// Payload numbers and codecs.
    pub formats: Vec<(u8, Codec)>,
    /// Payload numbers and clocks.
    pub keypad: Vec<(u8, u32, Events)>,
    pub crypto: Option<Crypto>,
    pub mux: bool,
    pub direction: Direction,
}

/// A place among the lines; the order never changes within a call (RFC 3264 section 8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Ours(Ours),
    /// Turned down: port 0 (RFC 3264 section 6).
    Off {
        media: String,
        proto: String,
        formats: String,
    },
}

impl Place {
    pub(super) fn off(line: &Line) -> Self {
        Self::Off { media: line.media.clone(), proto: line.proto.clone(), formats: line.formats.clone() }
    }
}

/// All after the line `o=`.
pub(super) fn body(address: IpAddr, places: &[Place]) -> String {
    let mut text = format!("s=-\r\nc=IN {} {address}\r\nt=0 0\r\n", family(address));
    for place in places {
        // Writing to a string cannot fail.
        let _ = match place {
            Place::Off { media, proto, formats } => write!(text, "m={media} 0 {proto} {formats}\r\n"),
            Place::Ours(ours) => write(&mut text, ours),
        };
    }
    text
}

/// The lines before.
pub(super) fn head(id: u64, version: u64, address: IpAddr) -> String {
    format!("v=0\r\no=- {id} {version} IN {} {address}\r\n", family(address))
}

fn family(address: IpAddr) -> &'static str {
    if address.is_ipv4() { "IP4" } else { "IP6" }
}

fn write(text: &mut String, ours: &Ours) -> std::fmt::Result {
    write!(text, "m=audio {} {}", ours.port, ours.proto)?;
    for payload in ours.formats.iter().map(|f| f.0).chain(ours.keypad.iter().map(|k| k.0)) {
        write!(text, " {payload}")?;
    }
    text.push_str("\r\n");
    for (payload, codec) in &ours.formats {
        write!(text, "a=rtpmap:{payload} {}\r\n", codec.rtpmap())?;
        if *codec == Codec::Opus {
            // RFC 7587 section 6.1: speech in one channel, and what is lost can be made good from the next packet.
            write!(text, "a=fmtp:{payload} useinbandfec=1;stereo=0\r\n")?;
        }
    }
    for (payload, clock, events) in &ours.keypad {
        write!(text, "a=rtpmap:{payload} telephone-event/{clock}\r\na=fmtp:{payload} {events}\r\n")?;
    }
    text.push_str("a=ptime:20\r\n");
    if let Some(crypto) = &ours.crypto {
        write!(text, "{crypto}\r\n")?;
    }
    if ours.mux {
        text.push_str("a=rtcp-mux\r\n");
    }
    write!(text, "a={}\r\n", ours.direction.name())
}
