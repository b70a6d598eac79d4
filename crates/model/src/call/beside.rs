//! Who else has to do with a talk: somebody it is handed on to, or who is asked while the caller waits, or who joins it.

use crate::problem::UnknownWord;
use crate::word::words;
use crate::{QueueId, UserId};

/// Whom a talk is handed on to, or who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Operator(UserId),
    /// Whoever takes the next piece of this queue, be it of the back office.
    Queue(QueueId),
    /// A number outside, in E.164.
    Outside(String),
}

impl std::fmt::Display for Whom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Operator(id) => write!(f, "operator:{id}"),
            Self::Queue(id) => write!(f, "queue:{id}"),
            Self::Outside(number) => write!(f, "outside:{number}"),
        }
    }
}

impl std::str::FromStr for Whom {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let unknown = || UnknownWord { noun: "Whom", word: word.to_owned() };
        match word.split_once(':').filter(|(_, what)| !what.is_empty()).ok_or_else(unknown)? {
            ("operator", id) => id.parse().map(Self::Operator).map_err(|_| unknown()),
            ("queue", id) => Ok(Self::Queue(QueueId::new(id))),
            ("outside", number) => Ok(Self::Outside(number.to_owned())),
            _ => Err(unknown()),
        }
    }
}

words!(
    /// How whoever is beside stands to the talk.
    BesideState {
        /// The operator has asked for them.
        Wanted = "wanted",
        Ringing = "ringing",
        /// They speak with the operator; the caller hears music.
        Consulted = "consulted",
        /// All three speak.
        Joined = "joined",
    }
);

/// Somebody beside a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    pub whom: Whom,
    pub state: BesideState,
}

words!(
    /// Why a talk could not be handed on, or nobody be asked.
    Trouble {
        /// They are in a talk, in a pause, or not there.
        NotFree = "not-free",
        NoAnswer = "no-answer",
        Busy = "busy",
        /// The queue is closed.
        Closed = "closed",
        /// A number that may not be called, or one call too many today.
        NotAllowed = "not-allowed",
        /// There is no way to it: no trunk, no such number.
        NoWay = "no-way",
    }
);

words!(
    /// How a supervisor takes part in a talk.
    Oversight {
        /// Hears both.
        Listen = "listen",
        /// Is heard by the operator alone, too.
        Whisper = "whisper",
        /// Is heard by both.
        Join = "join",
    }
);

/// A supervisor who takes part in a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overseer {
    pub who: UserId,
    pub how: Oversight,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_is_read_as_it_was_written() {
        let all = [
            Whom::Operator(UserId(7)),
            Whom::Queue(QueueId::new("urp-front")),
            Whom::Outside("+390612345678".to_owned()),
        ];
        for whom in all {
            assert_eq!(whom.to_string().parse::<Whom>().unwrap(), whom);
        }
        for wrong in ["", "operator:", "operator:x", "someone:7", "queue"] {
            assert!(wrong.parse::<Whom>().is_err(), "{wrong}");
        }
    }
}
