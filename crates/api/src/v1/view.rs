//! Cases, contacts and messages as REST shows them.

use centre::timeline::{Timeline, What};
use chrono::{DateTime, Utc};
use db::case::Stored;
use model::number::CaseNumber;
use serde::Serialize;
use utoipa::ToSchema;

/// A case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Case {
    #[schema(example = "LA-2026-004512", value_type = String)]
    pub number: CaseNumber,
    /// Counts the case's events; send it as `seen` with a message to be told when somebody else did something.
    pub version: i64,
    pub service: String,
    pub queue: String,
    pub structure: Option<String>,
    /// `new`, `open`, `waiting`, `solved`, `closed` or `merged`.
    pub state: String,
    /// `front` or `back`.
    pub level: String,
    /// Number of the operator who has it.
    pub assignee: Option<i64>,
    pub person: Option<i64>,
    pub topic: Option<String>,
    pub kind: Option<String>,
    pub region: Option<String>,
    pub language: String,
    pub channel: String,
    pub subject: Option<String>,
    pub opened_at: DateTime<Utc>,
    pub first_answer_at: Option<DateTime<Utc>>,
    pub escalated_at: Option<DateTime<Utc>>,
    pub solved_at: Option<DateTime<Utc>>,
    /// The level that produced the solution.
    pub solved_by: Option<String>,
    pub outcome: Option<String>,
    pub reopened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    /// An answer to the citizen is due at this time.
    pub answer_due: Option<DateTime<Utc>>,
    /// The solution is due at this time.
    pub solution_due: Option<DateTime<Utc>>,
    /// Number of the case it is continued in.
    pub merged_into: Option<i64>,
}

impl From<&Stored> for Case {
    fn from(stored: &Stored) -> Self {
        let case = &stored.case;
        Self {
            number: CaseNumber::new(case.id, case.opened_at),
            version: case.version,
            service: case.service.0.clone(),
            queue: case.queue.0.clone(),
            structure: case.structure.as_ref().map(|s| s.0.clone()),
            state: case.state.to_string(),
            level: case.level.to_string(),
            assignee: case.assignee.map(|u| u.0),
            person: case.person.map(|p| p.0),
            topic: case.topic.as_ref().map(|t| t.0.clone()),
            kind: case.kind.map(|k| k.to_string()),
            region: case.region.clone(),
            language: case.language.clone(),
            channel: stored.content.channel.to_string(),
            subject: stored.content.subject.clone(),
            opened_at: case.opened_at,
            first_answer_at: case.first_answer_at,
            escalated_at: case.escalated_at,
            solved_at: case.solved_at,
            solved_by: case.solved_by.map(|l| l.to_string()),
            outcome: case.outcome.map(|o| o.to_string()),
            reopened_at: case.reopened_at,
            closed_at: case.closed_at,
            answer_due: case.clocks.answer,
            solution_due: case.clocks.solution,
            merged_into: case.merged_into.map(|c| c.0),
        }
    }
}

/// A page of cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cases {
    pub items: Vec<Case>,
    /// Send it as `after` for the next page; absent on the last.
    pub next: Option<String>,
}

/// A case with its timeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeCase {
    #[serde(flatten)]
    pub case: Case,
    pub contacts: Vec<Contact>,
    pub messages: Vec<Message>,
    /// What else happened, oldest first.
    pub changes: Vec<Change>,
}

/// One exchange on one channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contact {
    pub id: i64,
    pub channel: String,
    pub direction: String,
    pub started_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub outcome: Option<String>,
    pub operator: Option<i64>,
    pub from: Option<String>,
    pub subject: Option<String>,
    pub text: Option<String>,
}

/// A reply, a note, a further word of the citizen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    pub id: i64,
    pub at: DateTime<Utc>,
    /// `citizen`, `operator` or `system`.
    pub author: String,
    pub operator: Option<i64>,
    /// Only for colleagues.
    pub internal: bool,
    pub text: Option<String>,
}

/// A change of the case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    pub at: DateTime<Utc>,
    #[schema(example = "escalated")]
    pub kind: String,
    #[schema(value_type = Object)]
    pub data: serde_json::Value,
}

impl From<&Timeline> for WholeCase {
    fn from(timeline: &Timeline) -> Self {
        let mut whole = Self {
            case: Case::from(&timeline.stored),
            contacts: Vec::new(),
            messages: Vec::new(),
            changes: Vec::new(),
        };
        for entry in &timeline.entries {
            match &entry.what {
                What::Contact { stored, .. } => {
                    let (contact, words) = (&stored.contact, &stored.words);
                    whole.contacts.push(Contact {
                        id: contact.id.0,
                        channel: contact.channel.to_string(),
                        direction: contact.direction.to_string(),
                        started_at: contact.started_at,
                        answered_at: contact.answered_at,
                        ended_at: contact.ended_at,
                        outcome: contact.outcome.map(|o| o.to_string()),
                        operator: contact.operator.map(|u| u.0),
                        from: words.from.clone(),
                        subject: words.subject.clone(),
                        text: words.text.clone(),
                    });
                }
                What::Message { message, .. } => whole.messages.push(Message {
                    id: message.id.0,
                    at: message.at,
                    author: message.author.to_string(),
                    operator: message.operator.map(|u| u.0),
                    internal: message.internal,
                    text: message.text.clone(),
                }),
                What::Change { event, .. } => {
                    whole.changes.push(Change {
                        at: entry.at,
                        kind: event.kind().to_owned(),
                        data: serde_json::to_value(event).unwrap_or_default(),
                    });
                }
            }
        }
        whole
    }
}
