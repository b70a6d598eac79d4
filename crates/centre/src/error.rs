//! Why a use case was not carried out, told apart by what the person or program can do about it.

use model::access::Denied;
use model::case::Refused;
use model::contact::ContactRefused;
use model::problem::FieldProblem;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed cannot be taken; every field that is wrong is named.
    #[error("{} field(s) cannot be taken: {}", .0.len(), list(.0))]
    Invalid(Vec<FieldProblem>),
    #[error("there is no such {0}")]
    NotFound(&'static str),
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Contact(#[from] ContactRefused),
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The case is no longer as the person saw it: ask before going on. Holds the version it has now.
    #[error("the case has changed since it was read (it is at version {0})")]
    Changed(i64),
    /// What was to be changed is no longer as whoever wants it saw it.
    #[error("it has changed since it was read")]
    ChangedMeanwhile,
    /// A service that cannot be as it was written; every flaw is named with its place.
    #[error("the service cannot be taken: {}", list(.0))]
    Service(Vec<model::service::Found>),
    #[error("the queue {queue} still holds {cases} case(s)")]
    QueueInUse { queue: model::QueueId, cases: u64 },
    /// Whoever serves no queue by name serves every queue: nobody comes to that because theirs goes.
    #[error("{people} of the staff serve the queue {queue} and no other")]
    QueueServed { queue: model::QueueId, people: u64 },
    #[error("the template cannot be taken: {0}")]
    Template(#[from] crate::reply_template::Flaw),
    /// Too many tries; they are taken again at this time.
    #[error("too many tries: the next is taken at {0}")]
    TooMany(chrono::DateTime<chrono::Utc>),
    /// The same `Idempotency-Key` came with another request.
    #[error("this idempotency key was used for a different request")]
    KeyReused,
    #[error(transparent)]
    Storage(#[from] db::Error),
    /// `key` is where the storage has it; the name that a citizen gave it is in no log.
    #[error("the storage does not take or give the file {key}: {why}")]
    File { key: String, why: String },
}

impl Error {
    /// One field that cannot be taken.
    #[must_use]
    pub fn field(field: &'static str, problem: model::problem::Problem) -> Self {
        Self::Invalid(vec![FieldProblem::new(field, problem)])
    }
}

impl From<FieldProblem> for Error {
    fn from(problem: FieldProblem) -> Self {
        Self::Invalid(vec![problem])
    }
}

fn list(problems: &[impl ToString]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
