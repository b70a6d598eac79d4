//! What goes in and out of the voice menu: what was heard of the caller and of the queue, and what is to be done.

use super::phrase::Phrase;
use chrono::{DateTime, TimeDelta, Utc};
use model::contact::Outcome;
use model::queue::Offer;
use model::service::Prompt;
use model::{QueueId, ServiceId, TopicId};

/// How the line stands when the call comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    Open,
    /// Outside the hours.
    Closed {
        opens: Option<DateTime<Utc>>,
        holiday: bool,
    },
    /// Nobody else can wait.
    Full,
    /// Closed by hand, with what was written or recorded then; where it says nothing, the prompt of the service does.
    Emergency(Prompt),
}

impl Opening {
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }
}

/// Who calls, as far as the call says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// As the trunk gives it; whoever hides it has none.
    pub number: Option<String>,
    /// The language that they chose or spoke the last time.
    pub known_language: Option<String>,
    /// False where a number is barred or has asked too often.
    pub may_call_back: bool,
}

/// Where a caller wants to go. Without a queue it is that of the topic, as the centre knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub queue: Option<QueueId>,
    pub topic: Option<TopicId>,
    pub language: String,
}

/// What happened. What a state has no use for is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// `0` to `9`, `*`, `#`. Whatever of the speech can be cut off has been, all of it.
    Digit(char),
    /// All that was to be said has been played, or could not be.
    Said,
    /// The seconds of [`Act::Listen`] went by without a digit. They count from the end of the speech.
    Silence,
    /// Time for a word on the place: the first is 1. `wait` is what was measured.
    Place { place: u32, wait: Option<TimeDelta> },
    /// A step of the queue's overflow: whoever waits so long can choose this.
    Offer(Offer),
    /// An operator takes the call; the bridge is made.
    Connecting,
    /// They talk.
    Connected,
    /// The operator's line broke; the caller is first in the queue again.
    OperatorGone,
    /// The operator has handed the caller on to somebody else.
    HandedOn,
    /// The operator hung up, the caller did not.
    TalkOver,
    /// The line closes while the caller is in the menu or waits.
    Closing(Opening),
    /// [`Act::Callback`] or [`Act::Redirect`] is done, durably.
    Done,
    /// It could not be done; nor could a message be taken.
    Failed,
    /// The number is not one that we may call.
    NotCallable,
    /// The message is over: it is kept, or there was nothing in it.
    Recorded { kept: bool },
}

/// What is to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// After what is being said. Speech that can be cut off ends at the first digit. [`Heard::Said`] follows when all is played.
    Say {
        phrases: Vec<Phrase>,
        can_be_cut: bool,
    },
    /// Digits are awaited for so long after the speech, or after the last digit.
    Listen {
        seconds: u32,
    },
    /// What is kept of the call from here on.
    SetLanguage(String),
    /// The caller does not want the talk recorded.
    RefuseRecording,
    /// The caller waits, with music whenever nothing is said.
    Queue(Destination),
    /// They give up their place.
    LeaveQueue,
    /// A tone, then what they say is recorded, for so long at most and until silence.
    TakeMessage {
        most_seconds: u32,
    },
    /// The message ends here.
    EndMessage,
    /// They are to be called at this number (E.164), from the place they have if they have one.
    Callback {
        number: String,
        keeps_place: bool,
        destination: Destination,
    },
    /// Another service's menu takes the call.
    Redirect {
        service: ServiceId,
        destination: Destination,
    },
    /// The mark that the caller gives the talk, 1 to 5.
    Rate(u8),
    HangUp {
        outcome: Outcome,
    },
}

/// What the menu waits for: something always, until it has been left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaits {
    /// [`Heard::Said`].
    Speech,
    /// A digit or [`Heard::Silence`].
    Digits,
    /// An operator; digits are taken too.
    Operator,
    /// [`Heard::Done`] or [`Heard::Failed`].
    Deed,
    /// [`Heard::Recorded`].
    Message,
    /// Nothing: the call is over or somebody else's.
    Nothing,
}
