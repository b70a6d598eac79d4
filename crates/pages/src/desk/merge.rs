//! Merging cases, parting them again, and taking a second matter out of a case into one of its own.

use super::action::{self, Sent};
use super::case;
use super::entry;
use super::fault::{Answer, Fault};
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::{Seat, typed_case};
use axum::extract::{Path, Query};
use centre::timeline::Timeline;
use db::case::Stored;
use gate::Form;
use model::number::CaseNumber;
use model::problem::{FieldProblem, Problem};
use model::{CaseId, ContactId, MessageId};

/// A case to be chosen: those of the same person at a click, any other by its number.
pub(super) async fn choosing(seat: &Seat, number: &str, name: &'static str, form: &Form) -> Result<Vec<Field>, Fault> {
    let timeline = case::read(seat, number).await?;
    let tr = seat.tr;
    let mut fields = Vec::new();
    let others: Vec<&Stored> = timeline.known.iter().flat_map(|k| &k.other_cases).take(8).collect();
    if !others.is_empty() {
        let choices = others
            .iter()
            .map(|s| Choice::new(s.case.id, entry::named(tr, s)).chosen_if(form.text("pick") == s.case.id.to_string()))
            .collect();
        fields.push(Field::new("pick", tr.text("desk-field-same-person"), Kind::Radio(choices)).optional());
    }
    fields.push(
        Field::new(name, tr.text("desk-field-number"), Kind::Line)
            .hinted(tr.text("desk-field-number-hint"))
            .with(form.text(name))
            .optional(),
    );
    Ok(fields)
}

/// The case that was chosen: the number typed counts before the one picked.
pub(super) async fn chosen(seat: &Seat, name: &'static str, form: &Form) -> Result<Stored, FieldProblem> {
    let typed = form.typed(name);
    let id: Option<CaseId> = match &typed {
        Some(typed) => typed_case(typed),
        None => form.parsed("pick"),
    };
    let problem =
        FieldProblem::new(name, if typed.is_none() && id.is_none() { Problem::Missing } else { Problem::NoSuchCase });
    let id = id.ok_or_else(|| problem.clone())?;
    centre::timeline::head(&seat.gate.centre, &seat.me, id).await.map_err(|_| problem)
}

/// `GET …/merge`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let fields = choosing(&seat, &number, "into", &Form::default()).await?;
    action::form(&seat, &place, &stored, "merge", fields, &[]).await
}

/// `POST …/merge`
pub(super) async fn send(seat: Seat, Path(path): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &path).await?;
    let into = match chosen(&seat, "into", &form).await {
        Ok(into) => into,
        Err(problem) => {
            return action::form(
                &seat,
                &place,
                &stored,
                "merge",
                choosing(&seat, &path, "into", &form).await?,
                &[problem],
            )
            .await;
        }
    };
    let id = into.case.id;
    seat.work(move |w| Box::pin(async move { centre::case::merge(w, number.id, id).await })).await?;
    // Whoever wrote the other under another address reads nothing of this one: the operator is told, and may undo it.
    let reads_on = centre::citizen::continued(&seat.gate.centre, number.id).await? == id;
    let word = if reads_on { "merge" } else { "merge-apart" };
    let flash = Flash::new(word).about(number.to_string()).undone_by(place.act(number, "unmerge"), &[]);
    Ok(seat.done(&place, CaseNumber::new(id, into.case.opened_at), flash).await)
}

/// `POST …/unmerge`: this case out of the one it was merged into.
pub(super) async fn unmerge(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    part(&seat, number.id).await?;
    let mut flash = Flash::new("unmerge").about(number.to_string());
    if let Some(into) = stored.case.merged_into {
        flash = flash.undone_by(place.act(number, "merge"), &[("into", into.to_string())]);
    }
    Ok(seat.done(&place, number, flash).await)
}

/// `POST …/unmerge-other`: another case out of this one.
pub(super) async fn unmerge_other(
    seat: Seat,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    let other: CaseId = form.parsed("other").ok_or(centre::Error::NotFound("case"))?;
    let stored = centre::timeline::head(&seat.gate.centre, &seat.me, other).await?;
    part(&seat, other).await?;
    let other = CaseNumber::new(other, stored.case.opened_at);
    let flash = Flash::new("unmerge")
        .about(other.to_string())
        .undone_by(place.act(other, "merge"), &[("into", number.to_string())]);
    Ok(seat.done(&place, number, flash).await)
}

async fn part(seat: &Seat, id: CaseId) -> Result<(), Fault> {
    Ok(seat.work(move |w| Box::pin(async move { centre::case::unmerge(w, id).await })).await?)
}

fn splitting(seat: &Seat, timeline: &Timeline, form: &Form) -> Vec<Field> {
    let tr = seat.tr;
    let choices = entry::splittable(tr, timeline, seat.now).into_iter().map(|(value, word)| {
        let chosen = form.all("what").any(|v| v == value);
        Choice::new(value, word).chosen_if(chosen)
    });
    vec![
        Field::new("what", tr.text("desk-field-what"), Kind::Ticks(choices.collect())),
        Field::new("subject", tr.text("desk-field-new-subject"), Kind::Line).with(form.text("subject")),
    ]
}

/// `GET …/split`
pub(super) async fn show_split(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let timeline = case::read(&seat, &number).await?;
    action::form(&seat, &place, &timeline.stored, "split", splitting(&seat, &timeline, &Form::default()), &[]).await
}

/// `POST …/split`
pub(super) async fn split(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let timeline = case::read(&seat, &number).await?;
    let mut contacts: Vec<ContactId> = Vec::new();
    let mut messages: Vec<MessageId> = Vec::new();
    for word in form.all("what") {
        contacts.extend(word.strip_prefix('c').and_then(|id| id.parse::<ContactId>().ok()));
        messages.extend(word.strip_prefix('m').and_then(|id| id.parse::<MessageId>().ok()));
    }
    if contacts.is_empty() && messages.is_empty() {
        let problems = [FieldProblem::new("what", Problem::Missing)];
        return action::form(&seat, &place, &timeline.stored, "split", splitting(&seat, &timeline, &form), &problems)
            .await;
    }
    let (id, subject) = (timeline.stored.case.id, form.text("subject").to_owned());
    let outcome = seat
        .work(move |w| Box::pin(async move { centre::case::split(w, id, contacts, messages, &subject).await }))
        .await;
    match action::sent(outcome, || form.unsent(place.act(timeline.number, "split")))? {
        Sent::Wrong(problems) => {
            action::form(&seat, &place, &timeline.stored, "split", splitting(&seat, &timeline, &form), &problems).await
        }
        Sent::Done(new) => {
            let flash = Flash::new("split").about(timeline.number.to_string());
            Ok(seat.done(&place, CaseNumber::new(new, seat.now), flash).await)
        }
    }
}
