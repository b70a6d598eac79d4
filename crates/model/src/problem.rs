//! What is wrong with something typed, as a word that each language has a sentence for.

use crate::word::words;

words!(
    /// Why a field cannot be taken as typed. The sentence for people is the message `problem-{word}`.
    Problem {
        Missing = "missing",
        TooLong = "too-long",
        TooShort = "too-short",
        NotAnEmail = "not-an-email",
        EmailWithoutAt = "email-without-at",
        EmailWithoutDot = "email-without-dot",
        NotAPhone = "not-a-phone",
        NotADate = "not-a-date",
        NotANumber = "not-a-number",
        TooSmall = "too-small",
        TooMuch = "too-much",
        InThePast = "in-the-past",
        NotInTheList = "not-in-the-list",
        ConsentNeeded = "consent-needed",
        AddressNeeded = "address-needed",
        FileTooLarge = "file-too-large",
        FileEmpty = "file-empty",
        FileKindRefused = "file-kind-refused",
        FileGone = "file-gone",
        TooManyFiles = "too-many-files",
        NoSuchCase = "no-such-case",
        PasswordTooShort = "password-too-short",
        AlreadyTaken = "already-taken",
        /// Whoever administers does so for everybody.
        ScopeOfAdmin = "scope-of-admin",
        /// A service that takes contacts no more.
        ServiceOver = "service-over",
        /// Nobody could administer after it.
        LastAdmin = "last-admin",
        TooMany = "too-many",
        NotALogin = "not-a-login",
        NoSuchCode = "no-such-code",
        PasswordWrong = "password-wrong",
        /// The role that somebody holds wants a second factor of them.
        NeededByRole = "needed-by-role",
        /// What is wanted of others must be had first.
        OwnFirst = "own-first",
        /// Something else names it.
        InUse = "in-use",
    }
);

/// One field that cannot be taken, named as the form and the REST body name it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FieldProblem {
    pub field: &'static str,
    pub problem: Problem,
    /// The bound that was passed (characters, bytes, files), where there is one.
    pub limit: Option<u64>,
}

impl FieldProblem {
    #[must_use]
    pub const fn new(field: &'static str, problem: Problem) -> Self {
        Self { field, problem, limit: None }
    }

    #[must_use]
    pub const fn limited(field: &'static str, problem: Problem, limit: u64) -> Self {
        Self { field, problem, limit: Some(limit) }
    }
}

/// A word that is not in a fixed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a known {noun}")]
pub struct UnknownWord {
    pub noun: &'static str,
    pub word: String,
}
