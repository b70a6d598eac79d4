//! Answering the citizen, noting for colleagues, waiting for the citizen. Nothing that was typed is ever lost: what
//! cannot be sent comes back, and a reply to a case that has changed asks first.

use super::action;
use super::case;
use super::composer::{Mode, Typed};
use super::entry::{Entry, Teller};
use super::fault::{Answer, Fault};
use super::flash::Flash;
use super::place::Place;
use super::seat::{Seat, numbered};
use super::{DeskFrame, Open, Panes};
use crate::upload::{self, Files, KeptFile};
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use centre::Error;
use centre::once::Given;
use chrono::{DateTime, Utc};
use gate::{Form, WithFiles};
use http::StatusCode;
use language::Tr;
use model::problem::FieldProblem;

pub(super) async fn keep(seat: &Seat, form: &Form) -> Result<Files, Fault> {
    Ok(upload::keep(&seat.gate, form).await?)
}

/// `POST …/reply`
pub(super) async fn send(
    seat: Seat,
    Path(path): Path<String>,
    Query(place): Query<Place>,
    WithFiles(form): WithFiles,
) -> Answer {
    let number = numbered(&path)?;
    let unsent = |fault: Fault| fault.with(form.unsent(place.act(number, "reply")));
    let Files { kept: files, problems } = keep(&seat, &form).await.map_err(unsent)?;
    let (solve, wait) = (form.has("solve"), form.has("wait"));
    let again =
        |problems: Vec<FieldProblem>, kept| Typed { text: form.text("text").to_owned(), problems, solve, wait, kept };
    let seals = upload::shown(&seat.gate, seat.tr, &files);
    if !problems.is_empty() {
        return case::page(&seat, &path, &place, Mode::Reply, Some(again(problems, seals))).await;
    }
    let seen = if form.has("anyway") { None } else { form.parsed("seen") };
    let reply = centre::case::Reply { text: form.text("text").to_owned(), files, seen, solve, wait };
    let sent = seat.work_form(format!("reply-{}", number.id), &form, move |w| {
        Box::pin(async move {
            centre::case::reply(w, number.id, reply).await?;
            Ok(Given::done())
        })
    });
    match sent.await {
        Ok(_) => {
            let mut flash = Flash::new(if solve { "reply-solved" } else { "reply" });
            if solve {
                flash = flash.undone_by(place.act(number, "reopen"), &[]);
            }
            Ok(seat.done(&place, number, flash).await)
        }
        Err(Error::Invalid(problems)) => {
            case::page(&seat, &path, &place, Mode::Reply, Some(again(problems, seals))).await
        }
        Err(Error::Changed(_)) => changed(&seat, &path, &place, &form, seals).await,
        Err(error) => {
            // Whatever it is, the words stay.
            keep_draft(&seat, number.id, false, form.text("text")).await;
            Err(unsent(error.into()))
        }
    }
}

pub(super) async fn keep_draft(seat: &Seat, id: model::CaseId, note: bool, text: &str) {
    let text = text.to_owned();
    let kept = seat.work(move |w| Box::pin(async move { centre::draft::save(w, id, note, &text).await })).await;
    if let Err(error) = kept {
        tracing::warn!(%error, case.id = %id, "cannot keep a draft");
    }
}

/// The question before a reply to a case that has changed: what is new, what was typed, and what to do.
async fn changed(seat: &Seat, path: &str, place: &Place, form: &Form, kept: Vec<KeptFile>) -> Answer {
    let timeline = case::read(seat, path).await?;
    keep_draft(seat, timeline.stored.case.id, false, form.text("text")).await;
    let since: Option<DateTime<Utc>> = form.parsed("read_at");
    let catalogue = seat.gate.centre.catalogue();
    let teller = Teller { tr: seat.tr, now: seat.now, me: &seat.me, timeline: &timeline, catalogue: &catalogue };
    let view = ChangedPage {
        tr: seat.tr,
        frame: DeskFrame::read(seat, Some(place), Panes::Two, Open::Case).await?,
        number: timeline.number.to_string(),
        case_title: super::list::title(seat.tr, &timeline.stored),
        entries: teller.entries(since),
        text: form.text("text").to_owned(),
        key: form.text("key").to_owned(),
        action: place.act(timeline.number, "reply"),
        back: format!("{}&write=reply#composer", place.case(timeline.number)),
        to: timeline.stored.content.announce_to.clone(),
        solve: form.has("solve"),
        wait: form.has("wait"),
        kept,
    };
    Ok(html::page(StatusCode::CONFLICT, &view))
}

/// `POST …/note`
pub(super) async fn note(
    seat: Seat,
    Path(path): Path<String>,
    Query(place): Query<Place>,
    WithFiles(form): WithFiles,
) -> Answer {
    let number = numbered(&path)?;
    let unsent = |fault: Fault| fault.with(form.unsent(place.act(number, "note")));
    let Files { kept: files, problems } = keep(&seat, &form).await.map_err(unsent)?;
    let again = |problems: Vec<FieldProblem>, kept| Typed {
        text: form.text("text").to_owned(),
        problems,
        kept,
        ..Typed::default()
    };
    let seals = upload::shown(&seat.gate, seat.tr, &files);
    if !problems.is_empty() {
        return case::page(&seat, &path, &place, Mode::Note, Some(again(problems, seals))).await;
    }
    let text = form.text("text").to_owned();
    let noted = seat.work_form(format!("note-{}", number.id), &form, move |w| {
        Box::pin(async move {
            centre::case::note(w, number.id, &text, files).await?;
            Ok(Given::done())
        })
    });
    match noted.await {
        Ok(_) => Ok(seat.done(&place, number, Flash::new("note")).await),
        Err(Error::Invalid(problems)) => {
            case::page(&seat, &path, &place, Mode::Note, Some(again(problems, seals))).await
        }
        Err(error) => {
            keep_draft(&seat, number.id, true, form.text("text")).await;
            Err(unsent(error.into()))
        }
    }
}

/// `POST …/wait`
pub(super) async fn wait(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::wait(w, number.id).await })).await?;
    let flash = Flash::new("wait").undone_by(place.act(number, "resume"), &[]);
    Ok(seat.done(&place, number, flash).await)
}

/// `POST …/resume`
pub(super) async fn resume(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::resume(w, number.id).await })).await?;
    let flash = Flash::new("resume").undone_by(place.act(number, "wait"), &[]);
    Ok(seat.done(&place, number, flash).await)
}

#[derive(Debug, Template)]
#[template(path = "desk/changed.html")]
pub struct ChangedPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub number: String,
    pub case_title: String,
    pub entries: Vec<Entry>,
    pub text: String,
    pub key: String,
    pub action: String,
    pub back: String,
    pub to: Option<String>,
    pub solve: bool,
    pub wait: bool,
    pub kept: Vec<KeptFile>,
}

impl samples::Samples for ChangedPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = ChangedPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            number: "LA-2026-004512".to_owned(),
            case_title: "Bonus sociale".to_owned(),
            entries: case::sample_entries(tr).split_off(6),
            text: "Il bonus gas parte con la bolletta di dicembre.\nNon deve fare nulla.".to_owned(),
            key: "k".to_owned(),
            action: "/desk/case/LA-2026-004512/reply".to_owned(),
            back: "/desk/case/LA-2026-004512".to_owned(),
            to: Some("m.esempio@posta.example".to_owned()),
            solve: true,
            wait: false,
            kept: vec![KeptFile { name: "modulo.pdf".to_owned(), size: tr.file_size(214_000), sealed: "x".to_owned() }],
        };
        vec![("reply", page)]
    }
}
