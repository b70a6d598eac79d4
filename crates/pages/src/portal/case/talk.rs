//! The conversation of a case: what was said, by whom and how, and between it the changes as thin lines.

use super::first_name;
use centre::Catalogue;
use centre::timeline::{Entry, Timeline, What};
use chrono::{DateTime, Utc};
use db::attachment::Attachment;
use language::Tr;
use model::case::{Event, Outcome};
use model::contact::{Channel, Direction};
use model::event::Actor;
use model::message::Author;

/// One entry of the conversation.
#[derive(Debug, Clone)]
pub enum Said {
    Word(Word),
    /// A change: "Il caso è passato all'Ufficio bonus".
    Change {
        words: String,
        when: String,
        at: String,
    },
}

/// Something said or written.
#[derive(Debug, Clone)]
pub struct Word {
    /// By the citizen.
    pub mine: bool,
    pub initials: String,
    pub who: String,
    pub icon: &'static str,
    /// As people say it, and for the `datetime` of HTML.
    pub when: String,
    pub at: String,
    /// None once it was erased.
    pub text: Option<String>,
    pub files: Vec<File>,
}

#[derive(Debug, Clone)]
pub struct File {
    pub id: i64,
    pub name: String,
    pub size: String,
}

/// The conversation, in its order.
pub fn of(tr: Tr, timeline: &Timeline, catalogue: &Catalogue, now: DateTime<Utc>) -> Vec<Said> {
    timeline.entries.iter().filter_map(|entry| said(tr, timeline, catalogue, entry, now)).collect()
}

fn said(tr: Tr, timeline: &Timeline, catalogue: &Catalogue, entry: &Entry, now: DateTime<Utc>) -> Option<Said> {
    let when = tr.date_time(entry.at, now);
    let at = tr.datetime(entry.at);
    let service = catalogue.service(&timeline.stored.case.service).map_or("", |s| s.name.as_str());
    let staff = |name: Option<&str>| match name {
        Some(name) => tr.with("talk-staff", &[("name", first_name(name)), ("service", service)]).into_owned(),
        None => service.to_owned(),
    };
    match &entry.what {
        What::Contact { stored, files, .. } => {
            let contact = &stored.contact;
            let mine = contact.direction == Direction::Inbound;
            let name = contact.operator.map(|id| timeline.name(id));
            let who = if mine { tr.text(my_contact(contact.channel)).into_owned() } else { staff(name) };
            let text = stored.words.text.clone().or_else(|| stored.words.subject.clone());
            Some(Said::Word(Word {
                mine,
                initials: if mine { String::new() } else { initials(name.unwrap_or(service)) },
                who,
                icon: icon(contact.channel),
                when,
                at,
                text,
                files: shown(tr, files),
            }))
        }
        What::Message { message, files, .. } => {
            let mine = message.author == Author::Citizen;
            let name = message.operator.map(|id| timeline.name(id));
            let who = if mine { tr.text("talk-you").into_owned() } else { staff(name) };
            let initials = if mine { String::new() } else { initials(name.unwrap_or(service)) };
            Some(Said::Word(Word {
                mine,
                initials,
                who,
                icon: icon(message.channel),
                when,
                at,
                text: message.text.clone(),
                files: shown(tr, files),
            }))
        }
        What::Change { event, actor, .. } => {
            change(tr, timeline, catalogue, event, *actor).map(|words| Said::Change { words, when, at })
        }
    }
}

fn change(tr: Tr, timeline: &Timeline, catalogue: &Catalogue, event: &Event, actor: Actor) -> Option<String> {
    let words = match event {
        Event::Assigned { to: Some(to) } => tr.with("talk-assigned", &[("name", first_name(timeline.name(*to)))]),
        Event::Escalated { queue, structure, .. } => {
            let office = structure.as_ref().and_then(|id| catalogue.structure(id)).map(|s| s.name.as_str());
            let service = catalogue.service(&timeline.stored.case.service).map_or("", |s| s.name.as_str());
            match office.or_else(|| catalogue.queue(queue).map(|q| q.name.as_str()).filter(|name| *name != service)) {
                Some(office) => tr.with("talk-escalated", &[("office", office)]),
                None => tr.text("talk-escalated-somewhere"),
            }
        }
        Event::Recalled { .. } => tr.text("talk-recalled"),
        Event::GivenBack { .. } => tr.text("talk-given-back"),
        Event::Solved { outcome: Outcome::Withdrawn, .. } if actor == Actor::Citizen => tr.text("talk-withdrawn"),
        Event::Solved { .. } => tr.text("talk-solved"),
        Event::Reopened => tr.text("talk-reopened"),
        Event::Closed => tr.text("talk-closed"),
        _ => return None,
    };
    Some(words.into_owned())
}

fn my_contact(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => language::key!("talk-you-called"),
        Channel::Sms => language::key!("talk-you-sms"),
        Channel::Email => language::key!("talk-you-emailed"),
        Channel::Web => language::key!("talk-you-wrote"),
        Channel::Chat => language::key!("talk-you-chatted"),
        Channel::Desk => language::key!("talk-you-came"),
    }
}

fn icon(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Sms => "sms",
        Channel::Email => "mail",
        Channel::Web => "web",
        Channel::Chat => "chat",
        Channel::Desk => "team",
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}

fn shown(tr: Tr, files: &[Attachment]) -> Vec<File> {
    files.iter().map(|file| File { id: file.id.0, name: file.name.clone(), size: tr.file_size(file.size) }).collect()
}
