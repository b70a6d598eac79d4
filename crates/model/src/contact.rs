//! A contact: one exchange on one channel. Its states follow from its times, and its moves can refuse.

use crate::word::words;
use crate::{CaseId, ContactId, PersonId, ServiceId, TopicId, UserId};
use chrono::{DateTime, Utc};

words!(
    Channel { Phone = "phone", Sms = "sms", Email = "email", Web = "web", Chat = "chat", Desk = "desk" }
);
words!(
    Direction { Inbound = "inbound", Outbound = "outbound" }
);
words!(
    /// How a contact ended.
    Outcome {
        Answered = "answered",
        Abandoned = "abandoned",
        Voicemail = "voicemail",
        Callback = "callback",
        SelfService = "self-service",
        ClosedHours = "closed-hours",
        Busy = "busy",
        NoAnswer = "no-answer",
        WrongNumber = "wrong-number",
        Failed = "failed",
    }
);

/// A contact without its words: those are content, kept apart so that they can be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    /// None for an exchange that came to nothing: a caller who hung up, a wrong number.
    pub case: Option<CaseId>,
    pub person: Option<PersonId>,
    pub service: ServiceId,
    pub channel: Channel,
    pub direction: Direction,
    pub entry_point: Option<String>,
    pub started_at: DateTime<Utc>,
    pub queued_at: Option<DateTime<Utc>>,
    pub answered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub outcome: Option<Outcome>,
    pub operator: Option<UserId>,
    pub language: Option<String>,
    pub topic: Option<TopicId>,
}

/// A move that the contact's state does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot {wanted} contact {id}: {because}")]
pub struct ContactRefused {
    pub id: ContactId,
    pub wanted: &'static str,
    pub because: &'static str,
}

impl Contact {
    fn refuse(&self, wanted: &'static str, because: &'static str) -> ContactRefused {
        ContactRefused { id: self.id, wanted, because }
    }

    /// An operator answers: a call is picked up, a message written to us gets its reply.
    ///
    /// # Errors
    /// When it is answered or over, or `at` is before it began to wait.
    pub fn answer(&mut self, by: UserId, at: DateTime<Utc>) -> Result<(), ContactRefused> {
        if self.answered_at.is_some() {
            return Err(self.refuse("answer", "it is answered already"));
        }
        if self.ended_at.is_some() {
            return Err(self.refuse("answer", "it is over"));
        }
        if at < self.queued_at.unwrap_or(self.started_at) {
            return Err(self.refuse("answer", "it had not begun"));
        }
        self.answered_at = Some(at);
        self.operator = Some(by);
        Ok(())
    }

    /// The exchange is over. An answered one is always `answered`; one that nobody answered cannot be.
    ///
    /// # Errors
    /// When it is over already, the outcome contradicts what happened, or `at` is before its last step.
    pub fn end(&mut self, outcome: Outcome, at: DateTime<Utc>) -> Result<(), ContactRefused> {
        if self.ended_at.is_some() {
            return Err(self.refuse("end", "it is over"));
        }
        if self.answered_at.is_some() != (outcome == Outcome::Answered) {
            return Err(self.refuse("end", "the outcome contradicts what happened"));
        }
        if at < self.answered_at.or(self.queued_at).unwrap_or(self.started_at) {
            return Err(self.refuse("end", "it had not come that far"));
        }
        self.ended_at = Some(at);
        self.outcome = Some(outcome);
        Ok(())
    }

    /// True for something written to us that still waits for its answer.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.direction == Direction::Inbound && self.answered_at.is_none() && self.ended_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact() -> Contact {
        Contact {
            id: ContactId(1),
            case: Some(CaseId(1)),
            person: None,
            service: ServiceId::new("linea-amica"),
            channel: Channel::Phone,
            direction: Direction::Inbound,
            entry_point: None,
            started_at: at(0),
            queued_at: Some(at(5)),
            answered_at: None,
            ended_at: None,
            outcome: None,
            operator: None,
            language: None,
            topic: None,
        }
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    #[test]
    fn a_contact_is_answered_once_and_ends_once() {
        let mut contact = contact();
        assert!(contact.awaits_answer());
        assert!(contact.answer(UserId(1), at(4)).is_err(), "before it waited");
        contact.answer(UserId(1), at(44)).unwrap();
        assert!(contact.answer(UserId(2), at(45)).is_err());
        assert!(contact.end(Outcome::Abandoned, at(50)).is_err(), "answered, so not abandoned");
        assert!(contact.end(Outcome::Answered, at(43)).is_err());
        contact.end(Outcome::Answered, at(90)).unwrap();
        assert!(contact.end(Outcome::Answered, at(91)).is_err());
        assert!(!contact.awaits_answer());
    }

    #[test]
    fn a_caller_who_hangs_up_was_not_answered() {
        let mut contact = contact();
        assert!(contact.end(Outcome::Answered, at(9)).is_err());
        contact.end(Outcome::Abandoned, at(9)).unwrap();
        assert!(contact.answer(UserId(1), at(10)).is_err());
    }
}
