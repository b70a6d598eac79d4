//! Timers: what is to be looked at again, and when.

use super::Piece;
use chrono::{DateTime, Utc};
use model::{QueueId, UserId};
use std::collections::BTreeSet;

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Timer {
    /// More of those who wait in a closed queue are to be told.
    Closing(QueueId),
    /// Changed rules are to be applied to more of the queue.
    Restaging(QueueId),
    /// More of what is held for somebody who has gone is to be let go.
    Release(UserId),
    /// A wrap-up is over.
    WrapUp(UserId, Piece),
    /// The lease, the hold or the postponement of a piece is over, or the next step of its queue's rules is reached.
    Piece(Piece),
}

/// All timers, the next first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Timers(BTreeSet<(DateTime<Utc>, Timer)>);

impl Timers {
    pub(super) fn first(&self) -> Option<DateTime<Utc>> {
        self.0.first().map(|(at, _)| *at)
    }

    pub(super) fn set(&mut self, at: DateTime<Utc>, timer: Timer) {
        self.0.insert((at, timer));
    }

    pub(super) fn stop(&mut self, at: DateTime<Utc>, timer: Timer) {
        self.0.remove(&(at, timer));
    }

    /// Takes out the next that is due.
    pub(super) fn pop(&mut self, now: DateTime<Utc>) -> Option<Timer> {
        self.first().filter(|at| *at <= now)?;
        self.0.pop_first().map(|(_, timer)| timer)
    }
}
