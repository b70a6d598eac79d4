//! Writing to the centre: one form, that loses nothing of what was typed, and the page that says what happens next.

mod done;
mod form;

pub use done::{DonePage, done};
pub use form::WritePage;

use super::here::{Asking, Here, asked};
use super::opened;
use super::trouble;
use super::trouble::Notice;
use crate::upload::{self, Files};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use centre::intake::{self, Inbound};
use centre::once::{Given, Once};
use centre::{By, Error, limits};
use form::Typed;
use gate::{Form, Gate, Session, Visitor, WithFiles};
use model::contact::Channel;
use model::problem::{FieldProblem, Problem};
use model::{CaseId, ServiceId, TopicId};
use serde::Deserialize;

/// What a link may say already.
#[derive(Debug, Default, Deserialize)]
pub struct Begun {
    #[serde(default)]
    text: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    service: String,
}

/// `GET /scrivi`
pub async fn show(State(gate): State<Gate>, here: Here, begun: Asking<Begun>) -> Response {
    let begun = asked(begun);
    let typed = Typed { text: begun.text, topic: begun.topic, service: begun.service, ..Typed::default() };
    WritePage::of(&gate, &here, typed, &[], None, &[]).into_response()
}

/// `POST /scrivi`
pub async fn send(
    State(gate): State<Gate>,
    here: Here,
    Visitor(from): Visitor,
    session: Session,
    WithFiles(form): WithFiles,
) -> Response {
    let typed = Typed::of(&form);
    let files = match bring(&gate, &form, &from).await {
        Ok(files) => files,
        Err(error) => return again(&gate, &here, typed, upload::carried(&gate, &form), &error),
    };
    let inbound = inbound(&here, &typed, &files);
    let mut problems = intake::problems(&inbound);
    problems.extend(form::problems(&here, &typed));
    problems.extend(files.problems.clone());
    if !problems.is_empty() {
        return again(&gate, &here, typed, files, &Error::Invalid(problems));
    }
    match accept(&gate, &typed.key, form.digest(), inbound, from).await {
        Ok(case) => done_with(&gate, &here, &session, case).await,
        Err(error) => again(&gate, &here, typed, files, &error),
    }
}

/// Keeps the files; whoever brings many forms with files is slowed before anything is written to the disk.
pub(super) async fn bring(gate: &Gate, form: &Form, from: &str) -> centre::Result<Files> {
    if !form.files.is_empty() {
        let limit = limits::form_from(from);
        gate.centre.work(By::Citizen, move |w| Box::pin(async move { limits::count(w, &limit).await })).await?;
    }
    upload::keep(gate, form).await
}

/// Takes in what was written, once: the same form sent twice is one case. `key` is the form's own, `digest` tells a form
/// that was changed and sent again, which is another case.
pub(super) async fn accept(
    gate: &Gate,
    key: &str,
    digest: String,
    inbound: Inbound,
    from: String,
) -> centre::Result<CaseId> {
    let once = Once::of_form("form".to_owned(), key, &digest);
    let given = gate
        .centre
        .work_once(By::Citizen, once, move |w| {
            Box::pin(async move {
                limits::count(w, &limits::form_from(&from)).await?;
                let accepted = intake::accept(w, inbound).await?;
                tracing::info!(case.id = %accepted.case, "case opened from the portal");
                Ok(Given { status: 201, body: accepted.case.to_string() })
            })
        })
        .await?;
    given.body.parse().map_err(|_| Error::NotFound("case"))
}

/// To the page that says number and code, which this visitor may now read the case with.
pub(super) async fn done_with(gate: &Gate, here: &Here, session: &Session, case: CaseId) -> Response {
    match opened::remember_new(session, case, here.now).await {
        Ok(()) => Redirect::to(&here.tr.path("/scrivi/fatto")).into_response(),
        // The case is open: what is missing is only the session, so its number and code are said at once.
        Err(error) => {
            tracing::warn!(%error, "cannot keep a visitor's session");
            done::page(gate, here, case).await
        }
    }
}

/// The form again, with everything that was typed.
fn again(gate: &Gate, here: &Here, typed: Typed, files: Files, error: &Error) -> Response {
    let (problems, notice): (&[FieldProblem], Option<Notice>) = match error {
        Error::Invalid(problems) => (problems, None),
        error => match trouble::notice(here, error) {
            Some(notice) => (&[], Some(notice)),
            None => return trouble::page(gate, here, error),
        },
    };
    WritePage::of(gate, here, typed, problems, notice, &files.kept).into_response()
}

fn inbound(here: &Here, typed: &Typed, files: &Files) -> Inbound {
    let given = |text: &str| Some(text.to_owned()).filter(|t| !t.trim().is_empty());
    let reach = typed.via != "none";
    Inbound {
        service: given(&typed.service).map(ServiceId),
        channel: Some(Channel::Web),
        entry_point: Some("/scrivi".to_owned()),
        name: given(&typed.name),
        email: given(&typed.email).filter(|_| reach),
        phone: given(&typed.phone).filter(|_| reach),
        language: Some(here.tr.language.code().to_owned()),
        topic: given(&typed.topic).map(TopicId),
        text: typed.text.clone(),
        files: files.kept.clone(),
        announce_content: typed.content,
        ..Inbound::default()
    }
}

/// A problem of a field that the centre does not know of.
pub(super) fn lacking(field: &'static str, problem: Problem) -> FieldProblem {
    FieldProblem::new(field, problem)
}
