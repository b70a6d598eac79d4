//! The keys of one line: each is taken once, by its type, and what is left over is kept as it came.

use super::Refused;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Longest id, in characters.
const ID_MAX: usize = 200;

/// What has not been taken of a line yet.
pub struct Fields<'a>(BTreeMap<Cow<'a, str>, &'a RawValue>);

impl<'a> Fields<'a> {
    pub fn of(line: &'a str) -> Result<Self, Refused> {
        // Keys may hold escapes, so they are not always a piece of the line.
        #[derive(serde::Deserialize, PartialEq, Eq, PartialOrd, Ord)]
        struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
        let all: BTreeMap<Key<'a>, &'a RawValue> = serde_json::from_str(line).map_err(|_| Refused::NotAnObject)?;
        let mut fields = Self(all.into_iter().map(|(key, value)| (key.0, value)).collect());
        fields.0.remove("type");
        Ok(fields)
    }

    /// A key's value; `null` says the same as nothing.
    fn take(&mut self, key: &str) -> Option<&'a RawValue> {
        self.0.remove(key).filter(|raw| raw.get() != "null")
    }

    /// What nobody asked for.
    pub fn rest(self) -> Extra {
        Extra(self.0.into_iter().map(|(key, value)| (key.into_owned(), value.to_owned())).collect())
    }
}

/// Says what is wrong with a line that is JSON but holds no `type` that is text.
pub(super) fn not_an_object_or_type(line: &str) -> Refused {
    match line.trim_start().starts_with('{') {
        true => Refused::Mistyped { key: "type", wanted: "text" },
        false => Refused::NotAnObject,
    }
}

/// Keys that are known nowhere, in alphabetical order, with their values as they were written.
#[derive(Debug, Clone, Default)]
pub struct Extra(BTreeMap<String, Box<RawValue>>);

/// Whether two values say the same, however they are spelled.
fn same(one: &RawValue, other: &RawValue) -> bool {
    let value = |raw: &RawValue| serde_json::from_str::<serde_json::Value>(raw.get()).ok();
    one.get() == other.get() || value(one).is_some_and(|one| value(other) == Some(one))
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|((a, x), (b, y))| a == b && same(x, y))
    }
}
impl Eq for Extra {}

impl Extra {
    /// The stored form: a JSON object, or nothing when there is nothing to keep.
    #[must_use]
    pub fn stored(&self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let mut out = String::from("{");
        for (at, (key, value)) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            quote(&mut out, key);
            out.push(':');
            out.push_str(value.get());
        }
        out.push('}');
        Some(out)
    }

    /// Reads the stored form; what cannot be read is nothing.
    #[must_use]
    pub fn of_stored(stored: Option<&str>) -> Self {
        Self(stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default())
    }

    /// Takes a key out, as the value it was written as.
    pub fn take<T: serde::de::DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        serde_json::from_str(self.0.remove(key)?.get()).ok()
    }

    /// Takes a key out as it was written.
    pub fn take_raw(&mut self, key: &str) -> Option<Raw> {
        self.0.remove(key).map(Raw)
    }

    /// Keeps a value under a key.
    pub fn put<T: serde::Serialize>(&mut self, key: &str, value: &T) {
        if let Ok(raw) = serde_json::value::to_raw_value(value) {
            self.0.insert(key.to_owned(), raw);
        }
    }
}

/// A line that is being written.
pub struct Line(String);

impl Line {
    pub fn new(kind: super::Kind) -> Self {
        Self(format!("{{\"type\":\"{kind}\""))
    }

    fn key(&mut self, key: &str) -> &mut String {
        self.0.push(',');
        quote(&mut self.0, key);
        self.0.push(':');
        &mut self.0
    }

    pub fn end(mut self, extra: &Extra) -> String {
        for (key, value) in &extra.0 {
            self.key(key).push_str(value.get());
        }
        self.0.push('}');
        self.0
    }
}

fn quote(out: &mut String, text: &str) {
    // A string is always JSON.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// A value of one key.
pub trait Value: Sized {
    /// What the value should be, for whoever wrote something else.
    const WANTED: &'static str;
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused>;
    fn put(&self, out: &mut String);

    fn mistyped(key: &'static str) -> Refused {
        Refused::Mistyped { key, wanted: Self::WANTED }
    }
}

/// A key of a record: one that must be there, or one that may be.
pub trait Field: Sized {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Result<Self, Refused>;
    fn put(&self, line: &mut Line, key: &'static str);
}

impl<T: Value> Field for T {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Result<Self, Refused> {
        T::of(key, fields.take(key).ok_or(Refused::Missing(key))?.get())
    }
    fn put(&self, line: &mut Line, key: &'static str) {
        Value::put(self, line.key(key));
    }
}

impl<T: Value> Field for Option<T> {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Result<Self, Refused> {
        fields.take(key).map(|raw| T::of(key, raw.get())).transpose()
    }
    fn put(&self, line: &mut Line, key: &'static str) {
        if let Some(value) = self {
            Value::put(value, line.key(key));
        }
    }
}

impl Value for String {
    const WANTED: &'static str = "text (without NUL)";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        // No database keeps a NUL in a text.
        let text = serde_json::from_str::<Self>(raw).ok().filter(|text| !text.contains('\0'));
        text.ok_or_else(|| Self::mistyped(key))
    }
    fn put(&self, out: &mut String) {
        quote(out, self);
    }
}

/// An id: the sender's own word for something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub String);

impl Value for Id {
    const WANTED: &'static str = "an id (text of 1 to 200 characters)";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        let text = serde_json::from_str::<String>(raw).ok().filter(|text| {
            !text.is_empty() && text.chars().nth(ID_MAX).is_none() && !text.chars().any(char::is_control)
        });
        text.map(Self).ok_or_else(|| Self::mistyped(key))
    }
    fn put(&self, out: &mut String) {
        quote(out, &self.0);
    }
}

impl Value for DateTime<Utc> {
    const WANTED: &'static str = "a time that exists (RFC 3339 with an offset)";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        let text: String = serde_json::from_str(raw).map_err(|_| Self::mistyped(key))?;
        let time = DateTime::parse_from_rfc3339(&text).map_err(|_| Self::mistyped(key))?;
        use chrono::{SubsecRound, Timelike};
        // The second after the 59th is no instant of its own in what is stored.
        if time.nanosecond() >= 1_000_000_000 {
            return Err(Self::mistyped(key));
        }
        Ok(time.to_utc().trunc_subsecs(6))
    }
    fn put(&self, out: &mut String) {
        quote(out, &self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Value for bool {
    const WANTED: &'static str = "true or false";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        serde_json::from_str(raw).map_err(|_| Self::mistyped(key))
    }
    fn put(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Value for i64 {
    const WANTED: &'static str = "a whole number that is not negative";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        serde_json::from_str(raw)
            .ok()
            .filter(|n| (0..=1_000_000_000_000).contains(n))
            .ok_or_else(|| Self::mistyped(key))
    }
    fn put(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Value for Vec<String> {
    const WANTED: &'static str = "a list of texts";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        let list = serde_json::from_str::<Self>(raw).ok().filter(|list| list.iter().all(|text| !text.contains('\0')));
        list.ok_or_else(|| Self::mistyped(key))
    }
    fn put(&self, out: &mut String) {
        out.push_str(&serde_json::to_string(self).unwrap_or_default());
    }
}

/// A month such as `2009-05`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(pub String);

impl Value for Month {
    const WANTED: &'static str = "a month such as 2009-05";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        let text: String = serde_json::from_str(raw).map_err(|_| Self::mistyped(key))?;
        let fits = |(year, month): (&str, &str)| {
            let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
            digits(year, 4) && digits(month, 2) && month.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m))
        };
        match text.split_once('-').is_some_and(fits) {
            true => Ok(Self(text)),
            false => Err(Self::mistyped(key)),
        }
    }
    fn put(&self, out: &mut String) {
        quote(out, &self.0);
    }
}

/// A value of any shape, kept as it was written.
#[derive(Debug, Clone)]
pub struct Raw(pub Box<RawValue>);

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}
impl Eq for Raw {}

impl Value for Raw {
    const WANTED: &'static str = "JSON";
    fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
        RawValue::from_string(raw.to_owned()).map(Self).map_err(|_| Self::mistyped(key))
    }
    fn put(&self, out: &mut String) {
        out.push_str(self.0.get());
    }
}

/// Lets a fixed list of words stand as a value.
macro_rules! word_values {
    ($($name:ty),+ $(,)?) => {$(
        impl Value for $name {
            const WANTED: &'static str = "text";
            fn of(key: &'static str, raw: &str) -> Result<Self, Refused> {
                let found: String = serde_json::from_str(raw).map_err(|_| Self::mistyped(key))?;
                found.parse().map_err(|_| {
                    let list: Vec<_> = Self::ALL.iter().map(|word| word.as_str()).collect();
                    Refused::NotInTheList { key, found: found.chars().take(40).collect(), list: list.join(", ") }
                })
            }
            fn put(&self, out: &mut String) {
                quote(out, self.as_str());
            }
        }
    )+};
}

word_values!(
    crate::case::Kind,
    crate::case::Level,
    crate::contact::Channel,
    crate::contact::Direction,
    crate::contact::Outcome,
    crate::message::Author,
    crate::structure::StructureKind,
    super::MediaKind,
    super::Origin,
);
