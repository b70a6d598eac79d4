//! What a case is about: topic, kind and title.

use super::action::{self, Sent};
use super::fault::Answer;
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::Seat;
use axum::extract::{Path, Query};
use db::case::Stored;
use gate::Form;
use model::TopicId;
use model::case::Kind as CaseKind;

/// The topics to choose from as a tree, with none first; one that is not offered, or that nobody has declared, stays what
/// it is for a case that has it.
fn tree(seat: &Seat, chosen: &str) -> Vec<Choice> {
    let catalogue = seat.gate.centre.catalogue();
    let language = seat.tr.language.code();
    let mut all = vec![Choice::new("", seat.tr.text("desk-field-none")).chosen_if(chosen.is_empty())];
    all.extend(model::topic::offered(&catalogue.topics).into_iter().map(|(depth, topic)| {
        Choice::new(&topic.id, topic.name(language)).chosen_if(topic.id.as_str() == chosen).deep(depth)
    }));
    if !all.iter().any(|c| c.chosen) {
        let known = catalogue.topic(&TopicId::new(chosen));
        all.push(Choice::new(chosen, known.map_or(chosen, |topic| topic.name(language))).chosen_if(true));
    }
    all
}

/// The same in a list, for forms where the topic is one question among others.
pub(super) fn topics(seat: &Seat, chosen: &str) -> Vec<Choice> {
    tree(seat, chosen).into_iter().map(Choice::indented).collect()
}

fn fields(seat: &Seat, topic: &str, kind: &str) -> Vec<Field> {
    let tr = seat.tr;
    let mut kinds = vec![Choice::new("", tr.text("desk-field-none"))];
    kinds.extend(
        CaseKind::ALL.iter().map(|k| Choice::new(k, tr.text(&format!("desk-kind-{k}"))).chosen_if(k.as_str() == kind)),
    );
    vec![
        Field::new("topic", tr.text("desk-field-topic"), Kind::Tree(tree(seat, topic))).optional(),
        Field::new("kind", tr.text("desk-field-kind"), Kind::Select(kinds)).optional(),
    ]
}

fn words(stored: &Stored) -> (String, String) {
    (
        stored.case.topic.as_ref().map(ToString::to_string).unwrap_or_default(),
        stored.case.kind.map(|k| k.to_string()).unwrap_or_default(),
    )
}

/// `GET …/classify`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let (topic, kind) = words(&stored);
    action::form(&seat, &place, &stored, "classify", fields(&seat, &topic, &kind), &[]).await
}

/// `POST …/classify`
pub(super) async fn send(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let (topic, kind) = (form.typed("topic").map(TopicId), form.parsed::<CaseKind>("kind"));
    let outcome =
        seat.work(move |w| Box::pin(async move { centre::case::classify(w, number.id, topic, kind).await })).await;
    match action::sent(outcome, || form.unsent(place.act(number, "classify")))? {
        Sent::Wrong(problems) => {
            action::form(
                &seat,
                &place,
                &stored,
                "classify",
                fields(&seat, form.text("topic"), form.text("kind")),
                &problems,
            )
            .await
        }
        Sent::Done(()) => {
            let (topic, kind) = words(&stored);
            let flash =
                Flash::new("classify").undone_by(place.act(number, "classify"), &[("topic", topic), ("kind", kind)]);
            Ok(seat.done(&place, number, flash).await)
        }
    }
}

fn naming(seat: &Seat, subject: &str) -> Vec<Field> {
    vec![Field::new("subject", seat.tr.text("desk-field-subject"), Kind::Line).with(subject)]
}

/// `GET …/rename`
pub(super) async fn show_rename(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let subject = stored.content.subject.clone().unwrap_or_default();
    action::form(&seat, &place, &stored, "rename", naming(&seat, &subject), &[]).await
}

/// `POST …/rename`
pub(super) async fn rename(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let subject = form.text("subject").to_owned();
    let outcome = seat.work(move |w| Box::pin(async move { centre::case::rename(w, number.id, &subject).await })).await;
    match action::sent(outcome, || form.unsent(place.act(number, "rename")))? {
        Sent::Wrong(problems) => {
            action::form(&seat, &place, &stored, "rename", naming(&seat, form.text("subject")), &problems).await
        }
        Sent::Done(()) => {
            let mut flash = Flash::new("rename");
            if let Some(before) = &stored.content.subject {
                flash = flash.undone_by(place.act(number, "rename"), &[("subject", before.clone())]);
            }
            Ok(seat.done(&place, number, flash).await)
        }
    }
}
