//! A use case that was not carried out, told to a citizen: what happened, whether anything was lost, what to do next.

use super::ErrorPage;
use super::here::Here;
use crate::{Again, ErrorKind};
use axum::response::{IntoResponse, Response};
use centre::Error;
use chrono::{DateTime, TimeDelta, Utc};
use gate::{Gate, Unsent};
use http::{HeaderValue, StatusCode, header};

/// Something is amiss with a form as a whole, and not with what was typed: the form comes back filled, under this.
#[derive(Debug, Clone)]
pub struct Notice {
    pub status: StatusCode,
    pub title: String,
    pub text: String,
}

/// What to say above a form that could not be taken, when it is not the form's fault.
pub fn notice(here: &Here, error: &Error) -> Option<Notice> {
    let tr = here.tr;
    let say = |status, title: &str, text: String| Some(Notice { status, title: tr.text(title).into_owned(), text });
    match error {
        Error::TooMany(until) => {
            let text = tr.with("trouble-too-many", &[("when", from(here, *until))]).into_owned();
            say(StatusCode::TOO_MANY_REQUESTS, language::key!("error-too-many-title"), text)
        }
        Error::Storage(_) | Error::File { .. } => {
            tracing::error!(%error, "cannot take in a citizen's form");
            say(
                StatusCode::SERVICE_UNAVAILABLE,
                language::key!("trouble-storage-title"),
                tr.text("trouble-storage").into_owned(),
            )
        }
        _ => None,
    }
}

/// The hour from which it can be tried again: the minute after, since the one before would be refused.
pub fn from(here: &Here, until: DateTime<Utc>) -> String {
    here.tr.time(until + TimeDelta::seconds(59))
}

/// The page that is shown instead of the one asked for.
pub fn page(gate: &Gate, here: &Here, error: &Error) -> Response {
    page_with(gate, here, error, None)
}

/// The same, with what a form had brought, to be sent again.
pub fn page_with(gate: &Gate, here: &Here, error: &Error, unsent: Option<Unsent>) -> Response {
    let kind = match error {
        Error::NotFound(_) | Error::Invalid(_) => ErrorKind::NotFound,
        Error::Denied(_) => ErrorKind::Forbidden,
        Error::TooMany(_) => ErrorKind::TooMany,
        Error::Storage(
            db::Error::Unavailable(_) | db::Error::Full(_) | db::Error::Conflict(_) | db::Error::NotCommitted(_),
        )
        | Error::File { .. } => ErrorKind::Unavailable,
        _ => ErrorKind::Failed,
    };
    let mut view = ErrorPage::of(here, kind);
    view.again = unsent.map(Again::of);
    if kind.is_our_fault() {
        let reference: String = gate.centre.nonce().chars().take(6).collect::<String>().to_uppercase();
        tracing::error!(error.reference = %reference, %error, "cannot answer a citizen's request");
        view.reference = Some(reference);
    }
    if let Error::TooMany(until) = error {
        view.when = Some(from(here, *until));
        let mut answer = view.into_response();
        let seconds = (*until - here.now).num_seconds().max(1);
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return answer;
    }
    view.into_response()
}
