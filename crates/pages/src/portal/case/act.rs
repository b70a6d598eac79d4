//! What a citizen does to an open case: writes, says that it is solved, chooses where news goes, leaves.

use super::page::to_the_door;
use super::{CasePage, path, read};
use crate::portal::here::Here;
use crate::portal::trouble::Notice;
use crate::portal::write::bring;
use crate::portal::{ErrorPage, opened, trouble};
use crate::upload::{self, Files};
use crate::{Again, ErrorKind};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use centre::once::{Given, Once};
use centre::timeline::Timeline;
use centre::{By, Error, citizen, limits};
use gate::{Form, Gate, Session, Visitor, WithFiles};
use http::StatusCode;
use model::case::State as Stand;
use model::number::CaseNumber;

/// The case, or the answer for whoever may not act on it.
async fn its_case(
    gate: &Gate,
    here: &Here,
    session: &Session,
    number: &str,
    form: Option<(&str, &Form)>,
) -> Result<Timeline, Response> {
    read(gate, session, number).await.map_err(|error| match (error, form) {
        // Whoever was writing finds their words again, and the way in beside them.
        (Error::NotFound(_), Some((word, form))) if number.parse::<CaseNumber>().is_ok() => {
            let action = here.tr.path(&format!("/caso/{number}/{word}"));
            let again = Some(Again::of(form.unsent(action)));
            ErrorPage { again, ..ErrorPage::of(here, ErrorKind::NotOpen) }.into_response()
        }
        (Error::NotFound(_), _) => to_the_door(here, number),
        // Without the case there is no page to show the form on; what was typed is shown all the same.
        (error @ Error::Storage(_), Some((word, form))) => {
            let action = here.tr.path(&format!("/caso/{number}/{word}"));
            trouble::page_with(gate, here, &error, Some(form.unsent(action)))
        }
        (error, _) => trouble::page(gate, here, &error),
    })
}

fn back(here: &Here, timeline: &Timeline, done: &str) -> Response {
    Redirect::to(&format!("{}?fatto={done}", path(here, timeline.number))).into_response()
}

/// `POST /caso/{number}/messaggi`
pub async fn write(
    State(gate): State<Gate>,
    here: Here,
    Visitor(from): Visitor,
    session: Session,
    Path(number): Path<String>,
    WithFiles(form): WithFiles,
) -> Response {
    let timeline = match its_case(&gate, &here, &session, &number, Some(("messaggi", &form))).await {
        Ok(timeline) => timeline,
        Err(answer) => return answer,
    };
    let typed = form.text("text").to_owned();
    let again = |files: &Files, error: Error| {
        let view = CasePage::of(&here, &timeline, gate.centre.nonce());
        match (&error, trouble::notice(&here, &error)) {
            (Error::Invalid(problems), _) => {
                view.with_message(&gate, &typed, &files.kept, problems, None).into_response()
            }
            (_, Some(notice)) => view.with_message(&gate, &typed, &files.kept, &[], Some(notice)).into_response(),
            (error, None) => trouble::page(&gate, &here, error),
        }
    };
    let files = match bring(&gate, &form, &from).await {
        Ok(files) => files,
        Err(error) => return again(&upload::carried(&gate, &form), error),
    };
    if !files.problems.is_empty() {
        return again(&files, Error::Invalid(files.problems.clone()));
    }
    let case = timeline.stored.case.id;
    let (text, kept) = (typed.clone(), files.kept.clone());
    let once = Once::of_form(format!("message-{case}"), form.text("key"), &form.digest());
    let written = gate.centre.work_once(By::Citizen, once, move |w| {
        Box::pin(async move {
            limits::count(w, &limits::form_from(&from)).await?;
            citizen::write(w, case, &text, kept).await?;
            Ok(Given::done())
        })
    });
    match written.await {
        Ok(_) if timeline.stored.case.state == Stand::Solved => back(&here, &timeline, "riaperto"),
        Ok(_) => back(&here, &timeline, "messaggio"),
        Err(Error::Refused(_)) => closed_meanwhile(&gate, &here, &session, &number, &typed, &files).await,
        Err(error) => again(&files, error),
    }
}

/// The page as it now stands, with what was typed: it can go into a new question.
async fn closed_meanwhile(
    gate: &Gate,
    here: &Here,
    session: &Session,
    number: &str,
    typed: &str,
    files: &Files,
) -> Response {
    let timeline = match read(gate, session, number).await {
        Ok(timeline) => timeline,
        Err(error) => return trouble::page(gate, here, &error),
    };
    let notice = Notice {
        status: StatusCode::CONFLICT,
        title: here.tr.text("case-closed-meanwhile").into_owned(),
        text: here.tr.text("case-closed-meanwhile-lead").into_owned(),
    };
    let view = CasePage::of(here, &timeline, gate.centre.nonce());
    view.with_message(gate, typed, &files.kept, &[], Some(notice)).into_response()
}

/// `POST /caso/{number}/risolto`
pub async fn settle(State(gate): State<Gate>, here: Here, session: Session, Path(number): Path<String>) -> Response {
    let timeline = match its_case(&gate, &here, &session, &number, None).await {
        Ok(timeline) => timeline,
        Err(answer) => return answer,
    };
    let case = timeline.stored.case.id;
    match gate.centre.work(By::Citizen, move |w| Box::pin(async move { citizen::withdraw(w, case).await })).await {
        // Solved already, by us or by a second press of the button: the page says where it stands.
        Ok(()) | Err(Error::Refused(_)) => back(&here, &timeline, "chiuso"),
        Err(error) => trouble::page(&gate, &here, &error),
    }
}

/// `POST /caso/{number}/avvisi`
pub async fn announce(
    State(gate): State<Gate>,
    here: Here,
    Visitor(from): Visitor,
    session: Session,
    Path(number): Path<String>,
    form: Form,
) -> Response {
    let timeline = match its_case(&gate, &here, &session, &number, Some(("avvisi", &form))).await {
        Ok(timeline) => timeline,
        Err(answer) => return answer,
    };
    let case = timeline.stored.case.id;
    let (typed, content) = (form.text("email").to_owned(), form.has("content"));
    let email = typed.clone();
    let chosen = gate.centre.work(By::Citizen, move |w| {
        Box::pin(async move {
            limits::count(w, &limits::form_from(&from)).await?;
            citizen::announce(w, case, &email, content).await
        })
    });
    match chosen.await {
        Ok(()) => back(&here, &timeline, "avvisi"),
        Err(Error::Invalid(problems)) => {
            CasePage::of(&here, &timeline, gate.centre.nonce()).with_news(&typed, &problems).into_response()
        }
        Err(error) => trouble::page(&gate, &here, &error),
    }
}

/// `POST /caso/{number}/esci`
pub async fn leave(State(gate): State<Gate>, here: Here, session: Session, Path(number): Path<String>) -> Response {
    if let Ok(number) = number.parse::<CaseNumber>()
        && let Err(error) = opened::forget(&gate, &session, number.id).await
    {
        return trouble::page(&gate, &here, &error);
    }
    Redirect::to(&here.tr.path("/caso?uscito=1")).into_response()
}

/// `GET` of an action's address: a page that was loaded again, or read in another language.
pub async fn show_again(here: Here, Path(number): Path<String>) -> Response {
    to_the_door(&here, &number)
}
