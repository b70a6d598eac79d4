//! A service as a TOML file: had by a link, sent in by a form that says what it would change before anything does.

use super::preview::{self, PreviewPage};
use super::{href, nav, sentence};
use crate::desk::DeskFrame;
use crate::office::fault::{Answer, Fault};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use centre::service::{Wanted, revision, written};
use centre::{By, Error};
use gate::WithFiles;
use http::{StatusCode, header};
use language::Tr;
use model::ServiceId;

/// The form for a file, or for its text.
#[derive(Debug, Template)]
#[template(path = "admin/service-file.html")]
pub struct FilePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub text: String,
    /// Each with its line, where it has one.
    pub problems: Vec<String>,
}

/// `GET /admin/services/{id}/file.toml`
pub(crate) async fn download(seat: Seat, Path(id): Path<String>) -> Answer {
    let service = centre::service::load(&seat.gate.centre, &ServiceId(id)).await?;
    let text =
        written::write(&service).map_err(|error| Error::File { key: "toml".to_owned(), why: error.to_string() })?;
    let name: String = service.id.as_str().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.toml\"")),
    ];
    Ok((headers, text).into_response())
}

fn shown(seat: &Seat, text: String, problems: Vec<String>) -> Answer {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = FilePage { tr: seat.tr, frame: nav::frame(seat, "services"), text, problems };
    Ok(html::page(status, &view))
}

/// `GET /admin/services-file`
pub(crate) async fn show_upload(seat: Seat) -> Answer {
    shown(&seat, String::new(), Vec::new())
}

/// `POST /admin/services-file`: the comparison, and once it is confirmed the change.
pub(crate) async fn upload(seat: Seat, WithFiles(form): WithFiles) -> Answer {
    let tr = seat.tr;
    let file = form.files.iter().find(|file| !file.bytes.is_empty());
    let text = match file.map(|file| String::from_utf8(file.bytes.to_vec())) {
        Some(Ok(text)) => text,
        Some(Err(_)) => {
            return shown(&seat, form.text("text").to_owned(), vec![tr.text("service-file-not-text").into_owned()]);
        }
        None => form.text("text").replace("\r\n", "\n"),
    };
    if form.has("edit") {
        return shown(&seat, text, Vec::new());
    }
    if text.trim().is_empty() {
        return shown(&seat, text, vec![tr.text("service-file-missing").into_owned()]);
    }
    let at_line = |line: Option<usize>, why: &str| match line {
        Some(line) => tr.with("service-file-line", &[("line", line.to_string()), ("why", why.to_owned())]).into_owned(),
        None => why.to_owned(),
    };
    let service = match written::read(&text) {
        Ok(service) => service,
        Err(wrong) => return shown(&seat, text, vec![at_line(wrong.line, &wrong.why)]),
    };
    let seen = form.has("seen").then(|| form.text("seen").to_owned());
    let wanted = Wanted { seen, ..Wanted::whole(service) };
    let plan = centre::service::plan(&seat.gate.centre, &wanted).await?;
    let in_words = |flaws: &[model::service::Found]| {
        let lines = written::misread(&text, flaws);
        let told = flaws.iter().zip(lines).map(|(flaw, wrong)| {
            let why = format!("{}: {}", flaw.name(), sentence(tr, flaw.flaw, flaw.with.as_deref()));
            at_line(wrong.line, &why)
        });
        told.collect::<Vec<_>>()
    };
    if !plan.flaws.is_empty() {
        let problems = in_words(&plan.flaws);
        return shown(&seat, text, problems);
    }
    let id = plan.after.id.clone();
    if plan.changes.is_empty() {
        return Ok(seat.on_to(&href(&id), Flash::said("service-done-unchanged")).await);
    }
    let stuck: Vec<String> = plan
        .gone
        .iter()
        .filter_map(|gone| {
            let stuck = preview::stuck(tr, gone)?;
            let count = i64::try_from(gone.cases).unwrap_or(i64::MAX);
            let values = [("queue", tr.arg(gone.name.as_str())), ("count", tr.arg(count))];
            Some(if gone.cases > 0 { tr.with("service-file-stuck", &values).into_owned() } else { stuck })
        })
        .collect();
    if !form.has("confirmed") || !stuck.is_empty() {
        // Of a service that was not there yet, that is what was seen.
        let seen = plan.before.as_ref().map(|before| revision(before, None)).unwrap_or_default();
        let hidden = vec![("text".to_owned(), text), ("seen".to_owned(), seen)];
        let back = ("/admin/services-file".to_owned(), tr.text("service-file-title").into_owned());
        let frame = nav::frame(&seat, "services");
        let action = "/admin/services-file".to_owned();
        let mut view = PreviewPage::of(tr, frame, &plan, back, action, hidden, seat.now);
        view.problems = stuck;
        return Ok(html::page(StatusCode::OK, &view));
    }
    let by = By::Staff(seat.me.clone());
    match centre::service::change(&seat.gate.centre, by, wanted).await {
        Ok(_) => Ok(seat.on_to(&href(&id), Flash::said("service-done-changed")).await),
        Err(Error::Service(flaws)) => {
            let problems = in_words(&flaws);
            shown(&seat, text, problems)
        }
        Err(Error::ChangedMeanwhile) => shown(&seat, text, vec![tr.text("service-file-meanwhile").into_owned()]),
        Err(error) => Err(Fault::from(error).with(form.unsent("/admin/services-file".to_owned()))),
    }
}

impl samples::Samples for FilePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |text: &str, problems: Vec<String>| FilePage {
            tr,
            frame: nav::sample_frame(tr, "services"),
            text: text.to_owned(),
            problems,
        };
        let wrong = tr.with("service-file-line", &[("line", "3"), ("why", "promises.answer_minutes")]).into_owned();
        vec![("empty", page("", Vec::new())), ("wrong", page("id = \"prova\"\nname = \"Prova\"\n", vec![wrong]))]
    }
}
