//! Whom a talk is handed on to: a colleague, a queue, a number outside; at once, or after a word with them.

use super::read;
use crate::desk::fault::{Answer, Fault};
use crate::desk::field::{Choice, Field, Kind};
use crate::desk::flash::Flash;
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::html;
use crate::samples::{self, Samples};
use askama::Template;
use axum::extract::Path;
use centre::Error;
use centre::call::{Card, HandOn};
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::access::takes_calls;
use model::availability::Standing;
use model::call::Whom;
use model::case::Level;
use model::problem::{FieldProblem, Problem};
use model::{ContactId, UserId};
use std::collections::HashMap;

/// The choice of a number that is typed beside it.
const OUTSIDE: &str = "outside";

#[derive(Debug, Template)]
#[template(path = "desk/hand.html")]
pub struct HandPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub who: String,
    pub fields: Vec<Field>,
    pub action: String,
    pub back: String,
}

impl HandPage {
    fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        self.fields.iter().filter_map(|field| Some((field, field.problem.as_ref()?)))
    }
}

/// What the form says.
#[derive(Debug, Default)]
struct Typed {
    to: String,
    number: String,
    note: String,
}

/// `GET /desk/chiamata/{contact}/passa`
pub(in crate::desk) async fn show(seat: Seat, Path(contact): Path<i64>) -> Answer {
    page(&seat, ContactId(contact), &Typed::default(), &[], StatusCode::OK).await
}

async fn page(seat: &Seat, contact: ContactId, typed: &Typed, problems: &[FieldProblem], status: StatusCode) -> Answer {
    let tr = seat.tr;
    let call = read::own(seat, contact).await?;
    let mut fields = fields(tr, choices(seat).await?, typed);
    for field in &mut fields {
        field.judged(tr, problems);
    }
    let view = HandPage {
        tr,
        frame: DeskFrame::read(seat, None, Panes::Two, Open::Case).await?,
        who: read::who(tr, &call).name,
        fields,
        action: format!("/desk/chiamata/{contact}/passa"),
        back: back(seat, &call).await,
    };
    Ok(html::page(status, &view))
}

/// Where the work goes on: at the case that is spoken of, where there is one.
async fn back(seat: &Seat, call: &Card) -> String {
    read::case_of(seat, call).await.map_or_else(|| "/desk".to_owned(), |case| case.href)
}

fn fields(tr: Tr, mut choices: Vec<Choice>, typed: &Typed) -> Vec<Field> {
    choices.push(Choice::new(OUTSIDE, tr.text("call-hand-outside")));
    for choice in &mut choices {
        choice.chosen = typed.to == choice.value;
    }
    vec![
        Field::new("to", tr.text("call-hand-to"), Kind::Radio(choices)),
        Field::new("number", tr.text("call-hand-number"), Kind::Phone).with(typed.number.as_str()).optional(),
        Field::new("note", tr.text("call-hand-note"), Kind::Text)
            .with(typed.note.as_str())
            .hinted(tr.text("call-hand-note-hint"))
            .optional(),
    ]
}

/// Colleagues who are at work, those first who are free; then the queues.
async fn choices(seat: &Seat) -> centre::Result<Vec<Choice>> {
    let (centre, tr) = (&seat.gate.centre, seat.tr);
    let stands = centre::availability::all(centre).await?.into_iter();
    let at_work: HashMap<UserId, Standing> =
        stands.filter(|one| one.standing != Standing::Off).map(|one| (one.staff, one.standing)).collect();
    let mut colleagues: Vec<(bool, Choice)> = Vec::new();
    for (staff, gone) in centre::staff::all(centre).await? {
        if gone || staff.id == seat.me.id || !takes_calls(&staff) {
            continue;
        }
        let Some(standing) = at_work.get(&staff.id).copied() else { continue };
        let word = tr.text(&format!("standing-{standing}")).to_lowercase();
        let choice = Choice::new(Whom::Operator(staff.id), format!("{}, {word}", staff.name));
        colleagues.push((standing != Standing::Ready, choice));
    }
    colleagues.sort_by_key(|(is_busy, _)| *is_busy);
    let catalogue = centre.catalogue();
    let queues = [Level::Front, Level::Back].into_iter().flat_map(|level| catalogue.queues(level)).map(|(_, queue)| {
        let name = tr.with("call-hand-queue", &[("queue", queue.name.as_str())]);
        Choice::new(Whom::Queue(queue.id.clone()), name)
    });
    Ok(colleagues.into_iter().map(|(_, choice)| choice).chain(queues).collect())
}

/// `POST /desk/chiamata/{contact}/passa`
pub(in crate::desk) async fn send(seat: Seat, Path(contact): Path<i64>, form: Form) -> Answer {
    let contact = ContactId(contact);
    let text = |name: &str| form.text(name).to_owned();
    let typed = Typed { to: text("to"), number: text("number"), note: text("note") };
    let first_ask = form.text("how") == "ask";
    let wrong = async |problems: Vec<FieldProblem>| {
        page(&seat, contact, &typed, &problems, StatusCode::UNPROCESSABLE_ENTITY).await
    };
    let whom = match typed.to.as_str() {
        "" => return wrong(vec![FieldProblem::new("to", Problem::Missing)]).await,
        OUTSIDE if typed.number.trim().is_empty() => {
            return wrong(vec![FieldProblem::new("number", Problem::Missing)]).await;
        }
        OUTSIDE => Whom::Outside(typed.number.clone()),
        other => match other.parse() {
            Ok(whom) => whom,
            Err(_) => return wrong(vec![FieldProblem::new("to", Problem::NotInTheList)]).await,
        },
    };
    // Read before: handed on, it is somebody else's.
    let back = back(&seat, &read::own(&seat, contact).await?).await;
    let how = HandOn { whom, first_ask, note: form.typed("note") };
    match seat.work(move |w| Box::pin(async move { centre::call::hand(w, contact, how).await })).await {
        Ok(()) => {
            let flash = Flash::new(if first_ask { "call-asked" } else { "call-handed-on" });
            Ok(seat.on_to(&back, flash).await)
        }
        Err(Error::Invalid(problems)) => wrong(problems).await,
        Err(error) => Err(Fault::from(error)),
    }
}

impl Samples for HandPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let choices = || {
            let colleague = |id: i64, name: &str, standing: &str| {
                let word = tr.text(&format!("standing-{standing}")).to_lowercase();
                Choice::new(Whom::Operator(UserId(id)), format!("{name}, {word}"))
            };
            let queue =
                |name: &str| Choice::new(format!("queue:{name}"), tr.with("call-hand-queue", &[("queue", name)]));
            vec![
                colleague(2, "Karim Prova", "ready"),
                colleague(3, "Anna Modello", "busy"),
                queue("Linea Amica"),
                queue("Esperti"),
            ]
        };
        let page = |fields| HandPage {
            tr,
            frame: DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                calls: Some(super::Calls { strip: Some(super::sample::strip(false, false, false)), card: None }),
                ..samples::desk_frame(tr)
            },
            who: "Mario Esempio".to_owned(),
            fields,
            action: "/desk/chiamata/9001/passa".to_owned(),
            back: "/desk/case/LA-2026-004512".to_owned(),
        };
        let mut wrong =
            fields(tr, choices(), &Typed { to: OUTSIDE.to_owned(), number: "12".to_owned(), ..Typed::default() });
        for field in &mut wrong {
            field.judged(tr, &[FieldProblem::new("number", Problem::NotAPhone)]);
        }
        vec![("choose", page(fields(tr, choices(), &Typed::default()))), ("wrong", page(wrong))]
    }
}
