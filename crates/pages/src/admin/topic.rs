//! Topics in the administration: the tree, and what is done to each of them.

use super::{FormPage, nav};
use crate::desk::DeskFrame;
use crate::office::fault::{Answer, Fault};
use crate::office::field::{Choice, Field, Kind};
use crate::office::flash::{Flash, Toast};
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use centre::topic::{Typed, revision};
use centre::{By, Error};
use gate::Form;
use http::StatusCode;
use language::{Language, Tr};
use model::TopicId;
use model::problem::FieldProblem;
use model::topic::{self, Topic};
use serde::Deserialize;

const HERE: &str = "/admin/topics";

#[derive(Debug, Template)]
#[template(path = "admin/topics.html")]
pub struct TopicsPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub topics: Vec<Row>,
}

/// A topic in the tree.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub depth: usize,
    pub name: String,
    /// Its names in other languages.
    pub others: Vec<String>,
    pub retired: bool,
    /// It is not offered because one above it is retired.
    pub hidden: bool,
    pub can_hold: bool,
}

impl Row {
    fn all(tr: Tr, topics: &[Topic]) -> Vec<Self> {
        let offered = topic::offered(topics);
        let row = |(depth, topic): (usize, &Topic)| Self {
            id: topic.id.to_string(),
            depth,
            name: topic.name(tr.language.code()).to_owned(),
            others: topic
                .names
                .iter()
                .filter(|(language, _)| *language != tr.language.code())
                .map(|(language, name)| format!("{language}: {name}"))
                .collect(),
            retired: topic.retired,
            hidden: !topic.retired && !offered.iter().any(|(_, other)| other.id == topic.id),
            can_hold: depth + 1 < topic::DEPTH_MAX && !topic.retired,
        };
        topic::tree(topics).into_iter().map(row).collect()
    }
}

/// `GET /admin/topics`
pub(super) async fn list(seat: Seat) -> Answer {
    seat.gate.centre.refresh_catalogue().await?;
    let view = TopicsPage {
        tr: seat.tr,
        frame: nav::frame(&seat, "topics"),
        toast: Toast::take(&seat.session, seat.tr).await,
        topics: Row::all(seat.tr, &seat.gate.centre.catalogue().topics),
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// A topic's fields, with what was typed: its name in each language, and what it lies under.
fn fields(tr: Tr, topics: &[Topic], id: Option<&TopicId>, names: impl Fn(&str) -> String, parent: &str) -> Vec<Field> {
    let language = tr.language.code();
    let mut fields: Vec<Field> = Language::ALL
        .into_iter()
        .map(|own| {
            let label = tr.with("topic-name-in", &[("language", own.endonym())]).into_owned();
            let field = Field::new(own.code(), label, Kind::Line).with(names(own.code()));
            if own == Language::default() { field } else { field.optional() }
        })
        .collect();
    let below = |topic: &Topic| id.is_some_and(|id| topic::lineage(topics, &topic.id).contains(&id));
    let mut places = vec![Choice::new("", tr.text("topic-top")).chosen_if(parent.is_empty())];
    places.extend(
        topic::tree(topics).into_iter().filter(|(depth, topic)| depth + 1 < topic::DEPTH_MAX && !below(topic)).map(
            |(depth, t)| Choice::new(&t.id, t.name(language)).chosen_if(t.id.as_str() == parent).deep(depth).indented(),
        ),
    );
    fields.push(Field::new("parent", tr.text("topic-parent"), Kind::Select(places)));
    fields
}

fn typed(form: &Form) -> Typed {
    let names = Language::ALL.into_iter().map(|own| (own.code().to_owned(), form.text(own.code()).to_owned()));
    Typed { parent: form.typed("parent").map(TopicId), names: names.collect() }
}

/// A problem of the names is one of the Italian name, which is the one that is needed.
fn in_place(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let italian = Language::default().code();
    let moved = |problem: FieldProblem| match problem.field {
        "names" => FieldProblem { field: italian, ..problem },
        _ => problem,
    };
    problems.into_iter().map(moved).collect()
}

fn back(tr: Tr) -> (String, String) {
    (HERE.to_owned(), tr.text("admin-nav-topics").into_owned())
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Under {
    #[serde(default)]
    under: String,
}

/// `GET /admin/topics/new`
pub(super) async fn show_new(seat: Seat, Query(under): Query<Under>) -> Answer {
    Ok(new_form(&seat, |_| String::new(), &under.under, &[]))
}

fn new_form(seat: &Seat, names: impl Fn(&str) -> String, parent: &str, problems: &[FieldProblem]) -> Response {
    let tr = seat.tr;
    let catalogue = seat.gate.centre.catalogue();
    let mut page = FormPage::new(tr, nav::frame(seat, "topics"), "topic-new", "", back(tr), "/admin/topics/new");
    page.fields = fields(tr, &catalogue.topics, None, names, parent);
    page.answer(problems)
}

/// `POST /admin/topics/new`
pub(super) async fn add(seat: Seat, form: Form) -> Answer {
    let by = By::Staff(seat.me.clone());
    match centre::topic::add(&seat.gate.centre, by, typed(&form)).await {
        Ok(_) => Ok(seat.on_to(HERE, Flash::said("topic-done-added").about(form.text("it"))).await),
        Err(Error::Invalid(problems)) => {
            Ok(new_form(&seat, |code| form.text(code).to_owned(), form.text("parent"), &in_place(problems)))
        }
        Err(error) => Err(Fault::from(error).with(form.unsent("/admin/topics/new".to_owned()))),
    }
}

fn change_form(
    seat: &Seat,
    topic: &Topic,
    names: impl Fn(&str) -> String,
    parent: &str,
    problems: &[FieldProblem],
    meanwhile: bool,
) -> Response {
    let tr = seat.tr;
    let catalogue = seat.gate.centre.catalogue();
    let action = format!("/admin/topics/{}/change", topic.id);
    let name = topic.name(tr.language.code());
    let mut page = FormPage::new(tr, nav::frame(seat, "topics"), "topic-change", name, back(tr), action);
    page.fields = fields(tr, &catalogue.topics, Some(&topic.id), names, parent);
    page.hidden.push(("seen", revision(topic)));
    page.problem = meanwhile.then(|| tr.with("topic-meanwhile", &[("name", name)]).into_owned());
    page.answer(problems)
}

async fn found(seat: &Seat, id: &str) -> Result<Topic, Fault> {
    seat.gate.centre.refresh_catalogue().await?;
    Ok(seat.gate.centre.catalogue().topic(&TopicId::new(id)).cloned().ok_or(Error::NotFound("topic"))?)
}

/// `GET /admin/topics/{id}/change`
pub(super) async fn show_change(seat: Seat, Path(id): Path<String>) -> Answer {
    let topic = found(&seat, &id).await?;
    let parent = topic.parent.as_ref().map_or("", TopicId::as_str);
    let names = |code: &str| topic.names.get(code).cloned().unwrap_or_default();
    Ok(change_form(&seat, &topic, names, parent, &[], false))
}

/// `POST /admin/topics/{id}/change`
pub(super) async fn change(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let topic = found(&seat, &id).await?;
    let by = By::Staff(seat.me.clone());
    let seen = form.text("seen").to_owned();
    let done = centre::topic::change(&seat.gate.centre, by, topic.id.clone(), typed(&form), seen).await;
    let again = |topic: &Topic, problems: &[FieldProblem], meanwhile| {
        change_form(&seat, topic, |code| form.text(code).to_owned(), form.text("parent"), problems, meanwhile)
    };
    match done {
        Ok(()) => Ok(seat.on_to(HERE, Flash::said("topic-done-changed").about(form.text("it"))).await),
        Err(Error::Invalid(problems)) => Ok(again(&topic, &in_place(problems), false)),
        Err(Error::ChangedMeanwhile) => {
            let mut answer = again(&found(&seat, &id).await?, &[], true);
            *answer.status_mut() = StatusCode::CONFLICT;
            Ok(answer)
        }
        Err(error) => Err(Fault::from(error).with(form.unsent(format!("/admin/topics/{id}/change")))),
    }
}

/// `POST /admin/topics/{id}/retire` and `/restore`
pub(super) async fn retire(seat: Seat, Path(id): Path<String>) -> Answer {
    set_retired(seat, id, true).await
}

pub(super) async fn restore(seat: Seat, Path(id): Path<String>) -> Answer {
    set_retired(seat, id, false).await
}

async fn set_retired(seat: Seat, id: String, retired: bool) -> Answer {
    let topic = found(&seat, &id).await?;
    let by = By::Staff(seat.me.clone());
    centre::topic::retire(&seat.gate.centre, by, topic.id.clone(), retired).await?;
    let (said, undo) = if retired { ("topic-done-retired", "restore") } else { ("topic-done-restored", "retire") };
    let flash = Flash::said(said).about(topic.name(seat.tr.language.code()));
    Ok(seat.on_to(HERE, flash.undone_by(format!("/admin/topics/{}/{undo}", topic.id), &[])).await)
}

/// `POST /admin/topics/{id}/up` and `/down`
pub(super) async fn up(seat: Seat, Path(id): Path<String>) -> Answer {
    shifted(seat, id, true).await
}

pub(super) async fn down(seat: Seat, Path(id): Path<String>) -> Answer {
    shifted(seat, id, false).await
}

async fn shifted(seat: Seat, id: String, up: bool) -> Answer {
    let topic = found(&seat, &id).await?;
    let by = By::Staff(seat.me.clone());
    centre::topic::shift(&seat.gate.centre, by, topic.id.clone(), up).await?;
    let flash = Flash::said("topic-done-moved").about(topic.name(seat.tr.language.code()));
    let undo = if up { "down" } else { "up" };
    Ok(seat.on_to(HERE, flash.undone_by(format!("/admin/topics/{}/{undo}", topic.id), &[])).await)
}

impl samples::Samples for TopicsPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let mut topics = crate::portal::topics();
        if let Some(topic) = topics.get_mut(3) {
            topic.retired = true;
        }
        let page = |topics: &[Topic]| TopicsPage {
            tr,
            frame: nav::sample_frame(tr, "topics"),
            toast: None,
            topics: Row::all(tr, topics),
        };
        vec![("tree", page(&topics)), ("none", page(&[]))]
    }
}
