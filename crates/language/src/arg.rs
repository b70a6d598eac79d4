//! What a message is told: a text, or a number that it may choose its plural by.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// The value of a message's variable. Numbers appear as the language writes them: give years and codes as text.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Number(i64),
}

impl<'a> Arg<'a> {
    /// Fit to stand in HTML, in a text and in an attribute alike.
    pub(crate) fn escaped(self) -> Arg<'a> {
        match self {
            Arg::Text(text) if text.contains(['&', '<', '>', '"', '\'']) => {
                let mut safe = String::with_capacity(text.len() + 16);
                for character in text.chars() {
                    match character {
                        '&' => safe.push_str("&amp;"),
                        '<' => safe.push_str("&lt;"),
                        '>' => safe.push_str("&gt;"),
                        '"' => safe.push_str("&quot;"),
                        '\'' => safe.push_str("&#39;"),
                        other => safe.push(other),
                    }
                }
                Arg::Text(Cow::Owned(safe))
            }
            other => other,
        }
    }
}

impl<'a> From<Arg<'a>> for FluentValue<'a> {
    fn from(arg: Arg<'a>) -> Self {
        match arg {
            Arg::Text(text) => FluentValue::String(text),
            Arg::Number(number) => FluentValue::from(number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a &str> for Arg<'a> {
    fn from(text: &'a &str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<&i64> for Arg<'_> {
    fn from(number: &i64) -> Self {
        Arg::Number(*number)
    }
}

impl From<i32> for Arg<'_> {
    fn from(number: i32) -> Self {
        Arg::Number(number.into())
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Arg::Number(number.into())
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
