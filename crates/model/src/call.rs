//! A call as it goes on: where it stands, what happened on it, and how it ended. A call is a contact on the telephone;
//! this is what only a telephone has.

mod beside;

pub use beside::{Beside, BesideState, Overseer, Oversight, Trouble, Whom};

use crate::contact::Outcome;
use crate::word::words;
use crate::{QueueId, ServiceId, UserId};
use serde::{Deserialize, Serialize};

words!(
    /// Where a call stands.
    CallState {
        /// Hears the greeting or chooses by digits.
        Menu = "menu",
        /// Waits for an operator.
        Waiting = "waiting",
        /// Rings at an operator's.
        Offered = "offered",
        /// Speaks with an operator.
        Talking = "talking",
        /// An operator has put it on hold.
        Held = "held",
        /// Leaves a message.
        Message = "message",
        /// We call a citizen who has not answered yet.
        Calling = "calling",
        /// The talk is over; the operator is writing it up.
        WrapUp = "wrap-up",
    }
);

words!(
    /// Why a call ended.
    EndCause {
        Caller = "caller",
        Operator = "operator",
        /// What the caller chose was done: a message, a callback, an announcement heard to its end.
        Done = "done",
        /// No sound came any more.
        Silence = "silence",
        /// The telephone or browser of a side was gone.
        Lost = "lost",
        /// The other side did not answer, was busy, or refused.
        Unanswered = "unanswered",
        /// The program was stopped or broke down.
        Stopped = "stopped",
    }
);

words!(
    /// By which way an operator speaks.
    Device { Softphone = "softphone", Telephone = "telephone" }
);

words!(
    /// What an operator or supervisor asks of a call under way.
    Order {
        Hold = "hold",
        Resume = "resume",
        Mute = "mute",
        Unmute = "unmute",
        HangUp = "hang-up",
        Answer = "answer",
        Decline = "decline",
        RecordingOff = "recording-off",
        RecordingOn = "recording-on",
        /// The call goes to somebody else at once.
        Transfer = "transfer",
        /// Somebody else is asked first, while the caller waits.
        Consult = "consult",
        /// Whoever was asked takes the call over.
        HandOver = "hand-over",
        /// Whoever was asked speaks with both.
        Conference = "conference",
        /// Back to the caller, without whoever was asked.
        TakeBack = "take-back",
        /// A supervisor takes part, or does no more.
        Oversee = "oversee",
    }
);

/// What happened on a call: ids, words of fixed lists and times, never what was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CallEvent {
    /// An operator calls a citizen.
    Began {
        by: UserId,
    },
    Queued {
        queue: QueueId,
    },
    Offered {
        to: UserId,
    },
    /// An offer that came to nothing.
    Unanswered {
        by: UserId,
        declined: bool,
    },
    Answered {
        by: UserId,
    },
    Held,
    Unheld,
    /// Handed on: to an operator, a queue, or outside.
    HandedOn {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<UserId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        queue: Option<QueueId>,
        outside: bool,
        attended: bool,
    },
    /// It could not be handed on, or nobody be asked.
    NotHandedOn {
        why: Trouble,
    },
    /// Somebody else is called, or speaks with the operator, or with both; or nobody any more.
    Beside {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<BesideState>,
        /// The colleague whom it concerns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<UserId>,
    },
    /// A supervisor takes part, or does no more.
    Overseen {
        by: UserId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<Oversight>,
    },
    /// The operator's line was lost: the caller waits again, first of all.
    Returned,
    /// Another service takes it.
    Redirected {
        to: ServiceId,
    },
    /// The caller gave it a mark, from 1 to 5.
    Rated {
        mark: u8,
    },
    RecordingStopped,
    RecordingStarted,
    HungUp {
        outcome: Outcome,
        cause: EndCause,
    },
    WrappedUp {
        by: UserId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        seconds: i64,
    },
}

impl CallEvent {
    /// The word of the log.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Began { .. } => "began",
            Self::Queued { .. } => "queued",
            Self::Offered { .. } => "offered",
            Self::Unanswered { .. } => "unanswered",
            Self::Answered { .. } => "answered",
            Self::Held => "held",
            Self::Unheld => "unheld",
            Self::HandedOn { .. } => "handed-on",
            Self::NotHandedOn { .. } => "not-handed-on",
            Self::Beside { .. } => "beside",
            Self::Overseen { .. } => "overseen",
            Self::Returned => "returned",
            Self::Redirected { .. } => "redirected",
            Self::Rated { .. } => "rated",
            Self::RecordingStopped => "recording-stopped",
            Self::RecordingStarted => "recording-started",
            Self::HungUp { .. } => "hung-up",
            Self::WrappedUp { .. } => "wrapped-up",
        }
    }
}
