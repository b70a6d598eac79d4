//! Between front and back office, and between queues.

use super::action::{self, Sent};
use super::fault::Answer;
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::Seat;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use db::case::Stored;
use gate::Form;
use model::QueueId;
use model::case::Level;
use model::problem::FieldProblem;

/// The queues of a level, those of the case's own service first; each with its service where there are several.
fn queues(seat: &Seat, stored: &Stored, level: Level, chosen: &str) -> Vec<Choice> {
    let catalogue = seat.gate.centre.catalogue();
    let several = catalogue.services.len() > 1;
    let mut all: Vec<(bool, Choice)> = catalogue
        .queues(level)
        .filter(|(_, q)| q.id != stored.case.queue)
        .map(|(service, q)| {
            let word = if several && service.name != q.name {
                format!("{} · {}", service.name, q.name)
            } else {
                q.name.clone()
            };
            (service.id != stored.case.service, Choice::new(&q.id, word).chosen_if(q.id.as_str() == chosen))
        })
        .collect();
    all.sort_by_key(|(other, _)| *other);
    all.into_iter().map(|(_, choice)| choice).collect()
}

fn escalation(seat: &Seat, stored: &Stored, form: &Form) -> Vec<Field> {
    vec![
        Field::new(
            "queue",
            seat.tr.text("desk-field-queue-back"),
            Kind::Select(queues(seat, stored, Level::Back, form.text("queue"))),
        ),
        Field::new("reason", seat.tr.text("desk-field-reason"), Kind::Text)
            .hinted(seat.tr.text("desk-field-reason-hint"))
            .with(form.text("reason")),
    ]
}

/// `GET …/escalate`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let fields = escalation(&seat, &stored, &Form::default());
    action::form(&seat, &place, &stored, "escalate", fields, &[]).await
}

/// `POST …/escalate`
pub(super) async fn send(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let (queue, reason) = (QueueId::new(form.text("queue")), form.text("reason").to_owned());
    let outcome =
        seat.work(move |w| Box::pin(async move { centre::case::escalate(w, number.id, &queue, &reason).await })).await;
    match action::sent(outcome, || form.unsent(place.act(number, "escalate")))? {
        Sent::Done(()) => {
            let flash = Flash::new("escalate").undone_by(place.act(number, "recall"), &[]);
            // A structure's own staff no longer see what went to another's.
            if centre::timeline::head(&seat.gate.centre, &seat.me, number.id).await.is_err() {
                Flash::new("escalate").keep(&seat.session).await;
                return Ok(Redirect::to(&place.list_href()).into_response());
            }
            Ok(seat.done(&place, number, flash).await)
        }
        Sent::Wrong(problems) => {
            action::form(&seat, &place, &stored, "escalate", escalation(&seat, &stored, &form), &problems).await
        }
    }
}

/// `POST …/recall`
pub(super) async fn recall(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    seat.work(move |w| Box::pin(async move { centre::case::recall(w, number.id).await })).await?;
    Ok(seat.done(&place, number, Flash::new("recall")).await)
}

fn giving_back(seat: &Seat, form: &Form) -> Vec<Field> {
    vec![
        Field::new("text", seat.tr.text("desk-field-give-back"), Kind::Text)
            .hinted(seat.tr.text("desk-field-give-back-hint"))
            .with(form.text("text")),
        Field::new("solution", seat.tr.text("desk-field-solution"), Kind::Tick).with(form.text("solution")),
    ]
}

/// `GET …/give-back`
pub(super) async fn show_give_back(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    action::form(&seat, &place, &stored, "give-back", giving_back(&seat, &Form::default()), &[]).await
}

/// `POST …/give-back`
pub(super) async fn give_back(
    seat: Seat,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let (text, solution) = (form.text("text").to_owned(), form.has("solution"));
    let outcome =
        seat.work(move |w| Box::pin(async move { centre::case::give_back(w, number.id, &text, solution).await })).await;
    match action::sent(outcome, || form.unsent(place.act(number, "give-back")))? {
        Sent::Done(()) => Ok(seat.done(&place, number, Flash::new("give-back")).await),
        Sent::Wrong(problems) => {
            action::form(&seat, &place, &stored, "give-back", giving_back(&seat, &form), &problems).await
        }
    }
}

fn transfer_fields(seat: &Seat, stored: &Stored, chosen: &str) -> Vec<Field> {
    vec![Field::new(
        "queue",
        seat.tr.text("desk-field-queue"),
        Kind::Select(queues(seat, stored, stored.case.level, chosen)),
    )]
}

/// `GET …/transfer`
pub(super) async fn show_transfer(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let fields = transfer_fields(&seat, &stored, "");
    action::form(&seat, &place, &stored, "transfer", fields, &[]).await
}

/// `POST …/transfer`
pub(super) async fn transfer(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let queue = QueueId::new(form.text("queue"));
    let name = seat.gate.centre.catalogue().queue(&queue).map(|q| q.name.clone()).unwrap_or_default();
    let outcome = seat.work(move |w| Box::pin(async move { centre::case::transfer(w, number.id, &queue).await })).await;
    match action::sent(outcome, || form.unsent(place.act(number, "transfer")))? {
        Sent::Wrong(problems) => {
            let problems: Vec<FieldProblem> = problems;
            let fields = transfer_fields(&seat, &stored, form.text("queue"));
            action::form(&seat, &place, &stored, "transfer", fields, &problems).await
        }
        Sent::Done(()) => {
            let flash = Flash::new("transfer")
                .about(name)
                .undone_by(place.act(number, "transfer"), &[("queue", stored.case.queue.to_string())]);
            Ok(seat.done(&place, number, flash).await)
        }
    }
}
