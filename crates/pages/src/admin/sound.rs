//! Sounds in the administration: prompts and music that callers hear, uploaded as WAV files, heard on the page, removed
//! once nothing names them.

use super::sheet::{Group, Input, InputKind, Typed, Wrong, judge};
use super::{FormPage, nav};
use crate::desk::DeskFrame;
use crate::desk::field::sentence;
use crate::office::address::escaped;
use crate::office::fault::{Answer, Fault};
use crate::office::flash::{Flash, Toast};
use crate::office::seat::Seat;
use crate::{download, html, samples};
use askama::Template;
use axum::extract::Path;
use centre::Error;
use centre::sound::{Sound, used_by};
use chrono::TimeDelta;
use gate::WithFiles;
use http::{HeaderMap, StatusCode, header};
use language::Tr;
use model::SoundId;
use model::problem::{FieldProblem, Problem};

const HERE: &str = "/admin/sounds";

#[derive(Debug, Template)]
#[template(path = "admin/sounds.html")]
pub struct SoundsPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub sounds: Vec<Row>,
    pub groups: Vec<Group>,
    pub problems: Vec<String>,
}

/// A sound in the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub href: String,
    pub id: String,
    pub title: String,
    pub about: String,
    /// Where it is heard; nothing where nothing names it.
    pub used: String,
}

impl SoundsPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let inputs = self.groups.iter().flat_map(|group| &group.inputs);
        inputs.filter_map(|i| Some((i.name.as_str(), i.label.as_str(), i.problem.as_deref()?)))
    }

    pub(crate) fn is_wrong(&self) -> bool {
        !self.problems.is_empty() || self.wrong().next().is_some()
    }
}

fn row(tr: Tr, sound: &Sound, used: &[String]) -> Row {
    let seconds = TimeDelta::seconds(i64::try_from(sound.seconds.max(1)).unwrap_or(i64::MAX));
    Row {
        href: format!("{HERE}/{}", escaped(sound.id.as_str())),
        id: sound.id.to_string(),
        title: sound.title.clone(),
        about: format!("{} · {}", tr.duration_short(seconds), tr.file_size(sound.bytes)),
        used: used.join(", "),
    }
}

fn groups(tr: Tr, typed: &Typed) -> Vec<Group> {
    let say = |key: &str| tr.text(key).into_owned();
    let inputs = vec![
        Input::new(typed, "name", say("sound-name"), InputKind::Line).hinted(say("sound-name-hint")),
        Input::new(typed, "title", say("sound-called"), InputKind::Line).hinted(say("sound-called-hint")),
        Input::new(typed, "sound", say("sound-file"), InputKind::File(".wav,audio/wav")).hinted(say("sound-file-hint")),
    ];
    vec![Group::new(say("sound-new"), inputs)]
}

async fn shown(seat: &Seat, typed: &Typed, problems: &[FieldProblem]) -> Answer {
    let centre = &seat.gate.centre;
    let (tr, catalogue) = (seat.tr, centre.catalogue());
    let sounds = centre::sound::all(centre).await?;
    let mut groups = groups(tr, typed);
    let wrong = |problem: &FieldProblem| Wrong { field: problem.field.to_owned(), sentence: sentence(tr, problem) };
    let problems: Vec<Wrong> = problems.iter().map(wrong).collect();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = SoundsPage {
        tr,
        frame: nav::frame(seat, "sounds"),
        toast: Toast::take(&seat.session, tr).await,
        sounds: sounds.iter().map(|sound| row(tr, sound, &used_by(&catalogue, &sound.id))).collect(),
        problems: judge(&mut groups, &problems),
        groups,
    };
    Ok(html::page(status, &view))
}

/// `GET /admin/sounds`
pub(super) async fn list(seat: Seat) -> Answer {
    shown(&seat, &Typed::default(), &[]).await
}

/// `POST /admin/sounds`
pub(super) async fn add(seat: Seat, WithFiles(form): WithFiles) -> Answer {
    let typed = Typed::of(&form);
    let unsent = |error| Fault::from(error).with(form.unsent(HERE.to_owned()));
    let unread = form.problems.iter().map(|problem| FieldProblem { field: "sound", ..problem.clone() });
    let mut problems: Vec<FieldProblem> = unread.collect();
    let Some(file) = form.files.first() else {
        if problems.is_empty() {
            problems.push(FieldProblem::new("sound", Problem::Missing));
        }
        return shown(&seat, &typed, &problems).await;
    };
    let (kept, seconds) = match centre::sound::keep(&seat.gate.centre, &file.name, file.bytes.clone()).await {
        Err(Error::Invalid(problems)) => return shown(&seat, &typed, &problems).await,
        kept => kept.map_err(&unsent)?,
    };
    let (name, title) = (typed.text("name").trim().to_owned(), typed.text("title").to_owned());
    let added =
        seat.work(move |w| Box::pin(async move { centre::sound::add(w, &name, &title, &kept, seconds).await })).await;
    match added {
        Ok(id) => Ok(seat.on_to(HERE, Flash::said("sound-done-added").about(id.to_string())).await),
        Err(Error::Invalid(problems)) => shown(&seat, &typed, &problems).await,
        Err(error) => Err(unsent(error)),
    }
}

/// `GET /admin/sounds/{name}/file.wav`: the sound, or a piece of it.
pub(super) async fn hear(seat: Seat, Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let centre = &seat.gate.centre;
    let sound = centre::sound::find(centre, &SoundId(name)).await?;
    let bytes = centre::sound::read(centre, &sound).await?;
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    Ok(download::piece("audio/wav", bytes, range))
}

async fn question(seat: &Seat, id: &SoundId) -> centre::Result<FormPage> {
    let sound = centre::sound::find(&seat.gate.centre, id).await?;
    let back = (HERE.to_owned(), seat.tr.text("admin-nav-sounds").into_owned());
    let action = format!("{HERE}/{}/remove", escaped(id.as_str()));
    let page = FormPage::new(seat.tr, nav::frame(seat, "sounds"), "sound-remove", sound.title, back, action);
    Ok(FormPage { stop: true, ..page })
}

/// `GET /admin/sounds/{name}/remove`
pub(super) async fn show_remove(seat: Seat, Path(name): Path<String>) -> Answer {
    Ok(question(&seat, &SoundId(name)).await?.answer(&[]))
}

/// `POST /admin/sounds/{name}/remove`
pub(super) async fn remove(seat: Seat, Path(name): Path<String>) -> Answer {
    let id = SoundId(name);
    let gone = id.clone();
    match seat.work(move |w| Box::pin(async move { centre::sound::remove(w, &gone).await })).await {
        Ok(()) => Ok(seat.on_to(HERE, Flash::said("sound-done-removed").about(id.to_string())).await),
        Err(Error::Invalid(problems)) => Ok(question(&seat, &id).await?.answer(&problems)),
        Err(error) => Err(error.into()),
    }
}

impl samples::Samples for SoundsPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let sound = |id: &str, title: &str, seconds, used: &[&str]| {
            let sound = Sound {
                id: SoundId::new(id),
                title: title.to_owned(),
                stored_as: String::new(),
                bytes: seconds * 32_000,
                seconds,
                added_at: samples::now(),
            };
            row(tr, &sound, &used.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        let page = |sounds: Vec<Row>, problems: &[FieldProblem]| {
            let mut groups = groups(tr, &Typed::default());
            let wrong =
                |problem: &FieldProblem| Wrong { field: problem.field.to_owned(), sentence: sentence(tr, problem) };
            let problems: Vec<Wrong> = problems.iter().map(wrong).collect();
            SoundsPage {
                tr,
                frame: nav::sample_frame(tr, "sounds"),
                toast: None,
                sounds,
                problems: judge(&mut groups, &problems),
                groups,
            }
        };
        let all = vec![
            sound("benvenuto", "Benvenuto, voce di Anna", 12, &["Linea Amica"]),
            sound("closing-2026-11-02-5f2a11", "sgombero.wav", 20, &[]),
            sound("musica", "Musica d’attesa", 184, &["Linea Amica", "Abruzzo"]),
        ];
        let wrong =
            [FieldProblem::new("name", Problem::NotALogin), FieldProblem::new("sound", Problem::FileKindRefused)];
        vec![("list", page(all.clone(), &[])), ("empty", page(Vec::new(), &[])), ("wrong", page(all, &wrong))]
    }
}
