//! The handle that says things in a language.

use std::borrow::Cow;

use chrono_tz::{Europe::Rome, Tz};
use fluent_bundle::FluentArgs;

use crate::{Arg, Language, voice::voice};

/// A language and the time zone its reader's clock shows. Cheap to copy: views hold one by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tr {
    pub language: Language,
    pub zone: Tz,
}

impl Tr {
    /// In Italy's time.
    pub const fn new(language: Language) -> Tr {
        Tr { language, zone: Rome }
    }

    pub const fn in_zone(self, zone: Tz) -> Tr {
        Tr { zone, ..self }
    }

    /// A message that needs no values.
    pub fn text(self, key: &str) -> Cow<'static, str> {
        self.say(key, None)
    }

    /// A message told its values: `tr.with("cases-found", &[("count", 17)])`. In a template the `&` is left out, askama
    /// adds it. Values of different types each go through [`Tr::arg`].
    pub fn with<'a, V>(self, key: &str, values: &[(&'a str, V)]) -> Cow<'static, str>
    where
        V: Clone + Into<Arg<'a>>,
    {
        let args: FluentArgs<'a> = values.iter().cloned().map(|(name, value)| (name, value.into())).collect();
        self.say(key, Some(&args))
    }

    /// A message that holds HTML of its own, told values that hold none: they are escaped. For `|safe` in a template:
    /// `tr.rich("foot-landline", &[("number", number)])|safe`.
    pub fn rich<'a, V>(self, key: &str, values: &[(&'a str, V)]) -> Cow<'static, str>
    where
        V: Clone + Into<Arg<'a>>,
    {
        let args: FluentArgs<'a> = values.iter().cloned().map(|(name, value)| (name, value.into().escaped())).collect();
        self.say(key, Some(&args))
    }

    /// One value among others of other types:
    /// `tr.with("sms-to", &[("count", tr.arg(2)), ("number", tr.arg(&number))])`.
    pub fn arg<'a>(self, value: impl Into<Arg<'a>>) -> Arg<'a> {
        value.into()
    }

    /// What a check of the centre's health found, in words, and what to do where something is wrong. A check that nobody here
    /// has words for is told as it is.
    pub fn finding(
        self,
        check: &str,
        word: &str,
        values: &std::collections::BTreeMap<&'static str, String>,
    ) -> (String, Option<String>) {
        let values: Vec<(&str, Arg<'_>)> = values
            .iter()
            .map(|(name, value)| {
                let number = value.parse::<i64>();
                (*name, number.map_or_else(|_| Arg::from(value), Arg::from))
            })
            .collect();
        let said = |key: String| self.has(&key).then(|| self.with(&key, &values).into_owned());
        let own =
            |end: &str| said(format!("health-{check}-{word}{end}")).or_else(|| said(format!("health-any-{word}{end}")));
        (own("").unwrap_or_else(|| word.to_owned()), own("-do"))
    }

    /// The address of a page in this language: `tr.path("/scrivi")` is `/en/scrivi` in English.
    pub fn path(self, path: &str) -> String {
        self.language.path(path)
    }

    /// Whether this language itself has the message.
    pub fn has(self, key: &str) -> bool {
        voice(self.language).messages.get_message(key).is_some_and(|message| message.value().is_some())
    }

    fn say(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        for language in [self.language, Language::default()] {
            let messages = &voice(language).messages;
            let Some(pattern) = messages.get_message(key).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = messages.format_pattern(pattern, args, &mut errors);
            for error in errors {
                tracing::error!(message.key = key, message.language = %language, %error, "message not told all it needs");
            }
            return text;
        }
        // Seen only by whoever forgot the message: the tests of every page look for these brackets.
        tracing::error!(message.key = key, "no such message");
        Cow::Owned(format!("⟦{key}⟧"))
    }
}

impl Default for Tr {
    fn default() -> Self {
        Tr::new(Language::default())
    }
}

impl From<Language> for Tr {
    fn from(language: Language) -> Self {
        Tr::new(language)
    }
}
