//! What is wrong with a definition that an administrator wrote, and at which key. What is stored already is read whatever
//! it holds; these are asked of what is about to be stored.

use super::{CallPromise, EntryKind, Service};
use crate::address::Address;
use crate::text::{NAME_MAX, TEXT_MAX};
use crate::word::words;
use std::collections::BTreeSet;
use std::fmt;

words!(
    /// Why a part of a definition cannot be taken. The sentence for people is the message `service-flaw-{word}`.
    Flaw {
        BadId = "bad-id",
        Missing = "missing",
        TooLong = "too-long",
        NotALanguage = "not-a-language",
        NotAPhone = "not-a-phone",
        NotAnEmail = "not-an-email",
        Twice = "twice",
        Zero = "zero",
        TooMuch = "too-much",
        OutOfRange = "out-of-range",
        Empty = "empty",
        NoFrontQueue = "no-front-queue",
        Unreadable = "unreadable",
        BadSlot = "bad-slot",
        Overlap = "overlap",
        NotADate = "not-a-date",
        NoSuchZone = "no-such-zone",
        TakenByOther = "taken-by-other",
        NotADigit = "not-a-digit",
        NoSuchMenu = "no-such-menu",
        NoSuchPrompt = "no-such-prompt",
        NoSuchQueue = "no-such-queue",
        NoSuchService = "no-such-service",
        /// Calls are answered by the front office.
        NotAtTheFront = "not-at-the-front",
        /// No digit leads to it, and nothing says it.
        NotReached = "not-reached",
        /// Whoever comes to it can only go round in it.
        NoWayOut = "no-way-out",
        /// It leads to itself.
        Loop = "loop",
        /// What it leads to is turned off in the same definition.
        TurnedOff = "turned-off",
        /// The service does not speak that language.
        NotSpoken = "not-spoken",
        /// It is not said in a language that the service speaks.
        NotInLanguage = "not-in-language",
        /// A step that comes before an earlier one, or asks more than it.
        OutOfOrder = "out-of-order",
        /// A level of what has none.
        NoLevels = "no-levels",
    }
);

impl Flaw {
    /// For programmers and the command line.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::BadId => "an id is made of small letters, digits and dashes (1 to 64)",
            Self::Missing => "this is needed",
            Self::TooLong => "this is too long",
            Self::NotALanguage => "a language is a code such as it, en or zh-hans",
            Self::NotAPhone => "this is no number that can be dialled",
            Self::NotAnEmail => "this is no e-mail address",
            Self::Twice => "this is there twice",
            Self::Zero => "a promise of no time at all cannot be kept",
            Self::TooMuch => "a promise of more than a year is none",
            Self::OutOfRange => "this number is outside its bounds",
            Self::Empty => "it says neither whom it is for nor what it promises",
            Self::NoFrontQueue => "one front-office queue takes every topic that no other names",
            Self::Unreadable => "this cannot be read",
            Self::BadSlot => "hours are written as 09:00-13:00",
            Self::Overlap => "these hours overlap",
            Self::NotADate => "a date is written as 2026-08-14",
            Self::NoSuchZone => "there is no such time zone",
            Self::TakenByOther => "another service has this already",
            Self::NotADigit => "a choice is made with a digit from 0 to 9; * says the menu again, # goes back",
            Self::NoSuchMenu => "there is no menu of this id",
            Self::NoSuchPrompt => "there is no prompt of this name",
            Self::NoSuchQueue => "there is no queue of this id",
            Self::NoSuchService => "there is no service of this id",
            Self::NotAtTheFront => "calls wait in queues of the front office",
            Self::NotReached => "nothing leads here",
            Self::NoWayOut => "no choice leads out of this menu",
            Self::Loop => "this leads to itself",
            Self::TurnedOff => "this service has turned that off",
            Self::NotSpoken => "the service does not speak this language",
            Self::NotInLanguage => "this is not said in a language of the service: its callers hear another",
            Self::OutOfOrder => "later steps come after earlier ones, and ask less",
            Self::NoLevels => "only the topic has levels: topic-level",
        }
    }
}

/// A step on the way to a key of the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Key(String),
    /// A place in a list, from 0.
    At(usize),
}

/// A flaw with where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: Vec<Step>,
    pub flaw: Flaw,
    /// The bound that was passed, or the other that has it.
    pub with: Option<String>,
}

impl Found {
    /// `place!["queues", 2, "id"]`.
    #[must_use]
    pub fn at(path: Vec<Step>, flaw: Flaw) -> Self {
        Self { path, flaw, with: None }
    }

    #[must_use]
    pub fn with(self, with: impl ToString) -> Self {
        Self { with: Some(with.to_string()), ..self }
    }

    /// `queues.2.id`, as fields of forms are named.
    #[must_use]
    pub fn name(&self) -> String {
        let steps = self.path.iter().map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::At(place) => place.to_string(),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

/// As TOML's users count: the first queue is `queues[1]`.
impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.path.iter().enumerate() {
            match step {
                Step::Key(key) if n == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::At(place) => write!(f, "[{}]", place + 1)?,
            }
        }
        write!(f, ": {}", self.flaw.why())?;
        self.with.as_ref().map_or(Ok(()), |with| write!(f, " ({with:?})"))
    }
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(place: usize) -> Self {
        Self::At(place)
    }
}

/// A path of keys and places: `path!["queues", 2, "id"]`.
#[macro_export]
macro_rules! path {
    ($($step:expr),+ $(,)?) => { vec![$($crate::service::Step::from($step)),+] };
}

/// Minutes of a year.
const YEAR: u32 = 366 * 24 * 60;
/// Days after which a solved case is closed, at the most: ten years.
const CLOSE_MAX: u32 = 3_660;

/// What another system may call a service: anything that can be read.
pub(super) fn is_readable(id: &str) -> bool {
    !id.is_empty() && id.chars().nth(210).is_none() && !id.chars().any(char::is_control)
}

/// What an administrator may call it here: it stands in addresses and is typed on command lines.
pub(super) fn word_is_id(word: &str) -> bool {
    (1..=64).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn is_language(code: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut parts = code.split('-');
    parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_lowercase()))
        && parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(plain))
}

impl Service {
    /// Everything that keeps the definition from being taken, in its order; ids that it has already (`before`) stay as
    /// another system had them.
    #[must_use]
    pub fn flaws(&self, before: Option<&Self>) -> Vec<Found> {
        let mut found = Vec::new();
        let known =
            |id: &str| before.is_some_and(|b| b.id.as_str() == id || b.queues.iter().any(|q| q.id.as_str() == id));
        let mut say = |bad: bool, path: Vec<Step>, flaw: Flaw| {
            if bad {
                found.push(Found::at(path, flaw));
            }
        };
        let long = |text: &str, max: usize| text.chars().nth(max).is_some();
        say(self.name.trim().is_empty(), path!["name"], Flaw::Missing);
        say(long(&self.name, NAME_MAX), path!["name"], Flaw::TooLong);
        let mut seen = BTreeSet::new();
        for (n, language) in self.languages.iter().enumerate() {
            say(!is_language(language), path!["languages", n], Flaw::NotALanguage);
            say(!seen.insert(language), path!["languages", n], Flaw::Twice);
        }
        for (language, summary) in &self.summary {
            say(!is_language(language), path!["summary", language.as_str()], Flaw::NotALanguage);
            say(long(summary, 1_000), path!["summary", language.as_str()], Flaw::TooLong);
        }
        for (language, texts) in &self.texts {
            say(!is_language(language), path!["texts", language.as_str()], Flaw::NotALanguage);
            for (key, text, max) in texts.all() {
                say(text.is_some_and(|t| long(t, max)), path!["texts", language.as_str(), key], Flaw::TooLong);
            }
        }
        if !word_is_id(self.id.as_str()) && !known(self.id.as_str()) {
            found.insert(0, Found::at(path!["id"], Flaw::BadId).with(&self.id));
        }
        found.extend(self.flaws_of_entry_points());
        found.extend(self.flaws_of_levels());
        found.extend(self.flaws_of_calls());
        found.extend(self.flaws_of_queues(&known));
        found.extend(self.flaws_of_waiting());
        found.extend(self.flaws_of_telephone());
        found
    }

    fn flaws_of_entry_points(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for (n, entry) in self.entry_points.iter().enumerate() {
            let at = || path!["entry_points", n, "value"];
            let value = entry.value.trim();
            let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let flaw = match entry.kind {
                _ if value.is_empty() => Some(Flaw::Missing),
                _ if value.chars().nth(300).is_some() => Some(Flaw::TooLong),
                // Toll-free numbers and short codes are shorter than what a citizen's telephone is taken for.
                EntryKind::Phone | EntryKind::Sms if !is_dialled(value) => Some(Flaw::NotAPhone),
                EntryKind::Email if Address::email("value", value).is_err() => Some(Flaw::NotAnEmail),
                _ => None,
            };
            let twice = !seen.insert((entry.kind, plain.to_lowercase()));
            found.extend(flaw.or(twice.then_some(Flaw::Twice)).map(|flaw| Found::at(at(), flaw)));
            for (language, words) in &entry.cost_text {
                let place = || path!["entry_points", n, "cost_text", language.as_str()];
                if !is_language(language) {
                    found.push(Found::at(place(), Flaw::NotALanguage));
                }
                if words.chars().nth(SUBJECT_OF_COST).is_some() {
                    found.push(Found::at(place(), Flaw::TooLong));
                }
            }
        }
        found
    }

    fn flaws_of_levels(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut say = |path: Vec<Step>, flaw: Option<Flaw>| found.extend(flaw.map(|flaw| Found::at(path, flaw)));
        let promise = |minutes: u32| match minutes {
            0 => Some(Flaw::Zero),
            1..=YEAR => None,
            _ => Some(Flaw::TooMuch),
        };
        say(path!["promises", "answer_minutes"], promise(self.promises.answer_minutes));
        say(path!["promises", "solution_minutes"], promise(self.promises.solution_minutes));
        say(path!["promises", "close_days"], (self.promises.close_days > CLOSE_MAX).then_some(Flaw::TooMuch));
        let mut seen = BTreeSet::new();
        for (n, level) in self.levels.iter().enumerate() {
            say(path!["levels", n, "answer_minutes"], level.answer_minutes.and_then(promise));
            say(path!["levels", n, "solution_minutes"], level.solution_minutes.and_then(promise));
            let for_nobody = level.channel.is_none() && level.kind.is_none();
            let says_nothing = level.answer_minutes.is_none() && level.solution_minutes.is_none();
            say(path!["levels", n], (for_nobody || says_nothing).then_some(Flaw::Empty));
            say(path!["levels", n], (!seen.insert((level.channel, level.kind))).then_some(Flaw::Twice));
        }
        found
    }

    fn flaws_of_calls(&self) -> Vec<Found> {
        let Some(CallPromise { seconds, percent }) = self.promises.calls else { return Vec::new() };
        let bounds = [("seconds", seconds, CallPromise::SECONDS_MAX), ("percent", percent, 100)];
        let outside = bounds.into_iter().filter(|(_, number, max)| !(1..=*max).contains(number));
        let found = outside
            .map(|(key, _, max)| Found::at(path!["promises", "calls", key], Flaw::OutOfRange).with(format!("1–{max}")));
        found.collect()
    }

    fn flaws_of_queues(&self, known: &impl Fn(&str) -> bool) -> Vec<Found> {
        let mut found = Vec::new();
        for (n, queue) in self.queues.iter().enumerate() {
            if !word_is_id(queue.id.as_str()) && !known(queue.id.as_str()) {
                found.push(Found::at(path!["queues", n, "id"], Flaw::BadId).with(&queue.id));
            }
            if self.queues.iter().take(n).any(|other| other.id == queue.id) {
                found.push(Found::at(path!["queues", n, "id"], Flaw::Twice).with(&queue.id));
            }
            if queue.name.trim().is_empty() {
                found.push(Found::at(path!["queues", n, "name"], Flaw::Missing));
            }
            if queue.name.chars().nth(NAME_MAX).is_some() {
                found.push(Found::at(path!["queues", n, "name"], Flaw::TooLong));
            }
            // A topic of which two queues of a level say that it is theirs would go to the first, whatever was meant.
            let earlier = || self.queues.iter().take(n).filter(|other| other.level == queue.level);
            for (at, topic) in queue.topics.iter().enumerate() {
                if earlier().any(|other| other.topics.contains(topic)) {
                    found.push(Found::at(path!["queues", n, "topics", at], Flaw::Twice).with(topic));
                }
            }
        }
        found
    }
}

/// Longest words on a cost, in characters.
const SUBJECT_OF_COST: usize = 200;

/// Digits, three at the least, as people write them: with blanks, dots, dashes and brackets between, a plus in front.
pub(super) fn is_dialled(number: &str) -> bool {
    let rest = number.strip_prefix('+').unwrap_or(number);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || " .-()/\u{a0}".contains(c))
}

/// Longest text of a service in one language, in characters.
pub(super) const PROSE_MAX: usize = TEXT_MAX / 4;
