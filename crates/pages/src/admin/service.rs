//! Services in the administration: the list, one service with its parts, each part as a form of its own, what would change
//! before it does, and the same as a TOML file that comes and goes.

mod edit;
mod file;
mod part;
mod preview;

pub use edit::PartPage;
pub(super) use edit::{send, show_part};
pub use file::FilePage;
pub(super) use file::{download, show_upload, upload};
pub(crate) use part::sentence;
pub use preview::PreviewPage;

use super::nav;
use crate::desk::DeskFrame;
use crate::office::address::escaped;
use crate::office::fault::Answer;
use crate::office::flash::{Flash, Toast};
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::service::Wanted;
use centre::{By, Error};
use chrono::{DateTime, Utc};
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::ServiceId;
use model::service::{Part, Service};

/// Every service, and the way to a new one.
#[derive(Debug, Template)]
#[template(path = "admin/services.html")]
pub struct ServicesPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub services: Vec<Row>,
    /// What was typed of a new one, and what is wrong with it.
    pub id: String,
    pub name: String,
    pub problems: Vec<String>,
}

/// A service in the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub href: String,
    pub id: String,
    pub name: String,
    pub active: bool,
    pub special: bool,
    pub standing: String,
    pub queues: usize,
    pub entry_points: Vec<String>,
}

impl Row {
    fn of(tr: Tr, service: &Service, now: DateTime<Utc>) -> Self {
        let standing = crate::portal::standing(tr, &service.calendar, now);
        Self {
            href: href(&service.id),
            id: service.id.to_string(),
            name: service.name.clone(),
            active: service.active,
            special: service.special,
            standing: match standing.detail.is_empty() {
                true => standing.word,
                false => format!("{}, {}", standing.word, standing.detail),
            },
            queues: service.queues.len(),
            entry_points: service.entry_points.iter().map(|entry| entry.value.clone()).collect(),
        }
    }
}

/// The address of a service, whose id may hold anything when it came in with records.
pub(super) fn href(id: &ServiceId) -> String {
    format!("/admin/services/{}", escaped(id.as_str()))
}

/// `GET /admin/services`
pub(super) async fn list(seat: Seat) -> Answer {
    listed(&seat, &Form::default(), Vec::new()).await
}

async fn listed(seat: &Seat, form: &Form, problems: Vec<String>) -> Answer {
    seat.gate.centre.refresh_catalogue().await?;
    let catalogue = seat.gate.centre.catalogue();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = ServicesPage {
        tr: seat.tr,
        frame: nav::frame(seat, "services"),
        toast: Toast::take(&seat.session, seat.tr).await,
        services: catalogue.services.iter().map(|service| Row::of(seat.tr, service, seat.now)).collect(),
        id: form.text("id").to_owned(),
        name: form.text("name").to_owned(),
        problems,
    };
    Ok(html::page(status, &view))
}

/// `POST /admin/services`: a new service, with the usual hours, queues and promises.
pub(super) async fn add(seat: Seat, form: Form) -> Answer {
    let service = Service::usual(form.text("id").trim(), form.text("name").trim());
    let id = service.id.clone();
    if seat.gate.centre.catalogue().service(&id).is_some() {
        let taken = seat.tr.text("service-new-taken").into_owned();
        return listed(&seat, &form, vec![taken]).await;
    }
    let by = By::Staff(seat.me.clone());
    match centre::service::change(&seat.gate.centre, by, Wanted::whole(service)).await {
        Ok(_) => Ok(seat.on_to(&href(&id), Flash::said("service-done-added").about(form.text("name"))).await),
        Err(Error::Service(flaws)) => {
            let mut problems: Vec<String> =
                flaws.iter().map(|flaw| sentence(seat.tr, flaw.flaw, flaw.with.as_deref())).collect();
            problems.dedup();
            listed(&seat, &form, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

/// One service: how it stands today, and its parts.
#[derive(Debug, Template)]
#[template(path = "admin/service.html")]
pub struct ServicePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub row: Row,
    pub hours: Vec<String>,
    pub next_closure: Option<String>,
    pub parts: Vec<PartView>,
}

/// A part with what it says, a line each.
#[derive(Debug, Clone)]
pub struct PartView {
    pub word: &'static str,
    pub title: String,
    pub href: String,
    pub facts: Vec<(String, String)>,
}

/// `GET /admin/services/{id}`
pub(super) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let service = centre::service::load(&seat.gate.centre, &ServiceId(id)).await?;
    let toast = Toast::take(&seat.session, seat.tr).await;
    let view = page(seat.tr, nav::frame(&seat, "services"), toast, &service, seat.now);
    Ok(html::page(StatusCode::OK, &view))
}

fn page(tr: Tr, frame: DeskFrame, toast: Option<Toast>, service: &Service, now: DateTime<Utc>) -> ServicePage {
    ServicePage {
        tr,
        frame,
        toast,
        row: Row::of(tr, service, now),
        hours: crate::portal::week(tr, &service.calendar),
        next_closure: crate::portal::next_closure(tr, &service.calendar, now),
        parts: Part::ALL
            .iter()
            .map(|part| part_view(tr, service, *part, now))
            .chain([retention(tr, service)])
            .collect(),
    }
}

/// How long content is kept: changed where the rest of privacy is.
fn retention(tr: Tr, service: &Service) -> PartView {
    let days = match service.retention.content_days {
        Some(days) => tr.with("service-retention-days", &[("count", i64::from(days))]).into_owned(),
        None => tr.text("service-retention-none").into_owned(),
    };
    PartView {
        word: "retention",
        title: tr.text("service-key-retention").into_owned(),
        href: href(&service.id).replacen("/admin/services/", "/admin/privacy/retention/", 1),
        facts: vec![(tr.text("service-retention-content").into_owned(), days)],
    }
}

fn part_view(tr: Tr, service: &Service, part: Part, now: DateTime<Utc>) -> PartView {
    let said = |key: &str| tr.text(key).into_owned();
    let mut facts: Vec<(String, String)> = Vec::new();
    match part {
        Part::General => {
            facts.push((said("service-languages"), service.languages.join(", ")));
            for (language, summary) in &service.summary {
                facts.push((format!("{} ({language})", tr.text("service-summary")), summary.clone()));
            }
            for (language, texts) in &service.texts {
                for (key, text, _) in texts.all() {
                    if let Some(text) = text {
                        facts.push((format!("{} ({language})", tr.text(&format!("service-text-{key}"))), text.into()));
                    }
                }
            }
        }
        Part::EntryPoints => {
            for entry in &service.entry_points {
                let reach = entry.reachable_from.iter().map(|reach| said(&format!("service-reach-{reach}")));
                let cost = entry.cost_text(tr.language.code()).map(str::to_owned);
                let cost = cost.or_else(|| entry.cost.map(|cost| said(&format!("service-cost-{cost}"))));
                let rest: Vec<String> = reach.chain(cost).collect();
                let value = match rest.is_empty() {
                    true => entry.value.clone(),
                    false => format!("{} · {}", entry.value, rest.join(" · ")),
                };
                facts.push((said(&format!("service-entry-{}", entry.kind)), value));
            }
        }
        Part::Calendar => {
            facts.extend(crate::portal::week(tr, &service.calendar).into_iter().map(|line| (String::new(), line)));
            let closed = service.calendar.exceptions().filter(|(date, _)| *date >= tr.local_day(now)).count();
            let count = i64::try_from(closed).unwrap_or(i64::MAX);
            facts.push((said("service-exceptions-ahead"), tr.number(count)));
        }
        Part::Levels => facts.extend(promised_now(tr, service, now)),
        Part::Telephone => facts.extend(part::telephone_facts(tr, service)),
        Part::Queues => {
            for queue in &service.queues {
                let mut words = vec![said(&format!("service-level-{}", queue.level))];
                if queue.priority != model::queue::Priority::Normal {
                    words.push(said(&format!("service-priority-{}", queue.priority)));
                }
                if !queue.topics.is_empty() {
                    let topics: Vec<&str> = queue.topics.iter().map(model::TopicId::as_str).collect();
                    words.push(topics.join(", "));
                }
                facts.push((queue.name.clone(), words.join(" · ")));
            }
        }
    }
    PartView {
        word: part.as_str(),
        title: said(&format!("service-part-{part}")),
        href: format!("{}/{part}", href(&service.id)),
        facts,
    }
}

/// What whoever writes now is promised: the present effect of hours and levels.
fn promised_now(tr: Tr, service: &Service, now: DateTime<Utc>) -> Vec<(String, String)> {
    let clocks = |channel, kind| model::case::Clocks::started(&service.calendar, service.promised(channel, kind), now);
    let when = |at: Option<DateTime<Utc>>| {
        at.map_or_else(|| tr.text("service-never").into_owned(), |at| tr.date_time(at, now))
    };
    let line = |label: String, clocks: model::case::Clocks| {
        let values = [("answer", when(clocks.answer)), ("solution", when(clocks.solution))];
        (label, tr.with("service-promised-now", &values).into_owned())
    };
    let mut facts = vec![line(tr.text("service-promised-general").into_owned(), clocks(None, None))];
    for level in &service.levels {
        let words = level.channel.map(|channel| tr.text(&format!("service-entry-{channel}")).into_owned());
        let kind = level.kind.map(|kind| tr.text(&format!("desk-kind-{kind}")).into_owned());
        let label: Vec<String> = words.into_iter().chain(kind).collect();
        facts.push(line(label.join(" · "), clocks(level.channel, level.kind)));
    }
    let days = i64::from(service.promises.close_days);
    facts.push((tr.text("service-level-close").into_owned(), tr.number(days)));
    if let Some(calls) = service.promises.calls {
        let values = [("percent", tr.percent(calls.share(), 0)), ("seconds", tr.number(i64::from(calls.seconds)))];
        facts.push((tr.text("service-calls").into_owned(), tr.with("service-calls-promised", &values).into_owned()));
    }
    facts
}

/// A service of the samples that says everything.
fn sample_service() -> Service {
    let mut service = crate::portal::services().into_iter().next().unwrap_or_else(Service::built_in);
    service.languages = vec!["it".to_owned(), "en".to_owned()];
    service.promises.calls = Some(model::service::CallPromise { seconds: 30, percent: 80 });
    service.levels = vec![model::service::ServiceLevel {
        channel: Some(model::contact::Channel::Sms),
        kind: Some(model::case::Kind::Complaint),
        answer_minutes: Some(30),
        solution_minutes: None,
    }];
    service
}

impl samples::Samples for ServicesPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let mut services: Vec<Row> = crate::portal::services().iter().map(|s| Row::of(tr, s, samples::now())).collect();
        if let Some(last) = services.last_mut() {
            last.active = false;
        }
        let page = ServicesPage {
            tr,
            frame: nav::sample_frame(tr, "services"),
            toast: None,
            services,
            id: String::new(),
            name: String::new(),
            problems: Vec::new(),
        };
        let mut wrong = ServicesPage {
            id: "Nuovo!".to_owned(),
            problems: vec![tr.text("service-flaw-bad-id").into_owned()],
            ..ServicesPage { frame: nav::sample_frame(tr, "services"), services: page.services.clone(), ..page_of(tr) }
        };
        wrong.name = "Nuovo".to_owned();
        vec![("list", page), ("wrong", wrong)]
    }
}

fn page_of(tr: Tr) -> ServicesPage {
    ServicesPage {
        tr,
        frame: nav::sample_frame(tr, "services"),
        toast: None,
        services: Vec::new(),
        id: String::new(),
        name: String::new(),
        problems: Vec::new(),
    }
}

impl samples::Samples for ServicePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let toast = Toast { text: tr.text("service-done-changed").into_owned(), undo: None };
        let frame = nav::sample_frame(tr, "services");
        vec![("whole", page(tr, frame, Some(toast), &sample_service(), samples::now()))]
    }
}
