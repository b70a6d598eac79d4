//! An action that asks something first: a small form of its own, a page without scripts and a dialog with them.

use super::fault::{Answer, Fault};
use super::field::Field;
use super::list::title;
use super::place::Place;
use super::seat::{Seat, numbered};
use super::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use db::case::Stored;
use gate::Unsent;
use http::StatusCode;
use language::Tr;
use model::number::CaseNumber;
use model::problem::FieldProblem;

#[derive(Debug, Template)]
#[template(path = "desk/action.html")]
pub struct ActionPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// Its messages are `desk-{word}-title`, `-lead` where there is something to say, and `-submit`.
    pub word: &'static str,
    pub number: String,
    pub case_title: String,
    pub action: String,
    pub back: String,
    /// The version of the case that was seen when the form was shown.
    pub seen: i64,
    pub fields: Vec<Field>,
}

impl ActionPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        self.fields.iter().filter_map(|f| Some((f, f.problem.as_ref()?)))
    }

    pub(crate) fn said(&self, what: &str) -> String {
        self.tr.text(&format!("desk-{}-{what}", self.word)).into_owned()
    }

    pub(crate) fn lead(&self) -> Option<String> {
        let key = format!("desk-{}-lead", self.word);
        self.tr.has(&key).then(|| self.tr.text(&key).into_owned())
    }
}

/// The case that an action is about, as far as its form needs it.
pub(super) async fn subject(seat: &Seat, number: &str) -> Result<(Stored, CaseNumber), Fault> {
    let stored = centre::timeline::head(&seat.gate.centre, &seat.me, numbered(number)?.id).await?;
    let number = CaseNumber::new(stored.case.id, stored.case.opened_at);
    Ok((stored, number))
}

/// The form of an action; with `problems`, as it comes back.
pub(super) async fn form(
    seat: &Seat,
    place: &Place,
    stored: &Stored,
    word: &'static str,
    mut fields: Vec<Field>,
    problems: &[FieldProblem],
) -> Answer {
    for field in &mut fields {
        field.judged(seat.tr, problems);
    }
    // A problem of a field that is not shown must be said all the same.
    let unseen = problems.iter().find(|p| !fields.iter().any(|f| f.name == p.field));
    if let (Some(unseen), Some(first)) = (unseen, fields.first_mut()) {
        first.problem.get_or_insert_with(|| super::field::sentence(seat.tr, unseen));
    }
    let number = CaseNumber::new(stored.case.id, stored.case.opened_at);
    let view = ActionPage {
        tr: seat.tr,
        frame: DeskFrame::read(seat, Some(place), Panes::Two, Open::Case).await?,
        word,
        number: number.to_string(),
        case_title: title(seat.tr, stored),
        action: place.act(number, word),
        back: place.case(number),
        seen: stored.case.version,
        fields,
    };
    Ok(html::page(if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}

/// What comes of sending a form: done, or the form again with what is wrong. Whatever else it is, what was typed is shown
/// with it.
pub(super) enum Sent<T> {
    Done(T),
    Wrong(Vec<FieldProblem>),
}

pub(super) fn sent<T>(outcome: centre::Result<T>, unsent: impl FnOnce() -> Unsent) -> Result<Sent<T>, Fault> {
    match outcome {
        Ok(done) => Ok(Sent::Done(done)),
        Err(centre::Error::Invalid(problems)) => Ok(Sent::Wrong(problems)),
        Err(error) => Err(Fault::from(error).with(unsent())),
    }
}

impl samples::Samples for ActionPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use super::field::{Choice, Kind};
        let page = |word: &'static str, fields: Vec<Field>| ActionPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            word,
            number: "LA-2026-004512".to_owned(),
            case_title: "Bonus sociale".to_owned(),
            action: format!("/desk/case/LA-2026-004512/{word}"),
            back: "/desk/case/LA-2026-004512".to_owned(),
            seen: 7,
            fields,
        };
        let choices = || vec![Choice::new("a", "Ufficio bonus"), Choice::new("b", "Anagrafe").chosen_if(true)];
        let mut wrong = vec![
            Field::new("queue", tr.text("desk-field-queue-back"), Kind::Select(choices())),
            Field::new("reason", tr.text("desk-field-reason"), Kind::Text),
        ];
        for field in &mut wrong {
            field.problem =
                Some(super::field::sentence(tr, &FieldProblem::new("reason", model::problem::Problem::Missing)));
        }
        let whole = vec![
            Field::new("line", tr.text("desk-field-subject"), Kind::Line).hinted("…").with("x"),
            Field::new("date", tr.text("desk-field-date"), Kind::Date).optional(),
            Field::new("pick", tr.text("desk-field-outcome"), Kind::Radio(choices())),
            Field::new("ticks", tr.text("desk-field-what"), Kind::Ticks(choices())),
            Field::new("tick", tr.text("desk-field-solution"), Kind::Tick),
        ];
        let mut pages = vec![("escalate-wrong", page("escalate", wrong)), ("every-field", page("remind", whole))];
        for word in [
            "assign",
            "escalate",
            "give-back",
            "transfer",
            "solve",
            "classify",
            "rename",
            "merge",
            "split",
            "link",
            "merge-person",
        ] {
            pages.push((word, page(word, vec![Field::new("text", tr.text("desk-field-text"), Kind::Text)])));
        }
        pages
    }
}
