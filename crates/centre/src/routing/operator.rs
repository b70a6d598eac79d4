//! Operators: what they can do, what they have in hand, and how they are shown.

use super::Piece;
use chrono::{DateTime, Utc};
use model::user::SkillLevel;
use model::{QueueId, ServiceId, TopicId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// What somebody serves and can do. A skill that is not named is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Profile {
    pub queues: BTreeSet<QueueId>,
    pub topics: BTreeMap<TopicId, SkillLevel>,
    pub services: BTreeMap<ServiceId, SkillLevel>,
    /// By code (`it`, `ar`).
    pub languages: BTreeMap<String, SkillLevel>,
    /// How much weight they carry at once.
    pub capacity: u32,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            queues: BTreeSet::new(),
            topics: BTreeMap::new(),
            services: BTreeMap::new(),
            languages: BTreeMap::new(),
            capacity: 100,
        }
    }
}

/// What somebody wants to be. It holds at once for new offers, and altogether when nothing is in their hands any more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Availability {
    Ready,
    Pause(PauseReason),
    Off,
    /// Their device is dead.
    Lost,
}

/// Why somebody is in a pause.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PauseReason {
    /// They came in and have not said that they are ready.
    SignedIn,
    /// They left offers unanswered.
    NoAnswer,
    /// What they gave as the reason, as the administration calls it.
    Asked(String),
}

/// What somebody is doing, as colleagues and supervisors see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Doing {
    Ready,
    Offered,
    Busy,
    WrapUp,
    Pause(PauseReason),
    Off,
}

/// How somebody is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shown {
    pub doing: Doing,
    /// What follows when they are done, where it was asked for.
    pub then: Option<Availability>,
}

/// The time after a piece, which occupies somebody as the piece did.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WrapUp {
    pub until: DateTime<Utc>,
    pub weight: u32,
    pub(super) queue: QueueId,
    pub(super) taken: DateTime<Utc>,
}

/// Somebody who is in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Operator {
    pub profile: Profile,
    pub availability: Availability,
    /// What they are offered, and its weight. One thing rings at a time.
    pub offer: Option<(Piece, u32)>,
    /// What they have in hand, with its weight.
    pub hands: BTreeMap<Piece, u32>,
    pub wrap_ups: BTreeMap<Piece, WrapUp>,
    /// When they last became ready, took something or were done with something.
    pub idle_since: DateTime<Utc>,
    /// Unanswered offers on end.
    pub(super) missed: u32,
    pub(super) shown: Option<Shown>,
}

impl Operator {
    pub(super) fn new(profile: Profile, now: DateTime<Utc>) -> Self {
        Self {
            profile,
            availability: Availability::Pause(PauseReason::SignedIn),
            offer: None,
            hands: BTreeMap::new(),
            wrap_ups: BTreeMap::new(),
            idle_since: now,
            missed: 0,
            shown: None,
        }
    }

    /// The weight of what they are offered, have in hand and wrap up.
    #[must_use]
    pub fn load(&self) -> u32 {
        let offered = self.offer.iter().map(|(_, weight)| *weight);
        let wrapped = self.wrap_ups.values().map(|wrap_up| wrap_up.weight);
        offered.chain(self.hands.values().copied()).chain(wrapped).fold(0, u32::saturating_add)
    }

    /// The weight that they can take in addition, whether they are ready or not.
    #[must_use]
    pub fn room(&self) -> u32 {
        self.profile.capacity.saturating_sub(self.load())
    }

    /// The most weight that they may be offered: none while they are not ready or something rings.
    #[must_use]
    pub fn may_be_offered(&self) -> u32 {
        let free = self.availability == Availability::Ready && self.offer.is_none();
        if free { self.room() } else { 0 }
    }

    pub(super) fn is_away(&self) -> bool {
        matches!(self.availability, Availability::Off | Availability::Lost)
    }

    pub(super) fn has_nothing(&self) -> bool {
        self.offer.is_none() && self.hands.is_empty() && self.wrap_ups.is_empty()
    }

    /// How they are shown.
    #[must_use]
    pub fn show(&self) -> Shown {
        let talks = self.hands.keys().any(|piece| !matches!(piece, Piece::Case(_)));
        let doing = if self.availability == Availability::Lost && !talks {
            Doing::Off
        } else if !self.hands.is_empty() {
            Doing::Busy
        } else if self.offer.is_some() {
            Doing::Offered
        } else if !self.wrap_ups.is_empty() {
            Doing::WrapUp
        } else {
            match &self.availability {
                Availability::Ready => Doing::Ready,
                Availability::Pause(reason) => return Shown { doing: Doing::Pause(reason.clone()), then: None },
                Availability::Off | Availability::Lost => Doing::Off,
            }
        };
        let waits = doing != Doing::Off && self.availability != Availability::Ready;
        Shown { doing, then: waits.then(|| self.availability.clone()) }
    }
}

/// Whom to prefer among those of the same skill: the longest idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Idle {
    pub(super) since: DateTime<Utc>,
    pub(super) operator: UserId,
}
