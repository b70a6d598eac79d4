//! Offers and answers for the audio of telephone legs (RFC 3264 over RFC 8866): one codec and the keypad, over RTP or, with
//! keys in the description (RFC 4568), over SRTP. Browsers are no telephone legs; their descriptions are the media crate's.
//!
//! [`Description`] is what the far end says, read with `sdp-types`: its line grammar is complete, lenient about order as
//! real telephones need it, and kept up. What it knows nothing of is here: which of it makes sense for a telephone, and the
//! rules of offer and answer, which [`Session`] keeps for the whole call.

mod agreed;
mod codec;
mod description;
mod key;
mod session;
#[cfg(test)]
mod tests;
mod text;

pub use crate::sound::Codec;
pub use agreed::{Agreed, Keypad, Keys};
pub use codec::Events;
pub use description::{Audio, Description, Format, KeypadFormat, Line, Profile, Unreadable};
pub use key::{Crypto, Key, Suite};
pub use session::{Session, Srtp, Wants};

/// Which way audio flows, seen from whoever says it (RFC 8866 section 6.7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    #[default]
    SendRecv,
    /// On hold with music.
    SendOnly,
    RecvOnly,
    /// On hold in silence.
    Inactive,
}

impl Direction {
    #[must_use]
    pub fn new(sends: bool, receives: bool) -> Self {
        match (sends, receives) {
            (true, true) => Self::SendRecv,
            (true, false) => Self::SendOnly,
            (false, true) => Self::RecvOnly,
            (false, false) => Self::Inactive,
        }
    }

    #[must_use]
    pub fn sends(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }

    #[must_use]
    pub fn receives(self) -> bool {
        matches!(self, Self::SendRecv | Self::RecvOnly)
    }

    /// What remains of our wish when the far end has said this of itself (RFC 3264 section 6.1).
    #[must_use]
    pub fn against(self, theirs: Self) -> Self {
        Self::new(self.sends() && theirs.receives(), self.receives() && theirs.sends())
    }

    /// Its attribute's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }
}

/// Why there is no audio between the two ends. An offer is answered with 488 (RFC 3261 section 21.4.26) but for
/// [`Refused::Pending`]; after an answer the call is ended with BYE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no audio for a telephone in the description")]
    NoAudio,
    #[error("there is no common codec")]
    NoCodec,
    /// Plain RTP where SRTP is required.
    #[error("the audio is not encrypted")]
    NotEncrypted,
    /// SRTP where it is not wanted, as over a connection that all can read the keys on.
    #[error("the audio is encrypted, which is turned off here")]
    Encrypted,
    #[error("there is no key that can be used")]
    NoKey,
    /// IPv6 from an end that has IPv4, or the reverse.
    #[error("the address is of the other version of IP")]
    Unreachable,
    /// The answer does not fit the offer (RFC 3264 section 6).
    #[error("the answer does not fit the offer")]
    Mismatch,
    /// An offer of ours has no answer yet: theirs is answered with 491 (RFC 3261 section 14.2).
    #[error("an offer has no answer yet")]
    Pending,
    /// An answer came to no offer.
    #[error("there is no offer for this answer")]
    NothingOffered,
}
