//! The timeline's entries, as they are read: contacts, replies and notes in full, changes as thin lines.

use super::channel;
use super::list::title;
use super::recording::Recording;
use centre::Catalogue;
use centre::timeline::{Announced, Entry as Read, Timeline, What};
use chrono::{DateTime, NaiveDate, Utc};
use db::attachment::Attachment;
use language::Tr;
use model::case::Event;
use model::contact::{Channel, Contact, Direction, Outcome};
use model::event::Actor;
use model::message::Author;
use model::number::CaseNumber;
use model::user::Staff;
use model::{CaseId, QueueId, TopicId, UserId};

/// A part of a timeline, in order.
#[derive(Debug, Clone)]
pub enum Entry {
    Day(String),
    /// A change, as a thin line.
    Change {
        id: String,
        icon: &'static str,
        text: String,
        words: Option<String>,
        to_office: bool,
        at: Moment,
        merged: Option<String>,
    },
    Said(Box<Said>),
}

/// Something that was said or written.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: String,
    pub kind: SaidKind,
    pub icon: &'static str,
    pub who: String,
    pub how: String,
    pub announced: Option<(&'static str, String)>,
    pub subject: Option<String>,
    /// None when it was erased or there were no words.
    pub text: Option<String>,
    pub files: Vec<File>,
    pub recordings: Vec<Recording>,
    pub at: Moment,
    /// The number of the merged case it came with.
    pub merged: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidKind {
    Citizen,
    Reply,
    Note,
}

impl SaidKind {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Citizen => "",
            Self::Reply => " out",
            Self::Note => " note",
        }
    }

    pub(crate) fn is_note(self) -> bool {
        self == Self::Note
    }
}

/// A file to be had.
#[derive(Debug, Clone)]
pub struct File {
    pub href: String,
    pub name: String,
    pub size: String,
}

/// A time as it is shown, with the exact one.
#[derive(Debug, Clone)]
pub struct Moment {
    pub shown: String,
    pub title: String,
    pub datetime: String,
}

impl Moment {
    /// Today from now, on other days by the clock: the day stands above.
    pub fn new(tr: Tr, at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let shown = if tr.local_day(at) == tr.local_day(now) { tr.relative(at, now) } else { tr.time(at) };
        Self { shown, title: tr.date_time_full(at), datetime: tr.datetime(at) }
    }
}

/// What entries are told by.
pub(super) struct Teller<'a> {
    pub tr: Tr,
    pub now: DateTime<Utc>,
    pub me: &'a Staff,
    pub timeline: &'a Timeline,
    pub catalogue: &'a Catalogue,
}

pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

impl Teller<'_> {
    /// All entries, or those since `since`, with the days as headings.
    pub fn entries(&self, since: Option<DateTime<Utc>>) -> Vec<Entry> {
        let mut all = Vec::new();
        let mut day: Option<NaiveDate> = None;
        for (at, entry) in self.timeline.entries.iter().enumerate() {
            if since.is_some_and(|since| entry.at <= since) {
                continue;
            }
            let Some(told) = self.told(at, entry) else { continue };
            let own = self.tr.local_day(entry.at);
            if day != Some(own) {
                day = Some(own);
                all.push(Entry::Day(self.tr.day(entry.at, self.now)));
            }
            all.push(told);
        }
        all
    }

    fn told(&self, index: usize, entry: &Read) -> Option<Entry> {
        let at = Moment::new(self.tr, entry.at, self.now);
        let merged = (entry.case != self.timeline.stored.case.id).then(|| self.number(entry.case));
        match &entry.what {
            What::Change { event, actor, words } => {
                let (icon, text) = self.change(event, *actor)?;
                let to_office = matches!(**event, Event::Escalated { .. });
                Some(Entry::Change {
                    id: format!("e-{index}"),
                    icon,
                    text,
                    words: words.clone(),
                    to_office,
                    at,
                    merged,
                })
            }
            What::Contact { stored, files, recordings } => {
                let contact = &stored.contact;
                let mut how: Vec<String> = vec![self.tr.text(channel::key(contact.channel)).into_owned()];
                how.extend(contact.entry_point.clone());
                if let Some(name) =
                    contact.operator.filter(|_| contact.answered_at == Some(contact.started_at)).map(|id| self.name(id))
                {
                    how.push(self.tr.with("desk-entry-taken-down", &[("name", name)]).into_owned());
                }
                how.extend(
                    contact
                        .outcome
                        .filter(|o| *o != Outcome::Answered)
                        .map(|outcome| self.tr.text(&format!("desk-contact-{outcome}")).into_owned()),
                );
                let who = match contact.direction {
                    Direction::Outbound => {
                        contact.operator.map_or_else(|| self.tr.text("desk-by-system").into_owned(), |id| self.name(id))
                    }
                    Direction::Inbound => self.citizen(stored.words.from.as_deref()),
                };
                Some(Entry::Said(Box::new(Said {
                    id: format!("c-{}", contact.id),
                    kind: if contact.direction == Direction::Outbound { SaidKind::Reply } else { SaidKind::Citizen },
                    icon: if contact.channel == Channel::Phone && contact.direction == Direction::Inbound {
                        "phone-in"
                    } else {
                        channel::icon(contact.channel)
                    },
                    who,
                    how: how.join(" · "),
                    announced: None,
                    subject: stored
                        .words
                        .subject
                        .clone()
                        .filter(|s| Some(s) != self.timeline.stored.content.subject.as_ref()),
                    text: stored.words.text.clone(),
                    files: self.files(files),
                    recordings: recordings.iter().map(|one| self.recording(one, contact)).collect(),
                    at,
                    merged,
                })))
            }
            What::Message { message, files, announced } => {
                let kind = match (message.internal, message.author) {
                    (true, _) => SaidKind::Note,
                    (false, Author::Citizen) => SaidKind::Citizen,
                    (false, _) => SaidKind::Reply,
                };
                let who = match message.author {
                    Author::Citizen => self.citizen(None),
                    Author::Operator => {
                        message.operator.map_or_else(|| self.tr.text("desk-by-system").into_owned(), |id| self.name(id))
                    }
                    Author::System => self.tr.text("desk-by-system").into_owned(),
                };
                Some(Entry::Said(Box::new(Said {
                    id: format!("m-{}", message.id),
                    kind,
                    icon: if kind.is_note() { "lock" } else { channel::icon(message.channel) },
                    who,
                    how: if kind.is_note() {
                        String::new()
                    } else {
                        self.tr
                            .text(if kind == SaidKind::Reply {
                                language::key!("desk-entry-reply")
                            } else {
                                language::key!("desk-entry-on-page")
                            })
                            .into_owned()
                    },
                    announced: self.announced(*announced),
                    subject: None,
                    text: message.text.clone(),
                    files: self.files(files),
                    recordings: Vec::new(),
                    at,
                    merged,
                })))
            }
        }
    }

    fn announced(&self, announced: Announced) -> Option<(&'static str, String)> {
        let (icon, key) = match announced {
            Announced::No => return None,
            Announced::Waiting => ("clock", language::key!("desk-announced-waiting")),
            Announced::Sent => ("checks", language::key!("desk-announced-sent")),
            Announced::Failed => ("alert", language::key!("desk-announced-failed")),
        };
        Some((icon, self.tr.text(key).into_owned()))
    }

    fn files(&self, files: &[Attachment]) -> Vec<File> {
        let number = self.timeline.number;
        files
            .iter()
            .map(|f| File {
                href: format!("/desk/case/{number}/file/{}", f.id),
                name: f.name.clone(),
                size: self.tr.file_size(f.size),
            })
            .collect()
    }

    fn recording(&self, read: &centre::recording::Recording, contact: &Contact) -> Recording {
        Recording::of(self.tr, self.me, read, contact, Some(&self.timeline.stored.case))
    }

    fn citizen(&self, from: Option<&str>) -> String {
        let name = self.timeline.known.as_ref().and_then(|known| known.person.name.clone());
        name.or_else(|| from.map(str::to_owned)).unwrap_or_else(|| self.tr.text("desk-citizen").into_owned())
    }

    fn name(&self, id: UserId) -> String {
        first_name(self.timeline.name(id)).to_owned()
    }

    fn number(&self, id: CaseId) -> String {
        let known = self.timeline.merged.iter().chain(&self.timeline.linked).find(|s| s.case.id == id);
        known.map_or_else(
            || CaseNumber { year: self.timeline.number.year, id }.to_string(),
            |s| CaseNumber::new(id, s.case.opened_at).to_string(),
        )
    }

    fn queue(&self, id: &QueueId) -> String {
        self.catalogue.queue(id).map_or_else(|| id.to_string(), |q| q.name.clone())
    }

    fn topic(&self, id: &TopicId) -> String {
        self.catalogue.topic(id).map_or_else(|| id.to_string(), |t| t.name(self.tr.language.code()).to_owned())
    }

    /// A change as a sentence with its subject.
    fn change(&self, event: &Event, actor: Actor) -> Option<(&'static str, String)> {
        let tr = self.tr;
        let who = match actor {
            Actor::System => tr.text("desk-by-system").into_owned(),
            Actor::Citizen => self.citizen(None),
            Actor::Staff(id) => self.name(id),
        };
        let say = |key: &str| Some(tr.with(key, &[("who", who.as_str())]).into_owned());
        let say_of =
            |key: &str, of: String| Some(tr.with(key, &[("who", who.as_str()), ("of", of.as_str())]).into_owned());
        let (icon, text) = match event {
            Event::Opened(opened) => match opened.split_from {
                Some(from) => ("same", say_of("desk-change-opened-split", self.number(from))),
                None => return None,
            },
            Event::Imported(_) => ("dl", Some(tr.text("desk-change-imported").into_owned())),
            Event::Assigned { to: None } => ("inbox", say("desk-change-put-back")),
            Event::Assigned { to: Some(to) } if actor == Actor::Staff(*to) => ("user", say("desk-change-taken")),
            Event::Assigned { to: Some(to) } => ("user", say_of("desk-change-assigned", self.name(*to))),
            Event::Waited => ("hourglass", say("desk-change-waited")),
            Event::Resumed => ("up", say("desk-change-resumed")),
            Event::Recalled { .. } => ("up", say("desk-change-recalled")),
            Event::Escalated { queue, .. } => ("right", say_of("desk-change-escalated", self.queue(queue))),
            Event::GivenBack { to, solution, .. } => {
                let to = to.map(|id| self.name(id));
                match (to, solution) {
                    (Some(to), true) => ("transfer", say_of("desk-change-given-back-solution-to", to)),
                    (Some(to), false) => ("transfer", say_of("desk-change-given-back-to", to)),
                    (None, true) => ("transfer", say("desk-change-given-back-solution")),
                    (None, false) => ("transfer", say("desk-change-given-back")),
                }
            }
            Event::Transferred { queue, .. } => ("transfer", say_of("desk-change-transferred", self.queue(queue))),
            Event::Solved { outcome, .. } => {
                ("check", say_of("desk-change-solved", tr.text(&format!("desk-outcome-{outcome}")).into_owned()))
            }
            Event::Reopened => ("up", say("desk-change-reopened")),
            Event::Closed => ("lock", say("desk-change-closed")),
            Event::Classified { topic, kind } => {
                let words: Vec<String> = topic
                    .as_ref()
                    .map(|t| self.topic(t))
                    .into_iter()
                    .chain(kind.map(|k| tr.text(&format!("desk-kind-{k}")).into_owned()))
                    .collect();
                if words.is_empty() {
                    ("pen", say("desk-change-unclassified"))
                } else {
                    ("pen", say_of("desk-change-classified", words.join(", ")))
                }
            }
            Event::Renamed => ("pen", say("desk-change-renamed")),
            Event::AnnouncedElsewhere => ("mail", say("desk-change-announced-elsewhere")),
            Event::ReminderSet { on: Some(on) } => {
                ("clock", say_of("desk-change-reminder", tr.date_time(on, self.now)))
            }
            Event::ReminderSet { on: None } => ("clock", say("desk-change-no-reminder")),
            Event::BroughtBack => ("bell", Some(tr.text("desk-change-brought-back").into_owned())),
            Event::Merged { into } => ("same", say_of("desk-change-merged", self.number(*into))),
            Event::Absorbed { other, .. } => ("same", say_of("desk-change-absorbed", self.number(*other))),
            Event::Unmerged { from } => ("same", say_of("desk-change-unmerged", self.number(*from))),
            Event::Released { other, .. } => ("same", say_of("desk-change-released", self.number(*other))),
            Event::Split { into, .. } => ("same", say_of("desk-change-split", self.number(*into))),
            Event::Linked { other } => ("same", say_of("desk-change-linked", self.number(*other))),
            Event::Unlinked { other } => ("same", say_of("desk-change-unlinked", self.number(*other))),
            Event::Emptied => ("lock", Some(tr.text("privacy-change-emptied").into_owned())),
            // Who a case that is brought in belongs to is found with its contacts.
            Event::PersonChanged { .. } if actor == Actor::System => return None,
            Event::PersonChanged { .. } => ("user", say("desk-change-person")),
            Event::ContactJoined { .. }
            | Event::CitizenWrote { .. }
            | Event::Replied { .. }
            | Event::Noted { .. }
            | Event::ClocksSet(_) => return None,
        };
        Some((icon, text?))
    }
}

/// What can be taken out of a case into one of its own: its contacts and messages, each with a first line.
pub(super) fn splittable(tr: Tr, timeline: &Timeline, now: DateTime<Utc>) -> Vec<(String, String)> {
    let own = timeline.entries.iter().filter(|e| e.case == timeline.stored.case.id);
    own.filter_map(|entry| {
        let (value, text, word) = match &entry.what {
            What::Contact { stored, .. } => (
                format!("c{}", stored.contact.id),
                stored.words.text.clone(),
                tr.text(channel::key(stored.contact.channel)).into_owned(),
            ),
            What::Message { message, .. } => {
                let key = if message.internal {
                    language::key!("desk-entry-note")
                } else if message.author == Author::Citizen {
                    language::key!("desk-entry-on-page")
                } else {
                    language::key!("desk-entry-reply")
                };
                (format!("m{}", message.id), message.text.clone(), tr.text(key).into_owned())
            }
            What::Change { .. } => return None,
        };
        let line = model::text::first_line(&text.unwrap_or_default(), 90);
        Some((value, format!("{}, {word}: {line}", tr.date_time(entry.at, now))))
    })
    .collect()
}

/// The title and number of another case, to be told beside this one.
pub(super) fn named(tr: Tr, stored: &db::case::Stored) -> String {
    format!("{} · {}", CaseNumber::new(stored.case.id, stored.case.opened_at), title(tr, stored))
}
