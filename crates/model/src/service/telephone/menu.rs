//! A voice menu: what is asked, and what each digit does.

use super::prompt::{Prompt, Said, said_in};
use crate::{QueueId, ServiceId, TopicId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A menu. `*` says it again and `#` goes back, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    pub id: String,
    /// What is asked, by language. Where it is not said, the choices that have a label are read one after another.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ask: Prompt,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// What a digit does: sets what it sets, and goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// `0` to `9`.
    pub digit: char,
    /// What it is for, by language, as it follows "for": "the social bonus". Needed where the menu asks nothing itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub label: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    /// The queue that is waited in; that of the topic when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    #[serde(default, skip_serializing_if = "Go::is_queue")]
    pub go: Go,
}

/// Where a choice leads. Written as a word, some with what they lead to: `menu:documents`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Go {
    #[default]
    Queue,
    Menu(String),
    /// A message is taken.
    Message,
    /// A call back is arranged.
    Callback,
    Repeat,
    Back,
    /// Another service's menu.
    Service(ServiceId),
    /// This prompt is said, and the menu again.
    Say(String),
    HangUp,
}

impl Go {
    fn is_queue(&self) -> bool {
        *self == Self::Queue
    }

    /// True where the menus are left for good.
    #[must_use]
    pub const fn leaves(&self) -> bool {
        matches!(self, Self::Queue | Self::Message | Self::Callback | Self::Service(_) | Self::HangUp)
    }
}

impl fmt::Display for Go {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Queue => f.write_str("queue"),
            Self::Menu(id) => write!(f, "menu:{id}"),
            Self::Message => f.write_str("message"),
            Self::Callback => f.write_str("callback"),
            Self::Repeat => f.write_str("repeat"),
            Self::Back => f.write_str("back"),
            Self::Service(id) => write!(f, "service:{id}"),
            Self::Say(prompt) => write!(f, "say:{prompt}"),
            Self::HangUp => f.write_str("hang-up"),
        }
    }
}

/// Not where a choice can lead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} leads nowhere: go is queue, menu:ID, message, callback, repeat, back, service:ID, say:PROMPT or hang-up"
)]
pub struct UnknownGo(String);

impl FromStr for Go {
    type Err = UnknownGo;

    fn from_str(text: &str) -> Result<Self, UnknownGo> {
        let (word, of) = match text.split_once(':') {
            Some((word, of)) if !of.trim().is_empty() => (word, Some(of.trim().to_owned())),
            Some(_) => return Err(UnknownGo(text.to_owned())),
            None => (text, None),
        };
        match (word, of) {
            ("queue", None) => Ok(Self::Queue),
            ("menu", Some(id)) => Ok(Self::Menu(id)),
            ("message", None) => Ok(Self::Message),
            ("callback", None) => Ok(Self::Callback),
            ("repeat", None) => Ok(Self::Repeat),
            ("back", None) => Ok(Self::Back),
            ("service", Some(id)) => Ok(Self::Service(ServiceId(id))),
            ("say", Some(prompt)) => Ok(Self::Say(prompt)),
            ("hang-up", None) => Ok(Self::HangUp),
            _ => Err(UnknownGo(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Go {
    type Error = UnknownGo;

    fn try_from(text: String) -> Result<Self, UnknownGo> {
        text.parse()
    }
}

impl From<Go> for String {
    fn from(go: Go) -> Self {
        go.to_string()
    }
}

impl Menu {
    #[must_use]
    pub fn choice(&self, digit: char) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.digit == digit)
    }

    /// What is asked in `language`, else in Italian, else in whichever there is, with the language it is in. None where
    /// the choices speak for themselves: in this language they all do, or nothing is asked in any.
    #[must_use]
    pub fn ask(&self, language: &str) -> Option<(&str, &Said)> {
        match self.ask.get_key_value(language) {
            Some((code, said)) => Some((code.as_str(), said)),
            None if self.is_labelled(language) => None,
            None => said_in(&self.ask, language),
        }
    }

    /// Whether every choice has a label in this language.
    #[must_use]
    pub fn is_labelled(&self, language: &str) -> bool {
        !self.choices.is_empty() && self.choices.iter().all(|choice| choice.label.contains_key(language))
    }

    /// Whether a caller of this language is asked in it.
    #[must_use]
    pub fn is_said_in(&self, language: &str) -> bool {
        self.ask.contains_key(language) || self.is_labelled(language)
    }
}
