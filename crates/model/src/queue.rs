//! A queue: cases of one kind that wait for the people who serve it. Those people are a team; a queue of the back
//! office is an office that cases are escalated to.

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
