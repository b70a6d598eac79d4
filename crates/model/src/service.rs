//! A service: a line with its own entry points, calendar, languages, queues and promises. It is one document, written
//! by an administrator as TOML and kept as JSON; what is read from it is valid.

use crate::calendar::Calendar;
use crate::case::Level;
use crate::queue::QueueDefinition;
use crate::retention::Retention;
use crate::topic::in_language;
use crate::word::words;
use crate::{QueueId, ServiceId, TopicId};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words!(
    /// How an entry point is reached.
    EntryKind { Phone = "phone", Sms = "sms", Email = "email", Web = "web", Chat = "chat", Desk = "desk" }
);
words!(
    /// From where a number can be dialled.
    Reach { Landline = "landline", Mobile = "mobile", Abroad = "abroad" }
);
words!(
    /// What a call costs the citizen.
    Cost { Free = "free", Local = "local", Charged = "charged" }
);

/// What a citizen dials or writes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryPoint {
    pub kind: EntryKind,
    /// The number, short code, address or form's path.
    pub value: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reachable_from: Vec<Reach>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
}

/// What the service promises, in minutes of its working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promises {
    /// Minutes until the citizen has an answer to what they wrote.
    pub answer_minutes: u32,
    /// Minutes until the case is solved.
    pub solution_minutes: u32,
    /// Days after which a solved case that nobody reopens is closed.
    pub close_days: u32,
}

impl Default for Promises {
    /// An answer within 3 working hours, a solution within two working days of 9 hours, closed after 30 days.
    fn default() -> Self {
        Self { answer_minutes: 3 * 60, solution_minutes: 2 * 9 * 60, close_days: 30 }
    }
}

impl Promises {
    #[must_use]
    pub fn answer(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.answer_minutes))
    }
    #[must_use]
    pub fn solution(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.solution_minutes))
    }
    #[must_use]
    pub fn close_after(self) -> TimeDelta {
        TimeDelta::days(i64::from(self.close_days))
    }
}

/// The whole definition of a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Draft")]
pub struct Service {
    pub id: ServiceId,
    pub name: String,
    /// Shown in evidence on the portal while it is active: an emergency line, a new service.
    pub special: bool,
    /// What the citizen reads of it, by language: one sentence.
    pub summary: BTreeMap<String, String>,
    pub languages: Vec<String>,
    pub entry_points: Vec<EntryPoint>,
    pub promises: Promises,
    #[serde(skip_serializing_if = "Retention::is_unset")]
    pub retention: Retention,
    pub calendar: Calendar,
    pub queues: Vec<QueueDefinition>,
}

/// A definition as written, before it is found to hang together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    id: ServiceId,
    name: String,
    #[serde(default)]
    special: bool,
    #[serde(default)]
    summary: BTreeMap<String, String>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    entry_points: Vec<EntryPoint>,
    #[serde(default)]
    promises: Promises,
    #[serde(default)]
    retention: Retention,
    #[serde(default = "Calendar::default_italian")]
    calendar: Calendar,
    #[serde(default)]
    queues: Vec<QueueDefinition>,
}

/// Why a definition is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    #[error("the id {0:?} of a service or queue is not made of small letters, digits and dashes (1 to 64)")]
    BadId(String),
    #[error("a service or queue has no id that can be read")]
    NoId,
    #[error("service {0} has no name")]
    NoName(ServiceId),
    #[error("service {0} has two queues with the id {1}")]
    TwoQueues(ServiceId, QueueId),
    #[error("service {0} has no front-office queue that takes every topic")]
    NoFrontQueue(ServiceId),
    #[error("service {0} keeps content for no number of days from 1 to {max} (retention.content_days)", max = Retention::DAYS_MAX)]
    BadRetention(ServiceId),
}

/// What another system may call a service: anything that can be read.
fn is_readable(id: &str) -> bool {
    !id.is_empty() && id.chars().nth(210).is_none() && !id.chars().any(char::is_control)
}

/// What an administrator may call it here: it stands in addresses and is typed on command lines.
fn word_is_id(word: &str) -> bool {
    (1..=64).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl TryFrom<Draft> for Service {
    type Error = ServiceError;

    fn try_from(draft: Draft) -> Result<Self, ServiceError> {
        let Draft { id, name, special, summary, mut languages, entry_points, .. } = draft;
        let Draft { promises, retention, calendar, mut queues, .. } = draft;
        if !is_readable(id.as_str()) {
            return Err(ServiceError::NoId);
        }
        if name.trim().is_empty() {
            return Err(ServiceError::NoName(id));
        }
        if !retention.is_sound() {
            return Err(ServiceError::BadRetention(id));
        }
        if languages.is_empty() {
            languages.push("it".to_owned());
        }
        if queues.is_empty() {
            queues = default_queues(&id, &name);
        }
        for (at, queue) in queues.iter().enumerate() {
            if !is_readable(queue.id.as_str()) {
                return Err(ServiceError::NoId);
            }
            if queues.iter().skip(at + 1).any(|q| q.id == queue.id) {
                return Err(ServiceError::TwoQueues(id, queue.id.clone()));
            }
        }
        if !queues.iter().any(|q| q.level == Level::Front && q.topics.is_empty()) {
            return Err(ServiceError::NoFrontQueue(id));
        }
        Ok(Self { id, name, special, summary, languages, entry_points, promises, retention, calendar, queues })
    }
}

fn default_queues(id: &ServiceId, name: &str) -> Vec<QueueDefinition> {
    let queue = |suffix: &str, level| QueueDefinition {
        id: QueueId(format!("{id}{suffix}")),
        name: name.to_owned(),
        level,
        topics: Vec::new(),
        structure: None,
    };
    vec![queue("", Level::Front), queue("-back", Level::Back)]
}

impl Service {
    /// Looks at the ids of a service that is defined here. One that was brought in keeps the ids it had elsewhere.
    ///
    /// # Errors
    /// [`ServiceError::BadId`] with the first id that cannot be taken.
    pub fn well_named(&self) -> Result<(), ServiceError> {
        let ids = std::iter::once(self.id.as_str()).chain(self.queues.iter().map(|q| q.id.as_str()));
        match ids.into_iter().find(|id| !word_is_id(id)) {
            Some(id) => Err(ServiceError::BadId(id.to_owned())),
            None => Ok(()),
        }
    }

    /// The service that an empty data folder holds.
    #[must_use]
    pub fn built_in() -> Self {
        Self::usual("linea-amica", "Linea Amica")
    }

    /// A service of which no more is known than its name: the usual hours and promises, a queue at each level.
    #[must_use]
    pub fn usual(id: &str, name: &str) -> Self {
        let (id, name) = (ServiceId::new(id), name.to_owned());
        Self {
            queues: default_queues(&id, &name),
            special: false,
            summary: BTreeMap::new(),
            languages: vec!["it".to_owned()],
            entry_points: Vec::new(),
            promises: Promises::default(),
            retention: Retention::default(),
            calendar: Calendar::default_italian(),
            id,
            name,
        }
    }

    /// The front-office queue for a topic: the one that names it, else the one that takes every topic.
    #[must_use]
    pub fn front_queue(&self, topic: Option<&TopicId>) -> Option<&QueueDefinition> {
        let front = || self.queues.iter().filter(|q| q.level == Level::Front);
        front().find(|q| topic.is_some_and(|t| q.topics.contains(t))).or_else(|| front().find(|q| q.topics.is_empty()))
    }

    /// The queue of the back office for a topic: the one that names it, else one that takes every topic.
    #[must_use]
    pub fn back_queue(&self, topic: Option<&TopicId>) -> Option<&QueueDefinition> {
        let named = |q: &&QueueDefinition| topic.is_some_and(|t| q.topics.contains(t));
        self.back_queues().find(named).or_else(|| self.back_queues().find(|q| q.topics.is_empty()))
    }

    /// The queues a case can be escalated to.
    pub fn back_queues(&self) -> impl Iterator<Item = &QueueDefinition> {
        self.queues.iter().filter(|q| q.level == Level::Back)
    }

    #[must_use]
    pub fn queue(&self, id: &QueueId) -> Option<&QueueDefinition> {
        self.queues.iter().find(|q| &q.id == id)
    }

    /// What the citizen reads of the service, in their language where it is there.
    #[must_use]
    pub fn summary(&self, language: &str) -> &str {
        in_language(&self.summary, language).unwrap_or_default()
    }

    /// The telephone numbers in the order a caller with this kind of telephone needs them.
    pub fn phones_from(&self, reach: Reach) -> impl Iterator<Item = &EntryPoint> {
        self.entry_points.iter().filter(move |e| e.kind == EntryKind::Phone && e.reachable_from.contains(&reach))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> Result<Service, String> {
        let service: Service = toml::from_str(toml).map_err(|e| e.message().to_owned())?;
        service.well_named().map_err(|e| e.to_string())?;
        Ok(service)
    }

    #[test]
    fn a_short_definition_is_a_whole_service() {
        let service = read("id = \"prova\"\nname = \"Prova\"").unwrap();
        assert_eq!(service.languages, ["it"]);
        assert_eq!(service.front_queue(None).unwrap().id.as_str(), "prova");
        assert_eq!(service.back_queues().next().unwrap().id.as_str(), "prova-back");
        let json = serde_json::to_string(&service).unwrap();
        assert_eq!(serde_json::from_str::<Service>(&json).unwrap(), service);
    }

    #[test]
    fn a_definition_that_does_not_hang_together_is_refused_with_its_reason() {
        assert!(read("id = \"Prova!\"\nname = \"x\"").unwrap_err().contains("small letters"));
        assert!(read("id = \"a\"\nname = \" \"").unwrap_err().contains("no name"));
        assert!(read("id = \"a\"\nname = \"A\"\nnmae = 1").unwrap_err().contains("nmae"));
        let queue = "[[queues]]\nid = \"q\"\nname = \"Q\"\nlevel = \"front\"\n";
        assert!(read(&format!("id = \"a\"\nname = \"A\"\n{queue}{queue}")).unwrap_err().contains("two queues"));
        let only = "[[queues]]\nid = \"q\"\nname = \"Q\"\nlevel = \"front\"\ntopics = [\"t\"]\n";
        assert!(read(&format!("id = \"a\"\nname = \"A\"\n{only}")).unwrap_err().contains("every topic"));
    }

    #[test]
    fn content_is_kept_for_as_long_as_is_said_and_for_ever_when_nothing_is() {
        assert_eq!(read("id = \"a\"\nname = \"A\"").unwrap().retention.content_days, None);
        let service = read("id = \"a\"\nname = \"A\"\n[retention]\ncontent_days = 365").unwrap();
        let now = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(service.retention.over_before(now), Some(now - TimeDelta::days(365)));
        let json = serde_json::to_string(&service).unwrap();
        assert_eq!(serde_json::from_str::<Service>(&json).unwrap(), service);
        for wrong in ["content_days = 0", "content_days = 40000", "contents = 3"] {
            assert!(read(&format!("id = \"a\"\nname = \"A\"\n[retention]\n{wrong}")).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_topic_finds_its_queue() {
        let toml = "id = \"a\"\nname = \"A\"\n[[queues]]\nid = \"all\"\nname = \"All\"\nlevel = \"front\"\n\
                    [[queues]]\nid = \"bonus\"\nname = \"Bonus\"\nlevel = \"front\"\ntopics = [\"bonus\"]\n";
        let service = read(toml).unwrap();
        let queue = |topic: &str| service.front_queue(Some(&TopicId::new(topic))).unwrap().id.as_str();
        assert_eq!(queue("bonus"), "bonus");
        assert_eq!(queue("pensioni"), "all");
    }
}
