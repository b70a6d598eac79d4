//! A case: one citizen's matter, from the first word to its solution. Every move is a method that can refuse and that
//! returns the event of what happened; the case is what its events make of it, so a row can be rebuilt from them.

mod clock;
mod event;
#[cfg(test)]
mod tests;

pub use clock::Clocks;
pub use event::{Event, Imported, Opened};

use crate::word::words;
use crate::{CaseId, ContactId, MessageId, PersonId, QueueId, ServiceId, StructureId, TopicId, UserId};
use chrono::{DateTime, Utc};

words!(
    /// Where a case stands.
    State {
        /// Nobody has taken it yet.
        New = "new",
        /// Somebody of the front or back office has it in hand, or it waits for them.
        Open = "open",
        /// We asked the citizen something: the solution's clock stands still.
        Waiting = "waiting",
        Solved = "solved",
        /// Solved and left so: a further word of the citizen opens a new case beside it.
        Closed = "closed",
        /// Continued in another case, until the merge is undone.
        Merged = "merged",
    }
);
words!(
    /// Front office answers first; the back office gets what the front cannot solve.
    Level { Front = "front", Back = "back" }
);
words!(
    Kind {
        Information = "information",
        Complaint = "complaint",
        Accompaniment = "accompaniment",
        Census = "census",
        Suggestion = "suggestion",
    }
);
words!(
    /// What the solution was.
    Outcome {
        Solved = "solved",
        /// The citizen knows which office to go to, and how.
        Referred = "referred",
        /// Not a matter of the public administration.
        NotCompetent = "not-competent",
        /// The citizen no longer needs it.
        Withdrawn = "withdrawn",
        /// The citizen could not be reached again.
        Unreachable = "unreachable",
    }
);

/// A case without its words. Times are instants; `version` counts its events, so a page knows that it is out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub id: CaseId,
    pub version: i64,
    pub service: ServiceId,
    pub queue: QueueId,
    pub structure: Option<StructureId>,
    pub state: State,
    pub level: Level,
    pub assignee: Option<UserId>,
    /// The front-office operator who sent it to the back office, and gets it back.
    pub front: Option<UserId>,
    pub person: Option<PersonId>,
    pub topic: Option<TopicId>,
    pub kind: Option<Kind>,
    pub region: Option<String>,
    pub language: String,
    pub opened_at: DateTime<Utc>,
    pub first_answer_at: Option<DateTime<Utc>>,
    pub escalated_at: Option<DateTime<Utc>>,
    pub solved_at: Option<DateTime<Utc>>,
    /// The level that produced the solution of `solved_at`, whoever sent it; it stays when the case is reopened.
    pub solved_by: Option<Level>,
    /// The level that has found a solution which is still to be sent.
    pub solution_by: Option<Level>,
    pub outcome: Option<Outcome>,
    pub reopened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub clocks: Clocks,
    pub remind_at: Option<DateTime<Utc>>,
    /// True while the citizen's last word has had no answer.
    pub unanswered: bool,
    pub merged_into: Option<CaseId>,
    /// The state to return to when a merge is undone.
    pub before_merge: Option<State>,
    pub last_at: DateTime<Utc>,
}

/// A move that the case's state does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("cannot {wanted} a case that is {state}")]
    WrongState { wanted: &'static str, state: State },
    #[error("the case is at the {0} office already")]
    SameLevel(Level),
    #[error("the case is already assigned to {0}")]
    SameAssignee(UserId),
    #[error("case {0} cannot be joined to itself")]
    Itself(CaseId),
    #[error("case {0} is not merged into another")]
    NotMerged(CaseId),
    #[error("a split must leave something in the case and take something out of it")]
    NothingToSplit,
    #[error("the back office has case {0} in hand")]
    TakenByBack(CaseId),
    #[error("there is no reminder to take away")]
    NoReminder,
}

impl Case {
    /// The case that an opening makes.
    #[must_use]
    pub fn open(id: CaseId, opened: Opened) -> Self {
        Self {
            id,
            version: 1,
            service: opened.service,
            queue: opened.queue,
            structure: opened.structure,
            state: State::New,
            level: Level::Front,
            assignee: None,
            front: None,
            person: opened.person,
            topic: opened.topic,
            kind: opened.kind,
            region: opened.region,
            language: opened.language,
            opened_at: opened.at,
            first_answer_at: None,
            escalated_at: None,
            solved_at: None,
            solved_by: None,
            solution_by: None,
            outcome: None,
            reopened_at: None,
            closed_at: None,
            clocks: opened.clocks,
            remind_at: None,
            unanswered: true,
            merged_into: None,
            before_merge: None,
            last_at: opened.at,
        }
    }

    /// This case after its sender has told its life again. What only this centre knows stays: the merge it is in, and,
    /// while it is still to be solved where it was, in whose hands it is, its clocks and its reminder.
    fn told_again(&self, told: Self) -> Self {
        let is_done = |case: &Self| matches!(case.state, State::Solved | State::Closed);
        let mut case = Self {
            version: self.version,
            first_answer_at: self.first_answer_at,
            outcome: told.outcome.and(self.outcome).or(told.outcome),
            merged_into: self.merged_into,
            last_at: self.last_at.max(told.last_at),
            ..told
        };
        if self.merged_into.is_some() {
            case.before_merge = Some(case.state);
            case.state = self.state;
        }
        let goes_on = !is_done(self) && !is_done(&case) && self.service == case.service && self.level == case.level;
        if goes_on {
            case.state = self.state;
            case.queue = self.queue.clone();
            case.assignee = self.assignee;
            case.front = self.front;
            case.solution_by = self.solution_by;
            case.remind_at = self.remind_at;
            case.unanswered = self.unanswered;
            if self.opened_at == case.opened_at {
                case.clocks = self.clocks;
            }
        }
        case
    }

    /// The case that is brought in from another system. Nothing is known of its words: one that is still to be solved
    /// is still to be answered.
    #[must_use]
    pub fn imported(id: CaseId, imported: Imported) -> Self {
        let Imported { service, queue, structure, person, state, level, topic, kind, region, .. } = imported;
        let Imported {
            language, opened_at, escalated_at, solved_at, solved_by, reopened_at, closed_at, clocks, ..
        } = imported;
        let times = [Some(opened_at), escalated_at, solved_at, reopened_at, closed_at];
        let is_done = matches!(state, State::Solved | State::Closed);
        Self {
            id,
            version: 1,
            service,
            queue,
            structure,
            state,
            level,
            assignee: None,
            front: None,
            person,
            topic,
            kind,
            region,
            language,
            opened_at,
            first_answer_at: None,
            escalated_at,
            solved_at,
            solved_by,
            solution_by: None,
            outcome: solved_at.filter(|_| is_done).map(|_| Outcome::Solved),
            reopened_at,
            closed_at,
            clocks,
            remind_at: None,
            unanswered: !is_done,
            merged_into: None,
            before_merge: None,
            last_at: times.into_iter().flatten().max().unwrap_or(opened_at),
        }
    }

    /// The case that a history makes, or `None` when the history does not begin with an opening.
    #[must_use]
    pub fn rebuild(id: CaseId, history: impl IntoIterator<Item = (DateTime<Utc>, Event)>) -> Option<Self> {
        let mut history = history.into_iter();
        let (_, first) = history.next()?;
        let mut case = match first {
            Event::Opened(opened) => Self::open(id, *opened),
            Event::Imported(imported) => Self::imported(id, *imported),
            _ => return None,
        };
        for (at, event) in history {
            case.apply(&event, at);
        }
        Some(case)
    }

    /// True while somebody has still to do something about it.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.state, State::New | State::Open | State::Waiting)
    }

    fn done(&mut self, event: Event, at: DateTime<Utc>) -> Event {
        self.apply(&event, at);
        event
    }

    fn refuse<T>(&self, wanted: &'static str) -> Result<T, Refused> {
        Err(Refused::WrongState { wanted, state: self.state })
    }

    fn active(&self, wanted: &'static str) -> Result<(), Refused> {
        if self.is_active() { Ok(()) } else { self.refuse(wanted) }
    }

    /// A contact joins the case: a call, a letter, an operator's own call to the citizen; `answered` when the citizen
    /// was spoken with while it lasted.
    ///
    /// # Errors
    /// A closed or merged case takes no more contacts: intake opens a new one or follows the merge.
    pub fn join(
        &mut self,
        contact: ContactId,
        inbound: bool,
        answered: bool,
        at: DateTime<Utc>,
    ) -> Result<Event, Refused> {
        if matches!(self.state, State::Closed | State::Merged) {
            return self.refuse("add a contact to");
        }
        Ok(self.done(Event::ContactJoined { contact, inbound, answered }, at))
    }

    /// The citizen adds a word or a file.
    ///
    /// # Errors
    /// A solved case must be reopened first; a closed or merged one takes no more messages.
    pub fn hear(&mut self, message: MessageId, at: DateTime<Utc>) -> Result<Event, Refused> {
        self.active("add a message to")?;
        Ok(self.done(Event::CitizenWrote { message }, at))
    }

    /// An operator answers the citizen.
    ///
    /// # Errors
    /// A closed or merged case is answered no more.
    pub fn reply(&mut self, message: MessageId, at: DateTime<Utc>) -> Result<Event, Refused> {
        if matches!(self.state, State::Closed | State::Merged) {
            return self.refuse("answer");
        }
        Ok(self.done(Event::Replied { message }, at))
    }

    /// An internal note, which changes nothing else and is possible in every state.
    pub fn note(&mut self, message: MessageId, at: DateTime<Utc>) -> Event {
        self.done(Event::Noted { message }, at)
    }

    /// An operator takes the case, or is given it; `None` puts it back among those to take.
    ///
    /// # Errors
    /// When nothing is left to do on it, or it is that operator's already.
    pub fn assign(&mut self, to: Option<UserId>, at: DateTime<Utc>) -> Result<Event, Refused> {
        self.active("assign")?;
        if let Some(same) = to.filter(|to| self.assignee == Some(*to)) {
            return Err(Refused::SameAssignee(same));
        }
        Ok(self.done(Event::Assigned { to }, at))
    }

    /// The case waits for the citizen.
    ///
    /// # Errors
    /// When it waits already or nothing is left to do on it.
    pub fn wait(&mut self, at: DateTime<Utc>) -> Result<Event, Refused> {
        match self.state {
            State::New | State::Open => Ok(self.done(Event::Waited, at)),
            _ => self.refuse("wait for the citizen on"),
        }
    }

    /// The case no longer waits for the citizen.
    ///
    /// # Errors
    /// When it does not wait.
    pub fn resume(&mut self, at: DateTime<Utc>) -> Result<Event, Refused> {
        match self.state {
            State::Waiting => Ok(self.done(Event::Resumed, at)),
            _ => self.refuse("go on with"),
        }
    }

    /// The front office hands the case to a queue of the back office; the reason is an internal message.
    ///
    /// # Errors
    /// When it is there already or nothing is left to do on it.
    pub fn escalate(
        &mut self,
        queue: QueueId,
        structure: Option<StructureId>,
        reason: MessageId,
        at: DateTime<Utc>,
    ) -> Result<Event, Refused> {
        self.active("escalate")?;
        if self.level == Level::Back {
            return Err(Refused::SameLevel(Level::Back));
        }
        Ok(self.done(Event::Escalated { queue, structure, reason }, at))
    }

    /// The front office takes back a case that nobody at the back office has taken yet: it is where it was `before`, when
    /// it was escalated, in the hands of who had it; it does not wait for the citizen, who may have spoken meanwhile.
    ///
    /// # Errors
    /// When it is not at the back office, somebody there has it in hand, or nothing is left to do on it.
    pub fn recall(&mut self, before: &Self, at: DateTime<Utc>) -> Result<Event, Refused> {
        self.active("take back")?;
        if self.level == Level::Front {
            return Err(Refused::SameLevel(Level::Front));
        }
        if self.assignee.is_some() || self.state != State::New {
            return Err(Refused::TakenByBack(self.id));
        }
        let event = Event::Recalled {
            queue: before.queue.clone(),
            structure: before.structure.clone(),
            to: before.assignee,
            front: before.front,
            escalated_at: before.escalated_at,
            solution_by: before.solution_by,
        };
        Ok(self.done(event, at))
    }

    /// The back office gives the case back to the front office, to the operator who sent it. With `solution` the back
    /// office has found the answer and the front office only sends it: the figures count it as solved by the back.
    ///
    /// # Errors
    /// When it is not at the back office or nothing is left to do on it.
    pub fn give_back(
        &mut self,
        queue: QueueId,
        structure: Option<StructureId>,
        message: MessageId,
        solution: bool,
        at: DateTime<Utc>,
    ) -> Result<Event, Refused> {
        self.active("give back")?;
        if self.level == Level::Front {
            return Err(Refused::SameLevel(Level::Front));
        }
        Ok(self.done(Event::GivenBack { queue, structure, to: self.front, message, solution }, at))
    }

    /// The case moves to another queue of its level.
    ///
    /// # Errors
    /// When nothing is left to do on it.
    pub fn transfer(
        &mut self,
        queue: QueueId,
        structure: Option<StructureId>,
        at: DateTime<Utc>,
    ) -> Result<Event, Refused> {
        self.active("move")?;
        Ok(self.done(Event::Transferred { queue, structure }, at))
    }

    /// The case is solved. The level that produced the solution is the back office's when it has the case or gave it
    /// back with a solution.
    ///
    /// # Errors
    /// When it is solved already, closed or merged.
    pub fn solve(&mut self, outcome: Outcome, topic: Option<TopicId>, at: DateTime<Utc>) -> Result<Event, Refused> {
        self.active("solve")?;
        let by = if self.level == Level::Back { Level::Back } else { self.solution_by.unwrap_or(Level::Front) };
        Ok(self.done(Event::Solved { outcome, topic, by }, at))
    }

    /// "Not solved": the case is taken up again by who had it.
    ///
    /// # Errors
    /// When it is not solved or closed.
    pub fn reopen(&mut self, at: DateTime<Utc>) -> Result<Event, Refused> {
        match self.state {
            State::Solved | State::Closed => Ok(self.done(Event::Reopened, at)),
            _ => self.refuse("reopen"),
        }
    }

    /// A solved case that nobody reopened is closed.
    ///
    /// # Errors
    /// When it is not solved.
    pub fn close(&mut self, at: DateTime<Utc>) -> Result<Event, Refused> {
        match self.state {
            State::Solved => Ok(self.done(Event::Closed, at)),
            _ => self.refuse("close"),
        }
    }

    /// Topic and kind, as far as they are now known.
    pub fn classify(&mut self, topic: Option<TopicId>, kind: Option<Kind>, at: DateTime<Utc>) -> Event {
        self.done(Event::Classified { topic, kind }, at)
    }

    /// The case has another title.
    pub fn rename(&mut self, at: DateTime<Utc>) -> Event {
        self.done(Event::Renamed, at)
    }

    /// What was written in the case is gone; what happened to it stays.
    pub fn empty(&mut self, at: DateTime<Utc>) -> Event {
        self.done(Event::Emptied, at)
    }

    /// The citizen wants news of the case elsewhere, or no more.
    pub fn announce_elsewhere(&mut self, at: DateTime<Utc>) -> Event {
        self.done(Event::AnnouncedElsewhere, at)
    }

    /// "Bring back on Monday"; `None` takes the reminder away.
    ///
    /// # Errors
    /// When nothing is left to do on the case, or there is no reminder to take away.
    pub fn remind(&mut self, on: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Result<Event, Refused> {
        self.active("set a reminder on")?;
        if on.is_none() && self.remind_at.is_none() {
            return Err(Refused::NoReminder);
        }
        Ok(self.done(Event::ReminderSet { on }, at))
    }

    /// The day of the reminder has come: the case is brought back to who works on it.
    ///
    /// # Errors
    /// When no reminder is due at `at`.
    pub fn bring_back(&mut self, at: DateTime<Utc>) -> Result<Event, Refused> {
        if self.remind_at.is_none_or(|due| due > at) {
            return Err(Refused::NoReminder);
        }
        Ok(self.done(Event::BroughtBack, at))
    }

    /// This case is continued in `into`.
    ///
    /// # Errors
    /// When it is merged already, or into itself.
    pub fn merge(&mut self, into: CaseId, at: DateTime<Utc>) -> Result<Event, Refused> {
        if into == self.id {
            return Err(Refused::Itself(self.id));
        }
        if self.state == State::Merged {
            return self.refuse("merge");
        }
        Ok(self.done(Event::Merged { into }, at))
    }

    /// Another case is continued in this one; `unanswered` when its citizen's last word has had no answer: it is to be
    /// answered here.
    ///
    /// # Errors
    /// When this one is itself continued elsewhere, or is solved while there is still something to answer.
    pub fn absorb(&mut self, other: CaseId, unanswered: bool, at: DateTime<Utc>) -> Result<Event, Refused> {
        if self.state == State::Merged || (unanswered && !self.is_active()) {
            return self.refuse("merge another into");
        }
        Ok(self.done(Event::Absorbed { other, unanswered }, at))
    }

    /// Undoes a merge: the case stands again as it did before.
    ///
    /// # Errors
    /// When it is not merged.
    pub fn unmerge(&mut self, at: DateTime<Utc>) -> Result<Event, Refused> {
        let Some(from) = self.merged_into else { return Err(Refused::NotMerged(self.id)) };
        Ok(self.done(Event::Unmerged { from }, at))
    }

    /// The other side of an undone merge; `answered` when nothing but the other's word was to be answered here.
    pub fn release(&mut self, other: CaseId, answered: bool, at: DateTime<Utc>) -> Event {
        self.done(Event::Released { other, answered }, at)
    }

    /// Some contacts and messages go into a case of their own.
    ///
    /// # Errors
    /// When nothing is named, or the case is merged.
    pub fn split(
        &mut self,
        into: CaseId,
        contacts: Vec<ContactId>,
        messages: Vec<MessageId>,
        at: DateTime<Utc>,
    ) -> Result<Event, Refused> {
        if self.state == State::Merged {
            return self.refuse("split");
        }
        if contacts.is_empty() && messages.is_empty() {
            return Err(Refused::NothingToSplit);
        }
        Ok(self.done(Event::Split { into, contacts, messages }, at))
    }

    /// Two cases are shown beside one another.
    ///
    /// # Errors
    /// When it is the same case.
    pub fn link(&mut self, other: CaseId, at: DateTime<Utc>) -> Result<Event, Refused> {
        if other == self.id {
            return Err(Refused::Itself(self.id));
        }
        Ok(self.done(Event::Linked { other }, at))
    }

    /// Takes a link away.
    pub fn unlink(&mut self, other: CaseId, at: DateTime<Utc>) -> Event {
        self.done(Event::Unlinked { other }, at)
    }

    /// The case belongs to another person than was thought.
    pub fn change_person(&mut self, person: Option<PersonId>, at: DateTime<Utc>) -> Event {
        self.done(Event::PersonChanged { person }, at)
    }

    /// Sets the service-level clocks anew; no event when they stand as they should.
    pub fn set_clocks(&mut self, clocks: Clocks, at: DateTime<Utc>) -> Option<Event> {
        (clocks != self.clocks).then(|| self.done(Event::ClocksSet(clocks), at))
    }
}
