//! Taking a case, giving it to a colleague, putting it back.

use super::action::{self, Sent};
use super::fault::Answer;
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::Seat;
use axum::extract::{Path, Query};
use db::case::Stored;
use gate::Form;
use model::UserId;
use model::problem::FieldProblem;

/// `POST …/take`
pub(super) async fn take(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::take(w, number.id).await })).await?;
    let before = stored.case.assignee.map(|id| id.to_string()).unwrap_or_default();
    let flash = Flash::new("take").undone_by(place.act(number, "assign"), &[("to", before), ("undo", "1".to_owned())]);
    Ok(seat.done(&place, number, flash).await)
}

/// `POST …/put-back`
pub(super) async fn put_back(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::assign(w, number.id, None).await })).await?;
    let mut flash = Flash::new("put-back");
    if let Some(before) = stored.case.assignee {
        flash = flash.undone_by(place.act(number, "assign"), &[("to", before.to_string()), ("undo", "1".to_owned())]);
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
    let outcome = seat.work(move |w| Box::pin(async move { centre::case::assign(w, number.id, to).await })).await;
    match action::sent(outcome)? {
        Sent::Wrong(problems) => shown(&seat, &place, &stored, &problems).await,
        Sent::Done(()) => {
            if form.has("undo") {
                return Ok(seat.done(&place, number, Flash::new("undone")).await);
            }
            let names = centre::staff::names(&seat.gate.centre, to.as_slice()).await?;
            let name = to.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
            let before = stored.case.assignee.map(|id| id.to_string()).unwrap_or_default();
            let flash = Flash::new("assign")
                .about(name)
                .undone_by(place.act(number, "assign"), &[("to", before), ("undo", "1".to_owned())]);
            Ok(seat.done(&place, number, flash).await)
        }
    }
}
