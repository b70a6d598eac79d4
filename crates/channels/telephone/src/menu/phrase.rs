//! What is said, piece by piece. Equal phrases sound equal, so that what was read once can be kept.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use language::{Arg, Language, Tr, key};
use model::service::{Prompt, Said, Service, said_in};

/// A piece of speech in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Phrase {
    /// A sound that was uploaded, by its name.
    Sound { name: String, language: String },
    /// What the administration wrote, to be read.
    Text { text: String, language: String },
    /// One of the sentences that are built in.
    Words(Words),
}

/// A sentence of `messages/`, with what it is told. A language that has no sentences hears Italian.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    pub key: &'static str,
    pub values: Vec<(&'static str, Value)>,
    pub language: Language,
}

/// What a sentence is told. How it is spoken is the language's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Number(i64),
    Text(String),
    /// The day of an instant: tomorrow, Monday 23 November.
    Day(DateTime<Utc>),
    /// The hour of an instant: at nine thirty.
    Time(DateTime<Utc>),
    /// A telephone number (E.164), digit by digit in groups.
    Phone(String),
}

impl Phrase {
    pub(super) fn said(language: &str, said: &Said) -> Self {
        let language = language.to_owned();
        match said {
            Said::Text(text) => Self::Text { text: text.clone(), language },
            Said::Sound(sound) => Self::Sound { name: sound.sound.clone(), language },
        }
    }

    /// A built-in sentence that needs no values.
    pub(super) fn words(language: &str, key: &'static str) -> Self {
        Self::with(language, key, Vec::new())
    }

    pub(super) fn with(language: &str, key: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self::Words(Words { key, values, language: spoken(language).unwrap_or_default() })
    }

    /// The code of the language it is in.
    #[must_use]
    pub fn language(&self) -> &str {
        match self {
            Self::Sound { language, .. } | Self::Text { language, .. } => language,
            Self::Words(words) => words.language.code(),
        }
    }
}

/// The language of these built-in sentences, where there are any.
pub(super) fn spoken(language: &str) -> Option<Language> {
    language.parse().ok()
}

/// The service's own prompt in the caller's language, else what is built in, else the prompt in another language.
pub(super) fn own_or(own: Option<&Prompt>, language: &str, built_in: Phrase) -> Phrase {
    let exactly = own.and_then(|prompt| prompt.get_key_value(language));
    let foreign = || own.filter(|_| spoken(language).is_none()).and_then(|prompt| said_in(prompt, language));
    match exactly.map(|(code, said)| (code.as_str(), said)).or_else(foreign) {
        Some((code, said)) => Phrase::said(code, said),
        None => built_in,
    }
}

/// How a caller chooses this language; none where neither the service nor the built-in sentences have words for it.
pub(super) fn choosing(service: &Service, language: &str, digit: char) -> Option<Phrase> {
    let own = service.telephone.prompts.get(model::service::prompt_name::LANGUAGE);
    match own.and_then(|prompt| prompt.get(language)) {
        Some(said) => Some(Phrase::said(language, said)),
        None => spoken(language)
            .map(|_| Phrase::with(language, key!("voice-language"), vec![("digit", Value::Text(digit.to_string()))])),
    }
}

/// Minutes that are said of a measured wait: never fewer, whole up to ten, then by fives; none past half an hour, which is
/// "more than half an hour".
#[must_use]
pub fn minutes_said(wait: TimeDelta) -> Option<i64> {
    let seconds = wait.num_seconds().max(0) + i64::from(wait.subsec_nanos() > 0);
    match seconds.div_euclid(60) + i64::from(seconds % 60 > 0) {
        ..=1 => Some(1),
        minutes @ 2..=10 => Some(minutes),
        minutes @ 11..=30 => Some((minutes + 4) / 5 * 5),
        _ => None,
    }
}

impl Words {
    /// The sentence as it is read aloud, on the clock of `zone`.
    #[must_use]
    pub fn told(&self, zone: Tz, now: DateTime<Utc>) -> String {
        let tr = Tr::new(self.language).in_zone(zone);
        let values: Vec<(&str, Arg<'_>)> =
            self.values.iter().map(|(name, value)| (*name, value.told(tr, now))).collect();
        tr.with(self.key, &values).into_owned()
    }
}

impl Value {
    fn told(&self, tr: Tr, now: DateTime<Utc>) -> Arg<'static> {
        match self {
            Self::Number(number) => Arg::from(*number),
            Self::Text(text) => Arg::from(text.clone()),
            Self::Day(at) => Arg::from(tr.day(at, now)),
            Self::Time(at) => {
                use chrono::Timelike;
                let local = at.with_timezone(&tr.zone);
                Arg::from(tr.with("voice-time", &[("hour", local.hour()), ("minute", local.minute())]).into_owned())
            }
            Self::Phone(number) => Arg::from(digit_by_digit(tr, number)),
        }
    }
}

/// `3 3 3, 5 5 5, 0 1 1 7`: what a voice reads as single digits, with a breath between. Italy's prefix is left out.
fn digit_by_digit(tr: Tr, number: &str) -> String {
    let (national, abroad) = match number.strip_prefix("+39") {
        Some(rest) => (rest, false),
        None => (number, number.starts_with('+')),
    };
    let digits: Vec<char> = national.chars().filter(char::is_ascii_digit).collect();
    let mut groups: Vec<Vec<char>> = digits.chunks(3).map(<[char]>::to_vec).collect();
    // One digit alone sounds like the beginning of something.
    if groups.len() > 1 && groups.last().is_some_and(|last| last.len() == 1) {
        let alone = groups.pop().unwrap_or_default();
        groups.last_mut().into_iter().for_each(|last| last.extend(&alone));
    }
    let spaced = |group: &Vec<char>| group.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
    let said = groups.iter().map(spaced).collect::<Vec<_>>().join(", ");
    match abroad {
        true => tr.with("voice-number-abroad", &[("digits", said)]).into_owned(),
        false => said,
    }
}
