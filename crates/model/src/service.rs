//! A service: a line with its own entry points, calendar, languages, queues and promises. It is one document, written
//! by an administrator as TOML and kept as JSON; what is read from it is valid.

mod compare;
mod flaw;
mod level;
mod part;
mod telephone;
mod texts;

pub use compare::{Change, compare};
pub use flaw::{Flaw, Found, Step};
pub use level::{CallPromise, Promises, ServiceLevel};
pub use part::Part;
pub use telephone::{Choice, Go, Menu, Prompt, Recording, Said, Sound, Telephone, prompt_name, said_in};
pub use texts::Texts;

use crate::calendar::Calendar;
use crate::case::{Kind, Level};
use crate::contact::Channel;
use crate::queue::QueueDefinition;
use crate::retention::Retention;
use crate::topic::in_language;
use crate::word::words;
use crate::{QueueId, ServiceId, TopicId};
use flaw::is_readable;
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
    /// What it costs in words, by language, where the word for it is not enough: "10 cents a minute".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cost_text: BTreeMap<String, String>,
}

impl EntryPoint {
    /// What it costs in words of the reader's language, where somebody has said so.
    #[must_use]
    pub fn cost_text(&self, language: &str) -> Option<&str> {
        in_language(&self.cost_text, language)
    }
}

/// The whole definition of a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Draft")]
pub struct Service {
    pub id: ServiceId,
    pub name: String,
    /// Takes contacts; one that is over keeps its cases and is offered to nobody.
    pub active: bool,
    /// Shown in evidence on the portal while it is active: an emergency line, a new service.
    pub special: bool,
    /// What the citizen reads of it, by language: one sentence.
    pub summary: BTreeMap<String, String>,
    /// What it says beside that, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Texts>,
    pub languages: Vec<String>,
    pub entry_points: Vec<EntryPoint>,
    pub promises: Promises,
    /// Promises of their own, by channel and kind of case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<ServiceLevel>,
    #[serde(skip_serializing_if = "Retention::is_unset")]
    pub retention: Retention,
    pub calendar: Calendar,
    #[serde(skip_serializing_if = "Telephone::is_usual")]
    pub telephone: Telephone,
    pub queues: Vec<QueueDefinition>,
}

/// A definition as written, before it is found to hang together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    id: ServiceId,
    name: String,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    special: bool,
    #[serde(default)]
    summary: BTreeMap<String, String>,
    #[serde(default)]
    texts: BTreeMap<String, Texts>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    entry_points: Vec<EntryPoint>,
    #[serde(default)]
    promises: Promises,
    #[serde(default)]
    levels: Vec<ServiceLevel>,
    #[serde(default)]
    retention: Retention,
    #[serde(default = "Calendar::default_italian")]
    calendar: Calendar,
    #[serde(default)]
    telephone: Telephone,
    #[serde(default)]
    queues: Vec<QueueDefinition>,
}

/// Why a definition is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
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

fn yes() -> bool {
    true
}

impl TryFrom<Draft> for Service {
    type Error = ServiceError;

    fn try_from(draft: Draft) -> Result<Self, ServiceError> {
        let Draft { id, name, active, special, summary, mut texts, mut languages, .. } = draft;
        let Draft { entry_points, promises, levels, retention, calendar, telephone, mut queues, .. } = draft;
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
        texts.retain(|_, texts| !texts.is_empty());
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
        Ok(Self {
            id,
            name,
            active,
            special,
            summary,
            texts,
            languages,
            entry_points,
            promises,
            levels,
            retention,
            calendar,
            telephone,
            queues,
        })
    }
}

fn default_queues(id: &ServiceId, name: &str) -> Vec<QueueDefinition> {
    let queue = |suffix: &str, level| QueueDefinition::new(QueueId(format!("{id}{suffix}")), name, level);
    vec![queue("", Level::Front), queue("-back", Level::Back)]
}

impl Service {
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
            active: true,
            special: false,
            summary: BTreeMap::new(),
            texts: BTreeMap::new(),
            languages: vec!["it".to_owned()],
            entry_points: Vec::new(),
            promises: Promises::default(),
            levels: Vec::new(),
            retention: Retention::default(),
            calendar: Calendar::default_italian(),
            telephone: Telephone::default(),
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

    /// What is promised of a case that came in by `channel` and is of `kind`.
    #[must_use]
    pub fn promised(&self, channel: Option<Channel>, kind: Option<Kind>) -> Promises {
        level::promised(self.promises, &self.levels, channel, kind)
    }

    /// True when what is promised depends on the channel.
    #[must_use]
    pub fn promises_by_channel(&self) -> bool {
        self.levels.iter().any(|level| level.channel.is_some())
    }

    /// The name in the reader's language.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        self.texts.get(language).and_then(|texts| texts.name.as_deref()).unwrap_or(&self.name)
    }

    /// A text in the reader's language, else in Italian, else in whichever there is, with the language it is in.
    #[must_use]
    pub fn text(&self, language: &str, of: fn(&Texts) -> Option<&str>) -> Option<(&str, &str)> {
        let said =
            |code: &str| self.texts.get_key_value(code).and_then(|(code, texts)| Some((code.as_str(), of(texts)?)));
        let any = || self.texts.keys().find_map(|code| said(code));
        [language, "it"].into_iter().find_map(said).or_else(any)
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
        match service.flaws(None).first() {
            Some(flaw) => Err(flaw.to_string()),
            None => Ok(service),
        }
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
        assert_eq!(service.retention.over_before(now), Some(now - chrono::TimeDelta::days(365)));
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
