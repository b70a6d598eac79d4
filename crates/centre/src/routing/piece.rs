//! Pieces of work: what waits, is offered, is in somebody's hands, and in which order it is served.

use super::Needs;
use chrono::{DateTime, Utc};
use model::contact::Channel;
use model::queue::Priority;
use model::{CaseId, ContactId, QueueId, UserId};
use std::collections::BTreeSet;

/// A citizen whom the centre has promised to call back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallbackId(pub i64);

/// A piece of work by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    Contact(ContactId),
    Case(CaseId),
    Callback(CallbackId),
    /// What colleagues say to each other about a contact while its caller waits.
    Talk(ContactId),
}

/// What a piece is and needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Work {
    pub queue: QueueId,
    pub channel: Channel,
    /// How much of an operator's capacity it takes; zero counts as one.
    pub weight: u32,
    pub needs: Needs,
    /// Where it differs from its queue's.
    pub priority: Option<Priority>,
    /// When it began to wait. It keeps that when it is put off, transferred to another queue or comes back.
    pub since: DateTime<Utc>,
    /// The case's own operator, who is asked first.
    pub owner: Option<UserId>,
}

/// How much of a capacity of 100 a piece of this channel takes where nothing else is said: one call, four chats, five of
/// what is answered in writing.
#[must_use]
pub const fn usual_weight(channel: Channel) -> u32 {
    match channel {
        Channel::Phone | Channel::Desk => 100,
        Channel::Chat => 25,
        Channel::Sms | Channel::Email | Channel::Web => 20,
    }
}

/// A piece as routing keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    pub work: Work,
    pub standing: Standing,
    /// It was in somebody's hands and came back by no fault of the citizen's: it precedes all of its priority.
    pub returned: bool,
    /// Until when it is kept for its owner.
    pub(super) hold: Option<DateTime<Utc>>,
    /// Who let it pass since it was last in hand. They are asked again when nobody else is ready.
    pub(super) passed: BTreeSet<UserId>,
    /// The step of its queue's overflow up to which the caller was told, in seconds of waiting.
    pub(super) told: Option<u32>,
    /// The time its timer is set to.
    pub(super) wakes: Option<DateTime<Utc>>,
}

/// Where a piece stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Standing {
    Waiting,
    Postponed,
    Offered { to: UserId, until: DateTime<Utc> },
    InHand { by: UserId, taken: DateTime<Utc> },
}

impl Entry {
    pub(super) fn new(mut work: Work) -> Self {
        // Weightless work would let an operator have any number of pieces.
        work.weight = work.weight.max(1);
        let passed = BTreeSet::new();
        Self { work, standing: Standing::Waiting, returned: false, hold: None, passed, told: None, wakes: None }
    }

    /// The owner, unless they let it pass.
    pub(super) fn owner(&self) -> Option<UserId> {
        self.work.owner.filter(|owner| !self.passed.contains(owner))
    }

    pub(super) fn rank(&self, piece: Piece, queue: Priority) -> Rank {
        let priority = self.work.priority.unwrap_or(queue);
        Rank { priority, fresh: !self.returned, since: self.work.since, piece }
    }
}

/// The order in which pieces are served: by priority, those that came back first, the longest waiting first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) priority: Priority,
    pub(super) fresh: bool,
    pub(super) since: DateTime<Utc>,
    pub(super) piece: Piece,
}
