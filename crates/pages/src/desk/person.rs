//! The person of a case: two records that are one person are merged and parted; who is known by an address.

use super::action;
use super::case;
use super::entry;
use super::fault::{Answer, Fault};
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::Seat;
use crate::html;
use askama::Template;
use axum::extract::{Path, Query};
use centre::timeline::Timeline;
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::PersonId;
use model::problem::{FieldProblem, Problem};
use serde::Deserialize;

/// The other record is looked for by an address first, then chosen.
async fn fields(seat: &Seat, timeline: &Timeline, form: &Form) -> Result<Vec<Field>, Fault> {
    let tr = seat.tr;
    let address = form.text("address");
    let own = timeline.known.as_ref().map(|k| k.person.id);
    let found = centre::person::suggest(&seat.gate.centre, &seat.me, address).await?;
    let choices: Vec<Choice> = found
        .iter()
        .filter(|s| Some(s.person.id) != own)
        .map(|s| {
            let name = s.person.name.clone().unwrap_or_else(|| tr.text("desk-no-name").into_owned());
            let ways: Vec<&str> = s.addresses.iter().map(|a| a.value.as_str()).collect();
            Choice::new(s.person.id, format!("{name} · {}", ways.join(", ")))
                .chosen_if(form.text("other") == s.person.id.to_string())
        })
        .collect();
    let mut fields = vec![
        Field::new("address", tr.text("desk-field-address"), Kind::Line)
            .hinted(tr.text("desk-field-address-hint"))
            .with(address),
    ];
    if !choices.is_empty() {
        fields.push(Field::new("other", tr.text("desk-field-other-person"), Kind::Radio(choices)));
    }
    Ok(fields)
}

/// `GET …/merge-person`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let timeline = case::read(&seat, &number).await?;
    let fields = fields(&seat, &timeline, &Form::default()).await?;
    action::form(&seat, &place, &timeline.stored, "merge-person", fields, &[]).await
}

/// `POST …/merge-person`
pub(super) async fn send(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let timeline = case::read(&seat, &number).await?;
    let own = timeline.known.as_ref().map(|k| k.person.id).ok_or(centre::Error::NotFound("person"))?;
    let Some(other) = form.parsed::<PersonId>("other").filter(|other| *other != own) else {
        let fields = fields(&seat, &timeline, &form).await?;
        // Once somebody is found, they are to be chosen; until then nothing is wrong with having searched.
        let problems = match (fields.len() > 1, form.typed("address")) {
            (true, _) => vec![FieldProblem::new("other", Problem::Missing)],
            (false, Some(_)) => vec![FieldProblem::new("address", Problem::NotInTheList)],
            (false, None) => vec![FieldProblem::new("address", Problem::Missing)],
        };
        return action::form(&seat, &place, &timeline.stored, "merge-person", fields, &problems).await;
    };
    seat.work(move |w| Box::pin(async move { centre::person::merge(w, other, own).await })).await?;
    let flash = Flash::new("merge-person")
        .undone_by(place.act(timeline.number, "unmerge-person"), &[("person", other.to_string())]);
    Ok(seat.done(&place, timeline.number, flash).await)
}

/// `POST …/unmerge-person`
pub(super) async fn unmerge(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    let person: PersonId = form.parsed("person").ok_or(centre::Error::NotFound("person"))?;
    seat.work(move |w| Box::pin(async move { centre::person::unmerge(w, person).await })).await?;
    let flash =
        Flash::new("unmerge-person").undone_by(place.act(number, "merge-person"), &[("other", person.to_string())]);
    Ok(seat.done(&place, number, flash).await)
}

/// Somebody who is known already.
#[derive(Debug, Clone)]
pub struct Known {
    pub name: String,
    pub ways: Vec<String>,
    /// Their cases that are still to be solved: number and what it is about.
    pub open: Vec<(String, String)>,
}

#[derive(Debug, Template)]
#[template(path = "desk/known.html")]
struct KnownPart {
    tr: Tr,
    known: Vec<Known>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    phone: Option<String>,
    email: Option<String>,
}

/// `GET /part/desk/known?phone=&email=`
pub(super) async fn known_part(seat: Seat, Query(typed): Query<Typed>) -> Answer {
    let mut known = Vec::new();
    for typed in [typed.phone, typed.email].into_iter().flatten() {
        for suggestion in centre::person::suggest(&seat.gate.centre, &seat.me, &typed).await? {
            known.push(Known {
                name: suggestion.person.name.clone().unwrap_or_else(|| seat.tr.text("desk-no-name").into_owned()),
                ways: suggestion.addresses.into_iter().map(|a| a.value).collect(),
                open: suggestion
                    .open
                    .iter()
                    .map(|s| {
                        (
                            model::number::CaseNumber::new(s.case.id, s.case.opened_at).to_string(),
                            entry::named(seat.tr, s),
                        )
                    })
                    .collect(),
            });
        }
    }
    known.truncate(5);
    Ok(html::page(StatusCode::OK, &KnownPart { tr: seat.tr, known }))
}
