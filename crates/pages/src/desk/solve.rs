//! Solving a case with its outcome, and taking it up again.

use super::action::{self, Sent};
use super::classify;
use super::fault::Answer;
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::Seat;
use axum::extract::{Path, Query};
use db::case::Stored;
use gate::Form;
use model::TopicId;
use model::case::Outcome;
use model::problem::{FieldProblem, Problem};

fn fields(seat: &Seat, stored: &Stored, form: &Form) -> Vec<Field> {
    let tr = seat.tr;
    let chosen = form.typed("outcome").unwrap_or_else(|| Outcome::Solved.to_string());
    let outcomes = Outcome::ALL
        .iter()
        .map(|o| Choice::new(o, tr.text(&format!("desk-outcome-{o}"))).chosen_if(o.as_str() == chosen))
        .collect();
    let topic = form.typed("topic").or_else(|| stored.case.topic.as_ref().map(ToString::to_string)).unwrap_or_default();
    vec![
        Field::new("outcome", tr.text("desk-field-outcome"), Kind::Radio(outcomes)),
        Field::new("topic", tr.text("desk-field-topic"), Kind::Select(classify::topics(seat, &topic))).optional(),
    ]
}

/// `GET …/solve`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let fields = fields(&seat, &stored, &Form::default());
    action::form(&seat, &place, &stored, "solve", fields, &[]).await
}

/// `POST …/solve`
pub(super) async fn send(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let Some(outcome) = form.parsed::<Outcome>("outcome") else {
        let problems = [FieldProblem::new("outcome", Problem::Missing)];
        return action::form(&seat, &place, &stored, "solve", fields(&seat, &stored, &form), &problems).await;
    };
    let (topic, seen) = (form.typed("topic").map(TopicId), form.parsed("seen"));
    let solving = seat.work(move |w| {
        Box::pin(async move {
            centre::case::still(w, number.id, seen).await?;
            centre::case::solve(w, number.id, outcome, topic).await
        })
    });
    let outcome = solving.await;
    match action::sent(outcome, || form.unsent(place.act(number, "solve")))? {
        Sent::Done(()) => {
            let flash = Flash::new("solve").undone_by(place.act(number, "reopen"), &[]);
            Ok(seat.done(&place, number, flash).await)
        }
        Sent::Wrong(problems) => {
            action::form(&seat, &place, &stored, "solve", fields(&seat, &stored, &form), &problems).await
        }
    }
}

/// `POST …/reopen`
pub(super) async fn reopen(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::reopen(w, number.id).await })).await?;
    Ok(seat.done(&place, number, Flash::new("reopen")).await)
}
