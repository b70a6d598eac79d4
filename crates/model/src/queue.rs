//! A queue: cases of one kind that wait for the people who serve it. Those people are a team; a queue of the back
//! office is an office that cases are escalated to.

use crate::case::Level;
use crate::{QueueId, ServiceId, StructureId, TopicId};
use serde::{Deserialize, Serialize};

/// A queue as it stands in its service's definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueDefinition {
    pub id: QueueId,
    pub name: String,
    pub level: Level,
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
