//! What changes for whoever waits as the wait grows: less is asked of the operator, another queue takes them, they are
//! offered another way.

use crate::QueueId;
use crate::user::SkillLevel;
use crate::word::words;
use serde::{Deserialize, Serialize};

words!(
    /// What is asked of whoever answers.
    Demand {
        /// How well they know the topic.
        TopicLevel = "topic-level",
        /// That they know the topic.
        Topic = "topic",
        /// That they speak the caller's language.
        Language = "language",
    }
);

/// After so long less is asked: a lower level, or nothing of this kind any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relax {
    /// Seconds of waiting.
    pub after_s: u32,
    pub demand: Demand,
    /// The level that is enough from then on, of a demand that has levels; any when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<SkillLevel>,
}

words!(
    /// What a caller can choose instead of waiting.
    Offer { Callback = "callback", Message = "message" }
);

/// After so long a caller can go another way. It is read from `{ after_s = 300, queue = "other" }` and
/// `{ after_s = 120, offer = "callback" }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Overflow {
    /// Seconds of waiting.
    pub after_s: u32,
    pub way: Way,
}

/// Another way than waiting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Whoever serves this queue may take them as well; the place is kept.
    Queue(QueueId),
    /// They are asked, and choose.
    Offer(Offer),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    after_s: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<QueueId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offer: Option<Offer>,
}

impl TryFrom<Written> for Overflow {
    type Error = &'static str;

    fn try_from(Written { after_s, queue, offer }: Written) -> Result<Self, &'static str> {
        let way = match (queue, offer) {
            (Some(queue), None) => Way::Queue(queue),
            (None, Some(offer)) => Way::Offer(offer),
            _ => return Err("a step of an overflow names a queue or an offer, one of the two"),
        };
        Ok(Self { after_s, way })
    }
}

impl From<Overflow> for Written {
    fn from(Overflow { after_s, way }: Overflow) -> Self {
        let (queue, offer) = match way {
            Way::Queue(queue) => (Some(queue), None),
            Way::Offer(offer) => (None, Some(offer)),
        };
        Self { after_s, queue, offer }
    }
}
