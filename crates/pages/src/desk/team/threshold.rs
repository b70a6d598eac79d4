//! A threshold: set up, changed, taken away.

use crate::desk::fault::Answer;
use crate::desk::field::{Choice, Field, Kind};
use crate::desk::flash::Flash;
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use centre::alarm::Draft;
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::ThresholdId;
use model::alarm::Measure;
use model::case::Level;
use model::problem::FieldProblem;

#[derive(Debug, Template)]
#[template(path = "desk/team/threshold.html")]
pub struct ThresholdPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub title: &'static str,
    pub action: String,
    /// Where it is taken away; nothing for one that is not there yet.
    pub remove: Option<String>,
    pub fields: Vec<Field>,
}

impl ThresholdPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        self.fields.iter().filter_map(|f| Some((f, f.problem.as_ref()?)))
    }
}

const BACK: &str = "/desk/squadra/allarmi";

fn read(id: &str) -> centre::Result<ThresholdId> {
    id.parse().map_err(|_| centre::Error::NotFound("threshold"))
}

fn typed(seat: &Seat, form: &Form) -> Draft {
    let text = |name: &str| form.text(name).to_owned();
    Draft {
        measure: text("measure"),
        place: text("place"),
        over: text("over"),
        back: text("back"),
        pause: text("pause"),
        mail: text("mail"),
        language: seat.me.language.clone(),
    }
}

/// `GET /desk/squadra/soglie/nuova`
pub(in crate::desk) async fn show_new(seat: Seat) -> Answer {
    let draft = Draft { pause: "60".to_owned(), ..Draft::default() };
    shown(&seat, None, &draft, &[]).await
}

/// `GET /desk/squadra/soglie/{id}`
pub(in crate::desk) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let stored = centre::alarm::threshold(&seat.gate.centre, &seat.me, read(&id)?).await?;
    shown(&seat, Some(stored.id), &Draft::of(&stored.threshold), &[]).await
}

/// `POST /desk/squadra/soglie/nuova`
pub(in crate::desk) async fn add(seat: Seat, form: Form) -> Answer {
    let draft = typed(&seat, &form);
    let sent = draft.clone();
    let added = seat.work(move |w| Box::pin(async move { centre::alarm::add(w, &sent).await })).await;
    after(&seat, None, &draft, added.map(drop), "threshold-added").await
}

/// `POST /desk/squadra/soglie/{id}`
pub(in crate::desk) async fn change(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let (id, draft) = (read(&id)?, typed(&seat, &form));
    let sent = draft.clone();
    let changed = seat.work(move |w| Box::pin(async move { centre::alarm::change(w, id, &sent).await })).await;
    after(&seat, Some(id), &draft, changed, "threshold-changed").await
}

/// `POST /desk/squadra/soglie/{id}/togli`
pub(in crate::desk) async fn remove(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = read(&id)?;
    seat.work(move |w| Box::pin(async move { centre::alarm::remove(w, id).await })).await?;
    Flash::new("threshold-removed").keep(&seat.session).await;
    Ok(Redirect::to(BACK).into_response())
}

async fn after(seat: &Seat, id: Option<ThresholdId>, draft: &Draft, outcome: centre::Result<()>, done: &str) -> Answer {
    match outcome {
        Ok(()) => {
            Flash::new(done).keep(&seat.session).await;
            Ok(Redirect::to(BACK).into_response())
        }
        Err(centre::Error::Invalid(problems)) => shown(seat, id, draft, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn shown(seat: &Seat, id: Option<ThresholdId>, draft: &Draft, problems: &[FieldProblem]) -> Answer {
    let frame = DeskFrame::read(seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Alarms);
    let measures: Vec<Measure> =
        Measure::ALL.iter().copied().filter(|m| seat.me.scope.is_none() || m.is_of_cases()).collect();
    let view = page(seat.tr, frame, id, draft, &measures, places(seat), problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(html::page(status, &view))
}

fn places(seat: &Seat) -> Vec<Choice> {
    let (tr, catalogue) = (seat.tr, seat.gate.centre.catalogue());
    let mut places = vec![Choice::new("", tr.text("alarm-everywhere-choice"))];
    for service in &catalogue.services {
        let name = [("name", service.name.as_str())];
        places.push(Choice::new(format!("service:{}", service.id), tr.with("threshold-place-service", &name)));
        for queue in &service.queues {
            let key = match queue.level {
                Level::Front => language::key!("threshold-place-queue"),
                Level::Back => language::key!("threshold-place-queue-back"),
            };
            if seat.me.scope.is_none() || queue.structure == seat.me.scope {
                let name = [("name", queue.name.as_str())];
                places.push(Choice::new(format!("queue:{}", queue.id), tr.with(key, &name)));
            }
        }
    }
    places
}

fn page(
    tr: Tr,
    frame: DeskFrame,
    id: Option<ThresholdId>,
    draft: &Draft,
    measures: &[Measure],
    places: Vec<Choice>,
    problems: &[FieldProblem],
) -> ThresholdPage {
    let measures = measures.iter().map(|measure| {
        let said = [
            ("measure", tr.text(&format!("threshold-measure-{measure}"))),
            ("unit", tr.text(&format!("threshold-unit-{measure}"))),
        ];
        let chosen = draft.measure == measure.as_str();
        Choice::new(measure, tr.with("threshold-choice", &said)).chosen_if(chosen)
    });
    let chosen = |choice: Choice| {
        let is = choice.value == draft.place;
        choice.chosen_if(is)
    };
    let label = |name: &str| tr.text(&format!("threshold-field-{name}"));
    let hint = |name: &str| tr.text(&format!("threshold-field-{name}-hint"));
    let mut fields = vec![
        Field::new("measure", label("measure"), Kind::Select(measures.collect())),
        Field::new("place", label("place"), Kind::Select(places.into_iter().map(chosen).collect()))
            .hinted(hint("place")),
        Field::new("over", label("over"), Kind::Line).hinted(hint("over")).with(draft.over.as_str()),
        Field::new("back", label("back"), Kind::Line).hinted(hint("back")).with(draft.back.as_str()).optional(),
        Field::new("pause", label("pause"), Kind::Line).hinted(hint("pause")).with(draft.pause.as_str()),
        Field::new("mail", label("mail"), Kind::Text).hinted(hint("mail")).with(draft.mail.as_str()).optional(),
    ];
    for field in &mut fields {
        field.judged(tr, problems);
    }
    let (title, action) = match id {
        Some(id) => (language::key!("threshold-change-title"), format!("/desk/squadra/soglie/{id}")),
        None => (language::key!("threshold-new-title"), "/desk/squadra/soglie/nuova".to_owned()),
    };
    ThresholdPage { tr, frame, title, remove: id.map(|id| format!("/desk/squadra/soglie/{id}/togli")), action, fields }
}

impl samples::Samples for ThresholdPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use model::problem::Problem;
        let sample = |id: Option<i64>, draft: &Draft, problems: &[FieldProblem]| {
            let frame = DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(Overseen::Alarms), &[])),
                ..samples::desk_frame(tr)
            };
            let places = vec![
                Choice::new("", tr.text("alarm-everywhere-choice")),
                Choice::new("queue:linea-amica", tr.with("threshold-place-queue", &[("name", "Linea Amica")])),
            ];
            page(tr, frame, id.map(ThresholdId), draft, Measure::ALL, places, problems)
        };
        let draft = Draft {
            measure: "overdue".to_owned(),
            place: "queue:linea-amica".to_owned(),
            over: "10".to_owned(),
            back: "8".to_owned(),
            pause: "60".to_owned(),
            mail: "rita@ufficio.example\nturno@ufficio.example".to_owned(),
            language: "it".to_owned(),
        };
        let wrong = [
            FieldProblem::new("measure", Problem::NotInTheList),
            FieldProblem::new("place", Problem::NotInTheList),
            FieldProblem::new("over", Problem::Missing),
            FieldProblem::limited("back", Problem::TooMuch, 10),
            FieldProblem::limited("pause", Problem::TooSmall, 5),
            FieldProblem::new("mail", Problem::EmailWithoutAt),
        ];
        vec![
            ("new", sample(None, &Draft { pause: "60".to_owned(), ..Draft::default() }, &[])),
            ("change", sample(Some(3), &draft, &[])),
            ("wrong", sample(Some(3), &Draft { over: "dieci".to_owned(), ..draft.clone() }, &wrong)),
        ]
    }
}
