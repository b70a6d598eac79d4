//! Taking a case, giving it to a colleague, putting it back.

use super::action::{self, Sent};
use super::fault::Answer;
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::list::title;
use super::place::Place;
use super::seat::Seat;
use super::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use centre::Error;
use db::case::Stored;
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::UserId;
use model::number::CaseNumber;
use model::problem::FieldProblem;

/// `POST …/take`
pub(super) async fn take(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    // Whoever had it when the button was shown; a page that does not say saw nobody.
    let seen: Option<UserId> = form.parsed("from");
    match seat.work(move |w| Box::pin(async move { centre::case::take_from(w, number.id, seen).await })).await {
        Err(Error::Changed(_)) => return taken(&seat, &place, number).await,
        outcome => outcome?,
    }
    let before =
        stored.case.assignee.filter(|before| *before != seat.me.id).map(|id| id.to_string()).unwrap_or_default();
    let undo = [("to", before), ("undo", seat.me.id.to_string())];
    let flash = Flash::new("take").undone_by(place.act(number, "assign"), &undo);
    Ok(seat.done(&place, number, flash).await)
}

/// The question before a case is taken from a colleague who was quicker.
async fn taken(seat: &Seat, place: &Place, number: CaseNumber) -> Answer {
    let stored = centre::timeline::head(&seat.gate.centre, &seat.me, number.id).await?;
    let by = stored.case.assignee;
    let names = centre::staff::names(&seat.gate.centre, by.as_slice()).await?;
    let view = TakenPage {
        tr: seat.tr,
        frame: DeskFrame::read(seat, Some(place), Panes::Two, Open::Case).await?,
        number: number.to_string(),
        case_title: title(seat.tr, &stored),
        by: by.and_then(|id| names.get(&id)).cloned().unwrap_or_default(),
        from: by.map(|id| id.to_string()).unwrap_or_default(),
        action: place.act(number, "take"),
        back: place.case(number),
    };
    Ok(html::page(StatusCode::CONFLICT, &view))
}

#[derive(Debug, Template)]
#[template(path = "desk/taken.html")]
pub struct TakenPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub number: String,
    pub case_title: String,
    /// Who has it now.
    pub by: String,
    pub from: String,
    pub action: String,
    pub back: String,
}

impl samples::Samples for TakenPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = TakenPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            number: "LA-2026-004512".to_owned(),
            case_title: "Bonus sociale".to_owned(),
            by: "Karim Prova".to_owned(),
            from: "2".to_owned(),
            action: "/desk/case/LA-2026-004512/take".to_owned(),
            back: "/desk/case/LA-2026-004512".to_owned(),
        };
        vec![("colleague", page)]
    }
}

/// `POST …/put-back`
pub(super) async fn put_back(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::assign(w, number.id, None).await })).await?;
    let mut flash = Flash::new("put-back");
    if let Some(before) = stored.case.assignee {
        let undo = [("to", before.to_string()), ("undo", String::new())];
        flash = flash.undone_by(place.act(number, "assign"), &undo);
    }
    Ok(seat.done(&place, number, flash).await)
}

/// `GET …/assign`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    shown(&seat, &place, &stored, &[]).await
}

async fn shown(seat: &Seat, place: &Place, stored: &Stored, problems: &[FieldProblem]) -> Answer {
    let colleagues = centre::staff::who_may_take(&seat.gate.centre, &stored.case).await?;
    let of_queue = |staff: &model::user::Staff| staff.queues.contains(&stored.case.queue);
    let mut choices: Vec<(bool, Choice)> = colleagues
        .iter()
        .filter(|c| stored.case.assignee != Some(c.id))
        .map(|c| (!of_queue(c), Choice::new(c.id, c.name.as_str())))
        .collect();
    // First those whose queue it is.
    choices.sort_by_key(|(other, _)| *other);
    let fields = vec![Field::new(
        "to",
        seat.tr.text("desk-field-colleague"),
        Kind::Select(choices.into_iter().map(|(_, choice)| choice).collect()),
    )];
    action::form(seat, place, stored, "assign", fields, problems).await
}

/// `POST …/assign`
pub(super) async fn send(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let to: Option<UserId> = form.parsed("to");
    if to.is_none() && !form.has("undo") {
        return shown(&seat, &place, &stored, &[FieldProblem::new("to", model::problem::Problem::Missing)]).await;
    }
    // What is undone says in whose hands it left the case.
    let (undone, now_with): (bool, Option<UserId>) = (form.has("undo"), form.parsed("undo"));
    let giving = seat.work(move |w| {
        Box::pin(async move {
            if undone {
                centre::case::undo_assign(w, number.id, now_with, to).await
            } else {
                centre::case::assign(w, number.id, to).await
            }
        })
    });
    let outcome = giving.await;
    match action::sent(outcome, || form.unsent(place.act(number, "assign")))? {
        Sent::Wrong(problems) => shown(&seat, &place, &stored, &problems).await,
        Sent::Done(()) => {
            if form.has("undo") {
                return Ok(seat.done(&place, number, Flash::new("undone")).await);
            }
            let names = centre::staff::names(&seat.gate.centre, to.as_slice()).await?;
            let name = to.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
            let before = stored.case.assignee.map(|id| id.to_string()).unwrap_or_default();
            let undo = [("to", before), ("undo", to.map(|id| id.to_string()).unwrap_or_default())];
            let flash = Flash::new("assign").about(name).undone_by(place.act(number, "assign"), &undo);
            Ok(seat.done(&place, number, flash).await)
        }
    }
}
