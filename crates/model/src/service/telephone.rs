//! How a service is on the telephone: what callers hear and press before they wait, what they may choose instead of
//! waiting, what is recorded. A service that says nothing of it greets, and puts every caller into its queue.

mod doubt;
mod flaw;
mod menu;
mod prompt;

pub use menu::{Choice, Go, Menu};
pub use prompt::{Prompt, Said, Sound, prompt_name, said_in};

use super::Service;
use crate::QueueId;
use crate::queue::{QueueDefinition, WrapUpCode};
use crate::retention::Retention;
use crate::word::words;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words!(
    /// Whether talks are recorded, and what callers can do about it.
    Recording {
        Off = "off",
        /// They are told before they wait.
        Announced = "announced",
        /// They are told, and press a digit to refuse.
        Refusable = "refusable",
    }
);

impl Recording {
    fn is_off(&self) -> bool {
        *self == Self::Off
    }
}

/// The part `[telephone]` of a service. What is left out is as usual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Telephone {
    /// Callers are greeted, whatever else they hear. A line that everybody knows may do without.
    #[serde(skip_serializing_if = "is_true")]
    pub greet: bool,
    #[serde(skip_serializing_if = "Recording::is_off")]
    pub recording: Recording,
    /// Days that recordings and messages are kept, as the retention of content counts them; as content when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_recordings_days: Option<u32>,
    /// Whoever waits, or finds it closed or full, may ask to be called back; whoever waits keeps their place.
    #[serde(skip_serializing_if = "is_true")]
    pub callback: bool,
    /// They may leave a message.
    #[serde(skip_serializing_if = "is_true")]
    pub voicemail: bool,
    /// After the talk they are asked for a mark by digits.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub survey: bool,
    /// Supervisors may listen to talks, whisper to whoever has them, and join them; the operator sees it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub oversight: bool,
    /// Where so many wait already, the next hears that all lines are busy.
    #[serde(skip_serializing_if = "is_max_usual")]
    pub max_waiting: u32,
    /// Seconds from one word on place and wait to the next.
    #[serde(skip_serializing_if = "is_every_usual")]
    pub announce_every_s: u32,
    /// The sound that is heard while waiting, by its name; the one that is built in when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub music: Option<String>,
    /// The number that citizens see when they are called. That it is one of ours, whoever knows the trunks must check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outgoing_from: Option<String>,
    /// The first menu; the first that is written when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// What is said, by name and language: `greeting`, `closed` and others ([`prompt_name`]) instead of what is built in,
    /// and those that a menu names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub prompts: BTreeMap<String, Prompt>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub menus: Vec<Menu>,
    /// What operators choose from after a call, in queues that have no codes of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<WrapUpCode>,
}

const MAX_WAITING: u32 = 200;
const ANNOUNCE_EVERY_S: u32 = 45;

fn is_true(value: &bool) -> bool {
    *value
}
fn is_max_usual(callers: &u32) -> bool {
    *callers == MAX_WAITING
}
fn is_every_usual(seconds: &u32) -> bool {
    *seconds == ANNOUNCE_EVERY_S
}

impl Default for Telephone {
    fn default() -> Self {
        Self {
            greet: true,
            recording: Recording::Off,
            keep_recordings_days: None,
            callback: true,
            voicemail: true,
            survey: false,
            oversight: false,
            max_waiting: MAX_WAITING,
            announce_every_s: ANNOUNCE_EVERY_S,
            music: None,
            outgoing_from: None,
            start: None,
            prompts: BTreeMap::new(),
            menus: Vec::new(),
            codes: Vec::new(),
        }
    }
}

impl Telephone {
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    #[must_use]
    pub fn menu(&self, id: &str) -> Option<&Menu> {
        self.menus.iter().find(|menu| menu.id == id)
    }

    /// The menu that callers hear first, where there is one.
    #[must_use]
    pub fn first_menu(&self) -> Option<&Menu> {
        match &self.start {
            Some(id) => self.menu(id),
            None => self.menus.first(),
        }
    }
}

impl Service {
    /// Seconds within which a queue's calls are to be answered: its own, else what the service promises callers.
    #[must_use]
    pub fn target_s(&self, queue: &QueueDefinition) -> u32 {
        let promised = self.promises.calls.map(|calls| calls.seconds);
        queue.target_s.or(promised).unwrap_or(QueueDefinition::TARGET_S)
    }

    /// What operators choose from after a call of this queue.
    #[must_use]
    pub fn wrap_up_codes(&self, queue: &QueueId) -> &[WrapUpCode] {
        let own = self.queue(queue).map(|queue| queue.codes.as_slice()).filter(|codes| !codes.is_empty());
        own.unwrap_or(&self.telephone.codes)
    }

    /// Days that recordings are kept; for ever where nothing is said.
    #[must_use]
    pub fn keep_recordings_days(&self) -> Option<u32> {
        self.telephone.keep_recordings_days.or(self.retention.content_days)
    }

    /// Recordings of what was closed before this are over; they never are where no time is set.
    #[must_use]
    pub fn recordings_over_before(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Retention { content_days: self.keep_recordings_days() }.over_before(now)
    }
}
