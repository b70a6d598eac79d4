//! What is to be done: everything that routing asks of the outside.

use super::{Piece, Shown, Suggestion};
use chrono::{DateTime, Utc};
use model::UserId;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Ring or show the piece at this operator, who may accept before `until`.
    Offer { piece: Piece, operator: UserId, until: DateTime<Utc> },
    /// Stop ringing or showing.
    Withdraw { piece: Piece, operator: UserId, why: Withdrawal },
    /// The operator has it: connect the caller, open the case, call the citizen back.
    Connect { piece: Piece, operator: UserId },
    /// Tell the operator that what they accepted is not theirs any more.
    TooLate { piece: Piece, operator: UserId },
    /// Tell the caller that the queue does not take them; routing has forgotten the piece.
    Close { piece: Piece, why: Closing },
    /// Suggest another way to a caller who has waited long. They keep their place.
    Suggest { piece: Piece, way: Suggestion },
    /// Tell the operator that what they asked for is not possible. The piece is where it was.
    Refuse { operator: UserId, piece: Piece, why: Refusal },
    /// The operator is shown differently from now on.
    Show { operator: UserId, shown: Shown },
}

/// Why an offer ends without an answer of the operator's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Withdrawal {
    /// The lease is over.
    Unanswered,
    /// The caller hung up, was called back or put off.
    Gone,
    /// The queue was closed.
    Closed,
    /// The operator went into a pause, home or lost their device.
    Away,
    /// Somebody else took it by their own choice.
    Taken,
}

/// Why a queue does not take a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closing {
    Closed,
    /// As many wait as the queue takes, and nobody was ready.
    Full,
    NoSuchQueue,
}

/// Why a transfer or a choice of one's own is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The queue to transfer to is closed.
    Closed,
    NoSuchQueue,
    /// The named operator is not ready or has no room for it.
    NotReady,
    /// Whoever wants to take it has no room for it.
    NoRoom,
    /// Somebody else has it.
    InOtherHands,
}
