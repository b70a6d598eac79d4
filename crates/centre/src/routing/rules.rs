//! The rules of a queue, as its administration sets them, and the queue as routing keeps it.

use super::Piece;
use super::piece::Rank;
use chrono::{DateTime, TimeDelta, Utc};
use model::QueueId;
use model::queue::Priority;
use model::user::SkillLevel;
use std::collections::BTreeSet;

/// How a queue is served. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rules {
    pub priority: Priority,
    /// How long an offer stands; at least one second.
    pub offer: u32,
    /// How long the wrap-up after a piece lasts; zero for none.
    pub wrap_up: u32,
    /// Within which time a piece should be answered.
    pub target: u32,
    /// Which demand falls after which wait.
    pub relaxations: Vec<(u32, Relaxation)>,
    /// What else is done after which wait.
    pub overflows: Vec<(u32, Overflow)>,
    /// How long a piece is kept for the case's own operator, who is in and has neither asked for a pause nor to leave.
    pub owner_wait: u32,
    /// How many may wait; None for any number. What comes back or is transferred is taken in any case.
    pub max_waiting: Option<usize>,
    /// After how many unanswered offers on end somebody is put into a pause; zero for never.
    pub misses: u32,
}

impl Default for Rules {
    /// Of a queue that nobody has set up: three calls in four within 30 s is what the German 115 promises.
    fn default() -> Self {
        Self {
            priority: Priority::Normal,
            offer: 20,
            wrap_up: 60,
            target: 30,
            relaxations: Vec::new(),
            overflows: Vec::new(),
            owner_wait: 0,
            max_waiting: None,
            misses: 1,
        }
    }
}

/// A demand that falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relaxation {
    /// This level of the topic is enough, where more was asked for.
    TopicTo(SkillLevel),
    /// Who knows nothing of the topic takes it, too.
    TopicDropped,
    /// Who does not speak the language takes it, too.
    LanguageDropped,
}

/// What is done for pieces that wait long.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Overflow {
    /// The operators of this queue take them, too.
    Also(QueueId),
    /// The caller is told of another way.
    Suggest(Suggestion),
}

/// Another way than waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suggestion {
    Callback,
    Message,
}

/// A queue as routing keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Queue {
    pub(super) rules: Rules,
    pub(super) open: bool,
    /// What waits, is postponed or is offered.
    pub(super) pieces: BTreeSet<Piece>,
    /// What waits now, in serving order.
    pub(super) line: BTreeSet<Rank>,
    /// Pieces in hand or in wrap-up.
    pub(super) in_service: usize,
    pub(super) mean_service: Option<TimeDelta>,
    /// The piece up to which changed rules are applied, while they are.
    pub(super) restaged: Option<Piece>,
}

impl Queue {
    pub(super) fn new(rules: Rules) -> Self {
        let (pieces, line) = (BTreeSet::new(), BTreeSet::new());
        Self { rules, open: true, pieces, line, in_service: 0, mean_service: None, restaged: None }
    }
}

/// The time some seconds after another; the end of time where that is beyond it.
pub(super) fn after(time: DateTime<Utc>, seconds: u32) -> DateTime<Utc> {
    time.checked_add_signed(TimeDelta::seconds(i64::from(seconds))).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
