//! What callers hear: a text that is read to them, or a sound that was uploaded, in each language.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The same thing said in several languages, by code.
pub type Prompt = BTreeMap<String, Said>;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a prompt is a text to be read, or { sound = \"the name of an uploaded sound\" }")]
pub enum Said {
    /// It is read.
    Text(String),
    Sound(Sound),
}

/// A sound by its name, as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sound {
    pub sound: String,
}

/// The names of prompts that take the place of what is built in. A prompt of any other name is said where a menu names it.
pub mod prompt_name {
    /// First of all.
    pub const GREETING: &str = "greeting";
    /// For each language, how its callers choose it: "For English, press 2."
    pub const LANGUAGE: &str = "language";
    /// Outside the hours.
    pub const CLOSED: &str = "closed";
    /// On holidays, before `closed`.
    pub const HOLIDAY: &str = "holiday";
    /// Nobody else can wait.
    pub const FULL: &str = "full";
    /// The line was closed by hand, and nothing was written or recorded then.
    pub const EMERGENCY: &str = "emergency";
    /// Talks are recorded; where that can be refused, how is said after it.
    pub const RECORDING: &str = "recording";
    /// Before the first word on the place.
    pub const WAITING: &str = "waiting";
    /// Before the tone of a message.
    pub const MESSAGE: &str = "message";
    /// Where else to find answers, for whoever finds it closed or full.
    pub const ELSEWHERE: &str = "elsewhere";
    /// Last of all.
    pub const GOODBYE: &str = "goodbye";

    /// All of them.
    pub const ALL: &[&str] =
        &[GREETING, LANGUAGE, CLOSED, HOLIDAY, FULL, EMERGENCY, RECORDING, WAITING, MESSAGE, ELSEWHERE, GOODBYE];
}

/// What is said in `language`, else in Italian, else in whichever there is, with the language it is in.
#[must_use]
pub fn said_in<'a>(prompt: &'a Prompt, language: &str) -> Option<(&'a str, &'a Said)> {
    let said = |code: &str| prompt.get_key_value(code);
    let found = said(language).or_else(|| said("it")).or_else(|| prompt.iter().next());
    found.map(|(code, said)| (code.as_str(), said))
}
