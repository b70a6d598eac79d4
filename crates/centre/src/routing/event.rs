//! What happens: everything that routing learns from the outside.

use super::{Piece, Profile, Rules, Work};
use chrono::{DateTime, Utc};
use model::{QueueId, UserId};

/// What happened. An event that does not suit the state (a piece nobody knows, an operator who is not in) changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Time has passed.
    Tick,

    /// The queue exists and has these rules. A new one is open; pieces that wait in a known one go by the new rules.
    Ruled {
        queue: QueueId,
        rules: Rules,
    },
    /// The queue is closed: who waits in it is told, nobody comes in.
    Closed {
        queue: QueueId,
    },
    Opened {
        queue: QueueId,
    },

    /// Somebody comes in, in pause until they say that they are ready. For somebody who is in, as [`Event::Skilled`].
    SignedIn {
        operator: UserId,
        profile: Profile,
    },
    /// What somebody can do and serves was changed.
    Skilled {
        operator: UserId,
        profile: Profile,
    },
    Ready {
        operator: UserId,
    },
    /// They want a pause. They take no more; it begins when nothing is in their hands and their wrap-ups are over.
    Pausing {
        operator: UserId,
        reason: String,
    },
    /// They want to leave, as with a pause.
    Leaving {
        operator: UserId,
    },
    /// Their telephone or browser cannot be reached any more. Whoever talks with them may talk on: when that is over, or
    /// dead too, it is told of the piece.
    Lost {
        operator: UserId,
    },
    /// They end a wrap-up before its time.
    WrappedUp {
        operator: UserId,
        piece: Piece,
    },
    /// They need longer for a wrap-up. A time before the end it has is ignored.
    Prolonged {
        operator: UserId,
        piece: Piece,
        until: DateTime<Utc>,
    },

    /// A piece begins to wait.
    Waits {
        piece: Piece,
        work: Work,
    },
    /// What a piece needs, how urgent it is or whose it is was changed. It keeps its `since`; one that is offered or in
    /// hand keeps its queue and weight, too.
    Changed {
        piece: Piece,
        work: Work,
    },
    /// The caller hung up, the case was closed: nobody has to take it any more. In hand, it is finished.
    Gone {
        piece: Piece,
    },
    /// A caller who waits asks to be called back: the callback takes their place, with everything that goes with it.
    CallBack {
        caller: Piece,
        callback: Piece,
    },
    /// Not to be offered before `until`; it keeps its `since`.
    Postponed {
        piece: Piece,
        until: DateTime<Utc>,
    },

    Accepted {
        operator: UserId,
        piece: Piece,
    },
    Declined {
        operator: UserId,
        piece: Piece,
    },
    /// Their device refuses what it is offered, or lets go what they have in hand, which returns to the head of its queue:
    /// nothing rings at them until they say that they are ready again.
    Missed {
        operator: UserId,
        piece: Piece,
    },
    /// An operator takes a piece by their own choice: out of the list, by calling somebody, or because they had it before a
    /// restart. It need not have waited.
    Taken {
        operator: UserId,
        piece: Piece,
        work: Work,
    },
    /// A piece in hand is done; the wrap-up begins.
    Finished {
        operator: UserId,
        piece: Piece,
    },
    /// An operator gives away what they have in hand, without asking first.
    Transferred {
        operator: UserId,
        piece: Piece,
        to: To,
    },
    /// After they spoke with each other, a colleague takes over what another has in hand. `instead_of` is the talk among
    /// colleagues, if that was a piece in the colleague's hands: it ends without a wrap-up.
    HandedOver {
        piece: Piece,
        to: UserId,
        instead_of: Option<Piece>,
    },
}

/// Where a transfer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    Queue(QueueId),
    Operator(UserId),
}
