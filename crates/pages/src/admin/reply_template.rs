//! Templates of replies in the administration: the list, and one of them with what its places are filled in with, looked at
//! with an invented case.

use super::nav;
use crate::desk::{DeskFrame, Spoken, template_words};
use crate::office::fault::{Answer, Fault};
use crate::office::field::{self, Choice};
use crate::office::flash::{Flash, Toast};
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::reply_template::{Typed, fill_in, invented};
use centre::{Catalogue, Error};
use gate::Form;
use http::StatusCode;
use language::{Language, Tr};
use model::reply_template::{PLACES, ReplyTemplate};
use model::{ServiceId, TemplateId};

const HERE: &str = "/admin/templates";

#[derive(Debug, Template)]
#[template(path = "admin/templates.html")]
pub struct TemplatesPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub templates: Vec<Row>,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub service: String,
    pub language: String,
    pub begins: String,
}

impl Row {
    fn of(tr: Tr, catalogue: &Catalogue, template: &ReplyTemplate) -> Self {
        let service = template.service.as_ref();
        let named = service.map(|id| catalogue.service(id).map_or_else(|| id.to_string(), |s| s.name.clone()));
        Self {
            href: format!("{HERE}/{}", template.id),
            name: template.name.clone(),
            service: named.unwrap_or_else(|| tr.text("template-for-all").into_owned()),
            language: language_name(&template.language),
            begins: model::text::first_line(&template.text, 90),
        }
    }
}

fn language_name(code: &str) -> String {
    code.parse::<Language>().map_or_else(|_| code.to_owned(), |language| language.endonym().to_owned())
}

/// `GET /admin/templates`
pub(super) async fn list(seat: Seat) -> Answer {
    let catalogue = seat.gate.centre.catalogue();
    let all = centre::reply_template::all(&seat.gate.centre).await?;
    let view = TemplatesPage {
        tr: seat.tr,
        frame: nav::frame(&seat, "templates"),
        toast: Toast::take(&seat.session, seat.tr).await,
        templates: all.iter().map(|template| Row::of(seat.tr, &catalogue, template)).collect(),
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// One template as a form.
#[derive(Debug, Template)]
#[template(path = "admin/template.html")]
pub struct TemplatePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// None for a new one.
    pub id: Option<String>,
    pub seen: i64,
    pub name: String,
    pub services: Vec<Choice>,
    pub languages: Vec<Choice>,
    pub text: String,
    pub name_problem: Option<String>,
    pub text_problem: Option<String>,
    /// Somebody else has changed it meanwhile: what it says now.
    pub meanwhile: Option<String>,
    /// How it reads for an invented case.
    pub preview: Option<String>,
}

impl TemplatePage {
    pub(crate) fn places(&self) -> Vec<(String, String)> {
        let said = |place: &&str| {
            let key = format!("template-place-{}", place.replace('.', "-"));
            (format!("{{{{ {place} }}}}"), self.tr.text(&key).into_owned())
        };
        PLACES.iter().map(said).collect()
    }

    pub(crate) fn is_wrong(&self) -> bool {
        self.name_problem.is_some() || self.text_problem.is_some()
    }

    pub(crate) fn action(&self) -> String {
        format!("{HERE}/{}", self.id.as_deref().unwrap_or("new"))
    }
}

fn typed(form: &Form) -> Typed {
    Typed {
        name: form.text("name").to_owned(),
        service: form.typed("service").map(ServiceId),
        language: form.text("language").to_owned(),
        text: form.text("text").replace("\r\n", "\n"),
    }
}

fn view(
    tr: Tr,
    frame: DeskFrame,
    catalogue: &Catalogue,
    id: Option<TemplateId>,
    seen: i64,
    typed: &Typed,
) -> TemplatePage {
    let chosen = typed.service.as_ref().map_or("", ServiceId::as_str);
    let mut services = vec![Choice::new("", tr.text("template-for-all")).chosen_if(chosen.is_empty())];
    services.extend(
        catalogue.services.iter().map(|s| Choice::new(&s.id, s.name.as_str()).chosen_if(s.id.as_str() == chosen)),
    );
    let mut codes: Vec<String> = Language::ALL.iter().map(|l| l.code().to_owned()).collect();
    codes.extend(catalogue.services.iter().flat_map(|s| s.languages.clone()));
    codes.extend(Some(typed.language.clone()).filter(|code| !code.is_empty()));
    let mut seen_codes = std::collections::BTreeSet::new();
    codes.retain(|code| seen_codes.insert(code.clone()));
    let languages = codes.iter().map(|code| Choice::new(code, language_name(code)).chosen_if(*code == typed.language));
    TemplatePage {
        tr,
        frame,
        id: id.map(|id| id.to_string()),
        seen,
        name: typed.name.clone(),
        services,
        languages: languages.collect(),
        text: typed.text.clone(),
        name_problem: None,
        text_problem: None,
        meanwhile: None,
        preview: None,
    }
}

fn shown(seat: &Seat, id: Option<TemplateId>, seen: i64, typed: &Typed) -> TemplatePage {
    view(seat.tr, nav::frame(seat, "templates"), &seat.gate.centre.catalogue(), id, seen, typed)
}

fn preview(seat: &Seat, typed: &Typed) -> Result<String, String> {
    let spoken = Spoken::in_language(&typed.language);
    let facts = invented(&seat.gate.centre, typed.service.as_ref(), &spoken);
    fill_in(&typed.text, &facts).map_err(|flaw| template_words(seat.tr, &flaw))
}

/// `GET /admin/templates/new`
pub(super) async fn show_new(seat: Seat) -> Answer {
    let typed = Typed { language: seat.tr.language.code().to_owned(), ..Typed::default() };
    Ok(html::page(StatusCode::OK, &shown(&seat, None, 0, &typed)))
}

/// `GET /admin/templates/{id}`
pub(super) async fn show(seat: Seat, Path(id): Path<i64>) -> Answer {
    let ReplyTemplate { id, version, name, service, language, text } =
        centre::reply_template::load(&seat.gate.centre, TemplateId(id)).await?;
    let typed = Typed { name, service, language, text };
    let mut page = shown(&seat, Some(id), version, &typed);
    page.preview = preview(&seat, &typed).ok();
    Ok(html::page(StatusCode::OK, &page))
}

/// `POST /admin/templates/new`
pub(super) async fn add(seat: Seat, form: Form) -> Answer {
    saved(seat, None, form).await
}

/// `POST /admin/templates/{id}`
pub(super) async fn change(seat: Seat, Path(id): Path<i64>, form: Form) -> Answer {
    saved(seat, Some(TemplateId(id)), form).await
}

async fn saved(seat: Seat, id: Option<TemplateId>, form: Form) -> Answer {
    let typed = typed(&form);
    let seen = form.parsed::<i64>("seen").unwrap_or_default();
    if form.has("preview") {
        let mut page = shown(&seat, id, seen, &typed);
        match preview(&seat, &typed) {
            Ok(text) => page.preview = Some(text),
            Err(problem) => page.text_problem = Some(problem),
        }
        let status = if page.is_wrong() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return Ok(html::page(status, &page));
    }
    let wanted = typed.clone();
    let done = seat
        .work(move |w| {
            Box::pin(async move {
                match id {
                    Some(id) => centre::reply_template::change(w, id, &wanted, seen).await,
                    None => centre::reply_template::add(w, &wanted).await.map(drop),
                }
            })
        })
        .await;
    let mut page = shown(&seat, id, seen, &typed);
    let status = match done {
        Ok(()) => return Ok(seat.on_to(HERE, Flash::said("template-done-saved").about(typed.name)).await),
        Err(Error::Invalid(problems)) => {
            for problem in &problems {
                let sentence = Some(field::sentence(seat.tr, problem));
                match problem.field {
                    "text" => page.text_problem = sentence,
                    _ => page.name_problem = sentence,
                }
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Error::Template(flaw)) => {
            page.text_problem = Some(template_words(seat.tr, &flaw));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Error::ChangedMeanwhile) => {
            let Some(id) = id else { return Err(Error::ChangedMeanwhile.into()) };
            let now = centre::reply_template::load(&seat.gate.centre, id).await?;
            page.seen = now.version;
            page.meanwhile = Some(now.text);
            StatusCode::CONFLICT
        }
        Err(error) => return Err(Fault::from(error).with(form.unsent(page.action()))),
    };
    Ok(html::page(status, &page))
}

/// `GET /admin/templates/{id}/remove`: asks first.
pub(super) async fn show_remove(seat: Seat, Path(id): Path<i64>) -> Answer {
    let template = centre::reply_template::load(&seat.gate.centre, TemplateId(id)).await?;
    let back = (format!("{HERE}/{id}"), template.name.clone());
    let frame = nav::frame(&seat, "templates");
    let action = format!("{HERE}/{id}/remove");
    let mut page = super::FormPage::new(seat.tr, frame, "template-remove", template.name, back, action);
    page.stop = true;
    Ok(page.answer(&[]))
}

/// `POST /admin/templates/{id}/remove`
pub(super) async fn remove(seat: Seat, Path(id): Path<i64>) -> Answer {
    let id = TemplateId(id);
    let template = centre::reply_template::load(&seat.gate.centre, id).await?;
    seat.work(move |w| Box::pin(async move { centre::reply_template::remove(w, id).await })).await?;
    Ok(seat.on_to(HERE, Flash::said("template-done-removed").about(template.name)).await)
}

impl samples::Samples for TemplatesPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let row = |name: &str, service: String| Row {
            href: format!("{HERE}/1"),
            name: name.to_owned(),
            service,
            language: "Italiano".to_owned(),
            begins: "Gentile {{ citizen.name }}, per il bonus serve…".to_owned(),
        };
        let page = |templates| TemplatesPage { tr, frame: nav::sample_frame(tr, "templates"), toast: None, templates };
        let all = tr.text("template-for-all").into_owned();
        let rows = vec![row("Bonus sociale: che cosa allegare", "Linea Amica".to_owned()), row("Saluti", all)];
        vec![("list", page(rows)), ("none", page(Vec::new()))]
    }
}

impl samples::Samples for TemplatePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let catalogue = Catalogue { services: crate::portal::services(), ..Catalogue::default() };
        let typed = Typed {
            name: "Bonus sociale: che cosa allegare".to_owned(),
            service: None,
            language: "it".to_owned(),
            text: "Gentile {{ citizen.name }},\nper il caso {{ case.number }} ci serve la bolletta.\n\n{{ operator.name }}"
                .to_owned(),
        };
        let page = || view(tr, nav::sample_frame(tr, "templates"), &catalogue, Some(TemplateId(1)), 3, &typed);
        let mut good = page();
        good.preview = Some("Gentile Mario Esempio,\nper il caso LA-2026-004512 ci serve la bolletta.".to_owned());
        let mut wrong = page();
        wrong.text_problem =
            Some(tr.with("template-wrong-no-such-place", &[("line", "2"), ("word", "case.nome")]).into_owned());
        wrong.meanwhile = Some("Gentile {{ citizen.name }},".to_owned());
        vec![("good", good), ("wrong", wrong)]
    }
}
