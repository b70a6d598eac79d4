//! The records themselves: their keys in the order in which they are written.

use super::entry_points::EntryPoints;
use super::fields::{Extra, Field, Fields, Id, Line, Month, Raw};
use super::{Kind, Refused};
use crate::case::{Kind as CaseKind, Level};
use crate::contact::{Channel, Direction, Outcome};
use crate::message::Author;
use crate::structure::StructureKind;
use crate::word::words;
use chrono::{DateTime, Utc};

words!(
    MediaKind { News = "news", Radio = "radio", Video = "video", Feature = "feature" }
);
words!(
    /// Where a film comes from.
    Origin { Newsroom = "newsroom", Prize = "prize", Administration = "administration" }
);

type Time = DateTime<Utc>;

/// A record with its keys, which are its fields' names, in the order in which they are written.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? } $(check $check:expr)?) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$fmeta])* pub $field: $ty,)+
            pub extra: Extra,
        }

        impl $name {
            pub(super) fn read(mut fields: Fields<'_>) -> Result<Self, Refused> {
                let record = Self {
                    $($field: <$ty as Field>::take(&mut fields, stringify!($field))?,)+
                    extra: fields.rest(),
                };
                $(let check: fn(&Self) -> Result<(), Refused> = $check; check(&record)?;)?
                Ok(record)
            }

            /// The line that says this record, without its end.
            #[must_use]
            pub fn line(&self) -> String {
                let mut line = Line::new(Kind::$name);
                $(Field::put(&self.$field, &mut line, stringify!($field));)+
                line.end(&self.extra)
            }
        }
    };
}

record!(Service {
    id: Id,
    name: String,
    /// As whoever exported it wrote it: see [`Service::hours`].
    calendar: Option<Raw>,
    entry_points: Option<EntryPoints>,
    languages: Option<Vec<String>>,
});

record!(Person {
    id: Id,
    name: Option<String>,
    phones: Option<Vec<String>>,
    emails: Option<Vec<String>>,
    language: Option<String>,
    region: Option<String>,
});

record!(Structure {
    id: Id,
    name: String,
    kind: StructureKind,
    ipa_code: Option<String>,
    region: Option<String>,
    administration: Option<String>,
    contacts: Option<Raw>,
});

record!(Operator {
    id: Id,
    name: String,
    level: Level,
    structure: Option<Id>,
    languages: Option<Vec<String>>,
    skills: Option<Vec<String>>,
});

record!(Contact {
    id: Id,
    service: Id,
    channel: Channel,
    direction: Direction,
    started_at: Time,
    entry_point: Option<String>,
    from: Option<String>,
    queued_at: Option<Time>,
    answered_at: Option<Time>,
    ended_at: Option<Time>,
    outcome: Option<Outcome>,
    operator: Option<Id>,
    case: Option<Id>,
    person: Option<Id>,
    language: Option<String>,
    topic: Option<String>,
    subject: Option<String>,
    text: Option<String>,
} check |c| {
    in_order(&[
        ("started_at", Some(c.started_at)),
        ("queued_at", c.queued_at),
        ("answered_at", c.answered_at),
        ("ended_at", c.ended_at),
    ])
});

record!(Message {
    id: Id,
    case: Id,
    at: Time,
    author: Author,
    channel: Channel,
    text: String,
    operator: Option<Id>,
    internal: Option<bool>,
});

record!(Case {
    id: Id,
    service: Id,
    opened_at: Time,
    topic: Option<String>,
    region: Option<String>,
    escalated_at: Option<Time>,
    solved_at: Option<Time>,
    solved_by: Option<Level>,
    structure: Option<Id>,
    reopened_at: Option<Time>,
    closed_at: Option<Time>,
    kind: Option<CaseKind>,
} check |c| {
    short("topic", c.topic.as_ref())?;
    short("region", c.region.as_ref())?;
    in_order(&[("opened_at", Some(c.opened_at)), ("escalated_at", c.escalated_at)])?;
    in_order(&[("opened_at", Some(c.opened_at)), ("solved_at", c.solved_at)])
});

record!(Survey {
    id: Id,
    case: Id,
    channel: Channel,
    asked_at: Time,
    answered_at: Option<Time>,
    efficient: Option<bool>,
    effective: Option<bool>,
    comment: Option<String>,
});

record!(Volume {
    structure: Id,
    month: Month,
    channel: Channel,
    contacts: i64,
    with_operator: i64,
} check |v| if v.with_operator > v.contacts { Err(Refused::MoreThanContacts) } else { Ok(()) });

record!(Training {
    id: Id,
    operator: Option<Id>,
    trainee: Option<String>,
    structure: Option<Id>,
    course: String,
    completed_at: Time,
} check |t| match (&t.operator, &t.trainee) {
    (None, None) => Err(Refused::Missing("operator or trainee")),
    _ => Ok(()),
});

record!(Media {
    id: Id,
    kind: MediaKind,
    title: String,
    published_at: Time,
    url: Option<String>,
    duration_s: Option<i64>,
    origin: Option<Origin>,
});

/// Longest word that cases are counted by, in bytes: a database's index holds all of it.
const WORD_MAX: usize = 600;

fn short(key: &'static str, word: Option<&String>) -> Result<(), Refused> {
    match word.is_some_and(|word| word.len() > WORD_MAX) {
        true => Err(Refused::TooLong { key, max: WORD_MAX }),
        false => Ok(()),
    }
}

/// Every time that is there is at or after those before it.
fn in_order(times: &[(&'static str, Option<Time>)]) -> Result<(), Refused> {
    let mut last: Option<(&'static str, Time)> = None;
    for (later, time) in times.iter().filter_map(|(key, time)| Some((*key, (*time)?))) {
        match last {
            Some((earlier, before)) if time < before => return Err(Refused::OutOfOrder { earlier, later }),
            _ => last = Some((later, time)),
        }
    }
    Ok(())
}

impl Service {
    /// The opening hours that the record means: a calendar as services are defined with, or its week alone. `None` when
    /// there is none; `Some(None)` when it is written in a form that is not known here.
    #[must_use]
    pub fn hours(&self) -> Option<Option<crate::calendar::Calendar>> {
        let raw = self.calendar.as_ref()?.0.get();
        // No database keeps a NUL in a name.
        if raw.contains("\\u0000") {
            return Some(None);
        }
        let whole = serde_json::from_str(raw).ok();
        let week = || {
            let written = format!("{{\"zone\":\"Europe/Rome\",\"holidays\":\"italy\",\"week\":{raw}}}");
            serde_json::from_str(&written).ok()
        };
        Some(whole.or_else(week))
    }
}
