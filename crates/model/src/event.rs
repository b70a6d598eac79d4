//! The log that everything else follows: what happened, to what, by whom. It is the audit trail as well.

mod kind;

pub use kind::KINDS;

use crate::word::words;
use crate::{PersonId, UserId, case};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where an event stands in the order in which events became visible: the transaction, then the row in it. On SQLite,
/// which has one writer, the transaction is 0 and the row decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub transaction: i64,
    pub row: i64,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.transaction, self.row)
    }
}

impl std::str::FromStr for Position {
    type Err = crate::problem::UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed =
            text.split_once('-').and_then(|(t, r)| Some(Self { transaction: t.parse().ok()?, row: r.parse().ok()? }));
        parsed.ok_or_else(|| crate::problem::UnknownWord { noun: "position", word: text.chars().take(40).collect() })
    }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The centre itself: a job, a clock, the command line.
    System,
    Citizen,
    Staff(UserId),
}

words!(
    /// What an event is about.
    Subject {
        Case = "case",
        Person = "person",
        User = "user",
        Token = "token",
        Service = "service",
        /// A queue of the telephone, closed by hand or opened again.
        Queue = "queue",
        /// A sound that callers hear.
        Sound = "sound",
        Structure = "structure",
        Topic = "topic",
        Outbox = "outbox",
        Session = "session",
        /// A template of a reply.
        Template = "template",
        Job = "job",
        /// The log itself: that it was taken away as a file.
        Audit = "audit",
        /// What is asked of everybody who signs in.
        SignIn = "sign-in",
        /// Somebody who was trained and is no operator here.
        Trainee = "trainee",
        /// The processing register.
        Register = "register",
        Threshold = "threshold",
        Alarm = "alarm",
        /// A call, by its contact.
        Call = "call",
        Recording = "recording",
        Trunk = "trunk",
        /// The account of an operator's telephone.
        SipAccount = "sip-account",
        /// Whether somebody takes work at the moment.
        Availability = "availability",
        /// Records brought in from a file.
        Import = "import",
        /// Something that only a later version knows: nobody here is told of it, and it holds up nobody.
        Unknown = "unknown",
    }
);

/// One thing that happened to a person's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PersonEvent {
    /// More is known of the person than before: a name, so many addresses.
    Completed {
        name: bool,
        addresses: usize,
    },
    Merged {
        into: PersonId,
    },
    Unmerged {
        from: PersonId,
    },
    /// Nothing of the person is held any more: so many of their cases and contacts were emptied, so many files removed.
    Erased {
        cases: u64,
        contacts: u64,
        files: u64,
    },
    /// Nothing of the person was left here when what is kept no longer was emptied: nobody had asked for it.
    Anonymised,
    /// All that is held on the person was written out.
    Exported,
}

impl PersonEvent {
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Completed { .. } => "completed",
            Self::Merged { .. } => "merged",
            Self::Unmerged { .. } => "unmerged",
            Self::Erased { .. } => "erased",
            Self::Anonymised => "anonymised",
            Self::Exported => "exported",
        }
    }
}

/// An event as it is followed and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub position: Position,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    pub subject: Subject,
    /// The id of the subject, as text: a number for a case, a word for a service.
    pub subject_id: String,
    pub kind: String,
    /// Ids, words and times; never what a person wrote.
    pub data: serde_json::Value,
}

impl Record {
    /// The case event in this record, when it is one.
    #[must_use]
    pub fn case_event(&self) -> Option<case::Event> {
        (self.subject == Subject::Case).then(|| serde_json::from_value(self.data.clone()).ok()).flatten()
    }
}
