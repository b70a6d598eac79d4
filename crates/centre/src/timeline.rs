//! A case as it is read: every contact, reply, note and change in one order, its person and that person's other cases.

use crate::{Centre, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use db::attachment::Attachment;
use db::case::Stored;
use db::message::Message;
use db::recording::Recording;
use model::address::Address;
use model::case::{Event, State};
use model::event::Actor;
use model::number::CaseNumber;
use model::person::Person;
use model::user::Staff;
use model::{CaseId, ContactId, MessageId, PersonId, UserId};
use std::collections::HashMap;

/// One entry of a timeline.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: DateTime<Utc>,
    /// The case it belongs to: another than the one being read after a merge.
    pub case: CaseId,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    Contact {
        stored: Box<db::contact::Stored>,
        files: Vec<Attachment>,
        recordings: Vec<Recording>,
    },
    /// A reply, a note, a citizen's further word.
    Message {
        message: Message,
        files: Vec<Attachment>,
        announced: Announced,
    },
    /// A change, with the words that were said with it (the reason of an escalation).
    Change {
        event: Box<Event>,
        actor: Actor,
        words: Option<String>,
    },
}

/// How far the announcement of a reply has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// Nobody asked to be told, or it is no reply.
    No,
    Waiting,
    Sent,
    Failed,
}

/// A person with all that is known of them.
#[derive(Debug, Clone)]
pub struct Known {
    pub person: Person,
    pub addresses: Vec<Address>,
    /// Records merged into this one, each of which can be parted again.
    pub merged: Vec<Person>,
    pub other_cases: Vec<Stored>,
    /// Contacts in the last twelve months.
    pub contacts_in_a_year: u64,
}

/// A case with all that stands beside it.
#[derive(Debug, Clone)]
pub struct Timeline {
    pub stored: Stored,
    pub number: CaseNumber,
    pub entries: Vec<Entry>,
    pub known: Option<Known>,
    pub linked: Vec<Stored>,
    /// Cases merged into this one.
    pub merged: Vec<Stored>,
    /// Names of the staff that occur.
    pub names: HashMap<UserId, String>,
}

impl Timeline {
    #[must_use]
    pub fn name(&self, id: UserId) -> &str {
        self.names.get(&id).map_or("?", String::as_str)
    }
}

/// Reads a case for the desk.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is outside what `staff` may see.
pub async fn read(centre: &Centre, staff: &Staff, id: CaseId) -> Result<Timeline> {
    let stored = db::case::load(centre.db().read(), id).await?.ok_or(Error::NotFound("case"))?;
    crate::access::visible(staff, &stored)?;
    let mut timeline = assemble(centre, stored).await?;
    timeline.linked.retain(|s| crate::access::visible(staff, s).is_ok());
    if let Some(known) = &mut timeline.known {
        known.other_cases.retain(|s| crate::access::visible(staff, s).is_ok());
    }
    Ok(timeline)
}

/// Reads a case for the citizen whom its code let in: no notes, no reasons, no names of other cases.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn read_for_citizen(centre: &Centre, id: CaseId) -> Result<Timeline> {
    let stored = db::case::load(centre.db().read(), id).await?.ok_or(Error::NotFound("case"))?;
    let mut timeline = assemble(centre, stored).await?;
    // What was merged from another person's case is not this citizen's to read.
    let mut theirs = vec![id];
    for merged in std::mem::take(&mut timeline.merged) {
        if crate::citizen::may_follow(centre, &timeline.stored, &merged).await? {
            theirs.push(merged.case.id);
        }
    }
    timeline.entries.retain(|entry| theirs.contains(&entry.case));
    timeline.linked.clear();
    timeline.known = None;
    timeline.entries.retain_mut(|entry| match &mut entry.what {
        What::Contact { recordings, .. } => {
            recordings.clear();
            true
        }
        What::Message { message, .. } => !message.internal,
        What::Change { event, words, .. } => {
            *words = None;
            matches!(
                **event,
                Event::Opened(_)
                    | Event::Assigned { to: Some(_) }
                    | Event::Escalated { .. }
                    | Event::Recalled { .. }
                    | Event::GivenBack { .. }
                    | Event::Solved { .. }
                    | Event::Reopened
                    | Event::Closed
            )
        }
    });
    Ok(timeline)
}

async fn assemble(centre: &Centre, stored: Stored) -> Result<Timeline> {
    let db = centre.db().read();
    let id = stored.case.id;
    let merged_ids = db::case::merged_into(db, id).await?;
    let mut ids = vec![id];
    ids.extend(&merged_ids);

    let contacts = db::contact::of_cases(db, &ids).await?;
    let messages = db::message::of_cases(db, &ids).await?;
    let history = db::event::of_cases(db, &ids).await?;
    let files = db::attachment::of_cases(db, &ids).await?;
    let outbox = db::outbox::of_cases(db, &ids).await?;
    let announced: HashMap<MessageId, Announced> =
        outbox.iter().filter_map(|item| item.message.map(|m| (m, announced(&item.state)))).collect();

    let calls: Vec<ContactId> = contacts.iter().map(|stored| stored.contact.id).collect();
    let recordings = db::recording::of_contacts(db, &calls).await?;

    let of_contact =
        |contact: ContactId| files.iter().filter(|f| f.contact == Some(contact)).cloned().collect::<Vec<_>>();
    let of_message =
        |message: MessageId| files.iter().filter(|f| f.message == Some(message)).cloned().collect::<Vec<_>>();
    let mut words: HashMap<MessageId, Message> = messages.into_iter().map(|m| (m.id, m)).collect();

    let mut entries = Vec::new();
    for record in &history {
        let Some(event) = record.case_event() else { continue };
        let case = record.subject_id.parse().unwrap_or(id);
        // The words of an escalation stand with it, not beside it.
        let said = match &event {
            Event::Escalated { reason, .. } => words.remove(reason).and_then(|m| m.text),
            Event::GivenBack { message, .. } => words.remove(message).and_then(|m| m.text),
            // What these tell is an entry of its own, and clocks are shown where they stand now.
            Event::ContactJoined { .. }
            | Event::CitizenWrote { .. }
            | Event::Replied { .. }
            | Event::Noted { .. }
            | Event::ClocksSet(_) => continue,
            _ => None,
        };
        entries.push(Entry {
            at: record.at,
            case,
            what: What::Change { event: Box::new(event), actor: record.actor, words: said },
        });
    }
    for stored in contacts {
        let files = of_contact(stored.contact.id);
        let recordings = recordings.iter().filter(|one| one.contact == stored.contact.id).cloned().collect();
        entries.push(Entry {
            at: stored.contact.started_at,
            case: stored.contact.case.unwrap_or(id),
            what: What::Contact { stored: Box::new(stored), files, recordings },
        });
    }
    let mut rest: Vec<Message> = words.into_values().collect();
    rest.sort_unstable_by_key(|m| (m.at, m.id));
    for message in rest {
        let files = of_message(message.id);
        let announced = announced.get(&message.id).copied().unwrap_or(Announced::No);
        entries.push(Entry { at: message.at, case: message.case, what: What::Message { message, files, announced } });
    }
    // At the same instant: first what began it, then what was said, then what changed by it.
    entries.sort_by_key(|e| (e.at, rank(&e.what)));

    let names = names(centre, &stored, &entries).await?;
    let known = match stored.case.person {
        Some(person) => known(centre, person, Some(id)).await?,
        None => None,
    };
    let linked = db::case::with_ids(db, &db::link::of(db, id).await?).await?;
    let merged = db::case::with_ids(db, &merged_ids).await?;
    Ok(Timeline { number: CaseNumber::new(id, stored.case.opened_at), stored, entries, known, linked, merged, names })
}

fn announced(state: &str) -> Announced {
    match state {
        "done" => Announced::Sent,
        "dead" | "dropped" => Announced::Failed,
        "erased" => Announced::No,
        _ => Announced::Waiting,
    }
}

fn rank(what: &What) -> u8 {
    match what {
        What::Change { event, .. } if matches!(**event, Event::Opened(_)) => 0,
        What::Contact { .. } => 1,
        What::Change { event, .. } if matches!(**event, Event::Assigned { .. }) => 2,
        What::Message { .. } => 3,
        What::Change { .. } => 4,
    }
}

async fn names(centre: &Centre, stored: &Stored, entries: &[Entry]) -> Result<HashMap<UserId, String>> {
    let mut wanted: Vec<UserId> = [stored.case.assignee, stored.case.front].into_iter().flatten().collect();
    for entry in entries {
        match &entry.what {
            What::Contact { stored, .. } => wanted.extend(stored.contact.operator),
            What::Message { message, .. } => wanted.extend(message.operator),
            What::Change { event, actor, .. } => {
                if let Actor::Staff(id) = actor {
                    wanted.push(*id);
                }
                match &**event {
                    Event::Assigned { to } | Event::GivenBack { to, .. } => wanted.extend(*to),
                    _ => {}
                }
            }
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    Ok(db::staff::names(centre.db().read(), &wanted).await?)
}

/// A person with all that is known of them, beside a case that is being read.
pub(crate) async fn known(centre: &Centre, person: PersonId, case: Option<CaseId>) -> Result<Option<Known>> {
    let db = centre.db().read();
    let Some(root) = db::person::root(db, person).await? else { return Ok(None) };
    let records = db::person::records(db, root.id).await?;
    let cases = db::case::of_persons(db, &records, 50).await?;
    let ids: Vec<CaseId> = cases.iter().map(|s| s.case.id).collect();
    let contacts_in_a_year = db::contact::count_of_cases(db, &ids, centre.now() - TimeDelta::days(365)).await?;
    let others: Vec<PersonId> = records.iter().copied().filter(|r| *r != root.id).collect();
    Ok(Some(Known {
        addresses: db::person::addresses(db, &records).await?,
        merged: db::person::with_ids(db, &others).await?,
        other_cases: cases.into_iter().filter(|s| Some(s.case.id) != case && s.case.state != State::Merged).collect(),
        contacts_in_a_year,
        person: root,
    }))
}

/// A case without its timeline, if `staff` may see it.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is outside what `staff` may see.
pub async fn head(centre: &Centre, staff: &Staff, id: CaseId) -> Result<Stored> {
    let stored = db::case::load(centre.db().read(), id).await?.ok_or(Error::NotFound("case"))?;
    crate::access::visible(staff, &stored)?;
    Ok(stored)
}
