//! A queue of the telephone is closed in an emergency, and opened again: what callers hear, why, until when. The form says
//! what will happen and how many wait now.

use crate::admin::FormPage;
use crate::admin::sheet::{Group, Input, InputKind, Typed, Wrong, judge, words};
use crate::desk::fault::{Answer, Fault};
use crate::desk::flash::Flash;
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes, field};
use crate::office::address::escaped;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::closing::{self, Closing, Reason, Wanted};
use centre::files::Kept;
use centre::sound::Sound;
use centre::{By, Error};
use chrono::{DateTime, NaiveDateTime, Utc};
use gate::WithFiles;
use http::StatusCode;
use language::{Language, Tr};
use model::closing::MESSAGE_MAX;
use model::problem::{FieldProblem, Problem};
use model::queue::QueueDefinition;
use model::service::{Said, Service, prompt_name};
use model::{QueueId, SoundId};
use std::collections::BTreeMap;

#[derive(Debug, Template)]
#[template(path = "desk/team/closing.html")]
pub struct ClosingPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub queue: String,
    pub action: String,
    /// How it is closed already, where it is.
    pub standing: Option<String>,
    /// What will happen, line by line.
    pub effects: Vec<String>,
    pub groups: Vec<Group>,
    pub problems: Vec<String>,
    /// A file that was kept with an earlier sending of the form: what carries it, its seconds, and what it is.
    pub kept: Option<(String, String, String)>,
}

impl ClosingPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let inputs = self.groups.iter().flat_map(|group| &group.inputs);
        inputs.filter_map(|i| Some((i.name.as_str(), i.label.as_str(), i.problem.as_deref()?)))
    }

    pub(crate) fn is_wrong(&self) -> bool {
        !self.problems.is_empty() || self.wrong().next().is_some()
    }
}

pub(super) const BACK: &str = "/desk/squadra/telefono";
/// How a moment is typed (HTML, local date and time strings).
const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// Where something is done to a queue of the telephone.
pub(super) fn path(queue: &QueueId, act: &str) -> String {
    format!("{BACK}/code/{}/{act}", escaped(queue.as_str()))
}

/// The queue that a form is about.
struct About {
    service: Service,
    queue: QueueDefinition,
    standing: Option<Closing>,
    sounds: Vec<Sound>,
    waiting: i64,
}

async fn about(seat: &Seat, id: &QueueId) -> centre::Result<About> {
    let centre = &seat.gate.centre;
    let (service, queue, standing) = closing::of(centre, &seat.me, id)?;
    let floor = centre::floor::read(centre, &seat.me).await?;
    let waiting = floor.queues.iter().find(|one| one.id == *id).map_or(0, |one| one.waiting);
    Ok(About { service, queue, standing, sounds: centre::sound::all(centre).await?, waiting })
}

/// `GET /desk/squadra/telefono/code/{queue}/chiudi`
pub(in crate::desk) async fn show(seat: Seat, Path(queue): Path<String>) -> Answer {
    let about = about(&seat, &QueueId::new(queue)).await?;
    let typed = before(seat.tr, &about);
    shown(&seat, &about, &typed, None, &[]).await
}

/// `POST /desk/squadra/telefono/code/{queue}/chiudi`
pub(in crate::desk) async fn close(seat: Seat, Path(queue): Path<String>, WithFiles(form): WithFiles) -> Answer {
    let id = QueueId::new(queue.clone());
    let unsent = |error| Fault::from(error).with(form.unsent(path(&id, "chiudi")));
    let about = about(&seat, &id).await.map_err(unsent)?;
    let typed = Typed::of(&form);
    let centre = &seat.gate.centre;
    let mut problems = Vec::new();
    let file = match form.files.first() {
        Some(file) => match centre::sound::keep(centre, &file.name, file.bytes.clone()).await {
            Ok(kept) => Some(kept),
            Err(Error::Invalid(wrong)) => {
                problems.extend(wrong);
                None
            }
            Err(error) => return Err(unsent(error)),
        },
        None => carried(&seat, &typed, &mut problems),
    };
    let until = until(seat.tr, &typed).map_err(|problem| problems.push(problem)).unwrap_or_default();
    // A file that the form could not take at all is told of the field it was chosen in.
    problems.extend(form.problems.iter().map(|problem| FieldProblem { field: "sound", ..problem.clone() }));
    if problems.is_empty() {
        let texts = about
            .service
            .languages
            .iter()
            .map(|language| (language.clone(), typed.text(&message(language)).to_owned()));
        let wanted = Wanted {
            queue,
            reason: typed.text("reason").parse().ok(),
            note: typed.text("note").to_owned(),
            texts: texts.collect(),
            file: file.clone(),
            sound: typed.some("known").map(SoundId),
            until,
        };
        match closing::close(centre, By::Staff(seat.me.clone()), wanted).await {
            Ok(()) => return Ok(seat.on_to(BACK, Flash::new("closing-closed").about(about.queue.name)).await),
            Err(Error::Invalid(wrong)) => problems = wrong,
            Err(error) => return Err(unsent(error)),
        }
    }
    shown(&seat, &about, &typed, file, &problems).await
}

/// `GET /desk/squadra/telefono/code/{queue}/riapri`
pub(in crate::desk) async fn show_open(seat: Seat, Path(queue): Path<String>) -> Answer {
    let (_, queue, _) = closing::of(&seat.gate.centre, &seat.me, &QueueId::new(queue))?;
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Floor);
    let back = (BACK.to_owned(), seat.tr.text("floor-title").into_owned());
    let page = FormPage::new(seat.tr, frame, "open", queue.name.clone(), back, path(&queue.id, "riapri"));
    Ok(FormPage { keys: "closing", ..page }.answer(&[]))
}

/// `POST /desk/squadra/telefono/code/{queue}/riapri`
pub(in crate::desk) async fn open(seat: Seat, Path(queue): Path<String>) -> Answer {
    let (_, queue, _) = closing::of(&seat.gate.centre, &seat.me, &QueueId::new(queue))?;
    closing::open(&seat.gate.centre, By::Staff(seat.me.clone()), queue.id).await?;
    Ok(seat.on_to(BACK, Flash::new("closing-opened").about(queue.name)).await)
}

fn message(language: &str) -> String {
    format!("message-{language}")
}

/// The file that came with an earlier sending, where no other came with this.
fn carried(seat: &Seat, typed: &Typed, problems: &mut Vec<FieldProblem>) -> Option<(Kept, u64)> {
    let sealed = typed.some("kept")?;
    match seat.gate.centre.files().unseal(&sealed) {
        Ok(kept) => Some((kept, typed.text("seconds").parse().unwrap_or_default())),
        Err(problem) => {
            problems.push(FieldProblem { field: "sound", ..problem });
            None
        }
    }
}

fn until(tr: Tr, typed: &Typed) -> Result<Option<DateTime<Utc>>, FieldProblem> {
    let Some(text) = typed.some("until") else { return Ok(None) };
    let wrong = || FieldProblem::new("until", Problem::NotADate);
    // Browsers write seconds where there are some.
    let minutes: String = text.chars().take(16).collect();
    let local = NaiveDateTime::parse_from_str(&minutes, MOMENT).map_err(|_| wrong())?;
    let at = local.and_local_timezone(tr.zone).earliest().ok_or_else(wrong)?;
    Ok(Some(at.with_timezone(&Utc)))
}

/// What stands in the form at first: how it is closed already, else the words that the service has ready. The form has one
/// sound, which is heard in the first language: that of another would silence the text of the first, so that in its place
/// stand the words that are there for everybody.
fn before(tr: Tr, about: &About) -> Typed {
    let mut typed = Typed::default();
    let ready = about.service.telephone.prompts.get(prompt_name::EMERGENCY);
    let first = about.service.languages.first();
    for language in &about.service.languages {
        let own = about.standing.as_ref().map(|standing| &standing.message).or(ready);
        let built_in = language.parse::<Language>().ok().map(|language| Tr::new(language).text("voice-emergency"));
        let text = match own.and_then(|prompt| prompt.get(language)) {
            Some(Said::Text(text)) => text.clone(),
            Some(Said::Sound(sound)) if first == Some(language) => {
                typed.put("known", sound.sound.as_str());
                String::new()
            }
            None if about.standing.is_some() => String::new(),
            Some(Said::Sound(_)) | None => built_in.unwrap_or_default().into_owned(),
        };
        typed.put(message(language), text);
    }
    if let Some(standing) = &about.standing {
        typed.put("reason", standing.reason.as_str());
        typed.put("note", standing.note.clone().unwrap_or_default());
        let until = standing.until.map(|until| until.with_timezone(&tr.zone).format(MOMENT).to_string());
        typed.put("until", until.unwrap_or_default());
    }
    typed
}

async fn shown(
    seat: &Seat,
    about: &About,
    typed: &Typed,
    file: Option<(Kept, u64)>,
    problems: &[FieldProblem],
) -> Answer {
    let frame = DeskFrame::read(seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Floor);
    let store = seat.gate.centre.files();
    let kept = file.map(|(kept, seconds)| {
        let what = format!("{} ({})", kept.name, seat.tr.file_size(kept.size));
        (store.seal(&kept), seconds.to_string(), what)
    });
    let view = ClosingPage { kept, ..page(seat.tr, frame, about, typed, seat.now) }.judged(about, problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(html::page(status, &view))
}

impl ClosingPage {
    fn judged(mut self, about: &About, problems: &[FieldProblem]) -> Self {
        let first = about.service.languages.first().map(|language| message(language)).unwrap_or_default();
        let wrongs: Vec<Wrong> = problems
            .iter()
            .map(|problem| Wrong {
                field: if problem.field == "message" { first.clone() } else { problem.field.to_owned() },
                sentence: field::sentence(self.tr, problem),
            })
            .collect();
        self.problems = judge(&mut self.groups, &wrongs);
        self
    }
}

fn page(tr: Tr, frame: DeskFrame, about: &About, typed: &Typed, now: DateTime<Utc>) -> ClosingPage {
    let name = about.queue.name.as_str();
    ClosingPage {
        tr,
        frame,
        queue: name.to_owned(),
        action: path(&about.queue.id, "chiudi"),
        standing: about.standing.as_ref().map(|closing| crate::desk::closings::said(tr, name, closing, now)),
        effects: effects(tr, about),
        groups: groups(tr, about, typed),
        problems: Vec::new(),
        kept: None,
    }
}

fn effects(tr: Tr, about: &About) -> Vec<String> {
    let telephone = &about.service.telephone;
    let ways = match (telephone.callback, telephone.voicemail) {
        (true, true) => language::key!("closing-effect-both"),
        (true, false) => language::key!("closing-effect-callback"),
        (false, true) => language::key!("closing-effect-message"),
        (false, false) => language::key!("closing-effect-neither"),
    };
    vec![
        tr.with("closing-effect-waiting", &[("count", about.waiting)]).into_owned(),
        tr.text(ways).into_owned(),
        tr.text("closing-effect-talking").into_owned(),
        tr.text("closing-effect-others").into_owned(),
    ]
}

fn groups(tr: Tr, about: &About, typed: &Typed) -> Vec<Group> {
    let say = |key: &str| tr.text(key).into_owned();
    let mut heard: Vec<Input> = Vec::new();
    for language in &about.service.languages {
        let spoken = crate::admin::language_name(tr, language);
        let label = tr.with("closing-message", &[("language", spoken.as_str())]).into_owned();
        heard.push(Input::new(typed, message(language), label, InputKind::Text));
    }
    let file = Input::new(typed, "sound", say("closing-sound"), InputKind::File(".wav,audio/wav"));
    heard.push(file.hinted(say("closing-sound-hint")));
    if !about.sounds.is_empty() {
        let none = field::Choice::new("", say("closing-known-none"));
        let known = about.sounds.iter().map(|sound| field::Choice::new(&sound.id, sound.title.as_str()));
        heard.push(Input::select(typed, "known", say("closing-known"), std::iter::once(none).chain(known).collect()));
    }
    let hint = tr.with("closing-heard-hint", &[("count", i64::try_from(MESSAGE_MAX).unwrap_or(i64::MAX))]);
    let why = vec![
        Input::select(
            typed,
            "reason",
            say("closing-reason"),
            words(tr, Some("closing-reason-choose"), Reason::ALL, "closing-reason"),
        ),
        Input::new(typed, "until", say("closing-until"), InputKind::Moment).hinted(say("closing-until-hint")),
        Input::new(typed, "note", say("closing-note"), InputKind::Line).hinted(say("closing-note-hint")),
    ];
    vec![Group::new(say("closing-heard"), heard).hinted(hint), Group::new(say("closing-why"), why)]
}

impl samples::Samples for ClosingPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let mut service = Service::built_in();
        service.languages = vec!["it".to_owned(), "en".to_owned()];
        let queue = service.queues.first().cloned();
        let sound = Sound {
            id: SoundId::new("closing-2026-11-02-5f2a11"),
            title: "sgombero.wav".to_owned(),
            stored_as: String::new(),
            bytes: 320_000,
            seconds: 20,
            added_at: samples::now(),
        };
        let queue = queue.unwrap_or_else(|| {
            QueueDefinition::new(QueueId::new("linea-amica"), "Linea Amica", model::case::Level::Front)
        });
        let closing = Closing {
            id: model::ClosingId(1),
            queue: queue.id.clone(),
            reason: Reason::Alert,
            note: Some("Protezione civile, ore 11:40".to_owned()),
            message: BTreeMap::from([("it".to_owned(), Said::Text(tr.text("voice-emergency").into_owned()))]),
            closed_by: None,
            closed_at: samples::now() - chrono::TimeDelta::minutes(20),
            until: Some(samples::now() + chrono::TimeDelta::hours(2)),
        };
        let sample = |standing: Option<Closing>, waiting, sounds: Vec<Sound>, problems: &[FieldProblem]| {
            let frame = DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(Overseen::Floor), &[])),
                ..samples::desk_frame(tr)
            };
            let about = About { service: service.clone(), queue: queue.clone(), standing, sounds, waiting };
            page(tr, frame, &about, &before(tr, &about), samples::now()).judged(&about, problems)
        };
        let wrong = [
            FieldProblem::new("message", Problem::Missing),
            FieldProblem::new("sound", Problem::FileKindRefused),
            FieldProblem::new("reason", Problem::NotInTheList),
            FieldProblem::new("until", Problem::InThePast),
        ];
        vec![
            ("close", sample(None, 4, vec![sound.clone()], &[])),
            ("change", sample(Some(closing), 0, vec![sound], &[])),
            ("wrong", sample(None, 1, Vec::new(), &wrong)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{About, before, message};
    use language::Tr;
    use model::service::{Said, Service, Sound, prompt_name};
    use std::collections::BTreeMap;

    fn ready(it: Said, en: Said) -> About {
        let mut service = Service::built_in();
        service.languages = vec!["it".to_owned(), "en".to_owned()];
        let prompt = BTreeMap::from([("it".to_owned(), it), ("en".to_owned(), en)]);
        service.telephone.prompts.insert(prompt_name::EMERGENCY.to_owned(), prompt);
        let queue = service.queues.first().cloned().unwrap();
        About { service, queue, standing: None, sounds: Vec::new(), waiting: 0 }
    }

    fn sound(name: &str) -> Said {
        Said::Sound(Sound { sound: name.to_owned() })
    }

    #[test]
    fn the_sound_of_another_language_does_not_silence_the_text_of_the_first() {
        let typed = before(Tr::default(), &ready(Said::Text("Chiuso.".to_owned()), sound("closed")));
        assert_eq!((typed.text(&message("it")), typed.text("known")), ("Chiuso.", ""));
        assert!(!typed.text(&message("en")).is_empty(), "those who speak it hear words");
    }

    #[test]
    fn the_sound_of_the_first_language_is_chosen() {
        let typed = before(Tr::default(), &ready(sound("chiuso"), sound("closed")));
        assert_eq!((typed.text(&message("it")), typed.text("known")), ("", "chiuso"));
        assert_eq!(typed.all("known").count(), 1);
    }
}
