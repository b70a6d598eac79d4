//! SRTP (RFC 3711) under keys that stand in the description: what a packet says is encrypted by AES in counter mode, and all
//! of it is sealed by HMAC-SHA1. No number of a source is sealed twice under a key, and none is opened twice.
//!
//! Whether a new key makes a stream count anew is read in two ways: RFC 3711 section 3.3.1 keeps the count, RFC 4568 section
//! 7.1.4 begins a new one where the address changes, too, and some do so with every key. We take both, and send what both
//! take: a new key is that of a new source, which counts from the beginning by every reading.

mod derived;
#[cfg(test)]
mod tests;
mod window;

use crate::sdp::{Keys, Suite};
use derived::Derived;
use window::Window;

/// The fixed part of an RTP header.
const FIXED: usize = 12;
/// Sources that a far end may have had in one call: it takes a new one when its sound comes from elsewhere.
const SOURCES: usize = 16;

/// Why a packet goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the packet ends inside its header or seal")]
    Cut,
    #[error("the packet's number was there already, or is too old to tell")]
    Again,
    #[error("the seal is not the packet's")]
    Forged,
    #[error("the far end has changed its source too often")]
    Sources,
}

/// Both ways of one leg.
pub struct Srtp {
    keys: Keys,
    ours: Derived,
    sent: Option<Window>,
    theirs: Derived,
    received: Vec<Source>,
}

/// A source of the far end.
struct Source {
    number: u32,
    window: Window,
    /// Its key is new, and nothing has shown yet whether it goes on counting or begins anew.
    is_open: bool,
}

impl Srtp {
    #[must_use]
    pub fn new(keys: Keys) -> Self {
        let (ours, theirs) = (Derived::of(&keys.ours), Derived::of(&keys.theirs));
        Self { keys, ours, sent: None, theirs, received: Vec::new() }
    }

    /// Other keys from now on, and another source of ours: whoever sends has it count from the beginning.
    pub fn change(&mut self, keys: Keys) {
        (self.ours, self.sent) = (Derived::of(&keys.ours), None);
        if keys.theirs != self.keys.theirs {
            self.theirs = Derived::of(&keys.theirs);
            self.received.iter_mut().for_each(|source| source.is_open = true);
        }
        self.keys = keys;
    }

    /// Encrypts a packet where it stands, and puts the seal after it.
    ///
    /// # Errors
    /// [`Refused::Again`] for a number that was sent before, [`Refused::Cut`] for what is no RTP.
    pub fn seal(&mut self, packet: &mut Vec<u8>) -> Result<(), Refused> {
        let Header { length, sequence, source } = header(packet).ok_or(Refused::Cut)?;
        let index = Window::place(self.sent.as_ref(), sequence).ok_or(Refused::Again)?;
        self.ours.encrypt(source, index, packet.get_mut(length..).ok_or(Refused::Cut)?);
        let seal = self.ours.seal(packet, index);
        packet.extend(seal.iter().take(sealed(self.keys.suite)));
        self.sent.get_or_insert_default().note(index);
        Ok(())
    }

    /// Opens a packet where it stands: how much of it is RTP.
    ///
    /// # Errors
    /// Why it is not taken; nothing is remembered of it then.
    pub fn open(&mut self, packet: &mut [u8]) -> Result<usize, Refused> {
        let end = packet.len().checked_sub(sealed(self.keys.suite)).ok_or(Refused::Cut)?;
        let (packet, seal) = packet.split_at_mut_checked(end).ok_or(Refused::Cut)?;
        let Header { length, sequence, source } = header(packet).ok_or(Refused::Cut)?;
        let theirs = &self.theirs;
        let is_told = |window: Option<&Window>| {
            let index = Window::place(window, sequence).ok_or(Refused::Again)?;
            theirs.sealed(packet, index, seal).then_some(index).ok_or(Refused::Forged)
        };
        let index = match self.received.iter_mut().find(|known| known.number == source) {
            Some(known) => {
                let goes_on = is_told(Some(&known.window));
                let index = match goes_on {
                    Err(_) if known.is_open => {
                        let index = is_told(None)?;
                        known.window = Window::default();
                        index
                    }
                    goes_on => goes_on?,
                };
                known.is_open = false;
                known.window.note(index);
                index
            }
            None => {
                let index = is_told(None)?;
                if self.received.len() == SOURCES {
                    return Err(Refused::Sources);
                }
                let mut window = Window::default();
                window.note(index);
                self.received.push(Source { number: source, window, is_open: false });
                index
            }
        };
        self.theirs.encrypt(source, index, packet.get_mut(length..).ok_or(Refused::Cut)?);
        Ok(end)
    }
}

/// Bytes of a seal (RFC 4568 section 6.2).
fn sealed(suite: Suite) -> usize {
    match suite {
        Suite::Sha1_80 => 10,
        Suite::Sha1_32 => 4,
    }
}

/// What of a packet stays readable.
struct Header {
    /// With sources and extension.
    length: usize,
    sequence: u16,
    source: u32,
}

fn header(packet: &[u8]) -> Option<Header> {
    let (&[first, _, s0, s1, _, _, _, _, c0, c1, c2, c3], rest) = packet.split_first_chunk::<FIXED>()?;
    let mut length = FIXED + usize::from(first & 0x0f) * 4;
    if first & 0x10 != 0 {
        let extension = rest.get(length - FIXED..)?;
        let &[_, _, l0, l1] = extension.first_chunk::<4>()?;
        length += 4 + usize::from(u16::from_be_bytes([l0, l1])) * 4;
    }
    let sequence = u16::from_be_bytes([s0, s1]);
    (length <= packet.len()).then_some(Header { length, sequence, source: u32::from_be_bytes([c0, c1, c2, c3]) })
}
