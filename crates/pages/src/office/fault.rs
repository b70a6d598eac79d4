//! What a handler could not do, told to whoever asked in their language, with what to do next.

use crate::desk::{DeskFrame, ErrorPage, Open, Operator, Panes};
use crate::{Again, ErrorKind, html, samples};
use askama::Template;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use centre::Error;
use gate::{Gate, Me, Unsent};
use http::{StatusCode, header};
use language::Tr;
use model::access::Denied;
use model::case::Refused;
use std::sync::Arc;

/// A use case's error on its way out of a handler.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    error: Arc<Error>,
    unsent: Option<Unsent>,
}

pub(crate) type Answer = Result<Response, Fault>;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self { error: Arc::new(error), unsent: None }
    }
}

impl Fault {
    /// With what a form had brought, which is shown so that it can be sent again.
    pub fn with(self, unsent: Unsent) -> Self {
        Self { unsent: Some(unsent), ..self }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = status(&self.error).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The routes of the desk and of the administration answer what goes wrong with a page in words.
pub(crate) fn told(methods: MethodRouter<Gate>) -> MethodRouter<Gate> {
    methods.layer(from_fn(tell))
}

async fn tell(request: Request, next: Next) -> Response {
    let me = request.extensions().get::<Me>().cloned();
    let fragment = request.uri().path().starts_with("/part/");
    let administers = crate::admin::is_place(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    // A page has its words already, and what is for programs is not for people.
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"text/html") || kind.as_bytes().starts_with(b"application/json")
    });
    let Some(Me(me)) = me.filter(|_| !is_page && (status.is_client_error() || status.is_server_error())) else {
        return response;
    };
    let tr = Tr::new(me.language.parse().unwrap_or_default());
    let fault = response.extensions().get::<Fault>().cloned();
    if let Some(Fault { error, .. }) = fault.as_ref().filter(|_| status.is_server_error()) {
        tracing::error!(%error, "cannot answer at the desk");
    }
    if fragment {
        return response;
    }
    let frame = DeskFrame::bare(Operator::new(&me.name)).of(&me);
    let frame = if administers { frame.led_by(crate::admin::nav(tr, None)) } else { frame };
    // What is outside a role or scope need not be sent again; what somebody else was quicker at can at least be copied.
    let kept = status.is_server_error() || status == StatusCode::CONFLICT;
    let again = fault.as_ref().filter(|_| kept).and_then(|f| f.unsent.clone()).map(Again::of);
    match fault.and_then(|fault| words(tr, &fault.error)) {
        Some((title, lead)) => {
            html::page(status, &RefusalPage { tr, frame, status: status.as_u16(), title, lead, again })
        }
        None if status == StatusCode::PAYLOAD_TOO_LARGE => {
            let (title, lead) =
                (tr.text("desk-too-large-title").into_owned(), tr.text("desk-too-large-lead").into_owned());
            html::page(status, &RefusalPage { tr, frame, status: status.as_u16(), title, lead, again })
        }
        None => ErrorPage { tr, frame, kind: ErrorKind::of(status), reference: None, again }.into_response(),
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::Invalid(_) | Error::Service(_) | Error::Template(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Refused(_) | Error::Contact(_) | Error::Changed(_) | Error::KeyReused => StatusCode::CONFLICT,
        Error::ChangedMeanwhile | Error::QueueInUse { .. } | Error::QueueServed { .. } => StatusCode::CONFLICT,
        Error::Denied(_) => StatusCode::FORBIDDEN,
        Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::Storage(db::Error::Unavailable(_) | db::Error::Full(_)) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Storage(_) | Error::File { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Title and sentence, where the error has words of its own.
fn words(tr: Tr, error: &Error) -> Option<(String, String)> {
    let refused = |lead: String| Some((tr.text("desk-refused-title").into_owned(), lead));
    match error {
        Error::Invalid(problems) => {
            let lead = problems.iter().map(|problem| super::field::sentence(tr, problem)).collect::<Vec<_>>().join(" ");
            Some((tr.text("desk-invalid-title").into_owned(), lead))
        }
        Error::Refused(refusal) => refused(refusal_words(tr, refusal)),
        Error::Contact(_) | Error::Changed(_) | Error::KeyReused => {
            refused(tr.text("desk-refused-changed").into_owned())
        }
        Error::ChangedMeanwhile => {
            let title = tr.text("changed-meanwhile-title").into_owned();
            Some((title, tr.text("changed-meanwhile-lead").into_owned()))
        }
        Error::QueueInUse { queue, cases: count } | Error::QueueServed { queue, people: count } => {
            let served = matches!(error, Error::QueueServed { .. });
            let key =
                if served { language::key!("service-queue-served") } else { language::key!("service-queue-in-use") };
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            refused(tr.with(key, &[("queue", tr.arg(queue.as_str())), ("count", tr.arg(count))]).into_owned())
        }
        Error::Service(flaws) => {
            let lead = flaws.iter().map(|flaw| tr.text(&format!("service-flaw-{}", flaw.flaw))).collect::<Vec<_>>();
            Some((tr.text("desk-invalid-title").into_owned(), lead.join(" ")))
        }
        Error::Template(flaw) => {
            Some((tr.text("desk-invalid-title").into_owned(), crate::desk::template_words(tr, flaw)))
        }
        Error::Denied(denied) => {
            let lead = match denied {
                Denied::Role(_) => tr.text("desk-denied-role"),
                Denied::Scope => tr.text("desk-denied-scope"),
                Denied::Place => tr.text("desk-denied-place"),
            };
            Some((tr.text("desk-denied-title").into_owned(), lead.into_owned()))
        }
        Error::Storage(db::Error::Full(_)) => {
            Some((tr.text("desk-full-title").into_owned(), tr.text("desk-full-lead").into_owned()))
        }
        Error::Storage(db::Error::Unavailable(_)) => {
            Some((tr.text("desk-unavailable-title").into_owned(), tr.text("desk-unavailable-lead").into_owned()))
        }
        Error::File { .. } => Some((tr.text("desk-file-title").into_owned(), tr.text("desk-file-lead").into_owned())),
        Error::NotFound(_) | Error::TooMany(_) | Error::Storage(_) => None,
    }
}

/// What an error says, in one sentence.
pub fn said(tr: Tr, error: &Error) -> String {
    words(tr, error).map_or_else(|| tr.text("error-desk-failed-lead").into_owned(), |(_, lead)| lead)
}

fn refusal_words(tr: Tr, refusal: &Refused) -> String {
    let key = match refusal {
        Refused::WrongState { state, .. } => return tr.text(&format!("desk-refused-state-{state}")).into_owned(),
        Refused::SameLevel(level) => return tr.text(&format!("desk-refused-level-{level}")).into_owned(),
        Refused::SameAssignee(_) => language::key!("desk-refused-same-assignee"),
        Refused::Itself(_) => language::key!("desk-refused-itself"),
        Refused::NotMerged(_) => language::key!("desk-refused-not-merged"),
        Refused::NothingToSplit => language::key!("desk-refused-nothing-to-split"),
        Refused::TakenByBack(_) => language::key!("desk-refused-taken-by-back"),
        Refused::NoReminder => language::key!("desk-refused-no-reminder"),
    };
    tr.text(key).into_owned()
}

/// The page that says what could not be done.
#[derive(Debug, Template)]
#[template(path = "desk/refusal.html")]
pub struct RefusalPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub status: u16,
    pub title: String,
    pub lead: String,
    /// What was typed and not taken.
    pub again: Option<Again>,
}

impl samples::Samples for RefusalPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use model::case::{Level, State};
        let page = |error: Error| {
            let (title, lead) = words(tr, &error).unwrap_or_default();
            RefusalPage {
                tr,
                frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
                status: status(&error).as_u16(),
                title,
                lead,
                again: None,
            }
        };
        let mut pages = vec![
            ("denied", page(Denied::Place.into())),
            ("same-level", page(Refused::SameLevel(Level::Back).into())),
            ("taken-by-back", page(Refused::TakenByBack(model::CaseId(1)).into())),
            ("no-reminder", page(Refused::NoReminder.into())),
        ];
        pages.extend(
            State::ALL
                .iter()
                .map(|state| (state.as_str(), page(Refused::WrongState { wanted: "solve", state: *state }.into()))),
        );
        pages
    }
}
