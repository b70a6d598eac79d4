//! A service as a citizen reads of it: what it is for, how to reach it from where and at what cost, when it is open.

use super::here::Here;
use super::hours::{self, Ahead, Standing};
use super::{Frame, Line, Section};
use crate::html;
use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::StatusCode;
use language::Tr;
use model::service::{Cost, EntryKind, EntryPoint, Reach, Service, Texts};
use model::topic::in_language;

/// A number to call, with from where and at what cost.
#[derive(Debug, Clone)]
pub struct Dial {
    pub line: Line,
    pub from: String,
    pub cost: Option<String>,
    /// Meant for mobiles alone: it comes first on a telephone.
    pub mobile: bool,
}

/// A service in the reader's language.
#[derive(Debug, Clone)]
pub struct ServiceView {
    pub id: String,
    pub name: String,
    pub summary: Option<String>,
    /// The language of the summary, where it is not the reader's.
    pub summary_language: Option<String>,
    pub special: bool,
    pub standing: Standing,
    pub hours: Vec<String>,
    pub next_closure: Option<String>,
    pub ahead: Vec<Ahead>,
    pub dials: Vec<Dial>,
    pub sms: Vec<Line>,
    pub emails: Vec<String>,
    pub desks: Vec<String>,
    /// What it says of itself while it is closed.
    pub closed: Option<Prose>,
}

/// A text of a service, with its language where that is not the reader's.
#[derive(Debug, Clone)]
pub struct Prose {
    pub text: String,
    pub language: Option<String>,
}

impl Prose {
    pub fn of(service: &Service, tr: Tr, of: fn(&Texts) -> Option<&str>) -> Option<Self> {
        let (language, text) = service.text(tr.language.code(), of)?;
        let other = (language != tr.language.code()).then(|| language.to_owned());
        Some(Self { text: text.to_owned(), language: other })
    }
}

impl ServiceView {
    pub fn of(service: &Service, tr: Tr, now: DateTime<Utc>) -> Self {
        let language = tr.language.code();
        let entries = |kind: EntryKind| service.entry_points.iter().filter(move |e| e.kind == kind);
        let values = |kind: EntryKind| entries(kind).map(|e| e.value.clone()).collect();
        let said_in = [language, "it"].into_iter().find(|code| service.summary.contains_key(*code));
        Self {
            id: service.id.to_string(),
            name: service.name(language).to_owned(),
            summary: in_language(&service.summary, language).map(str::to_owned),
            summary_language: said_in
                .or(service.summary.keys().next().map(String::as_str))
                .filter(|code| *code != language)
                .map(str::to_owned),
            special: service.special,
            standing: hours::standing(tr, &service.calendar, now),
            hours: hours::week(tr, &service.calendar),
            next_closure: hours::next_closure(tr, &service.calendar, now),
            ahead: hours::ahead(tr, &service.calendar, now),
            dials: entries(EntryKind::Phone).map(|entry| Dial::of(entry, tr)).collect(),
            sms: entries(EntryKind::Sms).map(|e| Line::new(e.value.as_str())).collect(),
            emails: values(EntryKind::Email),
            desks: values(EntryKind::Desk),
            closed: Prose::of(service, tr, |texts| texts.closed.as_deref()).filter(|_| !service.calendar.is_open(now)),
        }
    }
}

impl Dial {
    fn of(entry: &EntryPoint, tr: Tr) -> Self {
        let has = |reach| entry.reachable_from.contains(&reach);
        let from = match (has(Reach::Landline), has(Reach::Mobile), has(Reach::Abroad)) {
            (true, true, true) | (false, false, false) => language::key!("service-from-anywhere"),
            (true, true, false) => language::key!("service-from-italy"),
            (true, false, _) => language::key!("service-from-landline"),
            (false, true, false) => language::key!("service-from-mobile"),
            (false, true, true) => language::key!("service-from-mobile-abroad"),
            (false, false, true) => language::key!("service-from-abroad"),
        };
        let cost = entry.cost.map(|cost| match cost {
            Cost::Free => language::key!("service-cost-free"),
            Cost::Local => language::key!("service-cost-local"),
            Cost::Charged => language::key!("service-cost-charged"),
        });
        Self {
            line: Line::new(entry.value.as_str()),
            from: tr.text(from).into_owned(),
            cost: entry
                .cost_text(tr.language.code())
                .map(str::to_owned)
                .or_else(|| cost.map(|key| tr.text(key).into_owned())),
            mobile: has(Reach::Mobile) && !has(Reach::Landline),
        }
    }
}

/// `/servizi`
#[derive(Debug, Template)]
#[template(path = "portal/services.html")]
pub struct ServicesPage {
    pub tr: Tr,
    pub frame: Frame,
    /// Special ones first.
    pub services: Vec<ServiceView>,
}

pub async fn show(here: Here) -> Response {
    let mut services: Vec<ServiceView> =
        here.catalogue.active().map(|s| ServiceView::of(s, here.tr, here.now)).collect();
    services.sort_by_key(|service| !service.special);
    let frame = here.titled(language::key!("services-title")).under(Section::Services);
    html::page(StatusCode::OK, &ServicesPage { tr: here.tr, frame, services })
}
