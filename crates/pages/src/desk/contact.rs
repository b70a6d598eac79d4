//! A contact written down by hand: a call, a visit at a desk, a caller who stays anonymous. Made for twenty seconds and
//! no mouse.

use super::action::{Sent, sent};
use super::classify;
use super::fault::{Answer, Fault};
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::{Seat, numbered, typed_case};
use super::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::extract::Query;
use centre::desk::List;
use centre::intake::Inbound;
use centre::once::Given;
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::case::Outcome;
use model::contact::Channel;
use model::problem::{FieldProblem, Problem};
use model::{ServiceId, TopicId};
use serde::Deserialize;

#[derive(Debug, Template)]
#[template(path = "desk/contact.html")]
pub struct ContactPage {
    pub tr: Tr,
    /// Random: what is sent twice from this page is one contact.
    pub key: String,
    pub frame: DeskFrame,
    pub channels: Vec<Choice>,
    pub outbound: bool,
    pub anonymous: bool,
    /// Telephone, e-mail, name; what it is about and which case it continues; what was said.
    pub who: Vec<Field>,
    pub what: Vec<Field>,
    pub text: Field,
    pub outcomes: Vec<Choice>,
}

impl ContactPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        self.who.iter().chain(&self.what).chain([&self.text]).filter_map(|f| Some((f, f.problem.as_ref()?)))
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Prefilled {
    case: Option<String>,
}

/// `GET /desk/new`
pub(super) async fn show(seat: Seat, Query(place): Query<Place>, Query(prefilled): Query<Prefilled>) -> Answer {
    shown(&seat, &place, &Form::default(), prefilled.case.as_deref(), &[]).await
}

async fn shown(seat: &Seat, place: &Place, form: &Form, case: Option<&str>, problems: &[FieldProblem]) -> Answer {
    let frame = DeskFrame::read(seat, Some(place), Panes::Two, Open::Case).await?;
    let catalogue = seat.gate.centre.catalogue();
    let services = catalogue
        .active()
        .map(|s| {
            Choice::new(&s.id, s.name.as_str()).chosen_if(
                form.text("service") == s.id.as_str()
                    || (form.text("service").is_empty() && place.service().as_ref() == Some(&s.id)),
            )
        })
        .collect();
    let mut view = view(seat.tr, frame, form, case, services, classify::topics(seat, form.text("topic")), problems);
    if view.key.is_empty() {
        view.key = seat.gate.centre.nonce();
    }
    Ok(html::page(if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}

fn view(
    tr: Tr,
    frame: DeskFrame,
    form: &Form,
    case: Option<&str>,
    services: Vec<Choice>,
    topics: Vec<Choice>,
    problems: &[FieldProblem],
) -> ContactPage {
    let chosen = form.typed("channel").unwrap_or_else(|| Channel::Phone.to_string());
    let channels = [Channel::Phone, Channel::Desk, Channel::Email, Channel::Sms, Channel::Chat];
    let outcome = form.text("outcome");
    let mut outcomes = vec![Choice::new("", tr.text("desk-contact-still-open")).chosen_if(outcome.is_empty())];
    outcomes.extend(
        Outcome::ALL
            .iter()
            .filter(|o| **o != Outcome::Unreachable)
            .map(|o| Choice::new(o, tr.text(&format!("desk-outcome-{o}"))).chosen_if(o.as_str() == outcome)),
    );
    let continues = form.typed("continues").or_else(|| case.map(str::to_owned)).unwrap_or_default();
    let mut what = vec![
        Field::new("topic", tr.text("desk-field-topic"), Kind::Select(topics)).optional(),
        Field::new("continues", tr.text("desk-field-continues"), Kind::Line).with(continues).optional(),
    ];
    if services.len() > 1 {
        what.insert(0, Field::new("service", tr.text("desk-field-service"), Kind::Select(services)));
    }
    let mut who = vec![
        Field::new("phone", tr.text("desk-field-phone"), Kind::Phone).with(form.text("phone")).optional(),
        Field::new("email", tr.text("desk-field-email"), Kind::Email).with(form.text("email")).optional(),
        Field::new("name", tr.text("desk-field-name"), Kind::Line).with(form.text("name")).optional(),
    ];
    let mut text = Field::new("text", tr.text("desk-field-said"), Kind::Text)
        .hinted(tr.text("desk-field-said-hint"))
        .with(form.text("text"))
        .optional();
    for field in who.iter_mut().chain(&mut what).chain([&mut text]) {
        field.judged(tr, problems);
    }
    ContactPage {
        tr,
        key: form.text("key").to_owned(),
        frame,
        channels: channels
            .iter()
            .map(|c| Choice::new(c, tr.text(super::channel::key(*c))).chosen_if(c.as_str() == chosen))
            .collect(),
        outbound: form.has("outbound"),
        anonymous: form.has("anonymous"),
        who,
        what,
        text,
        outcomes,
    }
}

/// `POST /desk/new`
pub(super) async fn send(seat: Seat, Query(place): Query<Place>, form: Form) -> Answer {
    let unsent = || form.unsent("/desk/new".to_owned());
    let continues = match form.typed("continues") {
        None => None,
        Some(typed) => {
            let found = match typed_case(&typed) {
                Some(id) => match centre::timeline::head(&seat.gate.centre, &seat.me, id).await {
                    Err(error @ centre::Error::Storage(_)) => return Err(Fault::from(error).with(unsent())),
                    found => found.ok(),
                },
                None => None,
            };
            match found {
                Some(stored) => Some(stored.case.id),
                None => {
                    return shown(&seat, &place, &form, None, &[FieldProblem::new("continues", Problem::NoSuchCase)])
                        .await;
                }
            }
        }
    };
    // Who stays anonymous leaves no name, whatever was typed before they said so.
    let known = |name: &str| form.typed(name).filter(|_| !form.has("anonymous"));
    let inbound = Inbound {
        // What continues a case is of that case's service.
        service: form.typed("service").map(ServiceId).filter(|_| continues.is_none()),
        channel: form.parsed("channel"),
        name: known("name"),
        email: known("email"),
        phone: known("phone"),
        topic: form.typed("topic").map(TopicId),
        text: form.text("text").to_owned(),
        case: continues,
        outbound: form.has("outbound"),
        ..Inbound::default()
    };
    let outcome: Option<Outcome> = form.parsed("outcome");
    let recorded = seat.work_form("contact".to_owned(), &form, move |w| {
        Box::pin(async move {
            let accepted = centre::manual::record(w, inbound, outcome).await?;
            Ok(Given { status: 303, body: accepted.number.to_string() })
        })
    });
    match sent(recorded.await, unsent)? {
        Sent::Wrong(problems) => shown(&seat, &place, &form, None, &problems).await,
        Sent::Done(given) => {
            let place = Place::new(List::Mine, None);
            let number = numbered(&given.body)?;
            let flash = match outcome {
                Some(_) => {
                    Flash::new("contact-solved").about(number.to_string()).undone_by(place.act(number, "reopen"), &[])
                }
                None => Flash::new("contact").about(number.to_string()),
            };
            Ok(seat.done(&place, number, flash).await)
        }
    }
}

impl samples::Samples for ContactPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |problems: &[FieldProblem]| {
            let frame = DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) };
            let services = vec![Choice::new("a", "Linea Amica"), Choice::new("b", "Abruzzo")];
            view(
                tr,
                frame,
                &Form::default(),
                None,
                services,
                vec![Choice::new("", tr.text("desk-field-none")), Choice::new("bonus", "Bonus sociale")],
                problems,
            )
        };
        vec![
            ("empty", page(&[])),
            (
                "wrong",
                page(&[FieldProblem::new("phone", Problem::NotAPhone), FieldProblem::new("text", Problem::Missing)]),
            ),
        ]
    }
}
