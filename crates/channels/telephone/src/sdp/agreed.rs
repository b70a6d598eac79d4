//! What two ends have agreed on, and how it is chosen.

use super::{Audio, Codec, Crypto, Direction, Events, Format, Key, KeypadFormat, Suite};
use std::net::SocketAddr;

/// How audio goes between us and the far end from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    pub codec: Codec,
    /// The payload number of packets that we send.
    pub sends_as: u8,
    /// That of packets that come.
    pub receives_as: u8,
    /// Nothing when keys are heard as tones only.
    pub keypad: Option<Keypad>,
    pub remote: SocketAddr,
    /// Where our RTCP goes; the same as `remote` when it shares the port.
    pub rtcp: Option<SocketAddr>,
    pub mux: bool,
    pub sends: bool,
    pub receives: bool,
    /// Whether the far end has put us on hold: it does not want to hear us.
    pub held: bool,
    /// Milliseconds of audio that they want in a packet.
    pub ptime: u16,
    /// Nothing for plain RTP.
    pub keys: Option<Keys>,
}

/// Keypad events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keypad {
    pub sends_as: u8,
    pub receives_as: u8,
    pub events: Events,
}

/// SRTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    pub suite: Suite,
    /// What we send is encrypted with it.
    pub ours: Key,
    /// What comes is encrypted with it.
    pub theirs: Key,
}

/// The choice out of what is offered: a codec, and the keypad with the same clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub format: Format,
    pub keypad: Option<KeypadFormat>,
    pub key: Option<Crypto>,
}

impl Choice {
    /// The first of `codecs` that is offered. `now` stands before them: a call in progress keeps its codec.
    pub(super) fn of(audio: &Audio, codecs: &[Codec], now: Option<Codec>) -> Option<Self> {
        let mut wanted = now.into_iter().chain(codecs.iter().copied());
        let format = wanted.find_map(|codec| audio.formats.iter().find(|f| f.codec == codec))?;
        Some(Self { format: *format, keypad: keypad(audio, format.codec), key: audio.keys.first().copied() })
    }

    /// What follows for us from our answer to their offer; packets have their numbers both ways.
    pub(super) fn answered(&self, audio: &Audio, ours: Direction, mux: bool, key: Key) -> Agreed {
        Agreed {
            codec: self.format.codec,
            sends_as: self.format.payload,
            receives_as: self.format.payload,
            keypad: self.keypad.map(|k| Keypad { sends_as: k.payload, receives_as: k.payload, events: k.events }),
            remote: audio.rtp,
            rtcp: if mux { Some(audio.rtp) } else { audio.rtcp },
            mux,
            sends: ours.sends(),
            receives: ours.receives(),
            held: !audio.direction.receives(),
            ptime: ptime(audio),
            keys: self.key.map(|theirs| Keys { suite: theirs.suite, ours: key, theirs: theirs.key }),
        }
    }
}

/// The keypad with the clock of a codec, as its timestamps share one (RFC 4733 section 2.1). It has to tell at least a
/// digit.
pub(super) fn keypad(audio: &Audio, codec: Codec) -> Option<KeypadFormat> {
    audio.keypad.iter().find(|k| k.clock == codec.clock() && !k.events.is_empty()).copied()
}

/// What can be made out of frames of 10 ms and is no odd wish; 20 ms otherwise (RFC 3551 section 4.5).
pub(super) fn ptime(audio: &Audio) -> u16 {
    audio.ptime.filter(|ms| (10..=120).contains(ms) && ms % 10 == 0).unwrap_or(20)
}
