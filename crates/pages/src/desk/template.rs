//! A template of a reply, put into the composer: what was typed stays, and the template's words come after it.

use super::case;
use super::composer::{Mode, Typed};
use super::fault::Answer;
use super::place::Place;
use super::reply;
use super::seat::{Seat, numbered};
use crate::upload::{self, Files};
use axum::extract::{Path, Query};
use centre::Error;
use centre::reply_template::{self, Flaw, Voice};
use chrono::{DateTime, Utc};
use gate::WithFiles;
use language::Tr;
use model::TemplateId;
use model::case::Case;
use model::problem::{FieldProblem, Problem};
use model::service::Service;

/// The templates that can be put into a reply to this case: number and name.
pub(super) async fn offered(seat: &Seat, case: &Case) -> centre::Result<Vec<(String, String)>> {
    let all = reply_template::of_service(&seat.gate.centre, &case.service, &case.language).await?;
    let named = |t: &model::reply_template::ReplyTemplate| match t.language == case.language {
        true => t.name.clone(),
        false => format!("{} ({})", t.name, t.language),
    };
    Ok(all.iter().map(|template| (template.id.to_string(), named(template))).collect())
}

/// `POST …/template`: the case again, with the template's words after what was typed.
pub(super) async fn put_in(
    seat: Seat,
    Path(path): Path<String>,
    Query(place): Query<Place>,
    WithFiles(form): WithFiles,
) -> Answer {
    let number = numbered(&path)?;
    let Files { kept, mut problems } = reply::keep(&seat, &form).await?;
    let mut text = form.text("text").to_owned();
    let id = form.parsed::<i64>("template").map(TemplateId);
    let voice = |language: &str| -> Box<dyn Voice> { Box::new(Spoken::in_language(language)) };
    let filled = match id {
        Some(id) => reply_template::for_case(&seat.gate.centre, &seat.me, number.id, id, voice).await,
        None => Err(Error::NotFound("template")),
    };
    match filled {
        Ok(filled) => {
            let gap = if text.trim().is_empty() { "" } else { "\n\n" };
            text = format!("{}{gap}{filled}", text.trim_end());
            reply::keep_draft(&seat, number.id, false, &text).await;
        }
        // Gone in the meantime, or made for a place that a later version has: what was typed stays.
        Err(Error::NotFound("template") | Error::Template(_)) => {
            problems.push(FieldProblem::new("template", Problem::NotInTheList));
        }
        Err(error) => return Err(error.into()),
    }
    let kept = upload::shown(&seat.gate, seat.tr, &kept);
    let typed = Typed { text, problems, solve: form.has("solve"), wait: form.has("wait"), kept };
    case::page(&seat, &path, &place, Mode::Reply, Some(typed)).await
}

/// What is wrong with a template, with its line, in the reader's language.
pub(crate) fn template_words(tr: Tr, flaw: &Flaw) -> String {
    let key = format!("template-wrong-{}", flaw.wrong.as_str());
    tr.with(&key, &[("line", flaw.line.to_string()), ("word", flaw.word.clone())]).into_owned()
}

/// The language a letter is written in.
pub(crate) struct Spoken(pub Tr);

impl Spoken {
    /// Of a letter in this language; Italian for one that nobody here has words for.
    pub fn in_language(code: &str) -> Self {
        Self(Tr::new(code.parse().unwrap_or_default()))
    }
}

impl Voice for Spoken {
    fn day(&self, at: DateTime<Utc>) -> String {
        self.0.date(at)
    }

    fn hours(&self, service: &Service) -> String {
        crate::portal::week(self.0.in_zone(service.calendar.zone()), &service.calendar).join("; ")
    }

    fn citizen(&self) -> String {
        self.0.text("template-citizen").into_owned()
    }
}
