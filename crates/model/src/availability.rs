//! Whether somebody of the staff takes work at the moment, and what they are at.

use crate::word::words;
use serde::{Deserialize, Serialize};

words!(
    /// What somebody wants to be.
    Wish {
        /// Takes what comes.
        Ready = "ready",
        /// Takes nothing for a while, for a reason.
        Pause = "pause",
        /// Is not at work.
        Off = "off",
    }
);

words!(
    /// What somebody is, as colleagues and supervisors see it.
    Standing {
        Ready = "ready",
        /// Work is being offered to them.
        Offered = "offered",
        Busy = "busy",
        /// Writes up what they were at.
        WrapUp = "wrap-up",
        Pause = "pause",
        Off = "off",
    }
);

words!(
    /// Why somebody takes nothing for a while.
    PauseReason {
        Break = "break",
        Meal = "meal",
        Training = "training",
        Meeting = "meeting",
        BackOffice = "back-office",
        /// The centre's own word for it: what was offered was not answered.
        NoAnswer = "no-answer",
        /// The centre's own word for it: softphone or telephone was lost.
        DeviceLost = "device-lost",
        Other = "other",
    }
);

impl PauseReason {
    /// The reasons that a person may give.
    pub fn to_choose() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|reason| !matches!(reason, Self::NoAnswer | Self::DeviceLost))
    }
}

/// A wish with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wished {
    pub wish: Wish,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<PauseReason>,
}
