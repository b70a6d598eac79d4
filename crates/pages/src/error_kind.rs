//! What can go wrong with a page as a whole, and what its reader is then told.

use axum::http::StatusCode;

/// Why a page is not what was asked for. Each says what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    NotFound,
    Forbidden,
    /// Whoever works here has to sign in again.
    SignedOut,
    /// Whoever follows a case has to open it again.
    NotOpen,
    TooLarge,
    TooMany,
    /// What is needed to answer is away for a while.
    Unavailable,
    Failed,
}

impl ErrorKind {
    pub const ALL: [ErrorKind; 8] = [
        ErrorKind::NotFound,
        ErrorKind::Forbidden,
        ErrorKind::SignedOut,
        ErrorKind::NotOpen,
        ErrorKind::TooLarge,
        ErrorKind::TooMany,
        ErrorKind::Unavailable,
        ErrorKind::Failed,
    ];

    /// The kind that fits a status; every status of a server's own fault is [`ErrorKind::Failed`].
    pub fn of(status: StatusCode) -> ErrorKind {
        match status {
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::METHOD_NOT_ALLOWED | StatusCode::BAD_REQUEST => {
                ErrorKind::NotFound
            }
            StatusCode::FORBIDDEN => ErrorKind::Forbidden,
            StatusCode::UNAUTHORIZED => ErrorKind::SignedOut,
            StatusCode::PAYLOAD_TOO_LARGE => ErrorKind::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => ErrorKind::TooMany,
            StatusCode::SERVICE_UNAVAILABLE => ErrorKind::Unavailable,
            _ => ErrorKind::Failed,
        }
    }

    pub fn status(self) -> StatusCode {
        match self {
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            ErrorKind::SignedOut => StatusCode::UNAUTHORIZED,
            ErrorKind::NotOpen => StatusCode::CONFLICT,
            ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            ErrorKind::NotFound => language::key!("error-not-found-title"),
            ErrorKind::Forbidden => language::key!("error-forbidden-title"),
            ErrorKind::SignedOut => language::key!("error-signed-out-title"),
            ErrorKind::NotOpen => language::key!("error-not-open-title"),
            ErrorKind::TooLarge => language::key!("error-too-large-title"),
            ErrorKind::TooMany => language::key!("error-too-many-title"),
            ErrorKind::Unavailable => language::key!("error-unavailable-title"),
            ErrorKind::Failed => language::key!("error-failed-title"),
        }
    }

    pub fn lead(self) -> &'static str {
        match self {
            ErrorKind::NotFound => language::key!("error-not-found-lead"),
            ErrorKind::Forbidden => language::key!("error-forbidden-lead"),
            ErrorKind::SignedOut => language::key!("error-signed-out-lead"),
            ErrorKind::NotOpen => language::key!("error-not-open-lead"),
            ErrorKind::TooLarge => language::key!("error-too-large-lead"),
            ErrorKind::TooMany => language::key!("error-too-many-lead"),
            ErrorKind::Unavailable => language::key!("error-unavailable-lead"),
            ErrorKind::Failed => language::key!("error-failed-lead"),
        }
    }

    pub fn desk_lead(self) -> &'static str {
        match self {
            ErrorKind::NotFound => language::key!("error-desk-not-found-lead"),
            ErrorKind::Forbidden => language::key!("error-desk-forbidden-lead"),
            ErrorKind::SignedOut => language::key!("error-signed-out-lead"),
            ErrorKind::NotOpen => language::key!("error-not-open-lead"),
            ErrorKind::TooLarge => language::key!("error-desk-too-large-lead"),
            ErrorKind::TooMany => language::key!("error-desk-too-many-lead"),
            ErrorKind::Unavailable => language::key!("error-desk-unavailable-lead"),
            ErrorKind::Failed => language::key!("error-desk-failed-lead"),
        }
    }

    /// The way back in is offered, in a window of its own: what was typed stays in this one.
    pub fn offers_entry(self) -> bool {
        matches!(self, ErrorKind::SignedOut | ErrorKind::NotOpen)
    }

    pub fn offers_search(self) -> bool {
        self == ErrorKind::NotFound
    }

    pub fn offers_retry(self) -> bool {
        matches!(self, ErrorKind::TooMany | ErrorKind::Unavailable | ErrorKind::Failed)
    }

    /// Whether whoever runs the service has something to look for in the logs.
    pub fn is_our_fault(self) -> bool {
        matches!(self, ErrorKind::Unavailable | ErrorKind::Failed)
    }
}
