//! What can happen to a case. Events hold ids, words of fixed lists and times, never what a person wrote.

use super::{Case, Clocks, Kind, Level, Outcome, State};
use crate::{CaseId, ContactId, MessageId, PersonId, QueueId, ServiceId, StructureId, TopicId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a case begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// When the matter began; it may be written down later.
    pub at: DateTime<Utc>,
    pub service: ServiceId,
    pub queue: QueueId,
    pub language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<StructureId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The case it was split from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_from: Option<CaseId>,
    #[serde(default)]
    pub clocks: Clocks,
}

/// A case as another system left it, with its whole life until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub service: ServiceId,
    pub queue: QueueId,
    pub structure: Option<StructureId>,
    pub person: Option<PersonId>,
    pub state: State,
    pub level: Level,
    pub topic: Option<TopicId>,
    #[serde(rename = "case_kind")]
    pub kind: Option<Kind>,
    pub region: Option<String>,
    pub language: String,
    pub opened_at: DateTime<Utc>,
    pub escalated_at: Option<DateTime<Utc>>,
    pub solved_at: Option<DateTime<Utc>>,
    pub solved_by: Option<Level>,
    pub reopened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub clocks: Clocks,
}

/// One thing that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    Opened(Box<Opened>),
    /// Brought in from another system, or brought in anew as it stands there now.
    Imported(Box<Imported>),
    ContactJoined {
        contact: ContactId,
        inbound: bool,
        /// The citizen was spoken with while it lasted.
        #[serde(default)]
        answered: bool,
    },
    CitizenWrote {
        message: MessageId,
    },
    Replied {
        message: MessageId,
    },
    Noted {
        message: MessageId,
    },
    Assigned {
        to: Option<UserId>,
    },
    Waited,
    /// The case waits no longer, though the citizen said nothing.
    Resumed,
    Escalated {
        queue: QueueId,
        structure: Option<StructureId>,
        reason: MessageId,
    },
    /// An escalation undone before anybody at the back office took the case: it stands as it did before.
    Recalled {
        queue: QueueId,
        structure: Option<StructureId>,
        to: Option<UserId>,
        front: Option<UserId>,
        escalated_at: Option<DateTime<Utc>>,
        #[serde(rename = "solved_by")]
        solution_by: Option<Level>,
    },
    GivenBack {
        queue: QueueId,
        #[serde(default)]
        structure: Option<StructureId>,
        to: Option<UserId>,
        message: MessageId,
        solution: bool,
    },
    Transferred {
        queue: QueueId,
        structure: Option<StructureId>,
    },
    Solved {
        outcome: Outcome,
        topic: Option<TopicId>,
        by: Level,
    },
    Reopened,
    Closed,
    Classified {
        topic: Option<TopicId>,
        #[serde(rename = "case_kind")]
        kind: Option<Kind>,
    },
    /// Another title, which stands with the case's content.
    Renamed,
    /// News of the case goes elsewhere, or nowhere; the address stands with the case's content.
    AnnouncedElsewhere,
    ReminderSet {
        on: Option<DateTime<Utc>>,
    },
    BroughtBack,
    Merged {
        into: CaseId,
    },
    Absorbed {
        other: CaseId,
        /// The other's last word has had no answer.
        #[serde(default)]
        unanswered: bool,
    },
    Unmerged {
        from: CaseId,
    },
    Released {
        other: CaseId,
        /// Nothing but the other's word was to be answered.
        #[serde(default)]
        answered: bool,
    },
    Split {
        into: CaseId,
        contacts: Vec<ContactId>,
        messages: Vec<MessageId>,
    },
    Linked {
        other: CaseId,
    },
    Unlinked {
        other: CaseId,
    },
    PersonChanged {
        person: Option<PersonId>,
    },
    /// What was written in it was emptied: its time was over, or whose it was has been erased.
    Emptied,
    ClocksSet(Clocks),
}

impl Event {
    /// The word the event is stored and followed under.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Imported(_) => "imported",
            Self::ContactJoined { .. } => "contact-joined",
            Self::CitizenWrote { .. } => "citizen-wrote",
            Self::Replied { .. } => "replied",
            Self::Noted { .. } => "noted",
            Self::Assigned { .. } => "assigned",
            Self::Waited => "waited",
            Self::Resumed => "resumed",
            Self::Escalated { .. } => "escalated",
            Self::Recalled { .. } => "recalled",
            Self::GivenBack { .. } => "given-back",
            Self::Transferred { .. } => "transferred",
            Self::Solved { .. } => "solved",
            Self::Reopened => "reopened",
            Self::Closed => "closed",
            Self::Classified { .. } => "classified",
            Self::Renamed => "renamed",
            Self::AnnouncedElsewhere => "announced-elsewhere",
            Self::ReminderSet { .. } => "reminder-set",
            Self::BroughtBack => "brought-back",
            Self::Merged { .. } => "merged",
            Self::Absorbed { .. } => "absorbed",
            Self::Unmerged { .. } => "unmerged",
            Self::Released { .. } => "released",
            Self::Split { .. } => "split",
            Self::Linked { .. } => "linked",
            Self::Unlinked { .. } => "unlinked",
            Self::PersonChanged { .. } => "person-changed",
            Self::Emptied => "emptied",
            Self::ClocksSet(_) => "clocks-set",
        }
    }
}

impl Case {
    /// Makes of the case what the event says. Never refuses: what is in the history has happened.
    pub fn apply(&mut self, event: &Event, at: DateTime<Utc>) {
        self.version += 1;
        // Whose it is may be found out long after anything was done about it.
        if !matches!(event, Event::PersonChanged { .. }) {
            self.last_at = self.last_at.max(at);
        }
        match event {
            Event::Opened(_)
            | Event::Noted { .. }
            | Event::Renamed
            | Event::AnnouncedElsewhere
            | Event::Emptied
            | Event::Split { .. }
            | Event::Linked { .. }
            | Event::Unlinked { .. } => {}
            Event::Imported(imported) => {
                let told = Self::imported(self.id, (**imported).clone());
                *self = self.told_again(told);
            }
            Event::ContactJoined { inbound, answered, .. } => {
                if *inbound {
                    self.heard();
                    if self.state == State::Solved {
                        self.taken_up_again(at);
                    }
                }
                if *answered {
                    self.answered(at);
                }
            }
            Event::CitizenWrote { .. } => self.heard(),
            Event::Absorbed { unanswered, .. } => {
                if *unanswered {
                    self.heard();
                }
            }
            Event::Released { answered, .. } => {
                if *answered {
                    self.unanswered = false;
                }
            }
            Event::Replied { .. } => {
                self.answered(at);
                if self.state == State::New {
                    self.state = State::Open;
                }
            }
            Event::Assigned { to } => {
                self.assignee = *to;
                self.state = match (self.state, to) {
                    (State::Waiting, _) => State::Waiting,
                    (_, Some(_)) => State::Open,
                    (_, None) => State::New,
                };
            }
            Event::Waited => self.state = State::Waiting,
            Event::Resumed => self.state = self.in_hand(),
            Event::Escalated { queue, structure, .. } => {
                self.front = self.assignee;
                self.assignee = None;
                self.level = Level::Back;
                self.state = State::New;
                self.escalated_at.get_or_insert(at);
                self.queue = queue.clone();
                self.structure.clone_from(structure);
                self.solution_by = None;
            }
            Event::Recalled { queue, structure, to, front, escalated_at, solution_by } => {
                self.front = *front;
                self.assignee = *to;
                self.level = Level::Front;
                self.state = self.in_hand();
                self.escalated_at = *escalated_at;
                self.queue = queue.clone();
                self.structure.clone_from(structure);
                self.solution_by = *solution_by;
            }
            Event::GivenBack { queue, structure, to, solution, .. } => {
                self.level = Level::Front;
                self.queue = queue.clone();
                self.structure.clone_from(structure);
                self.assignee = *to;
                self.state = if to.is_some() { State::Open } else { State::New };
                // Kept until it is solved: whoever sends it, the solution is the back office's.
                self.solution_by = solution.then_some(Level::Back);
            }
            Event::Transferred { queue, structure } => {
                self.queue = queue.clone();
                self.structure.clone_from(structure);
                self.assignee = None;
                self.state = State::New;
            }
            Event::Solved { outcome, topic, by } => {
                self.state = State::Solved;
                self.outcome = Some(*outcome);
                self.solved_at = Some(at);
                self.solved_by = Some(*by);
                self.solution_by = None;
                self.unanswered = false;
                self.remind_at = None;
                if topic.is_some() {
                    self.topic.clone_from(topic);
                }
            }
            Event::Reopened => {
                self.unanswered = true;
                self.taken_up_again(at);
            }
            Event::Closed => {
                self.state = State::Closed;
                self.closed_at = Some(at);
            }
            Event::Classified { topic, kind } => {
                self.topic.clone_from(topic);
                self.kind = *kind;
            }
            Event::ReminderSet { on } => self.remind_at = *on,
            Event::BroughtBack => {
                self.remind_at = None;
                if self.state == State::Waiting {
                    self.state = self.in_hand();
                }
            }
            Event::Merged { into } => {
                self.before_merge = Some(self.state);
                self.merged_into = Some(*into);
                self.state = State::Merged;
            }
            Event::Unmerged { .. } => {
                self.state = self.before_merge.take().unwrap_or(State::Open);
                self.merged_into = None;
            }
            Event::PersonChanged { person } => self.person = *person,
            Event::ClocksSet(clocks) => self.clocks = *clocks,
        }
    }

    /// The citizen spoke: the case no longer waits for them.
    fn heard(&mut self) {
        self.unanswered = true;
        if self.state == State::Waiting {
            self.state = self.in_hand();
        }
    }

    fn answered(&mut self, at: DateTime<Utc>) {
        self.first_answer_at.get_or_insert(at);
        self.unanswered = false;
    }

    fn taken_up_again(&mut self, at: DateTime<Utc>) {
        self.reopened_at = Some(at);
        self.outcome = None;
        self.closed_at = None;
        self.state = self.in_hand();
    }

    fn in_hand(&self) -> State {
        if self.assignee.is_some() { State::Open } else { State::New }
    }
}
