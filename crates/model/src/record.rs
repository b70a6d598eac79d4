//! Records: the form in which the work of a centre moves from one system to another, one JSON object a line
//! (NDJSON). A record is read whole or refused with the reason; keys that nobody here knows are kept and written again.

mod entry_points;
mod fields;
mod nouns;
mod refused;
#[cfg(test)]
mod tests;

pub use entry_points::EntryPoints;
pub use fields::{Extra, Id, Month, Raw};
pub use nouns::{
    Case, Contact, Media, MediaKind, Message, Operator, Origin, Person, Service, Structure, Survey, Training, Volume,
};
pub use refused::Refused;

use crate::word::words;
use fields::Fields;

words!(
    /// What a line is.
    Kind {
        Service = "service",
        Structure = "structure",
        Person = "person",
        Operator = "operator",
        Case = "case",
        Contact = "contact",
        Message = "message",
        Survey = "survey",
        Volume = "volume",
        Training = "training",
        Media = "media",
    }
);

impl Kind {
    /// Records of a rank refer only to records of ranks before it (or to those of their own file's earlier reading).
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Service | Self::Structure | Self::Person | Self::Media => 0,
            Self::Operator | Self::Case | Self::Volume => 1,
            Self::Contact | Self::Message | Self::Survey | Self::Training => 2,
        }
    }

    /// Ranks there are.
    pub const RANKS: u8 = 3;
}

/// A record of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    Service(Service),
    Structure(Structure),
    Person(Person),
    Operator(Operator),
    Case(Case),
    Contact(Contact),
    Message(Message),
    Survey(Survey),
    Volume(Volume),
    Training(Training),
    Media(Media),
}

impl Record {
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Service(_) => Kind::Service,
            Self::Structure(_) => Kind::Structure,
            Self::Person(_) => Kind::Person,
            Self::Operator(_) => Kind::Operator,
            Self::Case(_) => Kind::Case,
            Self::Contact(_) => Kind::Contact,
            Self::Message(_) => Kind::Message,
            Self::Survey(_) => Kind::Survey,
            Self::Volume(_) => Kind::Volume,
            Self::Training(_) => Kind::Training,
            Self::Media(_) => Kind::Media,
        }
    }

    /// What tells it from every other record: its kind and id.
    #[must_use]
    pub fn key(&self) -> (Kind, String) {
        let id = match self {
            Self::Service(r) => &r.id,
            Self::Structure(r) => &r.id,
            Self::Person(r) => &r.id,
            Self::Operator(r) => &r.id,
            Self::Case(r) => &r.id,
            Self::Contact(r) => &r.id,
            Self::Message(r) => &r.id,
            Self::Survey(r) => &r.id,
            Self::Training(r) => &r.id,
            Self::Media(r) => &r.id,
            Self::Volume(r) => return (Kind::Volume, format!("{} {} {}", r.month.0, r.channel, r.structure.0)),
        };
        (self.kind(), id.0.clone())
    }

    /// The line that says this record, without its end.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Service(r) => r.line(),
            Self::Structure(r) => r.line(),
            Self::Person(r) => r.line(),
            Self::Operator(r) => r.line(),
            Self::Case(r) => r.line(),
            Self::Contact(r) => r.line(),
            Self::Message(r) => r.line(),
            Self::Survey(r) => r.line(),
            Self::Volume(r) => r.line(),
            Self::Training(r) => r.line(),
            Self::Media(r) => r.line(),
        }
    }
}

/// What kind of record a line is, without reading the rest of it: a file is gone through once for each rank.
///
/// # Errors
/// What is not JSON, has no `type`, or one that nobody knows.
pub fn kind_of(line: &str) -> Result<Kind, Refused> {
    #[derive(serde::Deserialize)]
    struct Typed<'a> {
        #[serde(borrow, default)]
        r#type: Option<std::borrow::Cow<'a, str>>,
    }
    let typed: Typed<'_> = serde_json::from_str(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => fields::not_an_object_or_type(line),
        _ => Refused::NotJson(error.to_string()),
    })?;
    let word = typed.r#type.ok_or(Refused::Missing("type"))?;
    word.parse().map_err(|_| Refused::UnknownType(word.chars().take(40).collect()))
}

/// Reads a line.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read(line: &str) -> Result<Record, Refused> {
    let kind = kind_of(line)?;
    let fields = Fields::of(line)?;
    Ok(match kind {
        Kind::Service => Record::Service(Service::read(fields)?),
        Kind::Structure => Record::Structure(Structure::read(fields)?),
        Kind::Person => Record::Person(Person::read(fields)?),
        Kind::Operator => Record::Operator(Operator::read(fields)?),
        Kind::Case => Record::Case(Case::read(fields)?),
        Kind::Contact => Record::Contact(Contact::read(fields)?),
        Kind::Message => Record::Message(Message::read(fields)?),
        Kind::Survey => Record::Survey(Survey::read(fields)?),
        Kind::Volume => Record::Volume(Volume::read(fields)?),
        Kind::Training => Record::Training(Training::read(fields)?),
        Kind::Media => Record::Media(Media::read(fields)?),
    })
}
