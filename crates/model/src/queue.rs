//! A queue: cases and calls of one kind that wait for the people who serve it. Those people are a team; a queue of the back
//! office is an office that cases are escalated to.

mod step;
mod wrap_up;

pub use step::{Demand, Offer, Overflow, Relax, Way};
pub use wrap_up::WrapUpCode;

use crate::case::Level;
use crate::word::words;
use crate::{QueueId, ServiceId, StructureId, TopicId};
use serde::{Deserialize, Serialize};

words!(
    /// Which queue's cases are worked on first, of those somebody serves.
    Priority { High = "high", Normal = "normal", Low = "low" }
);

impl Priority {
    fn is_normal(&self) -> bool {
        *self == Self::Normal
    }
}

/// What is not said of the priority.
fn normal() -> Priority {
    Priority::Normal
}

/// A queue as it stands in its service's definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueDefinition {
    pub id: QueueId,
    pub name: String,
    pub level: Level,
    #[serde(default = "normal", skip_serializing_if = "Priority::is_normal")]
    pub priority: Priority,
    /// Topics whose cases come here; empty means every topic that no other queue of the level names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicId>,
    /// The structure whose office this is: its own staff see the cases sent here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<StructureId>,
    /// Seconds within which its calls are to be answered; as the service promises when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_s: Option<u32>,
    /// Seconds that a call rings at one operator before it is offered to the next.
    #[serde(default = "QueueDefinition::offer_usual", skip_serializing_if = "QueueDefinition::is_offer_usual")]
    pub offer_s: u32,
    /// Seconds that an operator has for what is left to write after a call; none when 0.
    #[serde(default = "QueueDefinition::wrap_up_usual", skip_serializing_if = "QueueDefinition::is_wrap_up_usual")]
    pub wrap_up_s: u32,
    /// Seconds that a caller is kept for the operator of their own case, where that operator is busy and there are others.
    #[serde(default = "QueueDefinition::own_usual", skip_serializing_if = "QueueDefinition::is_own_usual")]
    pub own_operator_s: u32,
    /// What operators choose from after a call; the service's when it has none of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<WrapUpCode>,
    /// What is asked less of an operator as the wait grows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relax: Vec<Relax>,
    /// Where else whoever waits too long can go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overflow: Vec<Overflow>,
}

impl QueueDefinition {
    /// Three rings.
    pub const OFFER_S: u32 = 15;
    pub const WRAP_UP_S: u32 = 60;
    pub const OWN_OPERATOR_S: u32 = 20;
    /// Where a call is answered within no number of seconds that anybody promised.
    pub const TARGET_S: u32 = 30;

    /// A queue of which no more is known than this.
    #[must_use]
    pub fn new(id: QueueId, name: impl Into<String>, level: Level) -> Self {
        Self {
            id,
            name: name.into(),
            level,
            priority: Priority::Normal,
            topics: Vec::new(),
            structure: None,
            target_s: None,
            offer_s: Self::OFFER_S,
            wrap_up_s: Self::WRAP_UP_S,
            own_operator_s: Self::OWN_OPERATOR_S,
            codes: Vec::new(),
            relax: Vec::new(),
            overflow: Vec::new(),
        }
    }

    fn offer_usual() -> u32 {
        Self::OFFER_S
    }
    fn is_offer_usual(seconds: &u32) -> bool {
        *seconds == Self::OFFER_S
    }
    fn wrap_up_usual() -> u32 {
        Self::WRAP_UP_S
    }
    fn is_wrap_up_usual(seconds: &u32) -> bool {
        *seconds == Self::WRAP_UP_S
    }
    fn own_usual() -> u32 {
        Self::OWN_OPERATOR_S
    }
    fn is_own_usual(seconds: &u32) -> bool {
        *seconds == Self::OWN_OPERATOR_S
    }
}

/// A queue with the service it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub id: QueueId,
    pub service: ServiceId,
    pub name: String,
    pub level: Level,
    pub structure: Option<StructureId>,
}
